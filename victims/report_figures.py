"""The figures of `/reports/victim-contact/`: how agreed contact was kept, over the 12 months up to today. A fixed number of queries.

A turn of contact counts by the day it was due. In time: a contact that reached her or him by then. Late: it came after, or
has not come. What was due before the force began with this service is left out of these, and counted as left out.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from accounts.models import Agency
from cases import models as m
from cases.derive.clocks import Kind
from cases.derive.states import OPEN_STAGES
from cases.derive.told_rules import TOLD_KINDS
from cases.models.telling import ToldAbout
from core import clock
from core.svg import Columns, Series, stacked_columns
from victims.models import Appointment, Contact, ContactAgreement
from victims.models.appointment import CancelledBy, CancelReason
from victims.reports import OFFICER, Reach

DAYS = 365
NOBODY, NO_UNIT = "Not allocated", "No unit"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Percentile(Aggregate):
    """The smallest value that so many of a hundred do not exceed (PostgreSQL percentile_disc). Days late are whole days."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Kept:
    """How many were in time and late. `median` and `ninetieth`: days late of those that were, None for none."""

    name: str
    in_time: int
    late: int
    median: int | None = None
    ninetieth: int | None = None

    @property
    def total(self) -> int:
        """All that were due."""
        return self.in_time + self.late

    @property
    def share(self) -> str:
        """How many of a hundred were in time, in words; nothing of nothing."""
        return f"{round(100 * self.in_time / self.total)}%" if self.total else "–"


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the page and the file show."""

    since: date
    until: date
    contact: Kept
    by_force: list[Kept]
    by_unit: list[Kept]
    by_officer: list[Kept]
    by_month: list[Kept]
    told: list[Kept]
    agreed: int
    opted_out: int
    not_agreed: int
    unsafe: int
    attempts: int
    cancelled: list[tuple[str, int]]
    left_out: int
    left_out_cases: int
    live_from: date | None

    @property
    def cancelled_in_all(self) -> int:
        """Appointments that we cancelled."""
        return sum(number for _, number in self.cancelled)


def figures_of(reach: Reach, now: datetime) -> Figures:
    """Return the figures of these cases as of now."""
    until = clock.london_day(now)
    since = until - timedelta(days=DAYS)
    live = Agency.objects.filter(pk__in=reach.cases.values("force_id"), live_from__isnull=False).order_by("live_from")
    live_from = live.values_list("live_from", flat=True).first()
    turns = _due(reach, [Kind.VICTIM_CONTACT], since, now)
    counted = turns.filter(~_before_live())
    agreed, opted_out, not_agreed = _agreements(reach)
    case = m.Case.objects.filter(pk=OuterRef("case_id"))
    officer = m.CasePerson.objects.filter(case=OuterRef("case_id"), **OFFICER)
    return Figures(
        since=since,
        until=until,
        contact=_total(counted),
        by_force=_by(counted, F("force__name"), ""),
        by_unit=_by(counted, Subquery(case.values("unit__name")), NO_UNIT),
        by_officer=_by(counted, Subquery(officer.values("user__name")[:1]), NOBODY),
        by_month=_by_month(counted),
        told=_told(reach, since, now),
        agreed=agreed,
        opted_out=opted_out,
        not_agreed=not_agreed,
        unsafe=_unsafe(reach),
        attempts=_attempts(reach, since, now),
        cancelled=_cancelled(reach, since, now),
        left_out=turns.filter(_before_live()).count(),
        left_out_cases=reach.cases.filter(recorded_at__lt=clock.day_start(live_from)).count() if live_from else 0,
        live_from=live_from,
    )


def _before_live() -> Q:
    """The condition that something was due before its force began with this service."""
    return Q(due_on__lt=F("force__live_from"))


def _due(reach: Reach, kinds: list[str], since: date, now: datetime) -> QuerySet[Any]:
    """Return the clocks that were met, or ran past their due date, and were due in the time; each with `late_by`.

    What stands still for want of a safe channel is none of these, and what ended in time was owed no longer.
    """
    stopped = Coalesce(F("met_at"), F("ended_at"), Value(now))
    clocks = m.Deadline.objects.filter(
        reach.owner, kind__in=kinds, cancelled=False, due_on__gte=since, paused_since__isnull=True, case__in=reach.cases
    )
    over = Q(due_at__lte=now) & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("due_at")))
    late_by = ExpressionWrapper(TruncDate(stopped, tzinfo=clock.LONDON) - F("due_on"), output_field=DurationField())
    rows: QuerySet[Any] = clocks.filter(Q(met_at__isnull=False) | over).annotate(late_by=late_by)
    return rows


IN_TIME = Q(met_at__lt=F("due_at"))
COUNTS = {
    "in_time": Count("pk", filter=IN_TIME),
    "late": Count("pk", filter=~IN_TIME | Q(met_at__isnull=True)),
    "median": Percentile("late_by", share=0.5, filter=~IN_TIME | Q(met_at__isnull=True)),
    "ninetieth": Percentile("late_by", share=0.9, filter=~IN_TIME | Q(met_at__isnull=True)),
}


def _kept(name: str, found: dict[str, Any]) -> Kept:
    days = [found[key].days if found[key] is not None else None for key in ("median", "ninetieth")]
    return Kept(name, found["in_time"], found["late"], *days)


def _total(clocks: QuerySet[Any]) -> Kept:
    return _kept("All", clocks.aggregate(**COUNTS))


def _by(clocks: QuerySet[Any], column: Any, nothing: str) -> list[Kept]:
    found = clocks.order_by().annotate(name=column).values("name").annotate(**COUNTS)
    return sorted((_kept(one["name"] or nothing, one) for one in found), key=lambda one: (-one.late, one.name.casefold()))


def _by_month(clocks: QuerySet[Any]) -> list[Kept]:
    """Months in order of time, each by its first day."""
    month = TruncMonth("due_on", output_field=DateField())
    found = clocks.order_by().annotate(month=month).values("month").annotate(**COUNTS)
    return [_kept(one["month"].isoformat()[:7], one) for one in sorted(found, key=lambda one: one["month"])]


def _told(reach: Reach, since: date, now: datetime) -> list[Kept]:
    clocks = _due(reach, [str(kind) for kind in TOLD_KINDS], since, now)
    found = clocks.order_by().values("kind").annotate(**COUNTS)
    by_kind = {one["kind"]: one for one in found}
    return [_kept(str(ToldAbout(str(kind)).label), by_kind[str(kind)]) for kind in TOLD_KINDS if str(kind) in by_kind]


def _agreements(reach: Reach) -> tuple[int, int, int]:
    """Return with how many complainants of open cases contact is agreed, how many opted out, and with how many nothing is agreed."""
    last = ContactAgreement.objects.filter(complainant=OuterRef("pk")).order_by("-created_at", "-id")
    people = m.Complainant.objects.filter(case__in=reach.cases.filter(stage__in=OPEN_STAGES))
    found = people.annotate(opted_out=Subquery(last.values("opted_out")[:1])).aggregate(
        agreed=Count("pk", filter=Q(opted_out=False)),
        out=Count("pk", filter=Q(opted_out=True)),
        none=Count("pk", filter=Q(opted_out__isnull=True)),
    )
    return found["agreed"], found["out"], found["none"]


def _unsafe(reach: Reach) -> int:
    clocks = m.Deadline.objects.filter(reach.owner, kind=Kind.SAFE_CHANNEL_REVIEW, cancelled=False, met_at__isnull=True)
    return clocks.filter(ended_at__isnull=True, case__in=reach.cases).count()


def _attempts(reach: Reach, since: date, now: datetime) -> int:
    corrected = Contact.objects.filter(supersedes=OuterRef("pk"))
    rows = Contact.objects.filter(reach.owner, ~Exists(corrected), reached=False, at__gte=clock.day_start(since), at__lte=now)
    return rows.exclude(side="isva").filter(case__in=reach.cases).count()


def _cancelled(reach: Reach, since: date, now: datetime) -> list[tuple[str, int]]:
    """Return appointments cancelled by us, by the event that took the officer or by the reason, the most first."""
    rows = Appointment.objects.filter(
        reach.owner, cancelled_by=CancelledBy.US, cancelled_at__gte=clock.day_start(since), cancelled_at__lte=now, case__in=reach.cases
    )
    columns = ("reason", "abstraction__event") if reach.names_events else ("reason",)
    found = rows.order_by().values(*columns).annotate(number=Count("pk"))
    named = [(one.get("abstraction__event") or str(CancelReason(one["reason"]).label), one["number"]) for one in found]
    return sorted(named, key=lambda one: (-one[1], one[0]))


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture for a wide page and a narrow one, and what it says."""

    wide: str
    narrow: str
    words: str


def chart_of(figures: Figures) -> Chart | None:
    """Return turns of contact by the month they were due, in time and late; None where none was."""
    months = figures.by_month
    if not months:
        return None
    most = max(months, key=lambda one: (one.late, one.name))
    words = f"{figures.contact.in_time:,} contacts were in time and {figures.contact.late:,} late. "
    words += f"The most were late in {month_words(most.name)}: {most.late:,}." if most.late else "No month had one late."
    columns = Columns(
        "victim-contact",
        "Agreed contact by the month it was due",
        words,
        tuple(_short(one.name) for one in months),
        (Series("In time", tuple(one.in_time for one in months)), Series("Late", tuple(one.late for one in months))),
    )
    return Chart(
        stacked_columns(columns, width=720, height=280, name="wide"), stacked_columns(columns, width=340, height=260, name="narrow"), words
    )


def month_words(name: str) -> str:
    """Return a month such as 2026-11 as "Nov 2026"."""
    year, month = name.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def _short(name: str) -> str:
    return MONTHS[int(name[5:]) - 1]
