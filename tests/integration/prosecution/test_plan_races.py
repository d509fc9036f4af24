"""Two who act on a plan or an item at the same moment: one does it, the other is told. Never a fault, and never both."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from accounts.models import User
from cases import models as m
from cases.services.outcomes import record_outcome
from core import clock
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan
from prosecution.services import finalising, item_answers, item_replies, plans
from tests.factories import AVON, World
from tests.integration.prosecution.making import (
    accepted_referral,
    brought_case,
    do,
    drafted_plan,
    fresh,
    item,
    item_of,
    plan_set,
    suspect_of,
)
from tests.integration.racing import at_once, refusals

Doing = tuple[User, Callable[..., Any], dict[str, Any]]
NAMES = ("send", "draft", "challenge answered", "done answered", "done and cannot", "finalise and done", "last item and outcome")


def two(world: World, case: m.Case, name: str) -> tuple[Doing, Doing]:
    """Return what the two do, with the case prepared for it."""
    if name == "draft":
        key = {"charging_referral_id": accepted_referral(world, case).pk, "item": item()}
        return (world.prosecutor, plans.draft_plan, key), (world.cps_manager, plans.draft_plan, key)
    if name == "send":
        key = {"action_plan_id": drafted_plan(world, case).pk}
        return (world.prosecutor, plans.send_plan, key), (world.cps_manager, plans.send_plan, key)
    plan = plan_set(world, case)
    key = {"action_item_id": item_of(plan).pk}
    reason = {"because": "A reason"}
    if name == "finalise and done":
        final = {"action_plan_id": plan.pk, **reason, "bail_reviewed": "None", "police_owner_id": world.investigator.pk}
        done = {**key, "what": "W", "reference": "R"}
        return (world.cps_manager, finalising.finalise, final), (world.investigator, item_answers.item_done, done)
    states = {"challenge answered": "challenged", "done answered": "done", "last item and outcome": "done"}
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan).update(state=states.get(name, "set"), reported_at=clock.now())
    if name == "challenge answered":
        return (world.prosecutor, item_replies.agree_challenge, key), (world.cps_manager, item_replies.insist_item, {**key, **reason})
    if name == "done answered":
        return (world.prosecutor, item_replies.take_item, key), (world.cps_manager, item_replies.not_taken_item, {**key, **reason})
    if name == "done and cannot":
        done = {**key, "what": "W", "reference": "R"}
        return (world.investigator, item_answers.item_done, done), (world.sergeant, item_answers.item_cannot, {**key, "why": "No"})
    died = {"suspect_id": suspect_of(case).pk, "code": 5, "on": clock.today(), "reasons": "Certificate seen"}
    return (world.prosecutor, item_replies.take_item, key), (world.supervisor, record_outcome, died)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("with_version", [True, False], ids=["from one page", "without a version"])
def test_one_does_it_and_the_other_is_told(committed: str, name: str, with_version: bool) -> None:
    world = World.make()
    case = brought_case(world)
    doing = two(world, case, name)
    version = {"version": fresh(case).version} if with_version else {}
    results = at_once(*(partial(do, person, service, case, **arguments, **version) for person, service, arguments in doing))
    told = refusals(results)
    if name == "last item and outcome" and not with_version:
        assert len(told) <= 1, "either may come first, and the plan has ended whichever it was"
    else:
        assert len(told) == 1
    with scope(system(AVON)):
        plan = ActionPlan.objects.get(case=case)
    if name == "last item and outcome" and not with_version:
        assert plan.state in {"ended", "answered"}
