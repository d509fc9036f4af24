"""The moment a report looks from: now, or the start of a London day over what had happened by then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from core import clock

RECENT_DAYS = 28
"""How long an eased deadline stays in the report, and how far back arrests made are counted (calendar days)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A moment (aware, UTC) and, where a day was asked for, that day. Without one the facts are those of now."""

    at: datetime
    as_of: date | None = None

    @classmethod
    def now(cls) -> "Seen":
        """Look from this moment."""
        return cls(clock.now())

    @classmethod
    def on(cls, day: date | None) -> "Seen":
        """Look from the start of a London day; from now when no day is given."""
        return cls.now() if day is None else cls(clock.seen_from(day), day)

    @property
    def today(self) -> date:
        """The London day that distances are counted from."""
        return clock.london_day(self.at)

    @property
    def recent(self) -> datetime:
        """The start of the day RECENT_DAYS before: what happened since is recent."""
        days = min(RECENT_DAYS, (self.today - date.min).days)
        return clock.day_start(self.today - timedelta(days=days))

    def not_yet(self, column: str) -> Q:
        """Return the condition that what a column dates had not happened by then."""
        never = Q(**{f"{column}__isnull": True})
        return never if self.as_of is None else never | Q(**{f"{column}__gte": self.at})

    def happened(self, column: str) -> Q:
        """Return the condition that what a column dates had happened by then. Anything recorded has, seen from now."""
        some = Q(**{f"{column}__isnull": False})
        return some if self.as_of is None else Q(**{f"{column}__lt": self.at})
