"""A suspect reopened while the referral about her or him is still open: with the CPS again, and decided on in it."""

import pytest

from cases import models as m
from cases.services.outcomes import record_outcome, reopen
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution.models import ActionPlan, PlanState, Referral, ReferralState
from tests.factories import AVON, World
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution import deciding
from tests.integration.prosecution.making import accepted_referral, brought_case, do, drafted_referral, item, plan_set, suspect_of
from tests.properties import invariants, invariants_passage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nfa_at_once")]


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of two suspects, shared; how everybody hears is planned."""
    made = brought_case(world, suspects=2)
    plan_tellings(made)
    return made


def settled(world: World, case: m.Case) -> None:
    """Give the first suspect an outcome of the police."""
    given = {"code": 15, "on": clock.today(), "side": "police", "reasons": "The account cannot be tested"}
    do(world.supervisor, record_outcome, case, suspect_id=suspect_of(case).pk, **given)


def reopened(world: World, case: m.Case) -> None:
    """Reopen the investigation of the first suspect."""
    do(world.supervisor, reopen, case, suspect_id=suspect_of(case).pk, reason="A new witness", basis="new_evidence")


def state_of(case: m.Case) -> str:
    """Return how the referral stands."""
    with scope(system(AVON)):
        return Referral.objects.get(case=case).state


def all_holds(case: m.Case) -> None:
    """Ask everything that holds of any case."""
    invariants.holds(case.pk, AVON)
    invariants_passage.holds(case.pk, AVON)


def test_reopened_she_or_he_is_with_the_cps_again_and_is_decided_on(world: World, case: m.Case) -> None:
    accepted_referral(world, case)
    settled(world, case)
    assert (deciding.position(case), state_of(case)) == ("", ReferralState.ACCEPTED)
    reopened(world, case)
    assert deciding.position(case) == m.Position.WITH_CPS
    all_holds(case)
    with pytest.raises(NotPossible, match="in another open referral"):
        drafted_referral(world, case, numbers=(1,))
    plan_tellings(case)  # how she or he hears is planned anew
    deciding.published(world, case, number=1)
    assert state_of(case) == ReferralState.ACCEPTED
    deciding.published(world, case, number=2)
    assert state_of(case) == ReferralState.DECIDED
    all_holds(case)


def test_on_a_plan_she_or_he_stands_on_it_again_where_it_is_about_her_or_him(world: World, case: m.Case) -> None:
    plan_set(world, case, item(suspect_id=suspect_of(case).pk), item(action="Take a statement", suspect_id=suspect_of(case, 2).pk))
    settled(world, case)
    reopened(world, case)
    assert deciding.position(case) == m.Position.ACTION_PLAN
    all_holds(case)


def test_where_the_plan_is_about_another_she_or_he_is_with_the_cps(world: World, case: m.Case) -> None:
    plan_set(world, case, item(suspect_id=suspect_of(case, 2).pk))
    settled(world, case)
    reopened(world, case)
    assert deciding.position(case) == m.Position.WITH_CPS
    with scope(system(AVON)):
        assert ActionPlan.objects.get(case=case).state == PlanState.SET
    all_holds(case)


def test_after_the_referral_was_decided_she_or_he_is_nowhere_and_is_referred_anew(world: World) -> None:
    case = brought_case(world)
    plan_tellings(case)
    accepted_referral(world, case)
    settled(world, case)
    reopened(world, case)
    assert (deciding.position(case), state_of(case)) == ("", ReferralState.DECIDED)
    assert drafted_referral(world, case).number == 2
