"""The panels of an administrator's first page that are about settings and about what runs by itself."""

from datetime import datetime

from django.urls import reverse

from accounts.administration.panels import Line, Panel, register
from accounts.models import User
from accounts.services.second_factor import as_sign_in
from cases import settings_pages
from core import clock
from core.calendar import england_and_wales
from core.components import day_text, london_text
from notifications.models import Heartbeat
from notifications.pulse import BEAT, MOST_MINUTES


def settings_lately(user: User) -> Panel:
    """The settings added last, and how long the bank holidays are known."""
    lines = [
        Line(f"{words}{f', by {who}' if who else ''}, {london_text(at) if isinstance(at, datetime) else ''}", reverse("settings"))
        for _, words, who, at in settings_pages.lately(user)
    ]
    listed = england_and_wales()
    if listed.warning_due(clock.today()):
        words = f"Bank holidays are known until {day_text(listed.known_until)} only"
        lines.insert(0, Line(words, reverse("bank_holidays"), "Attention", "orange"))
    return Panel("Settings changed last", tuple(lines), "Every clock runs as the tracker comes.")


def runs_by_itself(user: User) -> Panel:
    """Whether the scheduler and a worker have shown a sign of life lately."""
    with as_sign_in():
        beat = Heartbeat.objects.filter(name=BEAT).values_list("at", flat=True).first()
    if beat is None:
        never = "The scheduler has never shown a sign of life. Tell who runs the service."
        return Panel("What runs by itself", (Line(never, "", "Quiet", "red"),))
    quiet = (clock.now() - beat).total_seconds() > MOST_MINUTES * 60
    words = f"Scheduler: last sign of life {london_text(beat)}"
    return Panel("What runs by itself", (Line(words, "", "Quiet" if quiet else "Running", "red" if quiet else "green"),))


def register_panels() -> None:
    """Add them to the page."""
    register("settings", settings_lately, order=30)
    register("beat", runs_by_itself, order=40)
