"""Action plans: drafted unseen, sent with what follows for suspects and bail, a second one by way of the District Crown Prosecutor."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Grade, Role
from cases import models as m
from cases.services.arrests import record_arrest, record_release
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import ActionItem, ActionPlan, ItemState, PlanState
from prosecution.services import item_answers, item_replies, items, plans
from tests.factories import AVON, SOUTH_WEST, World, acting_as, ago, make_user
from tests.integration.cases.asking import count, refused, status, texts
from tests.integration.cases.making import timeline
from tests.integration.prosecution.making import (
    accepted_advice,
    accepted_referral,
    brought_case,
    do,
    drafted_plan,
    fresh,
    item,
    item_of,
    plan_set,
    referral_of,
    suspect_of,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return brought_case(world)


def again(row: Any) -> Any:
    """Return a row as the database has it now."""
    with scope(system(AVON)):
        return type(row).objects.get(pk=row.pk)


def told(user: User) -> set[str]:
    """Return the subjects a person was told."""
    with scope(system(user.agency_id)):
        return set(Notice.objects.filter(user=user).values_list("subject", flat=True))


def settle_all(world: World, case: m.Case, plan: ActionPlan) -> None:
    """Let every open item of a plan be done and accepted as done."""
    with scope(system(AVON)):
        keys = list(ActionItem.objects.filter(plan=plan, state__in=["set", "accepted"]).values_list("pk", flat=True))
    for key in keys:
        do(world.investigator, item_answers.item_done, case, action_item_id=key, what="Done", reference="52/REF")
        do(world.prosecutor, item_replies.take_item, case, action_item_id=key)


def test_a_draft_is_the_cps_own(world: World, case: m.Case, sign_in: SignIn) -> None:
    referral = accepted_referral(world, case)
    before, happened = fresh(case).version, timeline(case)
    plan = drafted_plan(world, case, item(), item(action="Another"), referral=referral)
    assert (fresh(case).version, timeline(case)) == (before, happened), "nothing tells the police that a plan is drafted"
    address = f"/prosecution/plans/{plan.pk}/"
    assert sign_in(world.investigator).get(address).status_code == 404
    assert sign_in(world.supervisor).get(address).status_code == 404
    html = sign_in(world.prosecutor).get(address).content.decode()
    assert "The CPS alone" in html
    assert "send-plan" in html
    assert again(referral).state == "accepted"


def test_sending_sets_every_item_and_puts_the_suspects_on_the_plan(world: World, case: m.Case) -> None:
    referral = accepted_referral(world, case)
    assert status(case) == "with_cps"
    plan = plan_set(world, case, item(), item(action="Another", weight="desirable"), referral=referral)
    assert (again(plan).state, again(referral).state) == (PlanState.SET, "on_plan")
    assert {item_of(plan, number).state for number in (1, 2)} == {ItemState.SET}
    assert (status(case), fresh(case).stage) == ("action_plan", "awaiting_police")
    assert texts(case, "plan_set") == ["Action plan 1: 2 items"]
    assert "plan_set" in told(world.investigator)
    assert again(plan).set_by_name == world.prosecutor.name


def test_bail_runs_again_and_the_form_says_to_which_day(world: World, case: m.Case, sign_in: SignIn) -> None:
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=8))
    do(world.investigator, record_release, case, suspect_id=suspect_of(case).pk, at=ago(days=7), to="bail")
    plan = drafted_plan(world, case)
    browser, address = sign_in(world.prosecutor), f"/cases/{case.pk}/send-plan/{plan.pk}/"
    html = browser.get(address).content.decode()
    assert "Bail runs again, and its new end is: suspect 1 to" in html
    form = {"version": str(fresh(case).version), "shown": "1:2001-01-01"}
    answered = browser.post(address, form)
    assert answered.status_code == 200, "other days were shown, so it is shown once more"
    assert again(plan).state == PlanState.DRAFT
    shown = answered.content.decode().split('name="shown" value="', 1)[1].split('"', 1)[0]
    assert browser.post(address, form | {"shown": shown}).status_code == 302
    assert again(plan).state == PlanState.SET
    assert "bail_running_again" in timeline(case)
    with scope(system(AVON)):
        kinds = list(m.BailEvent.objects.filter(case=case).order_by("at", "created_at").values_list("kind", flat=True))
    assert kinds == ["suspended", "running_again"]
    settle_all(world, case, plan)
    assert status(case) == "with_cps"
    with scope(system(AVON)):
        assert m.BailEvent.objects.filter(case=case, kind="suspended").count() == 2, "with the CPS again, it stands still again"


def test_several_suspects_never_move_one_another(world: World) -> None:
    case = brought_case(world, suspects=2)
    referral = accepted_referral(world, case)
    plan = plan_set(world, case, item(suspect_id=suspect_of(case, 1).pk), referral=referral)
    assert (status(case, 1), status(case, 2)) == ("action_plan", "with_cps")
    with scope(system(AVON)):
        since = m.CpsPosition.objects.get(suspect=suspect_of(case, 2), until__isnull=True).since
    settle_all(world, case, plan)
    assert (status(case, 1), status(case, 2)) == ("with_cps", "with_cps")
    with scope(system(AVON)):
        assert m.CpsPosition.objects.get(suspect=suspect_of(case, 2), until__isnull=True).since == since
    assert (again(plan).state, again(referral).state) == (PlanState.ANSWERED, "accepted")


def test_the_last_item_settled_by_a_colleague_tells_the_prosecutor(world: World, case: m.Case) -> None:
    plan = plan_set(world, case)
    do(world.investigator, item_answers.item_done, case, action_item_id=item_of(plan).pk, what="Done", reference="52/REF")
    do(world.cps_manager, item_replies.take_item, case, action_item_id=item_of(plan).pk)
    assert "plan_answered" in told(world.prosecutor)


def test_an_advice_plan_moves_no_suspect(world: World) -> None:
    case = brought_case(world)
    advice = accepted_advice(world, case)
    before = status(case)
    plan = do(world.prosecutor, plans.draft_advice_plan, case, early_advice_id=advice.pk, item=item())
    do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    assert (status(case), count(m.CpsPosition, case)) == (before, 0)
    settle_all(world, case, plan)
    assert again(plan).state == PlanState.ANSWERED
    assert status(case) == before


def test_one_plan_at_a_time(world: World, case: m.Case) -> None:
    plan = drafted_plan(world, case)
    with refused("in hand already"):
        do(world.prosecutor, plans.draft_plan, case, charging_referral_id=plan.referral_id, item=item())
    do(world.prosecutor, plans.discard_plan, case, action_plan_id=plan.pk)
    drafted_plan(world, case, referral=again(plan.referral))


def second_plan(world: World, case: m.Case) -> ActionPlan:
    """Return the draft of a second plan of a referral whose first was answered."""
    first = plan_set(world, case)
    settle_all(world, case, first)
    return drafted_plan(world, case, referral=referral_of(first))


def test_a_second_plan_goes_by_way_of_the_dcp_who_had_no_hand_in_it(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = second_plan(world, case)
    assert plan.second
    with refused("District Crown Prosecutor looks at it first"):
        do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    version = fresh(case).version
    do(world.prosecutor, plans.send_plan_to_dcp, case, action_plan_id=plan.pk)
    shown = sign_in(world.prosecutor).get(f"/prosecution/plans/{plan.pk}/").content.decode()
    assert "<strong>Sent to the District Crown Prosecutor</strong>" in shown
    assert "<strong>Said</strong>" not in shown
    assert fresh(case).version == version
    assert "plan_waits_for_dcp" in told(world.cps_manager)
    assert sign_in(world.investigator).get(f"/prosecution/plans/{plan.pk}/").status_code == 404
    with refused("why you send it back", "note"):
        do(world.cps_manager, plans.send_plan_back, case, action_plan_id=plan.pk, note=" ")
    do(world.cps_manager, plans.send_plan_back, case, action_plan_id=plan.pk, note="Say why it was not in the first")
    assert (again(plan).state, "plan_sent_back" in told(world.prosecutor)) == (PlanState.DRAFT, True)
    do(world.prosecutor, plans.send_plan_to_dcp, case, action_plan_id=plan.pk)
    do(world.cps_manager, plans.approve_plan, case, action_plan_id=plan.pk, note="Agreed")
    assert (again(plan).state, again(plan).dcp_name) == (PlanState.SET, world.cps_manager.name)
    assert again(plan).set_by_name == world.prosecutor.name
    assert status(case) == "action_plan"


@pytest.mark.parametrize("hand", ["drafted", "added", "changed", "took out", "sent"])
def test_whoever_had_a_hand_in_it_does_not_approve_it(world: World, case: m.Case, hand: str) -> None:
    manager = world.cps_manager
    first = plan_set(world, case)
    settle_all(world, case, first)
    drafter = manager if hand == "drafted" else world.prosecutor
    plan = do(drafter, plans.draft_plan, case, charging_referral_id=first.referral_id, item=item())
    two = do(world.prosecutor, items.add_item, case, action_plan_id=plan.pk, item=item(action="Two"))
    if hand == "added":
        do(manager, items.add_item, case, action_plan_id=plan.pk, item=item(action="Three"))
    if hand == "changed":
        do(manager, items.change_item, case, action_item_id=two.pk, item=item(action="Changed"))
    if hand == "took out":
        do(manager, items.take_out_item, case, action_item_id=two.pk)
    do(manager if hand == "sent" else world.prosecutor, plans.send_plan_to_dcp, case, action_plan_id=plan.pk)
    for service, more in ((plans.approve_plan, {}), (plans.send_plan_back, {"note": "No"})):
        with refused("had a hand in this plan"):
            do(manager, service, case, action_plan_id=plan.pk, **more)
    other = make_user(SOUTH_WEST, Role.CPS_MANAGER, grade=Grade.DISTRICT_CROWN_PROSECUTOR)
    do(other, plans.approve_plan, case, action_plan_id=plan.pk)


def test_a_manager_of_another_grade_does_not_approve(world: World, case: m.Case) -> None:
    plan = second_plan(world, case)
    do(world.prosecutor, plans.send_plan_to_dcp, case, action_plan_id=plan.pk)
    manager = make_user(SOUTH_WEST, Role.CPS_MANAGER, grade=Grade.SENIOR_CROWN_PROSECUTOR)
    with pytest.raises(NotAllowed, match="District Crown Prosecutor"):
        do(manager, plans.approve_plan, case, action_plan_id=plan.pk)


def test_a_first_plan_goes_to_nobody_else_first(world: World, case: m.Case) -> None:
    plan = drafted_plan(world, case)
    with refused("first plan"):
        do(world.prosecutor, plans.send_plan_to_dcp, case, action_plan_id=plan.pk)


def test_two_at_once_one_wins(world: World, case: m.Case) -> None:
    plan = drafted_plan(world, case)
    version = fresh(case).version
    do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk, version=version)
    with pytest.raises(Conflict):
        do(world.cps_manager, plans.send_plan, case, action_plan_id=plan.pk, version=version)
    with refused("already"):
        do(world.cps_manager, plans.send_plan, case, action_plan_id=plan.pk)


def test_other_area_and_other_force_get_what_nothing_gets(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = plan_set(world, case)
    for person in (world.other_area, world.kent, world.other_unit, world.cps_direct):
        answers = [sign_in(person).get(f"/prosecution/plans/{key}/") for key in (plan.pk, uuid4())]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content.split(b"csrf")[0] == answers[1].content.split(b"csrf")[0]


def test_nobody_else_drafts(world: World, case: m.Case) -> None:
    referral = accepted_referral(world, case)
    for person in (world.investigator, world.sergeant, world.supervisor, world.vlo):
        with pytest.raises(NotAllowed), acting_as(person):
            plans.draft_plan(actor=person, case_id=case.pk, charging_referral_id=referral.pk, item=item())
