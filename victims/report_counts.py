"""What is counted beside the turns of contact: overdue now, agreements of open cases, attempts in vain, appointments that we cancelled."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from cases import models as m
from cases.derive.clocks import Kind
from cases.derive.states import OPEN_STAGES
from core import clock
from core.seen import Seen
from victims.models import Appointment, Contact, ContactAgreement
from victims.models.appointment import CancelledBy, CancelReason
from victims.report_places import EVERY_COLUMN, Dimension, Place, located
from victims.reports import Reach, late

NUMBERS = ("overdue", "agreed", "opted_out", "not_agreed", "attempts", "cancelled")


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows as the database counted them: where, and how many of what."""

    rows: tuple[tuple[Mapping[str, Any], Mapping[str, int]], ...]

    def all(self) -> Counter[str]:
        """Return how many there are of each in all."""
        return _sum(numbers for _, numbers in self.rows)

    def by(self, dimension: Dimension) -> dict[Place, Counter[str]]:
        """Return how many there are of each, by force, unit or officer."""
        found: dict[Place, list[Mapping[str, int]]] = {}
        for where, numbers in self.rows:
            found.setdefault(dimension.key(where), []).append(numbers)
        return {place: _sum(rows) for place, rows in found.items()}


def counts_of(reach: Reach, since: date, now: datetime) -> Counts:
    """Return everything that is counted by place. Four queries."""
    found = [
        *_counted(late(reach, Seen(now)).filter(open=True), overdue=Q()),
        *_counted(_complainants(reach), agreed=Q(out=False), opted_out=Q(out=True), not_agreed=Q(out__isnull=True)),
        *_counted(_attempts(reach, since, now), attempts=Q()),
        *_counted(_cancelled(reach, since, now), cancelled=Q()),
    ]
    return Counts(tuple(found))


def cancelled_by_event(reach: Reach, since: date, now: datetime) -> list[tuple[str, int]]:
    """Return appointments cancelled by us, by the event that took the officer or by the reason, the most first. One query."""
    columns = ("reason", "abstraction__event") if reach.names_events else ("reason",)
    counted = _cancelled(reach, since, now).order_by().values(*columns).annotate(number=Count("pk"))
    sums: Counter[str] = Counter()
    for one in counted:
        sums[one.get("abstraction__event") or str(CancelReason(one["reason"]).label)] += one["number"]
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))


def without_safe_channel(reach: Reach) -> int:
    """Return how many victims there is no safe way to reach at present. One query."""
    clocks = m.Deadline.objects.filter(reach.owner, kind=Kind.SAFE_CHANNEL_REVIEW, cancelled=False, met_at__isnull=True)
    return clocks.filter(ended_at__isnull=True, case__in=reach.cases).count()


def _complainants(reach: Reach) -> QuerySet[Any]:
    """Complainants of open cases, each with whether she or he opted out; None where nothing is agreed."""
    last = ContactAgreement.objects.filter(complainant=OuterRef("pk")).order_by("-created_at", "-id")
    rows = m.Complainant.objects.filter(case__in=reach.cases.filter(stage__in=OPEN_STAGES))
    found: QuerySet[Any] = rows.annotate(out=Subquery(last.values("opted_out")[:1]))
    return found


def _attempts(reach: Reach, since: date, now: datetime) -> QuerySet[Any]:
    corrected = Contact.objects.filter(supersedes=OuterRef("pk"))
    rows = Contact.objects.filter(reach.owner, ~Exists(corrected), reached=False, at__gte=clock.day_start(since), at__lte=now)
    found: QuerySet[Any] = rows.exclude(side="isva").filter(case__in=reach.cases)
    return found


def _cancelled(reach: Reach, since: date, now: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = Appointment.objects.filter(
        reach.owner, cancelled_by=CancelledBy.US, cancelled_at__gte=clock.day_start(since), cancelled_at__lte=now, case__in=reach.cases
    )
    return rows


def _counted(rows: QuerySet[Any], **what: Q) -> list[tuple[Mapping[str, Any], Mapping[str, int]]]:
    numbers = {name: Count("pk", filter=condition) if condition else Count("pk") for name, condition in what.items()}
    found = located(rows).values(*EVERY_COLUMN).annotate(**numbers)
    return [(one, {name: one[name] for name in what}) for one in found]


def _sum(rows: Iterable[Mapping[str, int]]) -> Counter[str]:
    sums: Counter[str] = Counter(dict.fromkeys(NUMBERS, 0))
    for row in rows:
        sums.update(row)
    return sums
