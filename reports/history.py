"""How many arrests were overdue on each Monday of the last 12 months and on the day looked from, by risk.

Nothing is stored for it: the clocks and situations of the year are read once and counted for every day as `late` counts
them for one (reports/arrests.py), over what had happened by the start of that day. Risk, unit and officer are today's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from accounts.models import Agency
from cases import models as m
from cases.derive.states import Risk
from reports.arrests import Filter, Reach, every_clock
from reports.seen import Seen

DAYS = 364
EARLIEST = date(1902, 1, 1)
"""Nothing is drawn before: the first calendar of the house begins two years earlier."""
RISKS = (Risk.HIGH, Risk.MEDIUM, Risk.STANDARD)
COLUMNS = ("suspect_id", "force_id", "risk", "first_due_at", "due_at", "eased_at", "met_at", "ended_at")
Span = tuple[int, int]
"""Positions of days, the first included, the last not."""


@dataclass(frozen=True, slots=True)
class Point:
    """One day, and how many were overdue from its start by risk, the highest first; None where that is not known."""

    day: date
    counts: tuple[int, ...] | None

    @property
    def total(self) -> int | None:
        """How many together."""
        return None if self.counts is None else sum(self.counts)


@dataclass(frozen=True, slots=True)
class History:
    """The points, the oldest first; `known_from` where a force began to use the service after the first of them."""

    points: tuple[Point, ...]
    known_from: date | None


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are counted: their starts, what was recent then, and whether the last is now (facts of now, not of its start)."""

    days: tuple[date, ...]
    moments: tuple[datetime, ...]
    recents: tuple[datetime, ...]
    ends_now: bool

    @classmethod
    def before(cls, seen: Seen) -> "Days":
        """Every Monday of the last DAYS days, then the day looked from."""
        first = max(seen.today - timedelta(days=min(DAYS, (seen.today - date.min).days)), EARLIEST)
        mondays = [day for day in (first + timedelta(days=n) for n in range((seen.today - first).days)) if day.weekday() == 0]
        looks = [*(Seen.on(day) for day in mondays), seen]
        return cls(
            (*mondays, seen.today), tuple(look.at for look in looks), tuple(look.recent for look in looks), ends_now=seen.as_of is None
        )

    def until(self, moment: datetime | None) -> int:
        """The position after the last day on which this had not happened (None: it never has)."""
        if moment is None:
            return len(self.days)
        found = bisect_right(self.moments, moment)
        return min(found, len(self.days) - 1) if self.ends_now else found

    def since(self, moment: datetime) -> int:
        """The position of the first day on which this had happened."""
        return self.until(moment)


def overdue_by_day(reach: Reach, seen: Seen, chosen: Filter) -> History | None:
    """Return the year before the day looked from: three queries, whatever the data. None for a day long before any record."""
    if seen.today < EARLIEST:
        return None
    days = Days.before(seen)
    clocks = list(_clocks(reach, seen, chosen, days).values_list(*COLUMNS))
    held = _held(reach, days, {row[0] for row in clocks}) if clocks else {}
    changes = {str(risk.value): [0] * (len(days.days) + 1) for risk in RISKS}
    for suspect_id, _force, risk, *times in clocks:
        for begin, end in _late(days, held.get(suspect_id, ()), *times):
            changes[risk][begin] += 1
            changes[risk][end] -= 1
    sums = zip(*(accumulate(changes[str(risk.value)][:-1]) for risk in RISKS), strict=True)
    known_from = _known_from({row[1] for row in clocks})
    points = tuple(
        Point(day, counts if known_from is None or day >= known_from else None) for day, counts in zip(days.days, sums, strict=True)
    )
    return History(points, known_from if known_from and known_from > days.days[0] else None)


def _clocks(reach: Reach, seen: Seen, chosen: Filter, days: Days) -> Any:
    """The clocks that may have been late on one of the days: first due before the last, not stopped before the first or in time."""
    clocks = chosen.on(every_clock(reach, seen), with_reason=False).filter(first_due_at__lte=seen.at)
    for column in ("met_at", "ended_at"):
        lasted = Q(**{f"{column}__gte": days.moments[0]}) & Q(**{f"{column}__gte": F("first_due_at")})
        clocks = clocks.filter(Q(**{f"{column}__isnull": True}) | lasted)
    return clocks


def _held(reach: Reach, days: Days, suspects: set[UUID]) -> dict[UUID, list[Span]]:
    """Return when each suspect was wanted, abroad or in prison elsewhere, as positions of days."""
    rows = m.SuspectSituation.objects.filter(reach.owner, case__in=reach.cases).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=days.moments[0])
    )
    found: dict[UUID, list[Span]] = {}
    for suspect_id, since, ended_at in rows.values_list("suspect_id", "since", "ended_at"):
        if suspect_id in suspects:
            found.setdefault(suspect_id, []).append((days.since(since), days.until(ended_at)))
    return found


def _late(
    days: Days,
    held: Iterable[Span],
    first_due_at: datetime,
    due_at: datetime,
    eased_at: datetime | None,
    met_at: datetime | None,
    ended_at: datetime | None,
) -> list[Span]:
    """Return the days on which one clock was late: the rule of reports.arrests.late, for all days at once."""
    begin, end = bisect_left(days.moments, first_due_at), min(days.until(met_at), days.until(ended_at))
    past = bisect_left(days.moments, due_at)
    eased = bisect_right(days.recents, eased_at) if eased_at else 0
    spans = [(begin, end)] if eased >= past else [(begin, min(end, eased)), (max(begin, past), end)]
    for span in held:
        spans = [part for one in spans for part in _without(one, span)]
    return [(first, last) for first, last in spans if first < last]


def _without(span: Span, taken: Span) -> Iterator[Span]:
    """Yield what is left of a span."""
    yield span[0], min(span[1], taken[0])
    yield max(span[0], taken[1]), span[1]


def _known_from(forces: set[int]) -> date | None:
    """Return the day from which every force in the figures had begun to use the service; None when they always had."""
    days = Agency.objects.filter(pk__in=forces, live_from__isnull=False).values_list("live_from", flat=True)
    return max((day for day in days if day is not None), default=None)
