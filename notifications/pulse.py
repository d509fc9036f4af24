"""Signs of life: the scheduler's, which beat asks for each minute, and those of the sweeps; readiness looks how old they are."""

from datetime import datetime, timedelta
from typing import Final

from core import clock
from core.scope import scope, system
from notifications.models import Heartbeat

BEAT: Final = "beat"
REMINDERS: Final = ("reminders planned", "reminders handed over")
REMINDERS_BEGAN: Final = "reminders began"
MOST_MINUTES: Final = 5


def beat_once(name: str = BEAT) -> None:
    """Write down that beat and a worker, or a sweep that came to its end, were alive just now."""
    row = Heartbeat(name=name, at=clock.now())
    with scope(system(0)):
        Heartbeat.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=["at"])


def first_time(name: str) -> datetime:
    """Return when this was first asked: written down then, the same for ever after, whoever asks at the same moment."""
    with scope(system(0)):
        Heartbeat.objects.bulk_create([Heartbeat(name=name, at=clock.now())], ignore_conflicts=True)
        return Heartbeat.objects.get(name=name).at


def scheduler_is_alive() -> bool:
    """Say whether the last sign of life is at most five minutes old. False where there has never been one."""
    return _fresh(BEAT)


def reminders_are_alive() -> bool:
    """Say whether reminders were planned and handed over to the end in the last five minutes."""
    return _fresh(*REMINDERS)


def _fresh(*names: str) -> bool:
    fresh = Heartbeat.objects.filter(name__in=names, at__gte=clock.now() - timedelta(minutes=MOST_MINUTES))
    return fresh.count() == len(names)
