"""The facts of a case as another force takes it over: copied row by row with their own times, so that every clock goes on.

Two written tables say what goes and what stays; a test holds them against the tables there are.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from accounts.models import User
from cases import models as m
from cases.names import keys_for
from cases.services import known
from cases.services.reconcile import keys_of

Rows = Mapping[type[m.CaseRow], list[Any]]

GOES: Mapping[type[m.CaseRow], Q] = {
    m.Complainant: Q(),
    m.Suspect: Q(recorded_in_error_at__isnull=True),
    m.Offence: Q(),
    m.Allegation: Q(),
    m.Arrest: Q(),
    m.Detention: Q(),
    m.ArrestAttempt: Q(),
    m.Interview: Q(),
    m.ArrestDecision: Q(),
    m.ArrestDelay: Q(),
    m.SuspectSituation: Q(),
    m.Bail: Q(),
    m.BailEvent: Q(),
    m.SuspectOutcome: Q(),
    m.LineOfEnquiry: ~Q(state__in=[m.LineOfEnquiry.State.DONE, m.LineOfEnquiry.State.NOT_PURSUED]),
    m.SupervisorReview: Q(),
    m.FactCorrection: Q(answer=m.FactCorrection.Answer.MADE),
    m.DeadlineOverride: Q(),
    m.SupportChange: Q(),
    m.WithdrawalTalk: Q(),
    m.Hearing: Q(),
    m.Told: Q(withdrawn_at__isnull=True),
    m.SuspectTold: Q(),
    m.WrittenReasons: Q(withdrawn_at__isnull=True),
}
"""Table → which of its rows go, in an order in which a row comes after those it points at."""

STAYS: Mapping[type[m.CaseRow], str] = {
    m.Note: "notes stay with the force that wrote them",
    m.PoliceNote: "notes stay with the force that wrote them",
    m.CpsNote: "notes stay with the Area that wrote them",
    m.TimelineEvent: "history stays; the timeline of the new case says where it came from",
    m.StatusChange: "history stays",
    m.CasePerson: "people of the other force have no part in it; the new force names its own",
    m.CaseAccess: "people of the other force",
    m.Exclusion: "people of the other force; the new force decides about its own",
    m.TellingPlan: "made for people of the other force: the new force plans who tells",
    m.PlannedArrest: "planned with officers of the other force: cancelled there",
    m.AbstractionAnswer: "duties of the other force's officers",
    m.CpsPosition: "none is open when a case goes; the past ones are history",
    m.Deadline: "derived from the facts again",
    m.ExtractEntry: "what the other force's extract said",
    m.Disagreement: "between the other force and its extract",
    m.CaseOffer: "the act of handing over itself",
    m.CaseLink: "written for each side by the act of handing over",
    m.CaseLook: "belongs to a person",
    m.EmergencyAccess: "for the other force's auditors",
    m.EmergencyReview: "for the other force's auditors",
}
"""Table → why its rows stay where they are."""

BLANKED = {
    "source_key": "", "person_id": None, "abstraction_id": None, "direction_to_id": None, "status": "identified", "contact_id": None,
    "letter_id": None,
}  # fmt: skip
"""Columns that mean something in the sending force alone, and the projection that reconcile writes."""
NAMED_BY_KEY = {m.FactCorrection: "row_id", m.DeadlineOverride: "subject_id", m.Told: "fact_id", m.WrittenReasons: "fact_id"}
"""Columns that hold the key of any row of the case without being foreign keys."""


def rows_to_go(case: m.Case) -> Rows:
    """Read what goes, in the system scope of the force that has the case: a fixed number of queries."""
    return {model: list(model._default_manager.filter(which, case=case).order_by("created_at", "id")) for model, which in GOES.items()}


def copy_rows(rows: Rows, *, before: m.Case, to: m.Case, actor: User) -> None:
    """Write copies for the new case, in the system scope of its force: new keys, everything else as it was.

    Who wrote a fact and when stays on it; what an extract gave is from now on a fact that a person brought here. A row
    about something that does not go does not go either.
    """
    keys: dict[UUID, UUID] = {before.pk: to.pk}
    for model, found in rows.items():
        copies = [copy for row in found if (copy := _copy(row, keys, to, actor)) is not None]
        model._default_manager.bulk_create(copies)
        if model is m.Suspect:
            _write_name_keys(to, copies)
            known.add(to.force_id, [row.pnc_id for row in copies if isinstance(row, m.Suspect)])


def _copy(row: m.CaseRow, keys: dict[UUID, UUID], to: m.Case, actor: User) -> m.CaseRow | None:
    """Return an unsaved copy and remember its key; None when it points at something that stays."""
    values: dict[str, Any] = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values |= {name: blank for name, blank in BLANKED.items() if name in values}
    for field in row._meta.concrete_fields:
        related = field.related_model
        within = isinstance(related, type) and issubclass(related, m.CaseRow)
        if (within or field.attname == NAMED_BY_KEY.get(type(row))) and values[field.attname] is not None:
            values[field.attname] = keys.get(values[field.attname])
            if values[field.attname] is None and not field.null:
                return None
    # Looked up only now: a row that does not go must leave no key for others to point at.
    values["id"] = keys[row.pk] = uuid4()
    mine = keys_of(to)
    values |= {"case_id": to.pk, "force_id": mine["force_id"], "cps_area_scope": mine["cps_area_scope"]}
    values["created_by_id"] = values["created_by_id"] or actor.pk
    return type(row)(**values)


def _write_name_keys(case: m.Case, suspects: list[Any]) -> None:
    m.SuspectNameKey.objects.bulk_create(
        m.SuspectNameKey(**keys_of(case), suspect=suspect, key=key)
        for suspect in suspects
        for key in sorted(keys_for(suspect.surname, suspect.forenames))
    )
