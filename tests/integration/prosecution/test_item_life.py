"""What happens to items: moves, part done, 3 working days, late from the first date, the page of both sides, what is told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan, ItemState
from prosecution.services import item_answers, item_moves, item_replies, settling_plans
from prosecution.services.item_answers import Agreed
from prosecution.services.item_replies import Amended
from prosecution.tasks import settle_items
from tests.factories import AVON, World
from tests.integration.cases.asking import refused, texts
from tests.integration.cases.making import timeline
from tests.integration.prosecution.answering import act, events, on, told
from tests.integration.prosecution.making import brought_case, fresh, item, item_of, plan_set, referral_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return brought_case(world)


@pytest.fixture
def plan(world: World, case: m.Case) -> ActionPlan:
    return plan_set(world, case, item(), item(action="Another"))


def test_first_move_at_once_second_with_the_other_side_third_between_the_seniors(world: World, plan: ActionPlan) -> None:
    first = item_of(plan).first_agreed_on
    act(world.investigator, item_moves.move_item, plan, to=on(20), because="The phone is in the queue")
    assert (item_of(plan).agreed_on, item_of(plan).moves) == (on(20), 1)
    assert "item_moved" in told(world.prosecutor)
    act(world.investigator, item_moves.move_item, plan, to=on(30), because="Still there")
    assert (item_of(plan).agreed_on, item_of(plan).asked_on) == (on(20), on(30))
    with refused("asked for already"):
        act(world.prosecutor, item_moves.move_item, plan, to=on(40), because="x")
    for own in (world.investigator, world.supervisor):
        with pytest.raises(NotAllowed, match="other side"):
            act(own, item_moves.answer_move, plan, agree=True)
    with refused("why you refuse", "note"):
        act(world.prosecutor, item_moves.answer_move, plan, agree=False)
    act(world.prosecutor, item_moves.answer_move, plan, agree=False, note="Ask the unit for priority")
    assert (item_of(plan).agreed_on, item_of(plan).asked_on, item_of(plan).moves) == (on(20), None, 1)
    act(world.investigator, item_moves.move_item, plan, to=on(30), because="Still there")
    act(world.prosecutor, item_moves.answer_move, plan, agree=True)
    assert (item_of(plan).agreed_on, item_of(plan).moves) == (on(30), 2)
    with pytest.raises(NotAllowed, match="the senior of your side"):
        act(world.investigator, item_moves.move_item, plan, to=on(40), because="Third time")
    act(world.supervisor, item_moves.move_item, plan, to=on(40), because="Third time")
    assert "item_move_asked" in told(world.cps_manager)
    with pytest.raises(NotAllowed, match="inspector and District Crown Prosecutor"):
        act(world.prosecutor, item_moves.answer_move, plan, agree=True)
    act(world.cps_manager, item_moves.answer_move, plan, agree=True)
    row = item_of(plan)
    assert (row.agreed_on, row.moves, row.first_agreed_on) == (on(40), 3, first), "the first date never changes"
    assert events(plan) == ["set", "moved", "asked_later", "later_refused", "asked_later", "moved", "asked_later", "moved"]


def test_a_third_move_asked_by_the_cps_is_the_inspectors_to_answer(world: World, plan: ActionPlan) -> None:
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan).update(moves=2)
    with pytest.raises(NotAllowed, match="the senior of your side"):
        act(world.prosecutor, item_moves.move_item, plan, to=on(40), because="The expert is away")
    act(world.cps_manager, item_moves.move_item, plan, to=on(40), because="The expert is away")
    assert "item_move_asked" in told(world.supervisor)
    for person in (world.investigator, world.sergeant):
        with pytest.raises(NotAllowed):
            act(person, item_moves.answer_move, plan, agree=True)
    act(world.supervisor, item_moves.answer_move, plan, agree=True)
    assert item_of(plan).moves == 3


def test_a_move_is_later_and_has_a_reason(world: World, plan: ActionPlan) -> None:
    with refused("Enter why", "because"):
        act(world.investigator, item_moves.move_item, plan, to=on(20), because=" ")
    for days in (14, 1):
        with refused("Enter a day after", "to"):
            act(world.investigator, item_moves.move_item, plan, to=on(days), because="x")
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan).update(agreed_on=on(-5), first_agreed_on=on(-5))
    with refused("from today on", "to"):
        act(world.investigator, item_moves.move_item, plan, to=on(-2), because="x")
    with refused("No later date waits"):
        act(world.prosecutor, item_moves.answer_move, plan, agree=True)


def test_amending_is_no_way_round_the_third_move(world: World, plan: ActionPlan) -> None:
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan).update(moves=2)
    act(world.investigator, item_answers.challenge_item, plan, because="Too soon")
    with refused("moved twice", "agreed_on"):
        act(world.prosecutor, item_replies.amend_item, plan, amended=Amended(item_of(plan).action, on(60), "Later"))
    act(world.prosecutor, item_replies.amend_item, plan, amended=Amended("Less of it", item_of(plan).agreed_on, "Narrower"))
    assert (item_of(plan).state, item_of(plan).action, item_of(plan).moves) == (ItemState.ACCEPTED, "Less of it", 2)


def test_a_challenge_goes_all_the_way_up(world: World, plan: ActionPlan) -> None:
    act(world.investigator, item_answers.challenge_item, plan, because="Done in May already")
    assert "item_waits_for_cps" in told(world.prosecutor)
    act(world.prosecutor, item_replies.insist_item, plan, because="Another number")
    assert "item_answered" in told(world.investigator)
    act(world.supervisor, item_answers.escalate_item, plan, because="Not proportionate")
    assert "item_escalated" in told(world.cps_manager)
    with refused("Enter what was agreed", "words"):
        act(world.supervisor, item_answers.resolve_item, plan, agreed=Agreed(" "))
    with refused("from today on", "by"):
        act(world.supervisor, item_answers.resolve_item, plan, agreed=Agreed("Spoke", on(-1)))
    act(world.cps_manager, item_answers.resolve_item, plan, agreed=Agreed("Spoke with the inspector", on(30)))
    assert (item_of(plan).state, item_of(plan).agreed_on, item_of(plan).moves) == (ItemState.ACCEPTED, on(30), 1)
    assert "item_resolved" in told(world.investigator)
    assert "item_resolved" in told(world.prosecutor)
    assert texts(plan.case, "item_resolved") == ["Item 1: Spoke with the inspector"]


def test_the_rest_of_an_item_keeps_the_first_date(world: World, plan: ActionPlan) -> None:
    act(world.investigator, item_moves.move_item, plan, to=on(20), because="Queue")
    with refused("still to be done", "rest"):
        act(world.investigator, item_answers.item_part_done, plan, what="Half", reference="52/R", rest=" ")
    rest = act(world.investigator, item_answers.item_part_done, plan, what="Half", reference="52/R", rest="The other half")
    whole = item_of(plan)
    assert (whole.state, rest.state, rest.number, rest.part_of_id) == (ItemState.DONE, ItemState.SET, 3, whole.pk)
    assert (rest.first_agreed_on, rest.agreed_on, rest.moves) == (whole.first_agreed_on, whole.agreed_on, 1)
    assert (rest.justification, rest.action) == (whole.justification, "The other half")
    assert events(plan)[-1] == "part_done"
    with scope(system(AVON)):
        due = m.Deadline.objects.get(case=plan.case, kind="action_item", subject_id=rest.pk)
    assert due.due_on == whole.first_agreed_on
    assert due.started_at == plan.set_at


def test_not_taken_as_done_its_clock_never_stopped(world: World, plan: ActionPlan) -> None:
    act(world.investigator, item_answers.item_done, plan, what="Done", reference="52/R")
    act(world.prosecutor, item_replies.not_taken_item, plan, because="The log is missing")
    row = item_of(plan)
    assert (row.state, row.reported_at, row.settled_at) == (ItemState.ACCEPTED, None, None)
    with scope(system(AVON)):
        due = m.Deadline.objects.get(case=plan.case, kind="action_item", subject_id=row.pk)
    assert (due.met_at, due.paused_since, due.due_on, due.started_at) == (None, None, row.first_agreed_on, plan.set_at)


@pytest.mark.parametrize(
    ("reported", "effect"),
    [
        (datetime(2026, 12, 7, 15, tzinfo=UTC), datetime(2026, 12, 11, tzinfo=UTC)),
        (datetime(2026, 12, 23, 9, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)),  # 25 and 28 December are bank holidays
        (datetime(2027, 3, 24, 9, tzinfo=UTC), datetime(2027, 3, 31, 23, tzinfo=UTC)),  # Easter, and the clocks change on the 28th
    ],
)
def test_done_takes_effect_after_three_working_days(
    world: World, plan: ActionPlan, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, reported: datetime, effect: datetime
) -> None:
    act(world.investigator, item_answers.item_done, plan, what="Done", reference="52/R")
    act(world.investigator, item_answers.item_done, plan, 2, what="Done", reference="52/R")
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan).update(reported_at=reported)
    address = f"/prosecution/plans/{plan.pk}/"
    for at, settled in ((effect - timedelta(seconds=1), False), (effect, True)):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        html = sign_in(world.prosecutor).get(address).content.decode()
        assert ("Every item settled" in html) is settled, "the page counts it from that very moment, before any sweep"
        assert ("take-item" in html) is not settled
    with refused("took effect"):
        act(world.prosecutor, item_replies.not_taken_item, plan, because="x")
    with refused("took effect"):
        act(world.prosecutor, item_replies.take_item, plan)
    monkeypatch.setattr(clock, "now", lambda: effect + timedelta(days=1))
    settle_items()
    first = _all(plan)
    settle_items()
    assert _all(plan) == first, "a second run makes no difference"
    row = item_of(plan)
    assert (row.state, row.settled_at) == (ItemState.SETTLED, effect), "written under the moment it took effect"
    assert (fresh_plan(plan).state, fresh_plan(plan).ended_at) == ("answered", effect)
    assert events(plan).count("took_effect") == 1
    assert "plan_answered" in told(world.prosecutor)
    assert referral_of(plan).state == "accepted"


def fresh_plan(plan: ActionPlan) -> ActionPlan:
    with scope(system(AVON)):
        return ActionPlan.objects.get(pk=plan.pk)


def _all(plan: ActionPlan) -> list[Any]:
    return [fresh(plan.case).version, fresh_plan(plan).ended_at, events(plan), timeline(plan.case)]


def test_the_last_item_settled_settles_what_took_effect_before_it(world: World, plan: ActionPlan) -> None:
    act(world.investigator, item_answers.item_done, plan, what="Done", reference="52/R")
    with scope(system(AVON)):
        ActionItem.objects.filter(pk=item_of(plan).pk).update(reported_at=clock.now() - timedelta(days=20))
    act(world.investigator, item_answers.item_done, plan, 2, what="Done", reference="52/R")
    act(world.prosecutor, item_replies.take_item, plan, 2)
    assert (item_of(plan).state, fresh_plan(plan).state) == (ItemState.SETTLED, "answered")
    assert settling_plans.sweep(AVON) == 0
