"""Turns of contact, and what was told, counted as in time or late: the clocks of `/reports/victim-contact/`.

A clock counts by the day it was due, once that day is over. In time: it was met by then. Late: it was met after, or not yet.
What ended before its day was owed no longer and counts nowhere; nor does what stands still for want of a safe channel.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Aggregate, Count, DateField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from cases import models as m
from cases.derive.clocks import Kind
from cases.derive.told_rules import TOLD_KINDS
from cases.models.telling import ToldAbout
from core import clock
from victims.report_places import Dimension, Place, located
from victims.reports import Reach

Number = int | None
"""How many; None: kept back from those who only count (report_small.py)."""


class Percentile(Aggregate):
    """The smallest value that so many of a hundred do not exceed (PostgreSQL percentile_disc). Days late are whole days."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Kept:
    """How many were in time and late. `median` and `ninetieth`: days late of those that were, None for none."""

    name: str
    in_time: Number
    late: Number
    median: int | None = None
    ninetieth: int | None = None

    @property
    def total(self) -> int:
        """All that were due, as far as they are shown."""
        return (self.in_time or 0) + (self.late or 0)

    @property
    def share(self) -> str:
        """How many of a hundred were in time, in words; nothing of nothing, or of what is kept back."""
        if self.in_time is None or self.late is None or not self.total:
            return "–"
        return f"{round(100 * self.in_time / self.total)}%"


_IN_TIME: Final = Q(met_at__lt=F("due_at"))
_LATE: Final = ~_IN_TIME | Q(met_at__isnull=True)
COUNTS: Final = {
    "in_time": Count("pk", filter=_IN_TIME),
    "late": Count("pk", filter=_LATE),
    "median": Percentile("late_by", share=0.5, filter=_LATE),
    "ninetieth": Percentile("late_by", share=0.9, filter=_LATE),
}


def due(reach: Reach, kinds: Iterable[str], since: date, now: datetime) -> QuerySet[Any]:
    """Return the clocks of these kinds whose day is over by now and came in the time, each with `late_by` (a duration of whole days)."""
    stopped = Coalesce(F("met_at"), F("ended_at"), Value(now))
    clocks = m.Deadline.objects.filter(
        reach.owner,
        kind__in=list(kinds),
        cancelled=False,
        due_on__gte=since,
        due_at__lte=now,
        paused_since__isnull=True,
        case__in=reach.cases,
    )
    owed = Q(met_at__isnull=False) | Q(ended_at__isnull=True) | Q(ended_at__gte=F("due_at"))
    late_by = ExpressionWrapper(TruncDate(stopped, tzinfo=clock.LONDON) - F("due_on"), output_field=DurationField())
    rows: QuerySet[Any] = clocks.filter(owed).annotate(late_by=late_by)
    return rows


def before_live() -> Q:
    """The condition that something was due before its force began with this service."""
    return Q(due_on__lt=F("force__live_from"))


def total(clocks: QuerySet[Any]) -> Kept:
    """Return all of them as one. One query."""
    return _kept("All", clocks.aggregate(**COUNTS))


def by_place(clocks: QuerySet[Any], dimension: Dimension) -> dict[Place, Kept]:
    """Return them by force, unit or officer, by its key. One query."""
    found = located(clocks).values(*dimension.columns).annotate(**COUNTS)
    return {dimension.key(one): _kept("", one) for one in found}


def by_month(clocks: QuerySet[Any]) -> list[Kept]:
    """Return months in order of time, each by its name such as 2026-11. One query."""
    month = TruncMonth("due_on", output_field=DateField())
    found = clocks.order_by().annotate(month=month).values("month").annotate(**COUNTS)
    return [_kept(one["month"].isoformat()[:7], one) for one in sorted(found, key=lambda one: one["month"])]


def told(reach: Reach, since: date, now: datetime) -> list[Kept]:
    """Return what was to be told, by its kind. One query."""
    clocks = due(reach, [str(kind) for kind in TOLD_KINDS], since, now)
    by_kind = {one["kind"]: one for one in clocks.order_by().values("kind").annotate(**COUNTS)}
    return [_kept(str(ToldAbout(str(kind)).label), by_kind[str(kind)]) for kind in TOLD_KINDS if str(kind) in by_kind]


def turns(reach: Reach, since: date, now: datetime) -> QuerySet[Any]:
    """Return the turns of agreed contact that were due in the time."""
    return due(reach, [Kind.VICTIM_CONTACT], since, now)


def _kept(name: str, found: Mapping[str, Any]) -> Kept:
    days = [found[key].days if found[key] is not None else None for key in ("median", "ninetieth")]
    return Kept(name, found["in_time"], found["late"], *days)
