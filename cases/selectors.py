"""Readers of one case: its facts as plain values, in a fixed number of queries whatever the case holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet

from accounts.models import Agency
from cases import models as m
from cases.derive.clocks import Edition, Editions, Length
from cases.derive.facts import (
    ArrestFact,
    BailEventFact,
    BailFact,
    CaseFacts,
    CorrectionFact,
    EmergencyFact,
    OutcomeFact,
    OverrideFact,
    Position,
    ReviewFact,
    SituationFact,
    SuspectFacts,
)
from core.calendar import Unit, WorkingDays, england_and_wales

Rows = Iterable[tuple[Any, ...]]


def editions_of(force_id: int) -> Editions:
    """Return the later editions of clock lengths and the bank holidays that matter to one force, in two queries."""
    mine = Q(agency_id=force_id) | Q(agency__isnull=True)
    rows = m.ClockSetting.objects.filter(mine)
    return Editions(
        [Edition(row.kind, row.variant, row.agency_id, row.version, Length(row.amount, Unit(row.unit)), row.in_force_from) for row in rows],
        working_days_of(force_id),
    )


def working_days_of(agency_id: int) -> WorkingDays:
    """Return the working days as one agency counts them: the list in the program, then what was added for all, then its own."""
    mine = m.BankHoliday.objects.filter(Q(agency_id=agency_id) | Q(agency__isnull=True))
    rows = mine.order_by(F("agency").asc(nulls_first=True), "created_at").values_list("day", "closed")
    return england_and_wales().corrected(rows)


def emergencies_of(case: m.Case) -> tuple[EmergencyFact, ...]:
    """Return the uses of emergency access, which the CPS never reads. Called in the system scope of the case's force."""
    rows = m.EmergencyAccess.objects.filter(case=case).order_by("created_at").values_list("id", "created_at", "review__created_at")
    return tuple(EmergencyFact(*row) for row in rows)


def facts_of(case: m.Case) -> CaseFacts:
    """Return the case's facts as states and clocks read them. The caller has already proved sight of the case."""
    offences = list(m.Offence.objects.filter(case=case).values_list("outcome_code", "outcome_on"))
    closed = [on for _, on in offences if on is not None]
    return CaseFacts(
        id=case.pk,
        force_id=case.force_id,
        recorded_at=case.recorded_at,
        risk=case.risk,
        live_from=live_from_of(case),
        suspects=_suspects(case),
        offences=tuple(code for code, _ in offences),
        offences_closed_on=max(closed, default=None),
        has_enquiries=m.LineOfEnquiry.objects.filter(case=case).exists(),
        reviews=_reviews(case),
        corrections=_corrections(case),
        overrides=_overrides(case),
        recorded_in_error=case.recorded_in_error_at is not None,
        merged=case.merged_into_id is not None,
        brought=case.brought,
        restricted=case.restricted,
    )


def live_from_of(case: m.Case) -> date | None:
    """Return since when duties of the case are known here: since the force went live, or the force it came from if that was sooner.

    A case taken over keeps every clock it had, whenever the force that has it now began.
    """
    came_from = m.CaseLink.objects.filter(case=case, way=m.CaseLink.Way.FROM).values("other_force")
    first: date | None = Agency.objects.filter(Q(pk=case.force_id) | Q(pk__in=came_from)).aggregate(first=Min("live_from"))["first"]
    return first


def _reviews(case: m.Case) -> tuple[ReviewFact, ...]:
    rows = m.SupervisorReview.objects.filter(case=case).order_by("at", "created_at")
    return tuple(ReviewFact(*row) for row in rows.values_list("of", "suspect_id", "at", "next_review_on"))


def _overrides(case: m.Case) -> tuple[OverrideFact, ...]:
    rows: Rows = m.DeadlineOverride.objects.filter(case=case, moved_to__isnull=False).values_list(
        "kind", "subject_id", "sequence", "moved_to", "at"
    )
    return tuple(OverrideFact(*row) for row in rows)


def _corrections(case: m.Case) -> tuple[CorrectionFact, ...]:
    made = m.FactCorrection.objects.filter(case=case, answer=m.FactCorrection.Answer.MADE).order_by("made_at", "created_at")
    rows: Rows = made.values_list("table", "row_id", "field", "old", "new", "made_at")
    return tuple(CorrectionFact(*row) for row in rows)


def _suspects(case: m.Case) -> tuple[SuspectFacts, ...]:
    rows = list(
        m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).order_by("number").values_list("id", "identified_at")
    )
    if not rows:
        return ()
    arrests, bails = _arrests(case), _bails(case)
    interviews = _by_suspect(m.Interview.objects.filter(case=case).order_by("at", "created_at").values_list("suspect_id", "at", "id"))
    decisions = _by_suspect(
        m.ArrestDecision.objects.filter(case=case, answer="approved").order_by("answered_at").values_list("suspect_id", "answered_at")
    )
    situations = _by_suspect(
        m.SuspectSituation.objects.filter(case=case)
        .order_by("since", "created_at")
        .values_list("suspect_id", "id", "kind", "since", "ended_at")
    )
    outcomes = _by_suspect(
        m.SuspectOutcome.objects.filter(case=case)
        .order_by("created_at")
        .values_list("suspect_id", "code", "on", "reopened_at", "id", "side", "reopened_basis")
    )
    standing = m.CpsPosition.objects.filter(case=case, until__isnull=True)
    positions = {key: row for key, *row in standing.values_list("suspect_id", "position", "id", "since")}
    return tuple(
        SuspectFacts(
            id=key,
            identified_at=identified_at,
            arrests=tuple(arrests[key]),
            interviews=tuple(row[0] for row in interviews[key]),
            interview_ids=tuple(row[1] for row in interviews[key]),
            no_arrest=tuple(row[0] for row in decisions[key]),
            situations=tuple(SituationFact(*row) for row in situations[key]),
            bails=tuple(bails[key]),
            outcomes=tuple(OutcomeFact(*row) for row in outcomes[key]),
            **_position(positions.get(key)),
        )
        for key, identified_at in rows
    )


def _position(row: list[Any] | None) -> dict[str, Any]:
    """Return the columns of a suspect's facts that say where she or he stands with the CPS."""
    return {"position": Position(row[0]), "position_id": row[1], "position_since": row[2]} if row else {}


def _by_suspect(rows: Rows) -> dict[UUID, list[tuple[Any, ...]]]:
    found: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found


def _arrests(case: m.Case) -> dict[UUID, list[ArrestFact]]:
    rows: Rows = m.Arrest.objects.filter(case=case).order_by("at").values_list(
        "suspect_id", "id", "at", "imported", "released_at", "released_to", "detention__began_at", "detention__hours"
    )  # fmt: skip
    found: dict[UUID, list[ArrestFact]] = defaultdict(list)
    for suspect_id, *rest in rows:
        found[suspect_id].append(ArrestFact(*rest))
    return found


def _bails(case: m.Case) -> dict[UUID, list[BailFact]]:
    found: dict[UUID, list[BailFact]] = defaultdict(list)
    for suspect_id, fact in bail_facts(m.Bail.objects.filter(case=case), m.BailEvent.objects.filter(case=case)):
        found[suspect_id].append(fact)
    return found


def bail_facts(bails: QuerySet[m.Bail], happened: QuerySet[m.BailEvent]) -> list[tuple[UUID, BailFact]]:
    """Return bails with the key of their suspect, in order of their grant, in two queries. The caller has proved sight of them."""
    events: dict[UUID, list[BailEventFact]] = defaultdict(list)
    told: Rows = happened.order_by("at", "created_at").values_list("bail_id", "kind", "at", "months", "own_end_on", "ended_to", "id")
    for bail_id, *rest in told:
        events[bail_id].append(BailEventFact(*rest))
    rows: Rows = bails.order_by("granted_at", "created_at").values_list(
        "suspect_id", "id", "granted_at", "authority", "arrest__at", "own_end_on", "passed_at_import"
    )  # fmt: skip
    return [(suspect_id, replace(BailFact(*rest), events=tuple(events[rest[0]]))) for suspect_id, *rest in rows]
