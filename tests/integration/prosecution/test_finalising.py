"""Administrative finalisation and its guards, what the last outcome ends, and that a rebuild gives the same."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.services.outcomes import record_outcome, reopen
from cases.services.reconcile import reconcile
from core import clock
from core.exceptions import Conflict
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import ActionItem, ActionPlan, Finalisation, ItemState
from prosecution.services import finalising, item_answers, item_moves, item_replies, plans
from tests.factories import AVON, World
from tests.integration.cases.asking import deadline, refused, status
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
    sent_referral,
    suspect_of,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return brought_case(world)


def again(row: Any) -> Any:
    with scope(system(AVON)):
        return type(row).objects.get(pk=row.pk)


def finalised(world: World, case: m.Case, plan: ActionPlan, **more: Any) -> Finalisation:
    given = {
        "because": "Nobody answered for 90 days", "bail_reviewed": "Nobody is on bail", "police_owner_id": world.sergeant.pk, **more,
    }  # fmt: skip
    return do(world.cps_manager, finalising.finalise, case, action_plan_id=plan.pk, **given)


def told(user: User) -> set[str]:
    with scope(system(user.agency_id)):
        return set(Notice.objects.filter(user=user).values_list("subject", flat=True))


def die(world: World, case: m.Case, number: int = 1) -> Any:
    """Record that a suspect died."""
    given = {"suspect_id": suspect_of(case, number).pk, "code": 5, "on": clock.today(), "reasons": "Death certificate seen"}
    return do(world.supervisor, record_outcome, case, **given)


def test_the_form_shows_how_bail_stands_now(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = plan_set(world, case)
    shown = sign_in(world.cps_manager).get(f"/cases/{case.pk}/finalise/{plan.pk}/").content.decode()
    assert "Or that nobody is on bail. Suspect 1: not on bail." in shown


def test_nothing_of_a_finalised_plan_waits_to_be_answered(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = plan_set(world, case)
    address = f"/prosecution/plans/{plan.pk}/"
    assert "To be answered" in sign_in(world.prosecutor).get(address).content.decode()
    finalised(world, case, plan)
    shown = sign_in(world.prosecutor).get(address).content.decode()
    assert "Plan finalised" in shown
    assert "To be answered" not in shown


def test_finalising_closes_plan_and_referral_and_is_no_decision(world: World, case: m.Case) -> None:
    plan = plan_set(world, case)
    row = finalised(world, case, plan)
    assert (again(plan).state, referral_of(plan).state, row.state) == ("finalised", "finalised", "stands")
    assert (status(case), fresh(case).stage) == ("administratively_finalised", "administratively_finalised")
    assert row.police_owner_id == world.sergeant.pk
    assert "referral_finalised" in told(world.sergeant)
    assert deadline(case, "told_closed").met_at is None, "the victim is told that it was closed"
    assert deadline(case, "reopening_review").met_at is None
    with refused("nothing of it changes"):
        do(world.investigator, item_answers.accept_item, case, action_item_id=item_of(plan).pk)


@pytest.mark.parametrize("state", ["challenged", "done", "cannot", "escalated"])
def test_nobody_finalises_what_waits_for_the_cps(world: World, case: m.Case, state: str) -> None:
    plan = plan_set(world, case, item(), item(action="Another"))
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan, number=2).update(state=state, reported_at=clock.now())
    with refused("Item 2 .* Answer it first"):
        finalised(world, case, plan)
    assert referral_of(plan).state == "on_plan"


def test_nobody_finalises_while_a_later_date_waits_for_the_cps(world: World, case: m.Case) -> None:
    plan = plan_set(world, case)
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan).update(moves=1)
    given = {"action_item_id": item_of(plan).pk, "to": clock.today().replace(year=clock.today().year + 1), "because": "Queue"}
    do(world.investigator, item_moves.move_item, case, **given)
    with refused("later date that the police ask for"):
        finalised(world, case, plan)


def test_nobody_finalises_a_suspect_who_is_with_the_cps(world: World) -> None:
    case = brought_case(world, suspects=2)
    plan = plan_set(world, case, item(suspect_id=suspect_of(case, 1).pk))
    with refused("Suspect 2 is with the CPS"):
        finalised(world, case, plan)


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"because": " "}, "why it is finalised", "because"),
        ({"bail_reviewed": ""}, "review of bail", "bail_reviewed"),
        ({"police_owner_id": None}, "role on the case", "police_owner_id"),
    ],
)
def test_what_finalising_cannot_do_without(world: World, case: m.Case, more: dict[str, Any], words: str, field: str) -> None:
    plan = plan_set(world, case)
    with refused(words, field):
        finalised(world, case, plan, **more)
    for person in (world.colleague, world.prosecutor, world.kent):
        with refused("role on the case", "police_owner_id"):
            finalised(world, case, plan, police_owner_id=person.pk)


def test_a_plan_of_advice_is_not_finalised(world: World, case: m.Case) -> None:
    advice = accepted_advice(world, case)
    plan = do(world.prosecutor, plans.draft_advice_plan, case, early_advice_id=advice.pk, item=item())
    do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    with refused("no referral to finalise"):
        finalised(world, case, plan)


def test_the_form_offers_the_officers_of_the_case_and_no_others(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = plan_set(world, case)
    html = sign_in(world.cps_manager).get(f"/cases/{case.pk}/finalise/{plan.pk}/").content.decode()
    for person in (world.investigator, world.sergeant, world.supervisor):
        assert str(person.pk) in html
    for person in (world.colleague, world.prosecutor, world.supervisor2):
        assert str(person.pk) not in html


def test_kept_open_answers_the_proposal(world: World, case: m.Case) -> None:
    plan = plan_set(world, case)
    assert deadline(case, "finalise_proposed").met_at is None
    with refused("why it stays open", "because"):
        do(world.cps_manager, finalising.keep_plan_open, case, action_plan_id=plan.pk, because=" ")
    do(world.cps_manager, finalising.keep_plan_open, case, action_plan_id=plan.pk, because="Rang the inspector")
    assert deadline(case, "finalise_proposed").met_at is not None
    assert again(plan).state == "set"


def test_reopened_the_plan_goes_on_where_it_stood(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan = plan_set(world, case)
    before = item_of(plan)
    row = finalised(world, case, plan)
    address = f"/prosecution/plans/{plan.pk}/"
    assert "reopen-finalised" in sign_in(world.supervisor).get(address).content.decode()
    assert "reopen-finalised" not in sign_in(world.investigator).get(address).content.decode()
    with refused("why it is reopened", "note"):
        do(world.supervisor, finalising.reopen_finalised, case, finalisation_id=row.pk, note="")
    do(world.supervisor, finalising.reopen_finalised, case, finalisation_id=row.pk, note="The phone came back")
    assert (again(plan).state, referral_of(plan).state, again(row).state) == ("set", "on_plan", "reopened")
    assert (status(case), fresh(case).stage) == ("action_plan", "awaiting_police")
    after = item_of(plan)
    assert (after.state, after.first_agreed_on, after.agreed_on) == (before.state, before.first_agreed_on, before.agreed_on)
    assert "finalisation_reopened" in told(world.prosecutor)
    assert "finalisation_reopened" in told(world.cps_manager)
    do(world.investigator, item_answers.item_done, case, action_item_id=after.pk, what="Done", reference="R")
    do(world.prosecutor, item_replies.take_item, case, action_item_id=after.pk)
    assert status(case) == "with_cps"


def test_confirmed_and_reopened_all_the_same(world: World, case: m.Case) -> None:
    row = finalised(world, case, plan_set(world, case))
    do(world.supervisor, finalising.confirm_finalised, case, finalisation_id=row.pk, note="No phone to be had")
    assert deadline(case, "reopening_review").met_at is not None
    with refused("already"):
        do(world.supervisor, finalising.confirm_finalised, case, finalisation_id=row.pk, note="Twice")
    do(world.supervisor, finalising.reopen_finalised, case, finalisation_id=row.pk, note="There is one after all")
    assert again(row).state == "reopened"


def test_two_at_once_one_wins(world: World, case: m.Case) -> None:
    plan = plan_set(world, case)
    version = fresh(case).version
    do(world.cps_manager, finalising.keep_plan_open, case, action_plan_id=plan.pk, because="Rang", version=version)
    with pytest.raises(Conflict):
        finalised(world, case, plan, version=version)
    finalised(world, case, plan)
    with refused("nothing of it changes"):
        finalised(world, case, plan)


def test_the_last_outcome_ends_plan_and_referral(world: World) -> None:
    case = brought_case(world, suspects=2)
    plan = plan_set(world, case)
    die(world, case, 1)
    assert (again(plan).state, referral_of(plan).state, status(case, 2)) == ("set", "on_plan", "action_plan")
    with scope(system(AVON)):
        open_ones = set(m.CpsPosition.objects.filter(case=case, until__isnull=True).values_list("suspect__number", flat=True))
    assert open_ones == {2}
    die(world, case, 2)
    assert (again(plan).state, referral_of(plan).state) == ("ended", "decided")
    assert referral_of(plan).ended_at is not None
    with scope(system(AVON)):
        assert not m.CpsPosition.objects.filter(case=case, until__isnull=True).exists()
        running = m.Deadline.objects.filter(case=case, kind__in=["action_item", "finalise_proposed", "charging_review"], cancelled=False)
        assert not running.filter(met_at__isnull=True, ended_at__isnull=True).exists(), "what ended has no clock that runs"


def test_an_outcome_ends_drafts_and_what_waits_for_triage(world: World) -> None:
    first = brought_case(world, reference="52/TEST/11")
    draft = drafted_plan(world, first)
    die(world, first)
    assert (again(draft).state, referral_of(draft).state) == ("ended", "decided")
    second = brought_case(world, reference="52/TEST/12")
    waiting = sent_referral(world, second)
    die(world, second)
    assert again(waiting).state == "decided"
    third = brought_case(world, reference="52/TEST/13")
    advice = accepted_advice(world, third)
    plan = do(world.prosecutor, plans.draft_advice_plan, third, early_advice_id=advice.pk, item=item())
    do(world.prosecutor, plans.send_plan, third, action_plan_id=plan.pk)
    die(world, third)
    assert again(plan).state == "ended"


def test_a_rebuild_gives_the_same_and_writes_nothing(world: World) -> None:
    case = brought_case(world, suspects=2)
    plan = plan_set(world, case)
    die(world, case, 1)
    die(world, case, 2)
    before = _everything(plan)
    for _ in range(2):
        with scope(system(AVON)), CaptureQueriesContext(connection) as queries:
            reconcile(m.Case.objects.get(pk=case.pk), reason="checked", actor_name="Test")
        writes = [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE"))]
        assert writes == []
    assert _everything(plan) == before


def _everything(plan: ActionPlan) -> list[Any]:
    with scope(system(AVON)):
        rows = list(m.Deadline.objects.filter(case=plan.case_id).order_by("kind", "subject_id", "sequence").values())
        positions = list(m.CpsPosition.objects.filter(case=plan.case_id).order_by("since", "id").values())
    return [rows, positions, again(plan).ended_at, referral_of(plan).ended_at]


def test_an_outcome_taken_back_begins_nothing_by_itself(world: World, case: m.Case) -> None:
    plan = plan_set(world, case)
    die(world, case)
    do(world.supervisor, reopen, case, suspect_id=suspect_of(case).pk, basis="new_evidence", reason="Somebody else died")
    assert (again(plan).state, referral_of(plan).state) == ("ended", "decided")
    accepted_referral(world, case)
    assert status(case) == "with_cps"


def test_an_administratively_finalised_suspect_who_dies_keeps_what_was_owed(world: World, case: m.Case) -> None:
    finalised(world, case, plan_set(world, case))
    owed = deadline(case, "told_closed")
    die(world, case)
    assert deadline(case, "told_closed").pk == owed.pk
    assert status(case) == "cannot_proceed"
    assert item_states(case) == {ItemState.SET}


def item_states(case: m.Case) -> set[str]:
    with scope(system(AVON)):
        return set(ActionItem.objects.filter(case=case).values_list("state", flat=True))
