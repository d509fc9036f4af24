"""What the report of no further action reads: crimes and suspects that ended so, where they stood then, and who was told in time.

Every function makes one query, whatever the number of cases, unless it says otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind
from core import clock
from prosecution.models import ChargingDecision, DecisionType
from prosecution.panels.frame import NFA_CODES
from reports.abstraction import Span, month_after
from reports.nfa_figures import Ended
from reports.turns import NO_UNIT

NO_SUSPECT: Final = "No suspect named"
BEFORE_CPS: Final = "Before the CPS had it"
BACK: Final = "With the police again, after the CPS had it"
STAGES: Final = (NO_SUSPECT, BEFORE_CPS, *(str(one.label) for one in m.Position), BACK)
NOT_RECORDED: Final = "The CPS’s decision is not recorded here"
TOLD: Final = (Kind.TOLD_NFA, Kind.WRITTEN_REASONS)
REVIEW_CLOCKS: Final = (Kind.VRR_ACKNOWLEDGE, Kind.VRR_COMPLETE)
_LIVE: Final = Q(force__live_from__isnull=True) | Q(due_on__gte=F("force__live_from"))
_IN_TIME: Final = Q(met_at__isnull=False, met_at__lt=F("due_at"))
Stay = tuple[str, datetime, datetime | None]
"""Where a suspect stood with the CPS, since when, until when."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose cases are counted, in which months, beside which place. `owner` leads to the rows quickest (the owner's index)."""

    cases: QuerySet[m.Case]
    owner: Q
    span: Span
    place: str

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last London day of the months."""
        return self.span.first, month_after(self.span.last) - timedelta(days=1)


@dataclass(slots=True)
class Stays:
    """Where suspects stood with the CPS, and how many were finalised administratively in the time."""

    of: defaultdict[UUID, list[Stay]]
    finalised: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of clock of one side: how many were met in time and late, and how many were due before the force began here."""

    kind: str
    side: str
    in_time: int
    late: int
    left_out: int


def crimes(what: Asked, stays: Stays) -> list[Ended]:
    """Return the recorded crimes whose outcome today is no further action, given in the time. Two queries."""
    alleged: defaultdict[UUID, list[UUID]] = defaultdict(list)
    rows = m.Allegation.objects.filter(
        what.owner,
        case__in=what.cases,
        offence__outcome_code__in=NFA_CODES,
        offence__outcome_on__range=what.days,
        withdrawn_at__isnull=True,
        suspect__recorded_in_error_at__isnull=True,
    )
    for crime, suspect in rows.order_by().values_list("offence_id", "suspect_id"):
        alleged[crime].append(suspect)
    found = []
    ended = m.Offence.objects.filter(what.owner, case__in=what.cases, outcome_code__in=NFA_CODES, outcome_on__range=what.days).order_by()
    columns = ("id", "case_id", "force_id", "outcome_on", "case__recorded_at", "outcome_code", what.place)
    for key, case_id, force_id, on, recorded_at, code, name in ended.values_list(*columns):
        stood = [stay for suspect in alleged[key] for stay in stays.of.get(suspect, ())]
        stage = stage_on(stood, on or what.span.first) if alleged.get(key) else NO_SUSPECT
        found.append(Ended(case_id, force_id, on or what.span.first, recorded_at, code or 0, name or NO_UNIT, stage))
    return found


def suspects(what: Asked, stays: Stays) -> list[Ended]:
    """Return the suspects on whom the CPS decided to take no further action in the time, those opened again since included."""
    decision = ChargingDecision.objects.filter(outcome=OuterRef("pk")).order_by("-decided_at")
    rows = m.SuspectOutcome.objects.filter(
        what.owner,
        case__in=what.cases,
        side=m.Side.CPS,
        code__in=NFA_CODES,
        on__range=what.days,
        suspect__recorded_in_error_at__isnull=True,
    ).order_by()
    rows = rows.annotate(decision=Subquery(decision.values("decision")[:1]), why=Subquery(decision.values("reason_code")[:1]))
    columns = ("case_id", "force_id", "on", "case__recorded_at", "code", what.place, "suspect_id", "decision", "why", "reopened_at")
    return [
        Ended(case, force, on, recorded, code, name or NO_UNIT, stage_on(stays.of.get(who, ()), on), cps_reason(decided, why), bool(again))
        for case, force, on, recorded, code, name, who, decided, why, again in rows.values_list(*columns)
    ]


def cps_reason(decision: str | None, code: str | None) -> str:
    """Return the CPS's reason in words: what was decided, and its code where one was given."""
    if not decision:
        return NOT_RECORDED
    words = str(DecisionType(decision).label)
    return f"{words} ({code})" if code else words


def stage_on(stays: Iterable[Stay], day: date) -> str:
    """Return where the least settled of some suspects stood with the CPS on a London day: the last stay that touches it."""
    began = [one for one in stays if clock.london_day(one[1]) <= day]
    lasted = [one for one in began if one[2] is None or clock.london_day(one[2]) >= day]
    if lasted:
        return str(m.Position(max(lasted, key=lambda one: one[1])[0]).label)
    return BACK if began else BEFORE_CPS


def stays_of(what: Asked) -> Stays:
    """Return where the suspects of those cases stood in which something ended in the time."""
    in_case = {"case": OuterRef("case_id")}
    crime = m.Offence.objects.filter(**in_case, outcome_code__in=NFA_CODES, outcome_on__range=what.days)
    decided = m.SuspectOutcome.objects.filter(**in_case, code__in=NFA_CODES, on__range=what.days)
    finalised = Q(position=m.Position.FINALISED, since__gte=what.span.starts_at)
    rows = m.CpsPosition.objects.filter(
        Exists(crime) | Exists(decided) | finalised,
        what.owner,
        case__in=what.cases,
        since__lt=what.span.ends_at,
        suspect__recorded_in_error_at__isnull=True,
    )
    found = Stays(defaultdict(list))
    for suspect, position, since, until in rows.order_by().values_list("suspect_id", "position", "since", "until"):
        found.of[suspect].append((position, since, until))
        found.finalised += position == m.Position.FINALISED and since >= what.span.starts_at
    return found


def kept(user: User, what: Asked, own: str, now: datetime) -> list[Kept]:
    """Return how many clocks of telling, and of reviews of the own side, were met in time: those whose day was in the time and is over.

    What ended before its day (decided not to tell, opened again) was owed no longer and counts nowhere.
    """
    shown = Q(kind__in=TOLD) | Q(kind__in=REVIEW_CLOCKS, owes=own)
    owed = Q(met_at__isnull=False) | Q(ended_at__isnull=True) | Q(ended_at__gte=F("due_at"))
    rows = m.Deadline.objects.shown_to(user).filter(
        shown, owed, what.owner, case__in=what.cases, cancelled=False, due_on__range=what.days, due_at__lte=now, paused_since__isnull=True
    )
    late = _LIVE & (Q(met_at__isnull=True) | Q(met_at__gte=F("due_at")))
    counted = (
        rows.order_by()
        .values("kind", "owes")
        .annotate(
            in_time=Count("pk", filter=_LIVE & _IN_TIME),
            late=Count("pk", filter=late),
            left_out=Count("pk", filter=Q(due_on__lt=F("force__live_from"))),
        )
    )
    return [Kept(one["kind"], one["owes"], one["in_time"], one["late"], one["left_out"]) for one in counted]


def by(rows: QuerySet[Any], column: str) -> dict[str, int]:
    """Return how many rows there are by the value of a column."""
    return dict(rows.order_by().values_list(column).annotate(number=Count("pk")))


def forces_of(cases: QuerySet[m.Case]) -> Iterator[int]:
    """Yield the forces whose cases these are."""
    yield from cases.order_by().values_list("force_id", flat=True).distinct()
