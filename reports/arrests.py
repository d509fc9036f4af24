"""The arrest clocks behind the report, as querysets: which run, which are late, which are held up, which stopped lately.

Each starts from cases that the caller may see or count; a command starts from one force's under the system scope.
Times are those of the facts, so "seen from the start of a day" is a condition and not a second store.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case as If
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models import User
from accounts.roles import KIND_OF_ROLE
from cases import models as m
from cases.derive.clocks import Kind
from cases.derive.states import OPEN_STAGES
from core.scope import Kind as ScopeKind
from reports.seen import Seen

NO_REASON = "none"
"""The filter's value for suspects for whom nobody has given a reason."""

ARRESTED, INTERVIEWED, DECIDED = "arrested", "interviewed", "decided"


@dataclass(frozen=True, slots=True)
class Reach:
    """The cases a report is drawn from, and the columns that lead to them quickest (the owner's index)."""

    cases: QuerySet[Any]
    owner: Q

    @classmethod
    def seen_by(cls, user: User) -> "Reach":
        """Only cases this person may see."""
        return cls(m.Case.objects.visible_to(user), _owner_of(user))

    @classmethod
    def counted_by(cls, user: User) -> "Reach":
        """Cases this person may count: an analyst's whole force, everybody else's own sight."""
        return cls(m.Case.objects.counted_by(user), _owner_of(user))

    @classmethod
    def of_force(cls, force_id: int) -> "Reach":
        """Every case of one force. For commands, inside its system scope."""
        return cls(m.Case.objects.filter(force_id=force_id), Q(force_id=force_id))


def _owner_of(user: User) -> Q:
    column = "cps_area_scope" if KIND_OF_ROLE[user.role] is ScopeKind.CPS else "force_id"
    return Q(**{column: user.agency_id})


def running(reach: Reach, seen: Seen) -> QuerySet[Any]:
    """Return the arrest clocks that had not stopped by then, with officer, latest reason and situation beside each."""
    return _described(_clocks(reach).filter(seen.not_yet("met_at"), seen.not_yet("ended_at")), seen)


def late(reach: Reach, seen: Seen) -> QuerySet[Any]:
    """Return the running clocks that are past their due date and not held up by a situation.

    A clock eased in the last 28 days (risk lowered, identification moved later) counts from its first due date, whether
    or not the later one has come. One eased only after the day looked from was not eased yet, and counts so too.
    """
    past = Q(due_at__lte=seen.at) | Q(eased_at__gte=seen.recent)
    return running(reach, seen).filter(past, first_due_at__lte=seen.at, situation__isnull=True)


def every_clock(reach: Reach, seen: Seen) -> QuerySet[Any]:
    """Return every arrest clock, run out or running, with unit, risk and officer of today beside each."""
    return _described(_clocks(reach), seen)


def held_up(reach: Reach, seen: Seen) -> QuerySet[Any]:
    """Return the running clocks of suspects who were wanted, abroad or in prison elsewhere, late or not."""
    return running(reach, seen).filter(situation__isnull=False)


def stopped_lately(reach: Reach, seen: Seen) -> QuerySet[Any]:
    """Return the clocks stopped in the last 28 days, with `how`: arrested, interviewed without arrest, or decided not to arrest.

    What stopped a clock is the act of that very moment; an arrest goes before an interview at the same time.
    """
    same = {"suspect": OuterRef("suspect_id"), "at": OuterRef("met_at")}
    how = If(
        When(Exists(m.Arrest.objects.filter(**same)), then=Value(ARRESTED)),
        When(Exists(m.Interview.objects.filter(**same)), then=Value(INTERVIEWED)),
        default=Value(DECIDED),
    )
    stopped = _described(_clocks(reach).filter(seen.happened("met_at"), met_at__gte=seen.recent), seen)
    counted: QuerySet[Any] = stopped.annotate(how=how)
    return counted


def closed_lately(reach: Reach, seen: Seen) -> QuerySet[Any]:
    """Return the clocks ended by an outcome that was recorded on screen in the last 28 days, whatever day the outcome bears."""
    recorded = m.SuspectOutcome.objects.filter(
        seen.happened("created_at"), suspect=OuterRef("suspect_id"), created_at__gte=seen.recent, reopened_at__isnull=True, imported=False
    )
    later = m.Deadline.objects.filter(
        kind=Kind.ARREST, subject_id=OuterRef("subject_id"), cancelled=False, sequence__gt=OuterRef("sequence")
    )  # a clock that an earlier outcome ended, and that began anew since, is counted once
    return _described(_clocks(reach).filter(~Exists(later), Exists(recorded), ended_at__isnull=False), seen)


def named_without_suspect(reach: Reach) -> QuerySet[Any]:
    """Return the open cases where somebody has been named and no suspect is on record: no arrest clock runs there, today."""
    suspects = m.Suspect.objects.filter(case=OuterRef("pk"), recorded_in_error_at__isnull=True)
    return reach.cases.filter(~Exists(suspects), named=m.Named.YES, stage__in=OPEN_STAGES)


def _clocks(reach: Reach) -> QuerySet[Any]:
    clocks: QuerySet[Any] = m.Deadline.objects.filter(reach.owner, kind=Kind.ARREST, cancelled=False, case__in=reach.cases)
    return clocks


def _described(clocks: QuerySet[Any], seen: Seen) -> QuerySet[Any]:
    """Add what the report says of each clock. Unit, risk and officer are today's; reason and situation are of then.

    Each is a look-up by key and none a join: on tables just filled by an import and not yet measured, the planner takes
    joins of cases with cases for cheap, and three minutes for 1,200 of them.
    """
    case = m.Case.objects.filter(pk=OuterRef("case_id"))
    suspect = m.Suspect.objects.filter(pk=OuterRef("suspect_id"))
    officer = m.CasePerson.objects.filter(case=OuterRef("case_id"), role=m.CaseRole.OFFICER, until__isnull=True)
    delay = m.ArrestDelay.objects.filter(seen.happened("at"), suspect=OuterRef("suspect_id")).order_by("-at", "-created_at")
    holding = m.SuspectSituation.objects.filter(seen.happened("since"), seen.not_yet("ended_at"), suspect=OuterRef("suspect_id"))
    situation = holding.order_by("-since")
    described: QuerySet[Any] = clocks.annotate(
        reference=Subquery(case.values("crime_reference")),
        number=Subquery(suspect.values("number")),
        surname=Subquery(suspect.values("surname")),
        forenames=Subquery(suspect.values("forenames")),
        unit_id=Subquery(case.values("unit_id")),
        unit=Subquery(case.values("unit__name")),
        risk=Subquery(case.values("risk")),
        officer_id=Subquery(officer.values("user_id")[:1]),
        officer=Subquery(officer.values("user__name")[:1]),
        reason=Subquery(delay.values("reason")[:1]),
        event=Subquery(delay.values("event")[:1]),
        situation=Subquery(situation.values("kind")[:1]),
        situation_since=Subquery(situation.values("since")[:1]),
    )
    return described


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader narrowed the report to; empty is everything."""

    unit: str = ""
    officer: str = ""
    risk: str = ""
    reason: str = ""

    def on(self, clocks: QuerySet[Any], *, with_reason: bool = True) -> QuerySet[Any]:
        """Return the clocks that it lets through."""
        if self.unit:
            clocks = clocks.filter(unit_id=self.unit)
        if self.officer:
            clocks = clocks.filter(officer_id=self.officer)
        if self.risk:
            clocks = clocks.filter(risk=self.risk)
        if self.reason and with_reason:
            clocks = clocks.filter(reason__isnull=True) if self.reason == NO_REASON else clocks.filter(reason=self.reason)
        return clocks
