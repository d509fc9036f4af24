"""The facts of a grant of pre-charge bail, and what follows from them by the Police and Criminal Evidence Act 1984. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core import calendar, clock
from core.calendar import Due, Unit

MONTHS_OF_AUTHORITY = {"custody_officer": 3, "inspector": 6, "superintendent": 9, "court": 12}
"""PACE ss.47ZB (3 months), 47ZD (6), 47ZDA (9), 47ZF (12); domain.md section 8."""


@dataclass(frozen=True, slots=True)
class BailEventFact:
    """One event of a bail."""

    kind: str
    at: datetime
    months: int | None = None
    own_end_on: date | None = None
    ended_to: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BailFact:
    """A grant of bail with its events in order of time."""

    id: UUID
    granted_at: datetime
    authority: str
    arrested_at: datetime | None = None
    own_end_on: date | None = None
    passed_at_import: bool = False
    events: tuple[BailEventFact, ...] = ()

    @property
    def ended(self) -> BailEventFact | None:
        """The event that ended it, if any."""
        return next((event for event in self.events if event.kind == "ended"), None)

    @property
    def passed_not_known(self) -> bool:
        """Its end had passed when it was imported, and nobody has said what happened: neither an end nor a later day."""
        return self.passed_at_import and not any(event.kind in {"ended", "extended"} for event in self.events)

    @property
    def suspended_since(self) -> datetime | None:
        """When it was suspended with the CPS, if it still is (PACE s.47ZL)."""
        since = None
        for event in self.events:
            if event.kind == "suspended":
                since = event.at
            elif event.kind == "running_again":
                since = None
        return since

    def ends_on(self) -> date:
        """Return the last day of the bail: own day or computed from the arrest, moved by the days it stood suspended.

        Months begin the day after the arrest (PACE s.47ZB). The latest extension counts. A period of months stands still
        for every suspension since the arrest (s.47ZL), also those before an extension; a day somebody set, only for later ones.
        """
        end = self.own_end_on or self.months_end_on(MONTHS_OF_AUTHORITY.get(self.authority, 3))
        stood, suspended = 0, None
        for event in self.events:
            if event.kind == "extended":
                end = event.own_end_on or _plus(self.months_end_on(event.months or 0), stood)
            elif event.kind == "suspended":
                suspended = event.at
            elif event.kind == "running_again" and suspended is not None:
                days = _days_between(suspended, event.at)
                end, stood, suspended = _plus(end, days), stood + days, None
        return end

    def months_end_on(self, months: int) -> date:
        """Return the last day of a period of months of this bail, days suspended left out of account."""
        return calendar.months_end_on(self._from(), months)

    def stood_still(self) -> int:
        """Return the whole days this bail stood suspended, of suspensions that are over."""
        stood, suspended = 0, None
        for event in self.events:
            if event.kind == "suspended":
                suspended = event.at
            elif event.kind == "running_again" and suspended is not None:
                stood, suspended = stood + _days_between(suspended, event.at), None
        return stood

    def due(self) -> Due:
        """Return the end of bail as a due moment: in time for the whole of its last day."""
        return calendar.due_by_end_of(self.ends_on())

    def lapsed(self, at: datetime) -> bool:
        """Say whether its last day has passed with nothing recorded and no suspension."""
        return self.ended is None and self.suspended_since is None and at >= self.due().due_at

    def days_used(self, at: datetime) -> int:
        """Return the days of bail used by `at`: the first is the day after the arrest; days suspended are left out."""
        last = min(at, self.ended.at) if self.ended else at
        standing_still = _days_between(self.suspended_since, last) if self.suspended_since is not None else 0
        return max((clock.london_day(last) - self._from()).days - self.stood_still() - standing_still, 0)

    def _from(self) -> date:
        return clock.london_day(self.arrested_at or self.granted_at)


def _days_between(start: datetime, end: datetime) -> int:
    return max((clock.london_day(end) - clock.london_day(start)).days, 0)


def _plus(day: date, days: int) -> date:
    return calendar.due(clock.day_start(day), days, Unit.DAYS, calendar.england_and_wales()).due_on
