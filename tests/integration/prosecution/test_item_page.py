"""The page of an action plan that both sides work on, its forms, and two who answer at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from core import clock
from core.exceptions import Conflict
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan, ItemState
from prosecution.services import item_answers, item_moves, item_replies
from tests.factories import AVON, World
from tests.integration.cases.asking import refused
from tests.integration.prosecution.answering import act, on
from tests.integration.prosecution.making import brought_case, fresh, item, item_of, plan_set

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return brought_case(world)


@pytest.fixture
def plan(world: World, case: m.Case) -> ActionPlan:
    return plan_set(world, case, item(), item(action="Another"))


def test_the_page_of_both_sides(world: World, plan: ActionPlan, sign_in: SignIn) -> None:
    with scope(system(AVON)):
        ActionItem.objects.filter(pk=item_of(plan).pk).update(first_agreed_on=on(-30))
        ActionPlan.objects.filter(pk=plan.pk).update(set_at=clock.now() - timedelta(days=63))
    address = f"/prosecution/plans/{plan.pk}/"
    html = sign_in(world.investigator).get(address).content.decode()
    for words in (
        "Police (2 items)",
        "30 days late",
        "Chaser, 1 month",
        "Chaser, 2 months",
        "28 days late: inspector",
        "item-done",
        "challenge-item",
    ):
        assert words in html, words
    assert "take-item" not in html
    assert "insist-item" not in html
    act(world.investigator, item_answers.challenge_item, plan, because="Not reasonable")
    html = sign_in(world.prosecutor).get(address).content.decode()
    for words in ("CPS (1 item)", "Police (1 item)", "Not reasonable", "insist-item", "amend-item", world.investigator.name):
        assert words in html, words
    assert "item-done" not in html


def test_what_changed_since_i_looked(world: World, plan: ActionPlan, sign_in: SignIn) -> None:
    address, cps = f"/prosecution/plans/{plan.pk}/", sign_in(world.prosecutor)
    cps.get(f"/cases/{plan.case_id}/")
    assert "What changed since you looked" not in cps.get(address).content.decode()
    act(world.investigator, item_answers.accept_item, plan)
    html = cps.get(address).content.decode()
    assert "What changed since you looked" in html
    assert "Changed since you looked" in html
    assert "What changed since you looked" not in sign_in(world.investigator).get(address).content.decode()


def test_only_who_answers_a_later_date_has_the_button(world: World, plan: ActionPlan, sign_in: SignIn) -> None:
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan, number=1).update(moves=2)
    address = f"/prosecution/plans/{plan.pk}/"
    assert f"move-item/{item_of(plan).pk}" not in sign_in(world.investigator).get(address).content.decode()
    assert sign_in(world.investigator).get(f"/cases/{plan.case_id}/move-item/{item_of(plan).pk}/").status_code == 403
    assert f"move-item/{item_of(plan).pk}" in sign_in(world.supervisor).get(address).content.decode()
    act(world.supervisor, item_moves.move_item, plan, to=on(40), because="Third")
    shown = {
        person.role: "answer-move" in sign_in(person).get(address).content.decode()
        for person in (world.investigator, world.supervisor, world.prosecutor, world.cps_manager)
    }
    assert shown == {"investigator": False, "supervisor": False, "prosecutor": False, "cps_manager": True}
    form = f"/cases/{plan.case_id}/answer-move/{item_of(plan).pk}/"
    assert sign_in(world.prosecutor).get(form).status_code == 403
    assert sign_in(world.cps_manager).get(form).status_code == 200


def test_the_number_of_queries_does_not_grow(world: World, sign_in: SignIn) -> None:
    found = []
    for number, many in enumerate((1, 7)):
        case = brought_case(world, reference=f"52/TEST/{number + 5}")
        plan = plan_set(world, case, *(item(action=f"Item {one}") for one in range(many)))
        for one in range(1, many + 1):
            act(world.investigator, item_answers.item_done, plan, one, what="Done", reference="R")
        browser = sign_in(world.prosecutor)
        browser.get(f"/prosecution/plans/{plan.pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/prosecution/plans/{plan.pk}/").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]


def test_two_at_once_one_wins(world: World, plan: ActionPlan) -> None:
    act(world.investigator, item_answers.challenge_item, plan, because="x")
    version = fresh(plan.case).version
    act(world.prosecutor, item_replies.agree_challenge, plan, version=version)
    with pytest.raises(Conflict):
        act(world.cps_manager, item_replies.insist_item, plan, because="x", version=version)
    with refused("already"):
        act(world.cps_manager, item_replies.insist_item, plan, because="x")


@pytest.mark.parametrize(
    ("slug", "field", "more"),
    [
        ("challenge-item", "because", {}),
        ("item-done", "what", {"reference": "Keep me"}),
        ("item-part-done", "rest", {"what": "W", "reference": "Keep me"}),
        ("item-cannot", "why", {}),
        ("move-item", "because", {}),
    ],
)
def test_bad_text_comes_back_beside_its_field(
    world: World, plan: ActionPlan, sign_in: SignIn, slug: str, field: str, more: dict[str, str]
) -> None:
    browser = sign_in(world.investigator)
    for text in ("", "\x00", "\u202e", "a" * 5_000):
        sent = {"version": str(fresh(plan.case).version), field: text, **more}
        answered = browser.post(f"/cases/{plan.case_id}/{slug}/{item_of(plan).pk}/", sent)
        assert answered.status_code == 400
        assert f'id="id_{field}-error"' in answered.content.decode()
    assert item_of(plan).state == ItemState.SET


def test_the_form_of_resolving_asks_for_the_date_where_there_must_be_one(world: World, plan: ActionPlan, sign_in: SignIn) -> None:
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan, number=1).update(state="escalated")
    address, browser = f"/cases/{plan.case_id}/resolve-item/{item_of(plan).pk}/", sign_in(world.supervisor)
    version = str(fresh(plan.case).version)
    answered = browser.post(address, {"version": version, "outcome": "do", "words": "Spoke"})
    assert answered.status_code == 400
    assert "Enter the date by which it is done" in answered.content.decode()
    day = on(12)
    dated = {"by_day": str(day.day), "by_month": str(day.month), "by_year": str(day.year)}
    answered = browser.post(address, {"version": version, "outcome": "drop", "words": "Spoke", **dated})
    assert answered.status_code == 400
    assert browser.post(address, {"version": version, "outcome": "do", "words": "Spoke", **dated}).status_code == 302
    assert item_of(plan).agreed_on == day
