"""Decisions to take no further action for the report, written as facts: crimes, the CPS's decisions, clocks, reviews, panels."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.scope import scope, system
from prosecution.models import ChargingDecision, Panel, PanelCase, ProposedDecision, ProposedNfa, ReviewRequest
from tests.factories import AVON, SOUTH_WEST, World
from tests.integration.reports.making import london, make_case

Stay = tuple[str, str, str]
"""A position with the CPS, from when, until when ("" for still)."""


def recorded(world: World, *, unit: Any = None, at: str = "2026-03-02 09:00", brought: bool = True, **more: Any) -> m.Case:
    """Make a case of Avon and Somerset."""
    return make_case(unit=unit or world.north, recorded_at=london(at), cps_area_scope=SOUTH_WEST if brought else 0, **more)


def suspect(case: m.Case, *stays: Stay) -> m.Suspect:
    """Add a suspect who stood with the CPS so."""
    with scope(system(AVON)):
        number = m.Suspect.objects.filter(case=case).count() + 1
        person = m.Suspect.objects.create(**keys_of(case), number=number, surname="Invented", identified_at=case.recorded_at)
        for position, since, until in stays:
            ends = london(until) if until else None
            m.CpsPosition.objects.create(**keys_of(case), suspect=person, position=position, since=london(since), until=ends)
    return person


def crime(case: m.Case, code: int, on: str, *against: m.Suspect) -> m.Offence:
    """Add a recorded crime with its outcome, alleged against these suspects."""
    with scope(system(AVON)):
        label = chr(ord("A") + m.Complainant.objects.filter(case=case).count())
        her = m.Complainant.objects.create(**keys_of(case), label=label)
        row = m.Offence.objects.create(**keys_of(case), complainant=her, code="19C", outcome_code=code, outcome_on=london(on).date())
        for person in against:
            m.Allegation.objects.create(**keys_of(case), offence=row, suspect=person)
    return row


def decided(
    person: m.Suspect, code: int, on: str, *, decision: str = "nfa_evidential", why: str = "K", side: str = "cps", again: str = ""
) -> m.SuspectOutcome:
    """Give a suspect an outcome; of the CPS with its decision, unless `decision` is empty."""
    with scope(system(AVON)):
        reopened = {"reopened_at": london(again), "reopened_basis": "review"} if again else {}
        row = m.SuspectOutcome.objects.create(
            **keys_of(person.case), suspect=person, code=code, on=london(on).date(), side=side, **reopened
        )
        if side == "cps" and decision:
            ChargingDecision.objects.create(
                **keys_of(person.case), suspect=person, test="full_code", decision=decision, reason_code=why, decided_at=london(on),
                decided_by_name="A", outcome=row,
            )  # fmt: skip
    return row


def owed(case: m.Case, kind: str, due: str, *, met: str = "", ended: str = "", owes: str = "police", **more: Any) -> None:
    """Add a clock that was due at a London time."""
    at = london(due)
    with scope(system(AVON)):
        m.Deadline.objects.create(
            **keys_of(case), kind=kind, subject_id=uuid4(), owes=owes, started_at=case.recorded_at, due_at=at, due_on=day_before(at),
            first_due_at=at, first_due_on=day_before(at), met_at=london(met) if met else None, ended_at=london(ended) if ended else None,
            setting_version=1, **more,
        )  # fmt: skip


def day_before(at: datetime) -> date:
    """Return the London day that ends at a moment."""
    return clock.london_day(at - timedelta(microseconds=1))


def asked(world: World, case: m.Case, state: str, on: str, *, side: str = "police") -> None:
    """Add a victim's request for a review, in a state."""
    of = crime(case, 1, on)
    over = state in {"upheld", "overturned", "out_of_scope", "withdrawn"}
    two: dict[str, Any] = {"proposed_by": world.supervisor, "second_by": world.supervisor2, "way_left": "A complaint"}
    with scope(system(AVON)):
        ReviewRequest.objects.create(
            **keys_of(case), number=ReviewRequest.objects.filter(case=case).count() + 1, complainant=of.complainant, side=side,
            offence=of, received_on=london(on).date(), asked_by="herself", own_words=True, scheme="npcc", eligible=True,
            eligibility_code="covered", state=state, completed_at=clock.now() if over else None,
            **(two if state == "out_of_scope" else {}),
        )  # fmt: skip


def concluded(outcome: m.SuspectOutcome, conclusion: str, at: str, *, agency: int = AVON, **more: Any) -> None:
    """Let a panel of an agency have concluded on a decision."""
    with scope(system(AVON)):
        panel = Panel.objects.create(agency_id=agency, held_on=london(at).date(), title="Test panel")
        PanelCase.objects.create(
            **keys_of(outcome.case), panel=panel, agency_id=agency, outcome=outcome, chosen_by="hand", conclusion=conclusion,
            concluded_at=london(at), **more,
        )  # fmt: skip


def proposed(world: World, case: m.Case, *states: str, at: datetime) -> None:
    """Let the police have proposed no further action on a new suspect, and the proposal have gone through these states."""
    person = suspect(case)
    with scope(system(AVON)):
        row = ProposedNfa.objects.create(**keys_of(case), suspect=person, code=15, state="draft", by=world.investigator)
        _go(row, states, at)


def prepared(world: World, case: m.Case, *states: str, at: datetime, decision: str = "nfa_evidential") -> None:
    """The same of the CPS."""
    person = suspect(case)
    with scope(system(AVON)):
        row = ProposedDecision.objects.create(
            **keys_of(case), suspect=person, test="full_code", decision=decision, state="draft", by=world.prosecutor
        )
        _go(row, states, at)


def _go(row: Any, states: tuple[str, ...], at: datetime) -> None:
    for state in states:
        row.state = state
        if state == "waits":
            row.proposed_at = at
        row.save()
