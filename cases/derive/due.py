"""How a due moment is said to people: to the day where the clock counts days, to the minute where it counts hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.derive.clocks import CLOCKS, Urgency, urgency
from cases.models import Deadline
from core import clock
from core.components import days_text, london_text

COLOURS: dict[Urgency, str] = {
    Urgency.CRITICAL: "red",
    Urgency.OVERDUE: "red",
    Urgency.TODAY: "orange",
    Urgency.SOON: "yellow",
    Urgency.UPCOMING: "grey",
}


TO_THE_MINUTE = 2 * 24 * 60
"""How near, in minutes, a clock of hours is said to the minute; further off the day is enough."""


@dataclass(frozen=True, slots=True)
class DueWords:
    """A running clock in words: what it is, when it is due, how urgent, who owes it."""

    what: str
    when: str
    urgency: str
    colour: str
    owes: str
    overdue: bool


def in_words(deadline: Deadline, now: datetime) -> DueWords:
    """Return the words for a running clock, as of now."""
    how = urgency(deadline.kind, deadline.due_at, deadline.due_on, now)
    return DueWords(
        what=str(CLOCKS[deadline.kind].kind.label),
        when=when(deadline, now),
        urgency=str(how.label),
        colour=COLOURS[how],
        owes=deadline.get_owes_display(),
        overdue=how in {Urgency.CRITICAL, Urgency.OVERDUE},
    )


def when(deadline: Deadline, now: datetime) -> str:
    """Return the day with its distance; for a clock of hours, within two days of it, the moment with the hours left or over."""
    minutes = round((deadline.due_at - now).total_seconds() / 60)
    if deadline.due_at == clock.day_start(deadline.due_on + timedelta(days=1)) or abs(minutes) >= TO_THE_MINUTE:
        return days_text(deadline.due_on, clock.london_day(now))
    return f"{london_text(deadline.due_at)} ({span(abs(minutes))} {'over' if minutes < 0 else 'left'})"


def span(minutes: int) -> str:
    """Return a length of time as "40 minutes", "5 hours" or "3 days"."""
    for size, name in ((1_440, "day"), (60, "hour")):
        if minutes >= 2 * size or (size == 60 and minutes >= size):
            count = minutes // size
            return f"{count:,} {name}{'' if count == 1 else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
