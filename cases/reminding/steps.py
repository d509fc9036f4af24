"""The steps of reminding, as conditions on running deadlines: which one has come, and whether it came after we began.

A step of a day (soon, today) begins with the London day: it is in the inbox before anybody's shift and in that morning's
e-mail. Overdue begins at the due moment, escalated when the clock is critically overdue by the table of clocks.

Only the latest step that has come is looked at, so after an outage nobody gets the steps that were missed one by one. A
step that had come before the deadline was there, or before this service first reminded anybody, is nobody's surprise: the
morning report counts it. So neither an import of a thousand overdue cases nor the first sweep floods an inbox.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, CharField, DateTimeField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import TruncDate

from cases.derive.clocks import CLOCKS, Clock, Kind
from core import clock

TODAY, OVERDUE, ESCALATED = "today", "overdue", "escalated"
SOON_TOLD_ELSEWHERE: Final = frozenset({Kind.BAIL_EXPIRY})
"""The daily run tells of bail that ends soon, because it names the rank that is needed next (reports/bail/reminders.py)."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Kinds of clock that are reminded of alike: how many days before (fewest first), and after how many over it escalates."""

    soon: tuple[int, ...]
    critical_after: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a sweep looks, and since when this service reminds: steps that came before are not told."""

    now: datetime
    since: datetime

    @property
    def today(self) -> date:
        """The London day of the sweep."""
        return clock.london_day(self.now)

    @property
    def since_on(self) -> date:
        """The London day on which reminding began: a step of that very day had come before."""
        return clock.london_day(self.since)


def ladders(table: Mapping[str, Clock] = CLOCKS) -> list[Ladder]:
    """Return the kinds of the table of clocks, grouped by how they are reminded of."""
    groups: dict[tuple[tuple[int, ...], int], list[str]] = {}
    for kind, row in table.items():
        soon = () if kind in SOON_TOLD_ELSEWHERE else tuple(sorted(set(row.reminders)))
        groups.setdefault((soon, row.critical_after), []).append(str(kind))
    return [Ladder(soon, critical, tuple(kinds)) for (soon, critical), kinds in groups.items()]


def window(ladder: Ladder, at: Moment) -> Q:
    """Return the range of due moments outside which no step can have come: what the index is asked for."""
    ahead = at.today + timedelta(days=max(ladder.soon, default=0) + 1)
    return Q(due_at__gte=at.since - timedelta(days=ladder.critical_after), due_at__lte=clock.day_start(ahead))


def step_of(ladder: Ladder, at: Moment) -> Case:
    """Return the latest step that has come for whoever owes it, "" for none yet."""
    soon = [When(due_on__lte=at.today + timedelta(days=days), then=Value(f"soon_{days}")) for days in ladder.soon]
    return Case(
        When(due_at__lte=at.now, then=Value(OVERDUE)),
        When(due_on__lte=at.today, then=Value(TODAY)),
        *soon,
        default=Value(""),
        output_field=CharField(),
    )


def came_since(ladder: Ladder, at: Moment) -> Q:
    """Return the condition that the latest step came after the deadline was made and after reminding began."""
    found = Q(due_at__lte=at.now, due_at__gte=at.since) & Q(due_at__gte=F("created_at"))
    for first, last in _days_before(ladder):
        days = Q(due_at__gt=at.now, due_on__gt=at.today + timedelta(days=first), due_on__lte=at.today + timedelta(days=last))
        days &= Q(due_on__gt=at.since_on + timedelta(days=last))
        found |= days & Q(due_on__gt=_days_after_it_was_made(last))
    return found


def critical(ladder: Ladder, at: Moment) -> Q:
    """Return the condition that the clock is critically overdue."""
    return Q(due_at__lte=at.now - timedelta(days=ladder.critical_after))


def critical_since(ladder: Ladder, at: Moment) -> Q:
    """Return the condition that it became critically overdue after the deadline was made and after reminding began."""
    after = timedelta(days=ladder.critical_after)
    made = ExpressionWrapper(F("created_at") - after, output_field=DateTimeField())
    return critical(ladder, at) & Q(due_at__gte=at.since - after) & Q(due_at__gte=made)


def _days_before(ladder: Ladder) -> Iterator[tuple[int, int]]:
    """Yield, for today and each step of soon, the days left (more than, at most) in which it is the latest that has come."""
    before = -1_000
    for days in (0, *ladder.soon):
        yield before, days
        before = days


def _days_after_it_was_made(days: int) -> ExpressionWrapper:
    made_on = TruncDate("created_at", tzinfo=clock.LONDON)
    return ExpressionWrapper(made_on + timedelta(days=days), output_field=DateTimeField())
