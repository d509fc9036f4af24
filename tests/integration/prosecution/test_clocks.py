"""Clocks between police and CPS as services leave them: the same as a rebuild from the facts, and read in a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind, wanted
from cases.selectors import editions_of
from cases.selectors_telling import everything_of
from cases.services.reconcile import reconcile
from core import clock
from core.scope import scope, system
from prosecution.derive.loading import load
from prosecution.models import ActionPlan, ProposedDecision, ProposedState
from prosecution.services import item_answers, item_replies
from tests.factories import World
from tests.factories import acting_as as acting
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution import deciding, making

COLUMNS = (
    "kind",
    "subject_id",
    "sequence",
    "started_at",
    "due_at",
    "met_at",
    "ended_at",
    "paused_since",
    "owes",
    "suspect_id",
    "cancelled",
)


def standing(case: m.Case, *kinds: str) -> list[tuple[Any, ...]]:
    """Return the clocks that stand for a case."""
    with scope(system(case.force_id)):
        rows = m.Deadline.objects.filter(case=case, **({"kind__in": kinds} if kinds else {}))
        return sorted(rows.values_list(*COLUMNS), key=str)


def rebuild(case: m.Case) -> None:
    """Throw the clocks away and derive them anew from the facts."""
    with scope(system(case.force_id)):
        locked = m.Case.objects.select_for_update().get(pk=case.pk)
        m.Deadline.objects.filter(case=case).update(cancelled=True, met_at=None, ended_at=None)
        reconcile(locked, reason="rebuilt", actor_name="System")


def on_item(person: User, service: Callable[..., Any], plan: ActionPlan, number: int, **more: Any) -> None:
    """Do something to an item of a plan."""
    making.do(person, service, plan.case, action_item_id=making.item_of(plan, number).pk, **more)


def answered(world: World, case: m.Case) -> ActionPlan:
    """Return a plan of four items: done and taken, said to be done, challenged and insisted on, challenged and waiting."""
    items = [making.item(action=f"Thing {number}") for number in range(4)]
    plan = making.plan_set(world, case, *items)
    for number in (1, 2):
        on_item(world.investigator, item_answers.item_done, plan, number, what="Done", reference="R/1")
    on_item(world.prosecutor, item_replies.take_item, plan, 1)
    for number in (3, 4):
        on_item(world.investigator, item_answers.challenge_item, plan, number, because="Not proportionate")
    on_item(world.prosecutor, item_replies.insist_item, plan, 3, because="Needed for the issue of consent")
    return plan


def _accepted(world: World, case: m.Case) -> m.Case:
    """Return the case with a referral of both suspects that was accepted, and tellings planned."""
    making.accepted_referral(world, case)
    plan_tellings(case)
    return making.fresh(case)


STORIES: dict[str, Callable[[World, m.Case], Any]] = {
    "plan set": making.plan_set,
    "plan answered in part": answered,
    "decision proposed": lambda world, case: deciding.proposed(world, _accepted(world, case)),
    "decision confirmed": lambda world, case: deciding.confirmed(world, _accepted(world, case)),
    "decision sent back": lambda world, case: deciding.in_state(world, _accepted(world, case), ProposedState.SENT_BACK),
    "decision discarded": lambda world, case: deciding.in_state(world, _accepted(world, case), ProposedState.DISCARDED),
    "one of two charged": lambda world, case: deciding.published(world, _accepted(world, case)),
    "nothing": lambda world, case: None,
    "advice asked": making.asked,
    "advice accepted": making.accepted_advice,
    "referred": making.sent_referral,
    "referral accepted": lambda world, case: making.accepted_referral(world, case, numbers=(1, 2)),
}


@pytest.mark.parametrize("story", STORIES)
def test_what_services_leave_is_what_a_rebuild_gives(world: World, story: str) -> None:
    case = making.police_case(world, suspects=2)
    STORIES[story](world, case)
    left = standing(case)
    rebuild(case)
    assert standing(case) == left


def test_sending_and_accepting_opens_and_meets_their_clocks(world: World) -> None:
    case = making.police_case(world, suspects=2, identified_days=0.01)
    making.accepted_referral(world, case)
    kinds = {row[0]: row for row in standing(case, Kind.EARLY_ADVICE_CONSIDERED, Kind.TRIAGE)}
    assert all(row[COLUMNS.index("met_at")] for row in kinds.values())
    assert len(kinds) == 2
    reviews = standing(case, Kind.CHARGING_REVIEW)
    assert len(reviews) == 2
    assert {row[COLUMNS.index("met_at")] for row in reviews} == {None}
    with scope(system(case.force_id)):
        assert m.Case.objects.get(pk=case.pk).next_due_cps == min(row[COLUMNS.index("due_at")] for row in reviews)


def test_reading_the_facts_takes_three_queries_before_anything_was_sent_and_at_most_nine_after(
    world: World, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    case = making.police_case(world, suspects=2)
    with scope(system(case.force_id)), django_assert_num_queries(3):
        load(case)
    making.accepted_referral(world, case)
    sent = making.fresh(case)
    with scope(system(case.force_id)), django_assert_max_num_queries(9):
        load(sent)


def at(row: tuple[Any, ...], column: str) -> Any:
    """Return one column of a clock."""
    return row[COLUMNS.index(column)]


def test_an_item_done_and_one_challenged_stand_still_and_the_plan_stops_the_review(world: World) -> None:
    case = making.police_case(world, suspects=2)
    plan = answered(world, case)
    found = {at(row, "subject_id"): row for row in standing(case, Kind.ACTION_ITEM)}
    taken, done, insisted, challenged = (found[making.item_of(plan, number).pk] for number in (1, 2, 3, 4))
    assert at(taken, "met_at") is not None
    assert (at(done, "met_at"), at(done, "paused_since") is not None) == (None, True)
    assert (at(insisted, "met_at"), at(insisted, "paused_since")) == (None, None)
    assert at(challenged, "paused_since") is not None
    assert [at(row, "met_at") is not None for row in standing(case, Kind.ACTION_CHALLENGE)].count(True) == 1
    assert all(at(row, "met_at") is not None for row in standing(case, Kind.CHARGING_REVIEW))


def test_a_decision_on_one_suspect_moves_no_clock_of_the_other(world: World) -> None:
    case = _accepted(world, making.police_case(world, suspects=2))
    before = {at(row, "suspect_id"): row for row in standing(case, Kind.CHARGING_REVIEW)}
    deciding.published(world, case)
    after = {at(row, "suspect_id"): row for row in standing(case, Kind.CHARGING_REVIEW)}
    first, second = making.suspect_of(case, 1).pk, making.suspect_of(case, 2).pk
    assert at(after[first], "met_at") is not None
    assert after[second] == before[second]


def proposed(world: World, case: m.Case) -> ProposedDecision:
    """Return a decision that waits for its second check, written directly."""
    suspect = making.suspect_of(case)
    with acting(world.prosecutor):
        row = ProposedDecision.objects.create(
            case=case,
            force_id=case.force_id,
            cps_area_scope=case.cps_area_scope,
            suspect=suspect,
            by=world.prosecutor,
            test="full_code",
            decision="nfa_evidential",
            state="waits",
            proposed_at=clock.now(),
        )
    rebuild(case)
    return row


def test_every_second_check_is_read_from_the_versions_of_what_was_proposed(world: World) -> None:
    case = making.brought_case(world)
    row = proposed(world, case)
    (first,) = standing(case, Kind.SECOND_CHECK)
    assert (first[1], first[2], first[5]) == (row.pk, 0, None)

    sent_back = clock.now() + timedelta(minutes=1)
    for change in (
        {"state": "sent_back", "checked_at": sent_back, "checked_by": world.cps_manager},
        {"state": "waits", "proposed_at": sent_back + timedelta(minutes=1)},
        {"state": "discarded"},
    ):
        with acting(world.prosecutor):
            ProposedDecision.objects.filter(pk=row.pk).update(**change)
    rebuild(case)
    one, two = standing(case, Kind.SECOND_CHECK)
    assert (one[2], one[5], one[6]) == (0, sent_back, None)
    assert (two[2], two[5]) == (1, None)
    assert two[6] is not None


POLICE = ("investigator", "sergeant", "supervisor", "analyst")


@pytest.mark.parametrize("role", POLICE)
def test_no_police_officer_reads_the_clock_of_a_second_check_by_any_query(world: World, role: str) -> None:
    case = making.brought_case(world)
    proposed(world, case)
    user = getattr(world, role)
    with acting(user):
        assert not m.Deadline.objects.filter(kind=Kind.SECOND_CHECK).exists()
        assert str(m.Deadline.objects.shown_to(user).query).count("second_check") == 1
    with acting(world.prosecutor):
        assert m.Deadline.objects.shown_to(world.prosecutor).filter(kind=Kind.SECOND_CHECK).exists()


@pytest.mark.parametrize("address", ["/", "/cases/", "/cases/{case}/", "/today/", "/cases/?overdue=second_check", "/cases/?overdue=any"])
def test_no_page_of_the_police_says_that_a_second_check_waits(world: World, client: Client, address: str) -> None:
    case = making.brought_case(world)
    proposed(world, case)
    client.force_login(world.supervisor)
    said = client.get(address.format(case=case.pk)).content.decode()
    assert "second check of a decision" not in said.lower()


def test_the_cps_sees_it_on_the_case(world: World, client: Client) -> None:
    case = making.brought_case(world)
    proposed(world, case)
    client.force_login(world.cps_manager)
    assert "econd check of a decision" in client.get(f"/cases/{case.pk}/").content.decode()


def test_the_facts_of_a_case_agree_with_its_rows(world: World) -> None:
    case = making.police_case(world, suspects=2)
    making.accepted_advice(world, case)
    with scope(system(case.force_id)):
        fresh = making.fresh(case)
        asked_for = wanted(everything_of(fresh), editions_of(case.force_id))
    known = {(row[0], row[1], row[2]) for row in standing(case)}
    assert {key for key in asked_for if key[0] in {row.value for row in Kind}} == known
