"""Two at one moment who plan, answer items, decide, check, finalise."""

from functools import partial
from typing import Any

from audit import context
from cases import models as m
from cases.services.outcomes import record_outcome
from core import clock
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan, Finalisation, ProposedState, Referral
from prosecution.services import (
    decision_checks,
    direct_decisions,
    finalising,
    item_answers,
    item_replies,
    plans,
    publishing,
    settling_plans,
)
from tests.factories import AVON, World, ago
from tests.integration.prosecution import deciding, making
from tests.integration.prosecution.making import do, item, item_of, suspect_of
from tests.integration.prosecution.racing import Check, Steps, rows, second, told
from tests.integration.racing import one_was_told, refusals


def send_plan(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = making.brought_case(world, reference=reference)
    plan = making.drafted_plan(world, case)
    step = partial(do, service=plans.send_plan, case=case, action_plan_id=plan.pk)

    def check(results: list[Any]) -> None:
        one_was_told(results)
        assert rows(ActionPlan, case, state="set", number=1) == 1
        assert rows(m.TimelineEvent, case, kind="plan_set") == 1

    return case, (partial(step, world.prosecutor), partial(step, second(world))), check


def approve_and_send_back(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = making.brought_case(world, reference=reference)
    plan = making.drafted_plan(world, case)
    with scope(system(AVON)):
        ActionPlan.objects.filter(pk=plan.pk).update(second=True, state="waits_for_dcp")
    one, two = second(world), world.cps_manager
    steps = (
        partial(do, one, plans.approve_plan, case, action_plan_id=plan.pk),
        partial(do, two, plans.send_plan_back, case, action_plan_id=plan.pk, note="One thing less"),
    )
    return case, steps, told


def with_done(world: World, reference: str, days: float, *more: Any) -> ActionPlan:
    """Return a plan whose first item was said to be done so many days ago."""
    plan = making.plan_set(world, making.brought_case(world, reference=reference), item(), *more)
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan, number=1).update(state="done", reported_at=ago(days=days))
    return plan


def ended_once(case: m.Case, results: list[Any]) -> None:
    assert rows(m.TimelineEvent, case, kind="plan_answered") == rows(ActionPlan, case, state="answered") == 1
    assert rows(m.CpsPosition, case, position="with_cps", until__isnull=True) == 1


def take_item(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    plan = with_done(world, reference, 0)
    step = partial(do, service=item_replies.take_item, case=plan.case, action_item_id=item_of(plan).pk)

    def check(results: list[Any]) -> None:
        one_was_told(results)
        ended_once(plan.case, results)

    return plan.case, (partial(step, world.prosecutor), partial(step, second(world))), check


def take_and_not(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    plan = with_done(world, reference, 0)
    key = {"action_item_id": item_of(plan).pk}
    steps = (
        partial(do, world.prosecutor, item_replies.take_item, plan.case, **key),
        partial(do, second(world), item_replies.not_taken_item, plan.case, **key, because="A page is missing"),
    )
    return plan.case, steps, told


def sweep_and_answer(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    """One item counts as done by time while the CPS lets the other go: whoever comes second ends the plan, and it ends once."""
    plan = with_done(world, reference, 14, item(action="Download the phone"))
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan, number=2).update(state="cannot", reported_at=ago(days=1))
    steps = (
        partial(swept, plan),
        partial(do, world.prosecutor, item_replies.let_go_item, plan.case, action_item_id=item_of(plan, 2).pk),
    )

    def check(results: list[Any]) -> None:
        assert refusals(results) == []
        ended_once(plan.case, results)
        assert rows(m.TimelineEvent, plan.case, kind="item_took_effect") == 1

    return plan.case, steps, check


def two_sweeps(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    plan = with_done(world, reference, 14)

    def check(results: list[Any]) -> None:
        assert sorted(results) == [False, True]
        ended_once(plan.case, results)

    return plan.case, (partial(swept, plan), partial(swept, plan)), check


def swept(plan: ActionPlan) -> bool:
    with context.acting_as_system(reason="items of action plans"):
        return settling_plans._sweep_one(AVON, plan.case_id, plan.pk)


def one_outcome(case: m.Case, results: list[Any]) -> None:
    one_was_told(results)
    assert rows(m.SuspectOutcome, case, reopened_at__isnull=True) == 1


def publish(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case, other = deciding.with_cps(world, reference=reference), second(world)
    mine, theirs = deciding.prepared(world, case), deciding.prepared(world, case, by=other, **deciding.CHARGE)
    steps = (
        partial(deciding.act, world.prosecutor, publishing.publish_decision, case, mine),
        partial(deciding.act, other, publishing.publish_decision, case, theirs),
    )
    return case, steps, partial(one_outcome, case)


def publish_and_outcome(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = deciding.with_cps(world, reference=reference)
    row = deciding.prepared(world, case)
    died = {"suspect_id": suspect_of(case).pk, "code": 5, "on": clock.today(), "reasons": "Certificate seen"}
    steps = (
        partial(deciding.act, world.prosecutor, publishing.publish_decision, case, row),
        partial(do, world.supervisor, record_outcome, case, **died),
    )

    def check(results: list[Any]) -> None:
        one_outcome(case, results)
        lost = isinstance(results[0], Exception)
        assert deciding.again(row).state == (ProposedState.OVERTAKEN if lost else ProposedState.PUBLISHED)

    return case, steps, check


def publish_and_plan(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    """A plan goes to the police while a colleague charges the only suspect: the charge stands, and no plan waits for anybody."""
    case = deciding.with_cps(world, reference=reference)
    with scope(system(AVON)):
        referral = Referral.objects.get(case=case)
    plan, row = making.drafted_plan(world, case, referral=referral), deciding.prepared(world, case, by=second(world), **deciding.CHARGE)
    steps = (
        partial(deciding.act, second(world), publishing.publish_decision, case, row),
        partial(do, world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk),
    )

    def check(results: list[Any]) -> None:
        assert not isinstance(results[0], Exception)
        assert rows(ActionPlan, case, state="ended") == rows(Referral, case, state="decided") == 1
        assert rows(m.CpsPosition, case, until__isnull=True) == 0

    return case, steps, check


def check_decision(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = deciding.with_cps(world, reference=reference)
    row = deciding.proposed(world, case)
    steps = (
        partial(deciding.act, world.cps_manager, decision_checks.check_decision, case, row, confirm=True),
        partial(deciding.act, second(world), decision_checks.check_decision, case, row, confirm=False, note="Not yet"),
    )

    def check(results: list[Any]) -> None:
        sent_back = one_was_told(results) is results[0]
        assert deciding.again(row).state == (ProposedState.SENT_BACK if sent_back else ProposedState.CONFIRMED)

    return case, steps, check


def finalise(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    plan = making.plan_set(world, making.brought_case(world, reference=reference))
    given: dict[str, Any] = {
        "action_plan_id": plan.pk,
        "because": "No answer",
        "bail_reviewed": "None",
        "police_owner_id": world.investigator.pk,
    }
    step = partial(do, service=finalising.finalise, case=plan.case, **given)

    def check(results: list[Any]) -> None:
        one_was_told(results)
        assert rows(Finalisation, plan.case) == rows(ActionPlan, plan.case, state="finalised") == 1

    return plan.case, (partial(step, world.cps_manager), partial(step, second(world))), check


def finalise_and_done(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case, steps, _ = finalise(world, reference)
    with scope(system(AVON)):
        key = ActionItem.objects.get(case=case).pk
    done = partial(do, world.investigator, item_answers.item_done, case, action_item_id=key, what="W", reference="R")
    return case, (steps[0], done), told


def enter_direct(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = deciding.with_cps(world, reference=reference)
    given: dict[str, Any] = {"suspect_id": suspect_of(case).pk, "decided_at": ago(minutes=5), "decided_by": "Petra", "test": "full_code"}
    step = partial(do, service=direct_decisions.enter_direct_decision, case=case, **given, decision="charge", charges=["19C"])
    return case, (partial(step, world.investigator), partial(step, world.cps_manager)), partial(one_outcome, case)
