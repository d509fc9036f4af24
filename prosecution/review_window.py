"""Until when a victim can ask that a decision is reviewed. Pure: it opens when written reasons reached her or him, and never before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.models.outcome import Side
from core import calendar
from core.calendar import WorkingDays

MONTHS: Final = 3
CPS_USUALLY: Final = 5
"""Working days within which the CPS normally asks to be asked; up to three months all the same."""


@dataclass(frozen=True, slots=True)
class Window:
    """Until the end of which day she or he can ask. `usual`: by when the CPS would rather be asked; None for the police."""

    opened: date
    until: date
    usual: date | None = None

    def late(self, received: date) -> bool:
        """Say whether a request of this day came after the window."""
        return received > self.until

    def over(self, today: date) -> bool:
        """Say whether the window has ended by this day."""
        return today > self.until


def window(side: str, reached_on: date | None, working: WorkingDays | None = None) -> Window | None:
    """Return the window for a decision of a side; None while written reasons have not reached her or him: it has not begun."""
    if reached_on is None:
        return None
    until = calendar.months_end_on(reached_on, MONTHS)
    if side != Side.CPS:
        return Window(reached_on, until)
    days = working or calendar.england_and_wales()
    return Window(reached_on, until, days.add_working_days(reached_on, CPS_USUALLY))


def expedited(area_id: int, on: date, pilots: Mapping[int, date]) -> bool:
    """Say whether a CPS Area reviews in the expedited pilot on a day: before it offers no evidence, within 20 working days."""
    since = pilots.get(area_id)
    return since is not None and since <= on
