"""Every pair of the tables of plans, items and finalisations, with every act and every role, generated from the tables."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from cases import models as m
from cases.acts import ACTS, On
from cases.permissions import Permission
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from prosecution import permissions as p
from prosecution import states
from prosecution.models import (
    ActionItem,
    ActionPlan,
    AdviceState,
    Finalisation,
    ItemState,
    PlanState,
    Referral,
    ReferralState,
)
from prosecution.services.item_answers import Agreed
from prosecution.services.item_replies import Amended
from tests.factories import AVON, World
from tests.integration.prosecution.making import accepted_advice, brought_case, do, drafted_plan, item, item_of, plan_set, referral_of

pytestmark = pytest.mark.django_db
F = Finalisation.State


def later() -> Any:
    return clock.today() + timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Way:
    """One act on the way from one state to another: its slug and what the form gives."""

    slug: str
    more: Callable[[], dict[str, Any]] = dict


REASON = Way("", lambda: {"because": "A reason"})
ITEM_WAYS: dict[str, tuple[Way, frozenset[tuple[str, str]]]] = {
    slug: (Way(slug, more), frozenset(pairs))
    for slug, more, pairs in (
        ("accept-item", dict, {("set", "accepted"), ("insisted", "accepted")}),
        ("challenge-item", REASON.more, {("set", "challenged"), ("accepted", "challenged")}),
        ("item-done", lambda: {"what": "W", "reference": "R"}, {(one, "done") for one in ("set", "accepted", "insisted")}),
        (
            "item-part-done",
            lambda: {"what": "W", "reference": "R", "rest": "More"},
            {(one, "done") for one in ("set", "accepted", "insisted")},
        ),
        ("item-cannot", lambda: {"why": "No"}, {(one, "cannot") for one in ("set", "accepted", "insisted")}),
        ("escalate-item", REASON.more, {("insisted", "escalated")}),
        ("agree-challenge", dict, {("challenged", "dropped")}),
        ("amend-item", lambda: {"amended": Amended("Other", later(), "Because")}, {("challenged", "accepted")}),
        ("insist-item", REASON.more, {("challenged", "insisted"), ("cannot", "insisted")}),
        ("take-item", dict, {("done", "settled")}),
        ("not-taken-item", REASON.more, {("done", "accepted")}),
        ("let-go-item", dict, {("cannot", "dropped")}),
    )
}
RESOLVED = {"dropped": Agreed("Spoke today"), "accepted": Agreed("Spoke today", later())}


def people(world: World) -> dict[str, User]:
    """Return one person of each role who sees the case."""
    return {
        "investigator": world.investigator, "sergeant": world.sergeant, "supervisor": world.supervisor, "prosecutor": world.prosecutor,
        "cps_manager": world.cps_manager, "liaison_officer": world.vlo,
    }  # fmt: skip


def put(row: Any, **facts: Any) -> None:
    """Let a row stand so, written directly."""
    with scope(system(AVON)):
        type(row).objects.filter(pk=row.pk).update(**facts)


def stand(row: ActionItem, state: str) -> None:
    """Let an item stand in a state, fresh from the plan being set, and the plan and the referral with it."""
    ended = state in states.ENDED_ITEMS
    put(row, state=state, reported_at=clock.now() if state in {"done", "cannot", "settled"} else None,
        settled_at=clock.now() if ended else None, asked_on=None, asked_because="", asked_side="")  # fmt: skip
    put(row, action="As it was set", moves=0)
    put(row.plan, state="set", ended_at=None)
    with scope(system(AVON)):
        Referral.objects.filter(plans=row.plan.pk).update(state="on_plan")


def test_the_acts_on_items_are_all_of_the_table_and_nothing_else() -> None:
    by_acts = {(before, after, ACTS[slug].permission) for slug, (_, expected) in ITEM_WAYS.items() for before, after in expected}
    by_acts |= {("escalated", after, p.RESOLVE_ITEM) for after in RESOLVED}
    by_table = {(one.before, one.after, one.permission) for one in states.ITEM if one.before is not None and one.permission is not None}
    assert by_acts == by_table
    own = {act.slug for act in ACTS.values() if act.on is On.ACTION_ITEM}
    assert own == {*ITEM_WAYS, "resolve-item", "move-item", "answer-move", "change-item", "take-out-item", "link-enquiry"}


def no_way(person: User, state: str, match: str | None = None) -> AbstractContextManager[Any]:
    """Expect that no step leads on from a state; what was never sent is not there at all for the police."""
    unseen = state == "draft" and person.role in WORKS_CASES_POLICE
    return pytest.raises(Http404) if unseen else pytest.raises(NotPossible, match=match)


@pytest.mark.parametrize("slug", sorted(ITEM_WAYS))
def test_every_state_and_role_for_an_act_on_an_item(world: World, slug: str) -> None:
    case = brought_case(world)
    row = item_of(plan_set(world, case, item(), item(action="Another that stays open")))
    way, expected = ITEM_WAYS[slug]
    act = ACTS[slug]
    for before in ItemState.values:
        after = next((after for one, after in expected if one == before), None)
        for role, person in people(world).items():
            stand(row, before)
            given = {"action_item_id": row.pk, **way.more()}
            if not act.permission.holds(person):
                with pytest.raises(NotAllowed):
                    do(person, act.service, case, **given)
            elif after is None:
                with no_way(person, before, match=r"already|draft"):
                    do(person, act.service, case, **given)
                assert item_of(row.plan).state == before, (role, before)
            else:
                do(person, act.service, case, **given)
                assert item_of(row.plan).state == after, (role, before)


@pytest.mark.parametrize("after", sorted(RESOLVED))
def test_inspector_and_dcp_resolve_what_was_taken_to_them(world: World, after: str) -> None:
    case = brought_case(world)
    row = item_of(plan_set(world, case, item(), item(action="Another that stays open")))
    act = ACTS["resolve-item"]
    for before in ItemState.values:
        for role, person in people(world).items():
            stand(row, before)
            given = {"action_item_id": row.pk, "agreed": RESOLVED[after]}
            if role not in {"supervisor", "cps_manager"}:
                with pytest.raises(NotAllowed):
                    do(person, act.service, case, **given)
            elif before != "escalated":
                with no_way(person, before):
                    do(person, act.service, case, **given)
            else:
                do(person, act.service, case, **given)
                assert item_of(row.plan).state == after


@pytest.mark.parametrize("state", [one for one in PlanState.values if one != "set"])
def test_nothing_is_said_to_an_item_of_a_plan_that_is_not_with_the_police(world: World, state: str) -> None:
    case = brought_case(world)
    row = item_of(plan_set(world, case))
    stand(row, "set")
    put(row.plan, state=state)
    for slug, (way, _) in ITEM_WAYS.items():
        person = world.supervisor if ACTS[slug].permission.holds(world.supervisor) else world.prosecutor
        with pytest.raises(NotPossible, match="nothing of it changes"):
            do(person, ACTS[slug].service, case, action_item_id=row.pk, **way.more())


EACH = itertools.count()
PLAN_ACTS: dict[str, tuple[str, str, Callable[[], dict[str, Any]]]] = {
    "send-plan": ("draft", "set", dict),
    "send-plan-to-dcp": ("draft", "waits_for_dcp", dict),
    "approve-plan": ("waits_for_dcp", "set", dict),
    "send-plan-back": ("waits_for_dcp", "draft", lambda: {"note": "Why"}),
    "discard-plan": ("draft", "discarded", dict),
    "finalise": ("set", "finalised", lambda: {"because": "B", "bail_reviewed": "None on bail"}),
    "keep-plan-open": ("set", "set", lambda: {"because": "B"}),
    "add-item": ("draft", "draft", lambda: {"item": item(action=f"Ask once more, {next(EACH)}")}),
}


def test_the_acts_on_plans_are_all_of_the_table() -> None:
    by_acts = {(before, after, ACTS[slug].permission) for slug, (before, after, _) in PLAN_ACTS.items() if before != after}
    by_acts.add(("finalised", "set", ACTS["reopen-finalised"].permission))
    assert by_acts == {(one.before, one.after, one.permission) for one in states.PLAN if one.before and one.permission}
    assert {act.slug for act in ACTS.values() if act.on is On.ACTION_PLAN} == set(PLAN_ACTS)


@pytest.mark.parametrize("slug", sorted(PLAN_ACTS))
def test_every_state_and_role_for_an_act_on_a_plan(world: World, slug: str) -> None:
    case = brought_case(world)
    plan = drafted_plan(world, case)
    row = item_of(plan)
    act, (begins, after, more) = ACTS[slug], PLAN_ACTS[slug]
    second = slug in {"send-plan-to-dcp", "approve-plan", "send-plan-back"}
    for before in PlanState.values:
        for person in people(world).values():
            _stand(plan, row, before, second=second)
            given = {"action_plan_id": plan.pk, **more(), **({"police_owner_id": world.investigator.pk} if slug == "finalise" else {})}
            if not act.permission.holds(person):
                with pytest.raises(NotAllowed):
                    do(person, act.service, case, **given)
            elif before != begins:
                with pytest.raises(NotPossible):
                    do(person, act.service, case, **given)
                assert _state(plan) == before
            else:
                do(person, act.service, case, **given)
                assert _state(plan) == after


def _state(row: ActionPlan) -> str:
    with scope(system(AVON)):
        return str(ActionPlan.objects.get(pk=row.pk).state)


def _stand(plan: ActionPlan, row: ActionItem, state: str, *, second: bool) -> None:
    """Let a plan stand in a state, with one item and a referral that fit it. The finalisation of a try before is put aside."""
    with scope(system(AVON)):
        Finalisation.objects.filter(plan=plan).update(state="reopened", reviewed_at=clock.now())
        m.CpsPosition.objects.filter(case=plan.case_id, until__isnull=True).update(position="action_plan")
    sent = state not in {"draft", "waits_for_dcp", "discarded"}
    put(plan, state=state, second=second, set_at=clock.now() if sent else None)
    put(row, state="set" if sent else "draft")
    with scope(system(AVON)):
        Referral.objects.filter(plans=plan.pk).update(state="on_plan" if sent else "accepted")


FINAL_ACTS = {
    "reopen-finalised": ({F.STANDS, F.CONFIRMED}, F.REOPENED),
    "confirm-finalised": ({F.STANDS}, F.CONFIRMED),
}


def test_the_acts_on_finalisations_are_all_of_the_table() -> None:
    by_acts = {(before, after, ACTS[slug].permission) for slug, (befores, after) in FINAL_ACTS.items() for before in befores}
    assert by_acts == {(one.before, one.after, one.permission) for one in states.FINALISATION if one.before}
    assert {act.slug for act in ACTS.values() if act.on is On.FINALISATION} == set(FINAL_ACTS)


@pytest.mark.parametrize("slug", sorted(FINAL_ACTS))
def test_every_state_and_role_for_an_act_on_a_finalisation(world: World, slug: str) -> None:
    case = brought_case(world)
    plan = plan_set(world, case)
    given = {"because": "B", "bail_reviewed": "None", "police_owner_id": world.investigator.pk}
    row = do(world.cps_manager, ACTS["finalise"].service, case, action_plan_id=plan.pk, **given)
    befores, after = FINAL_ACTS[slug]
    for before in F.values:
        for person in people(world).values():
            put(row, state=before, reviewed_at=None)
            put(plan, state="finalised")
            with scope(system(AVON)):
                Referral.objects.filter(plans=plan.pk).update(state="finalised")
            permission: Permission = ACTS[slug].permission
            if not permission.holds(person):
                with pytest.raises(NotAllowed):
                    do(person, ACTS[slug].service, case, finalisation_id=row.pk, note="Why")
            elif before not in befores:
                with pytest.raises(NotPossible):
                    do(person, ACTS[slug].service, case, finalisation_id=row.pk, note="Why")
            else:
                do(person, ACTS[slug].service, case, finalisation_id=row.pk, note="Why")
                with scope(system(AVON)):
                    assert Finalisation.objects.get(pk=row.pk).state == after


@pytest.mark.parametrize("state", ReferralState.values)
def test_a_plan_is_drafted_only_on_a_referral_that_a_prosecutor_has(world: World, state: str) -> None:
    case = brought_case(world)
    plan = drafted_plan(world, case)
    put(plan, state="discarded")
    referral = referral_of(plan)
    put(referral, state=state)
    if state == "accepted":
        do(world.prosecutor, ACTS["draft-plan"].service, case, charging_referral_id=referral.pk, item=item())
    else:
        with pytest.raises(NotPossible):
            do(world.prosecutor, ACTS["draft-plan"].service, case, charging_referral_id=referral.pk, item=item())


def test_a_plan_goes_with_advice_that_is_given_or_says_that_one_comes(world: World) -> None:
    case = brought_case(world)
    row = accepted_advice(world, case)
    for state, result in [(one, "") for one in AdviceState.values if one != "advised"] + [
        ("advised", "advised"),
        ("advised", "action_plan"),
    ]:
        put(row, state=state, result=result)
        given = {"early_advice_id": row.pk, "item": item()}
        if (state, result) in {("accepted", ""), ("advised", "action_plan")}:
            plan = do(world.prosecutor, ACTS["draft-advice-plan"].service, case, **given)
            put(plan, state="discarded")
        else:
            with pytest.raises(NotPossible, match="no action plan follows"):
                do(world.prosecutor, ACTS["draft-advice-plan"].service, case, **given)
