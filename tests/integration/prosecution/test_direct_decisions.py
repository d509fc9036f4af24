"""A decision that CPS Direct made, entered afterwards: by police or Area, with or without a referral, telling planned or done."""

from datetime import timedelta
from typing import Any

import pytest

from cases import models as m
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from prosecution.models import ChargingDecision, ProposedState, Referral, ReferralState
from prosecution.services.direct_decisions import enter_direct_decision
from prosecution.services.publishing import publish_decision
from prosecution.services.referral_triage import accept_referral
from tests.factories import AVON, DIRECT, SOUTH_WEST, World, acting_as, ago
from tests.integration.cases.asking import refused, status
from tests.integration.cases.making import arrest, plan_tellings, timeline
from tests.integration.prosecution import deciding
from tests.integration.prosecution.making import brought_case, do, fresh, police_case, sent_referral, suspect_of

pytestmark = pytest.mark.django_db


def enter(person: Any, case: m.Case, **more: Any) -> ChargingDecision:
    given: dict[str, Any] = {
        "decided_at": ago(hours=2), "decided_by": "Petra Nightingdale", "test": "full_code", "decision": "charge", "charges": ["19C"],
        "cps_reference": "D/1", **more,
    }  # fmt: skip
    return do(person, enter_direct_decision, case, suspect_id=suspect_of(case).pk, **given)


@pytest.fixture
def case(world: World) -> m.Case:
    case = brought_case(world)
    plan_tellings(case)
    return case


@pytest.mark.parametrize("who", ["investigator", "sergeant", "supervisor", "prosecutor", "cps_manager"])
def test_police_and_area_enter_it_without_any_referral(world: World, case: m.Case, who: str) -> None:
    row = enter(getattr(world, who), case, also_crimes=True)
    assert (row.by_direct, row.decided_by_name, row.referral_id, row.reason_code) == (True, "Petra Nightingdale", None, "A")
    assert status(case) == "charged"
    with scope(system(AVON)):
        outcome = m.SuspectOutcome.objects.get(case=case)
        assert (outcome.code, outcome.side) == (1, "cps")
        assert m.Offence.objects.get(case=case).outcome_code == 1


def test_the_liaison_officer_does_not(world: World, case: m.Case) -> None:
    with pytest.raises(NotAllowed):
        enter(world.vlo, case)


def test_it_ends_custody_at_its_own_time_and_the_position(world: World) -> None:
    case = deciding.with_cps(world)
    arrest(world.investigator, case, days=1)
    at = ago(hours=3)
    enter(world.investigator, case, decided_at=at)
    with scope(system(AVON)):
        assert m.Arrest.objects.get(case=case).released_at == at
        assert not m.Deadline.objects.filter(case=case, kind="told_release").exists(), "a charge is no release"
    assert deciding.position(case) == ""
    assert "released" not in timeline(case)


def test_it_overtakes_what_a_prosecutor_prepares(world: World) -> None:
    case = deciding.with_cps(world)
    row = deciding.prepared(world, case)
    enter(world.investigator, case)
    assert deciding.again(row).state == ProposedState.OVERTAKEN
    with refused("Petra Nightingdale decided on this suspect"):
        enter(world.prosecutor, case)


def test_a_case_nobody_of_the_cps_has_seen_is_brought_to_its_area(world: World) -> None:
    case = police_case(world)
    plan_tellings(case)
    row = enter(world.investigator, case)
    assert (fresh(case).cps_area_scope, row.cps_area_scope) == (SOUTH_WEST, SOUTH_WEST)


def test_told_already_stands_for_the_plan_and_is_recorded(world: World) -> None:
    case = brought_case(world)
    with refused("First plan how Victim A is told", "code"):
        enter(world.investigator, case)
    told_at = ago(hours=1)
    row = enter(world.investigator, case, told_at=told_at, how="telephone")
    with scope(system(AVON)):
        said = m.Told.objects.get(case=case, about="told_charge")
        assert (said.fact_id, said.told_at, said.how) == (row.outcome_id, told_at, "telephone")
        assert m.Deadline.objects.get(case=case, kind="told_charge").met_at is not None


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"decided_by": " "}, "decided_by", "who decided"),
        ({"decided_at": clock.now() + timedelta(hours=3)}, "decided_at", "in the past"),
        ({"decided_at": ago(days=30)}, "decided_at", "on or after"),
        ({"charges": []}, "charges", "offences charged"),
        ({"charges": ["ZZ"]}, "charges", "from the list"),
        ({"decision": "x"}, "decision", "the decision"),
        ({"test": "threshold"}, "review_on", "Full Code Test"),
        ({"decision": "non_conviction", "charges": []}, "disposal", "the disposal"),
        ({"decision": "nfa_evidential", "charges": []}, "code", "whether the victim supports"),
        ({"decision": "nfa_evidential", "charges": [], "code": 16}, "reasons", "what the victim said"),
        ({"decision": "nfa_public_interest", "charges": []}, "reasons", "the reasons"),
        ({"how": "telephone"}, "told_at", "when they were told"),
        ({"told_at": ago(hours=1)}, "how", "how they were told"),
        ({"told_at": ago(hours=5), "how": "letter"}, "told_at", "after the decision"),
        ({"told_at": ago(hours=1), "how": "letter", "decision": "further_evidence", "charges": []}, "told_at", "nothing to tell"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world: World, case: m.Case, more: dict[str, Any], field: str, words: str) -> None:
    with refused(words, field):
        enter(world.investigator, case, **more)
    assert deciding.decisions(case) == []


def test_a_threshold_charge_and_no_further_action_and_further_evidence(world: World) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"test": "threshold", "review_on": clock.today() + timedelta(days=7)}, "charged"),
        ({"decision": "nfa_evidential", "charges": [], "code": 15, "reasons": "Not enough"}, "no_further_action"),
        ({"decision": "non_conviction", "charges": [], "disposal": 3, "reasons": "He admitted it"}, "other_disposal"),
        ({"decision": "further_evidence", "charges": []}, "identified"),
    ]  # fmt: skip
    for number, (more, after) in enumerate(cases):
        case = brought_case(world, reference=f"52/DIRECT/{number}")
        plan_tellings(case)
        enter(world.investigator, case, **more)
        assert status(case) == after


def test_cps_direct_decides_without_a_second_check_and_the_case_goes_home(world: World) -> None:
    case = police_case(world)
    referral = sent_referral(world, case, review_type="red", to="direct")
    plan_tellings(case)
    assert fresh(case).cps_area_scope == DIRECT
    do(world.cps_direct, accept_referral, case, charging_referral_id=referral.pk, prosecutor_id=world.cps_direct.pk)
    row = deciding.prepared(world, case, by=world.cps_direct, **deciding.NFA)
    made = deciding.act(world.cps_direct, publish_decision, case, row, code=15)
    assert (made.by_direct, made.decided_by_name, made.referral_id) == (True, world.cps_direct.name, referral.pk)
    assert (status(case), fresh(case).cps_area_scope) == ("no_further_action", SOUTH_WEST)
    with acting_as(world.prosecutor):
        assert ChargingDecision.objects.filter(pk=made.pk).exists()


def test_a_red_referral_nobody_triaged_is_settled_by_what_is_entered_afterwards(world: World) -> None:
    case = police_case(world)
    referral = sent_referral(world, case, review_type="red", to="direct")
    plan_tellings(case)
    row = enter(world.investigator, case)
    assert (row.referral_id, fresh(case).cps_area_scope, deciding.position(case)) == (referral.pk, SOUTH_WEST, "")
    with scope(system(AVON)):
        assert Referral.objects.get(pk=referral.pk).state == ReferralState.DECIDED
        running = m.Deadline.objects.filter(case=case, met_at__isnull=True, ended_at__isnull=True, cancelled=False)
        assert not running.filter(kind__in=("triage", "charging_review")).exists()
