"""How an item of an action plan stands at a moment: whose move it is, how late it is, which marks it has passed. Pure.

Lateness counts from the date first agreed, whatever later dates stand beside it (design section 6).
"""

from datetime import date, datetime
from typing import Final

from django.db import models

from core import calendar, clock
from core.calendar import WorkingDays
from core.components import day_text
from prosecution.derive.items import takes_effect_at
from prosecution.models import ActionItem
from prosecution.models import ItemState as I

CHASERS: Final = (1, 2)
"""Months from the day the plan was set (domain.md section 2: "Chase outstanding PCD case – 1 mth, 2 mths")."""
ESCALATES: Final[dict[int, str]] = {
    28: "28 days late: inspector and District Crown Prosecutor",
    56: "56 days late: superintendent and Senior District Crown Prosecutor",
}
"""Calendar days late. Local policy, to be confirmed by force and Area: no published rule was found."""


class Move(models.TextChoices):
    """Whose move an item is."""

    POLICE = "police", "Police"
    CPS = "cps", "CPS"
    SENIORS = "seniors", "Inspector and District Crown Prosecutor"
    NOBODY = "nobody", "Nobody: settled"


_MOVES: Final[dict[str, Move]] = {
    I.DRAFT: Move.CPS,
    I.SET: Move.POLICE,
    I.ACCEPTED: Move.POLICE,
    I.INSISTED: Move.POLICE,
    I.CHALLENGED: Move.CPS,
    I.DONE: Move.CPS,
    I.CANNOT: Move.CPS,
    I.ESCALATED: Move.SENIORS,
    I.SETTLED: Move.NOBODY,
    I.DROPPED: Move.NOBODY,
}


def state_at(item: ActionItem, at: datetime, working: WorkingDays) -> I:
    """Return the state of an item as it counts at a moment: said to be done and unanswered for 3 working days, it is settled."""
    if item.state == I.DONE and item.reported_at is not None and at >= takes_effect_at(item.reported_at, working):
        return I.SETTLED
    return I(item.state)


def counts_from(item: ActionItem, working: WorkingDays) -> str:
    """Return the day from which what is said to be done counts as done by itself, in words; nothing for any other state."""
    if item.state != I.DONE or item.reported_at is None:
        return ""
    return day_text(clock.london_day(takes_effect_at(item.reported_at, working)))


def whose_move(state: str) -> Move:
    """Return whose move an item in this state is."""
    return _MOVES[state]


def days_late(item: ActionItem, at: datetime) -> int:
    """Return how many London days after the date first agreed it is, or was done or dropped; 0 when it is not late.

    What is said to be done stands still from then on, unless the CPS does not take it as done.
    """
    stopped = item.settled_at if item.state == I.DROPPED else item.reported_at if item.state in {I.DONE, I.SETTLED} else None
    return max((clock.london_day(stopped or at) - item.first_agreed_on).days, 0)


def chased_on(set_at: datetime, months: int) -> date:
    """Return the London day on which an open plan is chased for the first or second time."""
    return calendar.months_end_on(clock.london_day(set_at), months)


def marks(item: ActionItem, set_at: datetime | None, at: datetime) -> list[str]:
    """Return the marks that an open item has passed: chasers at 1 and 2 months, escalation at 28 and 56 days late."""
    if set_at is None or whose_move(item.state) is Move.NOBODY:
        return []
    today, late = clock.london_day(at), days_late(item, at)
    chasers = [f"Chaser, {months} month{'' if months == 1 else 's'}" for months in CHASERS if today >= chased_on(set_at, months)]
    return [*chasers, *(words for days, words in ESCALATES.items() if late >= days)]
