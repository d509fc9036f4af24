"""She or he supports again while the CPS had it: each suspect stands where she or he was left off, with the clocks that the facts give."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from cases import models as m
from cases.derive.clocks import wanted
from cases.selectors import editions_of
from cases.selectors_telling import everything_of
from cases.services.changing import changing
from cases.services.outcomes import Ending, check_ending, write_outcome
from cases.services.reconcile import keys_of
from cases.services.support import supports_again
from core import clock
from core.scope import scope, system
from prosecution.models import ActionPlan, NfaMeeting, PlanState, Referral, ReferralState
from prosecution.services.publishing import publish_decision
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.making import arrest, plan_tellings
from tests.integration.cases.withdrawing import complainant_of, withdrew
from tests.integration.prosecution import deciding
from tests.integration.prosecution.making import accepted_referral, brought_case, do, drafted_referral, fresh, item, plan_set, suspect_of
from tests.integration.prosecution.test_clocks import rebuild, standing
from tests.properties import invariants, invariants_passage

pytestmark = pytest.mark.django_db


def with_the_police(world: World, case: m.Case) -> None:
    """Nothing was asked of the CPS."""


def arrested(world: World, case: m.Case) -> None:
    """Arrested, and in custody still no longer: released under investigation."""
    arrest(world.investigator, case, days=0)
    with scope(system(AVON)):
        m.Arrest.objects.filter(case=case).update(released_at=clock.now(), released_to="under_investigation")


def drafted(world: World, case: m.Case) -> None:
    """The file was prepared and not sent."""
    drafted_referral(world, case)


def accepted(world: World, case: m.Case) -> None:
    """With a prosecutor."""
    accepted_referral(world, case)


def on_plan(world: World, case: m.Case) -> None:
    """On an action plan."""
    plan_set(world, case, item(suspect_id=suspect_of(case).pk))


STAGES: dict[str, tuple[Callable[[World, m.Case], None], str, str]] = {
    "police": (with_the_police, "investigating", ""),
    "arrested": (arrested, "investigating", ""),
    "drafted": (drafted, "investigating", ""),
    "with_cps": (accepted, "with_cps", m.Position.WITH_CPS),
    "on_plan": (on_plan, "with_cps", m.Position.WITH_CPS),
}
"""How it was left → who brings it there, the stage it goes on at, and where the suspect stands with the CPS. A plan that ended: its
dates are past, the prosecutor says anew what is needed."""


def ended(world: World, case: m.Case, *, at: datetime | None = None) -> None:
    """Let the police end the first suspect's part because nobody supports it."""
    plan_tellings(case)
    withdrew(case, at=at)
    ending = Ending(16, clock.today(), "police", "She told DC Invented", looked_at=True)
    with acting_as(world.investigator), changing(case.pk, actor=world.investigator) as change:
        suspect, facts = change.suspect(suspect_of(case).pk)
        check_ending(change, facts, ending)
        write_outcome(change, suspect, facts, ending)


def again(world: World, case: m.Case) -> None:
    """Let her support the prosecution again."""
    do(world.investigator, supports_again, case, complainant_id=complainant_of(case).pk)


def clocks_are_those_of_the_facts(case: m.Case) -> None:
    """Assert that what stands is what a rebuild from nothing gives, and that nothing else holds no longer."""
    before = standing(case)
    rebuild(case)
    assert standing(case) == before
    with scope(system(AVON)):
        row = m.Case.objects.get(pk=case.pk)
        live = m.Deadline.objects.filter(case=row, cancelled=False).values_list("kind", "subject_id", "sequence")
        assert set(live) == set(wanted(everything_of(row), editions_of(AVON)))
    invariants.holds(case.pk, AVON)
    invariants_passage.holds(case.pk, AVON)


def reviews(case: m.Case, number: int = 1) -> list[tuple[Any, ...]]:
    """Return start, met and ended of a suspect's charging reviews."""
    with scope(system(AVON)):
        rows = m.Deadline.objects.filter(case=case, kind="charging_review", suspect=suspect_of(case, number), cancelled=False)
        return list(rows.order_by("sequence").values_list("started_at", "met_at", "ended_at"))


def reopened_at(case: m.Case) -> Any:
    """Return when the first suspect was last reopened."""
    with scope(system(AVON)):
        return m.SuspectOutcome.objects.filter(case=case, suspect__number=1).latest("created_at").reopened_at


@pytest.mark.parametrize("left", STAGES)
def test_it_goes_on_at_the_stage_it_was_left_with_clocks_anew(world: World, left: str) -> None:
    bring, stage, position = STAGES[left]
    case = brought_case(world)
    bring(world, case)
    ended(world, case)
    assert fresh(case).stage == "investigating", "the crime has no outcome"
    assert deciding.position(case) == ""
    clocks_are_those_of_the_facts(case)
    again(world, case)
    assert (fresh(case).stage, deciding.position(case)) == (stage, position)
    clocks_are_those_of_the_facts(case)
    with scope(system(AVON)):
        running = m.Deadline.objects.filter(case=case, cancelled=False, met_at__isnull=True, ended_at__isnull=True)
        begun = set(running.filter(kind__in=("arrest", "charging_review", "rui_review")).values_list("kind", "started_at"))
    kinds = {"police": {"arrest"}, "arrested": {"rui_review"}, "drafted": {"arrest"}}
    expected = kinds.get(left, {"arrest", "charging_review"})
    assert begun == {(kind, reopened_at(case)) for kind in expected}


def test_the_same_referral_goes_on_and_is_decided_on(world: World) -> None:
    case = brought_case(world)
    accepted_referral(world, case)
    ended(world, case)
    assert state_of(case) == ReferralState.DECIDED
    again(world, case)
    assert state_of(case) == ReferralState.ACCEPTED
    assert [(started == reopened_at(case), met, end) for started, met, end in reviews(case)][-1] == (True, None, None)
    plan_tellings(case)
    deciding.published(world, case)
    assert (state_of(case), deciding.position(case)) == (ReferralState.DECIDED, "")
    assert reviews(case)[-1][1] is not None
    clocks_are_those_of_the_facts(case)


def state_of(case: m.Case) -> str:
    """Return how the referral stands."""
    with scope(system(AVON)):
        return Referral.objects.get(case=case).state


def test_a_plan_that_ended_stays_ended_and_the_prosecutor_sets_one_anew(world: World) -> None:
    case = brought_case(world)
    on_plan(world, case)
    ended(world, case)
    again(world, case)
    with scope(system(AVON)):
        assert list(ActionPlan.objects.filter(case=case).values_list("state", flat=True)) == [PlanState.ENDED]
    assert (state_of(case), deciding.position(case)) == (ReferralState.ACCEPTED, m.Position.WITH_CPS)


def test_what_the_cps_decided_itself_goes_on_with_the_cps(world: World) -> None:
    case = brought_case(world)
    accepted_referral(world, case)
    plan_tellings(case)
    withdrew(case)
    with scope(system(AVON)):
        NfaMeeting.objects.create(
            **keys_of(case), suspect=suspect_of(case), offered_at=ago(days=1), offered_by=world.prosecutor, answer_by=clock.today(),
            answer=NfaMeeting.Answer.DECLINED, answered_at=ago(hours=20), answered_by=world.investigator,
        )  # fmt: skip
    row = deciding.confirmed(world, case)
    deciding.act(world.prosecutor, publish_decision, case, row, code=16, reasons="She told DC Invented", also_crimes=True)
    assert fresh(case).stage == "no_further_action"
    again(world, case)
    assert (fresh(case).stage, deciding.position(case)) == ("with_cps", m.Position.WITH_CPS)
    last = reviews(case)[-1]
    assert last == (reopened_at(case), None, None)
    assert reviews(case)[0][1] is not None, "what was decided met the clock that ran then"
    clocks_are_those_of_the_facts(case)


def test_while_the_referral_is_open_for_another_a_clock_begins_anew(world: World) -> None:
    case = brought_case(world, suspects=2)
    accepted_referral(world, case)
    ended(world, case)
    again(world, case)
    assert (state_of(case), deciding.position(case)) == (ReferralState.ACCEPTED, m.Position.WITH_CPS)
    assert [started for started, _, _ in reviews(case)][-1] == reopened_at(case)
    assert len(reviews(case, 2)) == 1
    clocks_are_those_of_the_facts(case)


def test_time_and_again(world: World) -> None:
    case = brought_case(world)
    accepted_referral(world, case)
    for number in range(3):
        ended(world, case, at=clock.now())
        assert state_of(case) == ReferralState.DECIDED
        again(world, case)
        assert len(reviews(case)) == number + 2
        clocks_are_those_of_the_facts(case)
