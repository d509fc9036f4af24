"""Items of a draft: what each must say, about whom, the gate of what looks at the victim, and the form."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.enquiries import open_enquiry
from core import clock
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan
from prosecution.services import items, plans
from prosecution.services.item_answers import item_done
from prosecution.services.item_gate import link_enquiry
from tests.factories import AVON, World
from tests.integration.cases.asking import count, refused
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

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return brought_case(world)


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


def test_the_police_say_which_line_of_enquiry_an_item_is(world: World, case: m.Case, sign_in: SignIn) -> None:
    looking = {"looks_at_victim": True, "effect_on_victim": "A day without her phone"}
    plan = plan_set(world, case, item(**looking), item(action="Cameras"))
    row, other = item_of(plan), item_of(plan, 2)
    line = do(world.investigator, open_enquiry, case, focus="victim", what="Messages to a friend", necessity="Said that evening")
    with refused("does not look at the victim"):
        do(world.investigator, link_enquiry, case, action_item_id=other.pk, enquiry_id=line.pk)
    with refused("Select the line of enquiry", "enquiry_id"):
        do(world.investigator, link_enquiry, case, action_item_id=row.pk, enquiry_id=None)
    browser, address = sign_in(world.investigator), f"/cases/{case.pk}/link-enquiry/{row.pk}/"
    assert "Messages to a friend (conditions of the law:" in browser.get(address).content.decode()
    answered = browser.post(address, {"version": fresh(case).version, "enquiry_id": str(line.pk)})
    assert answered.status_code == 302
    assert item_of(plan).enquiry_id == line.pk
    with refused("linked already", "enquiry_id"):
        do(world.investigator, link_enquiry, case, action_item_id=row.pk, enquiry_id=line.pk)
    shown = sign_in(world.prosecutor).get(f"/prosecution/plans/{plan.pk}/").content.decode()
    assert "Messages to a friend: conditions of the law" in shown
    assert "No line of enquiry about the victim is linked yet" not in shown


def test_what_is_said_to_be_done_says_from_when_it_counts(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = plan_set(world, case, item())
    do(world.investigator, item_done, case, action_item_id=item_of(plan).pk, what="Asked", reference="52/1")
    for person in (world.investigator, world.prosecutor):
        assert "unless the CPS answers before" in sign_in(person).get(f"/prosecution/plans/{plan.pk}/").content.decode()


def test_an_empty_or_dated_draft_is_not_sent(world: World, case: m.Case) -> None:
    plan = drafted_plan(world, case)
    taken_out = item_of(plan).pk
    do(world.prosecutor, items.take_out_item, case, action_item_id=taken_out)
    with refused("at least one item"):
        do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    with refused("taken out of the draft already"):
        do(world.prosecutor, items.change_item, case, action_item_id=taken_out, item=item())
    late = do(world.prosecutor, items.add_item, case, action_plan_id=plan.pk, item=item())
    with refused("Nothing was changed"):
        do(world.prosecutor, items.change_item, case, action_item_id=late.pk, item=item())
    with scope(system(AVON)):
        ActionItem.objects.filter(pk=late.pk).update(agreed_on=clock.today() - timedelta(days=1))
    with refused("The date of item 1 has passed"):
        do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)


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
