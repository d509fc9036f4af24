"""A decision not to arrest: two people, and only approval stops the clock."""

import pytest

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_interview
from cases.services.decisions import answer_no_arrest, propose_no_arrest
from core import clock
from core.exceptions import NotAllowed
from tests.factories import World, ago
from tests.integration.cases.asking import deadline, refused, status
from tests.integration.cases.making import do, make_case, suspect_of


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, "Invented")


def propose(actor: User, case: m.Case, **more: object) -> m.ArrestDecision:
    given = {"rationale": "Attends by arrangement", "protection": "Alarm fitted", **more}
    return do(actor, propose_no_arrest, case, suspect_id=suspect_of(case).pk, **given)


def test_a_proposal_stops_nothing_and_an_approval_does(world: World, case: m.Case) -> None:
    decision = propose(world.investigator, case)
    assert (deadline(case, "arrest").met_at, status(case)) == (None, "identified")

    answered = do(world.sergeant, answer_no_arrest, case, decision_id=decision.pk, approve=True)
    assert deadline(case, "arrest").met_at == answered.answered_at
    assert status(case) == "not_to_be_arrested"
    assert deadline(case, "interview_by").met_at is None

    key = suspect_of(case).pk
    do(world.investigator, record_interview, case, suspect_id=key, at=clock.now(), manner="voluntary", protection="As before")
    assert status(case) == "interviewed"


def test_nobody_answers_an_own_proposal_nor_below_a_sergeant(world: World, case: m.Case) -> None:
    decision = propose(world.sergeant, case)
    with pytest.raises(NotAllowed, match="second person"):
        do(world.sergeant, answer_no_arrest, case, decision_id=decision.pk, approve=True)
    with pytest.raises(NotAllowed, match="sergeant"):
        do(world.colleague, answer_no_arrest, case, decision_id=decision.pk, approve=True)
    do(world.supervisor, answer_no_arrest, case, decision_id=decision.pk, approve=True)


def test_a_refusal_says_why_and_the_clock_runs_on(world: World, case: m.Case) -> None:
    decision = propose(world.investigator, case)
    with refused("why it is refused", "note"):
        do(world.supervisor, answer_no_arrest, case, decision_id=decision.pk, approve=False)
    do(world.supervisor, answer_no_arrest, case, decision_id=decision.pk, approve=False, note="Arrest needed")

    assert (deadline(case, "arrest").met_at, status(case)) == (None, "identified")
    with refused("has been answered"):
        do(world.sergeant, answer_no_arrest, case, decision_id=decision.pk, approve=True)
    assert propose(world.investigator, case).answer == "waiting"


def test_a_proposal_is_refused_where_it_says_nothing_or_comes_too_late(world: World, case: m.Case) -> None:
    with refused("why the suspect", "rationale"):
        propose(world.investigator, case, rationale=" ")
    with refused("what else protects", "protection"):
        propose(world.investigator, case, protection="")
    decision = propose(world.investigator, case)
    with refused("waits for approval already"):
        propose(world.colleague, case)
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=1))
    with refused("arrested or interviewed already"):
        do(world.supervisor, answer_no_arrest, case, decision_id=decision.pk, approve=True)
    do(world.supervisor, answer_no_arrest, case, decision_id=decision.pk, approve=False, note="Arrested meanwhile")
