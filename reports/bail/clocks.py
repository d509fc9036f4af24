"""Bail that runs, stands still, has lapsed, or had passed when it was imported, as querysets over what somebody may see.

The law: Police and Criminal Evidence Act 1984 Part IV; domain.md section 8. A bail answers on its last day, so it has
lapsed at the end of that London day. While it stands still with the CPS (s.47ZL) it has no day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as If
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate

from cases import models as m
from cases.derive.clocks import Kind
from core import clock
from reports.arrests import Reach
from reports.describing import with_who

RUNNING, LAPSED, STILL, PASSED = "running", "lapsed", "still", "passed"
STATES: Mapping[str, str] = {
    RUNNING: "Running",
    LAPSED: "Lapsed: its day has passed",
    STILL: "Stands still while with the CPS",
    PASSED: "Date passed before import, not answered",
}
NEVER = Value(None, output_field=DateTimeField(null=True))
FORTNIGHT = 14
"""Days after today that count as this fortnight: bail that answers today is in it, and bail that answers 14 days on."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader narrowed the diary to; empty is everything but bail that had passed when it was imported."""

    unit: str = ""
    officer: str = ""
    first: date | None = None
    last: date | None = None
    state: str = ""

    def on(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of one unit and one officer."""
        if self.unit:
            rows = rows.filter(unit_id=self.unit)
        if self.officer:
            rows = rows.filter(officer_id=self.officer)
        return rows


def live(reach: Reach) -> QuerySet[Any]:
    """Return the clocks of bail that has not ended. `at` is its end, and the end of time while it stands still with the CPS."""
    clocks = m.Deadline.objects.filter(
        reach.owner, kind=Kind.BAIL_EXPIRY, cancelled=False, met_at__isnull=True, ended_at__isnull=True, case__in=reach.cases
    )
    never = Value(m.NOTHING_DUE, output_field=DateTimeField())
    described: QuerySet[Any] = with_who(clocks).annotate(
        bail_id=F("subject_id"), at=If(When(paused_since__isnull=False, then=never), default=F("due_at"))
    )
    return described


def answering(reach: Reach, *, days: int = FORTNIGHT) -> QuerySet[Any]:
    """Return bail that answers today or within so many London days, and has not lapsed."""
    return live(reach).filter(paused_since__isnull=True, due_at__gt=clock.now(), due_on__lte=clock.today() + timedelta(days=days))


def lapsed(reach: Reach) -> QuerySet[Any]:
    """Return bail whose last day is over with nothing recorded."""
    return live(reach).filter(paused_since__isnull=True, due_at__lte=clock.now())


def passed(reach: Reach) -> QuerySet[Any]:
    """Return imported bail whose last day had passed and of which nobody has said what happened; the suspect has no outcome."""
    answered = m.BailEvent.objects.filter(bail=OuterRef("pk"), kind__in=(m.BailEventKind.ENDED, m.BailEventKind.EXTENDED))
    settled = m.SuspectOutcome.objects.filter(suspect=OuterRef("suspect"), reopened_at__isnull=True)
    later = m.Bail.objects.filter(suspect=OuterRef("suspect"), granted_at__gt=OuterRef("granted_at"))
    rows = m.Bail.objects.filter(reach.owner, passed_at_import=True, suspect__recorded_in_error_at__isnull=True, case__in=reach.cases)
    asked = rows.exclude(Exists(answered) | Exists(settled) | Exists(later)).exclude(_closed())
    day = Coalesce(F("own_end_on"), TruncDate("granted_at", tzinfo=clock.LONDON))
    described: QuerySet[Any] = with_who(asked).annotate(
        bail_id=F("pk"), due_on=day, at=Cast(day, DateTimeField()), due_at=Cast(day, DateTimeField()), paused_since=NEVER
    )
    return described


def _closed() -> Q:
    return Q(case__recorded_in_error_at__isnull=False) | Q(case__merged_into__isnull=False)


def chosen(reach: Reach, asked: Filter) -> QuerySet[Any]:
    """Return the rows of a filter. Days narrow to bail that has a day: what stands still has none."""
    rows = asked.on(passed(reach) if asked.state == PASSED else live(reach))
    if asked.first is not None or asked.last is not None:
        rows = rows.filter(paused_since__isnull=True) if asked.state != PASSED else rows
    if asked.first is not None:
        rows = rows.filter(due_on__gte=asked.first)
    if asked.last is not None:
        rows = rows.filter(due_on__lte=asked.last)
    if asked.state in {"", PASSED}:
        return rows
    return rows.filter(_in_state(asked.state))


def _in_state(state: str) -> Q:
    if state == STILL:
        return Q(paused_since__isnull=False)
    over = Q(due_at__lte=clock.now()) if state == LAPSED else Q(due_at__gt=clock.now())
    return Q(paused_since__isnull=True) & over
