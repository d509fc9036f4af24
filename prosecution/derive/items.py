"""When an item of an action plan that was said to be done counts as done. Pure.

"Done" takes effect when the CPS accepts it, or 3 working days after it was said where nobody answers: police are not made to
wait for an answer that does not come.
"""

from datetime import datetime
from typing import Final

from core import calendar
from core.calendar import Unit, WorkingDays
from prosecution.models.plan import ItemState

TAKES_EFFECT_AFTER: Final = 3
"""Working days."""


def takes_effect_at(reported_at: datetime, working: WorkingDays) -> datetime:
    """Return from when what was said to be done counts as done although nobody answered: the end of the third working day."""
    return calendar.due(reported_at, TAKES_EFFECT_AFTER, Unit.WORKING_DAYS, working).due_at


def effective_at(
    state: str, reported_at: datetime | None, settled_at: datetime | None, working: WorkingDays, *, as_of: datetime | None
) -> datetime | None:
    """Return when an item came to count as done, as seen at a moment; None while it does not."""
    if state == ItemState.SETTLED:
        return settled_at
    if state != ItemState.DONE or reported_at is None or as_of is None:
        return None
    by_itself = takes_effect_at(reported_at, working)
    return by_itself if as_of >= by_itself else None
