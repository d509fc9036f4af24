"""The sign of life of the scheduler: beat asks for it each minute, a worker writes it, readiness looks how old it is."""

from datetime import timedelta
from typing import Final

from core import clock
from core.scope import scope, system
from notifications.models import Heartbeat

BEAT: Final = "beat"
MOST_MINUTES: Final = 5


def beat_once() -> None:
    """Write down that beat and a worker were alive just now."""
    row = Heartbeat(name=BEAT, at=clock.now())
    with scope(system(0)):
        Heartbeat.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=["at"])


def scheduler_is_alive() -> bool:
    """Say whether the last sign of life is at most five minutes old. False where there has never been one."""
    return Heartbeat.objects.filter(name=BEAT, at__gte=clock.now() - timedelta(minutes=MOST_MINUTES)).exists()
