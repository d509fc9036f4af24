"""Whose morning it is: the cases in sight, narrowed to a unit where one was chosen, and the moment it is drawn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from core import clock
from reports.arrests import Reach
from reports.seen import Seen

WEEK_DAYS = 7
"""What is due today or within so many London days is due this week."""


@dataclass(frozen=True, slots=True)
class Look:
    """One person's look at one moment."""

    user: User
    reach: Reach
    now: datetime
    unit: str = ""

    @classmethod
    def of(cls, user: User, unit: str = "") -> "Look":
        """Look over what this person sees: a supervisor the force or one unit of it, a sergeant what she or he sees."""
        reach = Reach.seen_by(user)
        if unit:
            reach = Reach(reach.cases.filter(unit_id=unit), reach.owner)
        return cls(user, reach, clock.now(), unit)

    @property
    def seen(self) -> Seen:
        """The moment as the report of overdue arrests takes it."""
        return Seen(self.now)

    @property
    def today(self) -> date:
        """The London day."""
        return clock.london_day(self.now)

    @property
    def week_end(self) -> date:
        """The last London day of this week, seven days on."""
        return self.today + timedelta(days=WEEK_DAYS)

    @property
    def over_force(self) -> bool:
        """Whether this is a look over the whole force."""
        return self.user.role == Role.SUPERVISOR and not self.unit

    def running(self, *kinds: str) -> QuerySet[Any]:
        """Return the clocks of these kinds that run on the cases in sight, bail and arrests that stand still left out."""
        rows: QuerySet[Any] = m.Deadline.objects.filter(
            self.reach.owner,
            met_at__isnull=True,
            ended_at__isnull=True,
            cancelled=False,
            paused_since__isnull=True,
            case__in=self.reach.cases,
        )
        return rows.filter(kind__in=kinds) if kinds else rows
