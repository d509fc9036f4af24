"""Action plans: drafted unseen, sent with what follows for suspects and bail, a second one by way of the District Crown Prosecutor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Grade, Role
from cases import models as m
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import ActionItem, ActionPlan, ItemState, PlanState, Referral
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
    from cases.services.arrests import record_release

    do(world.investigator, _arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=8))
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
    assert timeline(case)[-2:] == ["plan_set", "bail_running_again"] or "bail_running_again" in timeline(case)
    with scope(system(AVON)):
        kinds = list(m.BailEvent.objects.filter(case=case).order_by("at", "created_at").values_list("kind", flat=True))
    assert kinds == ["suspended", "running_again"]
    settle_all(world, case, plan)
    assert status(case) == "with_cps"
    with scope(system(AVON)):
        assert m.BailEvent.objects.filter(case=case, kind="suspended").count() == 2, "with the CPS again, it stands still again"


def _arrest(**given: Any) -> m.Arrest:
    from cases.services.arrests import record_arrest

    return record_arrest(**given)


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
    with scope(system(AVON)):
        referral = Referral.objects.get(pk=first.referral_id)
    return drafted_plan(world, case, referral=referral)


def test_a_second_plan_goes_by_way_of_the_dcp_who_had_no_hand_in_it(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = second_plan(world, case)
    assert plan.second
    with refused("District Crown Prosecutor looks at it first"):
        do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    version = fresh(case).version
    do(world.prosecutor, plans.send_plan_to_dcp, case, action_plan_id=plan.pk)
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


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"action": " "}, "what is to be done", "action"),
        ({"justification": ""}, "why it is needed", "justification"),
        ({"reasonable_because": ""}, "reasonable line of enquiry", "reasonable_because"),
        ({"proportionate_because": ""}, "proportionate", "proportionate_because"),
        ({"weight": "heavy"}, "essential or desirable", "weight"),
        ({"agreed_on": clock.today() - timedelta(days=1)}, "from today on", "agreed_on"),
        ({"looks_at_victim": True}, "what the item means for the victim", "effect_on_victim"),
        ({"effect_on_victim": "Her phone is away"}, "Leave this empty", "effect_on_victim"),
    ],
)
def test_an_item_that_does_not_hold(world: World, case: m.Case, more: dict[str, Any], words: str, field: str) -> None:
    referral = accepted_referral(world, case)
    with refused(words, field):
        do(world.prosecutor, plans.draft_plan, case, charging_referral_id=referral.pk, item=item(**more))
    assert count(ActionPlan, case) == 0


def test_an_item_about_somebody_else(world: World) -> None:
    case = brought_case(world, suspects=2)
    plan = drafted_plan(world, case, referral=accepted_referral(world, case, numbers=(1,)))
    with refused("one of|this plan is about", "suspect_id"):
        do(world.prosecutor, items.add_item, case, action_plan_id=plan.pk, item=item(suspect_id=suspect_of(case, 2).pk))


def test_what_looks_at_the_victim_shows_the_gate(world: World, case: m.Case, sign_in: SignIn) -> None:
    from cases.services.enquiries import open_enquiry

    line = do(world.investigator, open_enquiry, case, focus="victim", what="Messages to a friend", necessity="Said that evening")
    about_suspect = do(world.investigator, open_enquiry, case, focus="suspect", what="Camera")
    looking = {"looks_at_victim": True, "effect_on_victim": "A day without her phone"}
    referral = accepted_referral(world, case)
    with refused("about the victim", "enquiry_id"):
        plan_set(world, case, item(**looking, enquiry_id=about_suspect.pk), referral=referral)
    plan = plan_set(world, case, item(**looking, enquiry_id=line.pk), item(**looking), referral=referral)
    html = sign_in(world.investigator).get(f"/prosecution/plans/{plan.pk}/").content.decode()
    assert "Messages to a friend: conditions of the law" in html
    assert "No line of enquiry about the victim is linked yet" in html


def test_an_empty_or_dated_draft_is_not_sent(world: World, case: m.Case) -> None:
    plan = drafted_plan(world, case)
    do(world.prosecutor, items.take_out_item, case, action_item_id=item_of(plan).pk)
    with refused("at least one item"):
        do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    with refused("taken out of the draft already"):
        do(world.prosecutor, items.change_item, case, action_item_id=item_of(plan).pk, item=item())
    late = do(world.prosecutor, items.add_item, case, action_plan_id=plan.pk, item=item())
    with refused("Nothing was changed"):
        do(world.prosecutor, items.change_item, case, action_item_id=late.pk, item=item())
    with scope(system(AVON)):
        ActionItem.objects.filter(pk=late.pk).update(agreed_on=clock.today() - timedelta(days=1))
    with refused("The date of item 2 has passed"):
        do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)


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
    for person in (world.other_area, world.kent, world.other_unit, world.isva):
        for key in (plan.pk, case.pk):
            assert (
                sign_in(person).get(f"/prosecution/plans/{key}/").status_code
                == sign_in(person).get("/prosecution/plans/00000000-0000-0000-0000-000000000007/").status_code
            )


def test_bad_text_comes_back_beside_its_field(world: World, case: m.Case, sign_in: SignIn) -> None:
    referral = accepted_referral(world, case)
    for text in ("\x00", "a" * 5_000, "\u202e"):
        answered = sign_in(world.prosecutor).post(
            f"/cases/{case.pk}/draft-plan/{referral.pk}/", {"version": "1", "action": text, "justification": "Keep me"}
        )
        assert answered.status_code == 400
        html = answered.content.decode()
        assert 'id="id_action-error"' in html
        assert "Keep me" in html


def test_the_form_of_an_item_makes_what_it_says(world: World, case: m.Case, sign_in: SignIn) -> None:
    referral = accepted_referral(world, case)
    day = clock.today() + timedelta(days=9)
    sent = {
        "version": str(fresh(case).version), "action": "Ask the neighbours", "justification": "J", "reasonable_because": "R",
        "proportionate_because": "P", "weight": "essential", "looks_at_victim": "no", "agreed_on_day": str(day.day),
        "agreed_on_month": str(day.month), "agreed_on_year": str(day.year),
    }  # fmt: skip
    answered = sign_in(world.prosecutor).post(f"/cases/{case.pk}/draft-plan/{referral.pk}/", sent)
    assert answered.status_code == 302, answered.content.decode()[:3000]
    with scope(system(AVON)):
        row = ActionItem.objects.get(case=case)
    assert (row.action, row.agreed_on, row.first_agreed_on, row.created_by_id) == ("Ask the neighbours", day, day, world.prosecutor.pk)


def test_nobody_else_drafts(world: World, case: m.Case) -> None:
    referral = accepted_referral(world, case)
    for person in (world.investigator, world.sergeant, world.supervisor, world.vlo):
        with pytest.raises(NotAllowed), acting_as(person):
            plans.draft_plan(actor=person, case_id=case.pk, charging_referral_id=referral.pk, item=item())
