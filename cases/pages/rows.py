"""Everything the case page reads, in a fixed number of queries whatever the case holds.

What happened to suspects lies in a dozen small tables. They are read by one UNION onto the same columns: a query a table
would double the page's cost. A test holds the facts derived here against `cases.selectors.facts_of`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Owes
from cases.derive.told_rules import TOLD_KINDS
from cases.listing import is_cps, running_deadlines
from cases.offers import Tie, ties_of
from cases.selectors_to_plan import charged_of, undecided
from cases.services.withdrawal_gate import talked
from cases.settling import OfClocks, targets_in

NOTES_SHOWN = 10


class Happened(NamedTuple):
    """One row of any of the dozen tables. What each column means there is said in HAPPENED."""

    source: str
    id: UUID
    suspect_id: UUID | None
    at: datetime
    until: datetime | None
    began: datetime | None
    on: date | None
    code: str
    number: int | None
    text: str
    more: str
    other: str
    imported: bool
    by: str | None
    created_at: datetime


COLUMNS: Mapping[str, Any] = {
    "until": DateTimeField(),
    "began": DateTimeField(),
    "on": DateField(),
    "code": CharField(),
    "number": IntegerField(),
    "text": CharField(),
    "more": CharField(),
    "other": CharField(),
    "imported": BooleanField(),
}

HAPPENED: Mapping[type[m.CaseRow], Mapping[str, str]] = {
    m.Arrest: {
        "at": "at", "until": "released_at", "began": "detention__began_at", "number": "detention__hours", "code": "released_to",
        "text": "note", "imported": "imported",
    },
    m.ArrestAttempt: {"at": "at", "text": "what_happened"},
    m.Interview: {"at": "at", "code": "manner", "text": "note", "more": "protection", "imported": "imported"},
    m.ArrestDecision: {
        "at": "proposed_at", "until": "answered_at", "code": "answer", "text": "rationale", "more": "answer_note",
        "other": "answered_by__name",
    },
    m.ArrestDelay: {"at": "at", "code": "reason", "text": "note", "more": "event"},
    m.PlannedArrest: {"at": "planned_for", "code": "state", "text": "ended_because", "more": "officer__name"},
    m.SuspectSituation: {"at": "since", "until": "ended_at", "code": "kind", "text": "note", "more": "ended_note"},
    m.SuspectOutcome: {
        "at": "created_at", "until": "reopened_at", "on": "on", "number": "code", "code": "side", "text": "reasons",
        "more": "reopened_reason", "other": "reopened_basis", "imported": "imported",
    },
    m.SuspectTold: {"at": "at", "text": "before_her_because", "more": "decided_by__name"},
    m.Hearing: {"at": "received_at", "until": "at", "text": "court"},
    m.CpsPosition: {"at": "since", "until": "until", "code": "position"},
    m.SupervisorReview: {"at": "at", "on": "direction_by", "code": "of", "text": "direction", "more": "direction_to__name"},
}  # fmt: skip
"""Table → column of Happened → the table's own column. A column not named is empty there."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one case, as loaded."""

    case: m.Case
    suspects: list[m.Suspect]
    happened: list[Happened]
    bails: list[m.Bail]
    bail_events: list[m.BailEvent]
    complainants: list[m.Complainant]
    offences: list[m.Offence]
    allegations: list[m.Allegation]
    enquiries: list[m.LineOfEnquiry]
    people: list[m.CasePerson]
    notes: list[tuple[str, datetime, str, str]]
    deadlines: list[m.Deadline]
    cannot_be_met: list[m.DeadlineOverride]
    corrections: list[m.FactCorrection]
    access: list[m.CaseAccess]
    exclusions: list[m.Exclusion]
    disagreements: int
    ties: list[Tie]
    targets: OfClocks
    """What acts that settle a clock about a part of something are done to, by what the clock is about and its kind (cases.settling)."""

    def roles_of(self, people: Collection[UUID]) -> frozenset[str]:
        """Return the roles that any of these people has on the case now."""
        return frozenset(one.role for one in self.people if one.user_id in people)


def rows_of(case: m.Case, user: User, *, restricts: bool) -> Rows:
    """Load one case that this person has been proved to see. Police-only tables are not asked for the CPS at all."""
    own = {"case": case}
    deadlines = list(
        m.Deadline.objects.shown_to(user)
        .filter(**own, met_at__isnull=True, ended_at__isnull=True, cancelled=False)
        .exclude(owes=Owes.AUDIT)  # no need of the case: auditors have a list of their own
        .order_by("due_at", "id")
    )
    return Rows(
        case=case,
        suspects=list(m.Suspect.objects.filter(**own, recorded_in_error_at__isnull=True).order_by("number")),
        happened=happened_in(case),
        bails=list(m.Bail.objects.filter(**own).select_related("arrest").order_by("granted_at", "created_at")),
        bail_events=list(m.BailEvent.objects.filter(**own).order_by("at", "created_at")),
        complainants=list(complainants_shown(m.Complainant.objects.filter(**own), user)),
        offences=list(m.Offence.objects.filter(**own).select_related("complainant").order_by("created_at", "id")),
        allegations=list(m.Allegation.objects.filter(**own, withdrawn_at__isnull=True)),
        enquiries=list(m.LineOfEnquiry.objects.filter(**own).order_by("opened_at", "id")),
        people=list(m.CasePerson.objects.filter(**own, until__isnull=True).select_related("user").order_by("since")),
        notes=_notes(case, user),
        deadlines=deadlines,
        cannot_be_met=list(m.DeadlineOverride.objects.filter(**own, moved_to__isnull=True).order_by("at")),
        corrections=list(m.FactCorrection.objects.filter(**own, answer=m.FactCorrection.Answer.WAITING).order_by("created_at")),
        access=list(m.CaseAccess.objects.filter(**own, revoked_at__isnull=True).select_related("user", "unit").order_by("until")),
        exclusions=list(m.Exclusion.objects.filter(**own, lifted_at__isnull=True).select_related("user").order_by("created_at"))
        if restricts
        else [],
        disagreements=0 if is_cps(user) else _disagreements(case),
        ties=ties_of(case),
        targets=targets_in([case.pk], {row.kind for row in deadlines}),
    )


def complainants_shown(rows: QuerySet[m.Complainant], user: User) -> QuerySet[m.Complainant]:
    """Return complainants by label with what their buttons ask: `owed_telling` (by the reader's side), `supports`, `talked`, …"""
    owed = running_deadlines().filter(case=OuterRef("case"), complainant=OuterRef("pk"), kind__in=TOLD_KINDS)
    said = m.SupportChange.objects.filter(case=OuterRef("case"), complainant=OuterRef("pk")).order_by("-at", "-created_at")
    return rows.annotate(
        owed_telling=Exists(owed.filter(owes=Owes.CPS) if is_cps(user) else owed),
        supports=Coalesce(Subquery(said.values("supports")[:1]), Value("")),
        talked=talked(),
        undecided=ExpressionWrapper(undecided(), output_field=BooleanField()),
        charged=Exists(charged_of()),
    ).order_by("case", "label")


def happened_in(case: m.Case) -> list[Happened]:
    """Return what happened to the suspects and in reviews of a case, in order of time, by one query."""
    return _all_happened(case=case)


def happened_in_cases(keys: Collection[UUID]) -> list[Happened]:
    """Return what happened to the suspects of several cases, in order of time, by one query."""
    return _all_happened(case__in=keys)


def _all_happened(**wanted: Any) -> list[Happened]:
    first, *others = [_happened(model, columns, wanted) for model, columns in HAPPENED.items()]
    return sorted((Happened(*row) for row in first.union(*others, all=True)), key=lambda row: (row.at, row.created_at))


def _happened(model: type[m.CaseRow], columns: Mapping[str, str], wanted: Mapping[str, Any]) -> QuerySet[Any, tuple[Any, ...]]:
    empty = {"code": "", "text": "", "more": "", "other": "", "imported": False}
    shown = {name: Cast(F(columns[name]) if name in columns else Value(empty.get(name)), kind) for name, kind in COLUMNS.items()}
    named = {f"x_{name}": value for name, value in shown.items()}
    found = model._default_manager.filter(**wanted).order_by().annotate(
        x_source=Cast(Value(model.__name__), CharField()), x_at=F(columns["at"]), x_by=F("created_by__name"), **named
    )  # fmt: skip
    order = ["x_source", "id", "suspect_id", "x_at", *(f"x_{name}" for name in COLUMNS), "x_by", "created_at"]
    return found.values_list(*order)


def _notes(case: m.Case, user: User) -> list[tuple[str, datetime, str, str]]:
    """Return shared notes and those of the reader's own agency, newest first: who reads it, when, author, text."""
    own: type[m.BaseNote] = m.CpsNote if is_cps(user) else m.PoliceNote
    columns = ("readers", "created_at", "author_name", "text")
    shared = m.Note.objects.filter(case=case).annotate(readers=Cast(Value(""), CharField())).values_list(*columns)
    private = own._default_manager.filter(case=case).annotate(readers=Cast(Value("own"), CharField())).values_list(*columns)
    return list(shared.union(private, all=True).order_by("-created_at")[:NOTES_SHOWN])


def _disagreements(case: m.Case) -> int:
    return m.Disagreement.objects.filter(case=case, answer=m.Disagreement.Answer.OPEN).count()
