"""Planned arrests, and reasons for delay: none of them stops a clock."""

from datetime import timedelta

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.plans import cancel_plan, move_plan, plan_arrest, record_delay
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.asking import count, deadline, refused, texts
from tests.integration.cases.making import do, make_case, suspect_of


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, "Invented")


def plan(world: World, case: m.Case, days: float = 1, **more: object) -> m.PlannedArrest:
    return do(world.investigator, plan_arrest, case, suspect_id=suspect_of(case).pk, planned_for=clock.now() + timedelta(days=days), **more)


def event_of(person: User) -> m.Abstraction:
    with acting_as(person):
        return m.Abstraction.objects.create(
            force_id=person.agency_id, event="Festival", starts_at=ago(days=2), ends_at=ago(days=1), created_by=person
        )


def test_a_planned_arrest_is_by_an_officer_of_the_force_in_the_future_once(world: World, case: m.Case) -> None:
    made = plan(world, case, officer_id=world.colleague.pk)

    assert (made.officer_id, made.state) == (world.colleague.pk, "planned")
    assert deadline(case, "arrest").met_at is None
    with refused("planned already"):
        plan(world, case)


def test_a_plan_is_refused_in_the_past_and_for_strangers(world: World, case: m.Case) -> None:
    with refused("in the future", "planned_for"):
        plan(world, case, -1)
    for stranger in (world.kent, world.analyst, world.prosecutor):
        with refused("officer of your force", "officer_id"):
            plan(world, case, officer_id=stranger.pk)
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=1))
    with refused("in custody"):
        plan(world, case)


def test_moving_keeps_the_old_plan_with_its_reason(world: World, case: m.Case) -> None:
    first = plan(world, case)
    second = do(world.investigator, move_plan, case, plan_id=first.pk, planned_for=clock.now() + timedelta(days=3), because="No van")

    with scope(system(AVON)):
        first.refresh_from_db()
    assert (first.state, first.ended_because, second.state, second.officer_id) == ("moved", "No van", "planned", first.officer_id)
    with refused("no longer planned"):
        do(world.investigator, cancel_plan, case, plan_id=first.pk, because="Again")


def test_cancelling_needs_a_reason(world: World, case: m.Case) -> None:
    made = plan(world, case)
    with refused("Enter the reason", "because"):
        do(world.investigator, cancel_plan, case, plan_id=made.pk, because=" ")
    cancelled = do(world.investigator, cancel_plan, case, plan_id=made.pk, because="Abroad")

    assert cancelled.state == "cancelled"
    assert plan(world, case).state == "planned"


def delay(world: World, case: m.Case, reason: str, **more: object) -> m.ArrestDelay:
    return do(world.investigator, record_delay, case, suspect_id=suspect_of(case).pk, reason=reason, **more)


@pytest.mark.parametrize("reason", [one for one in m.DelayReason.values if one not in {"abstraction", "other"}])
def test_no_reason_stops_or_moves_the_clock(world: World, case: m.Case, reason: str) -> None:
    before = deadline(case, "arrest")
    delay(world, case, reason)
    after = deadline(case, "arrest")

    assert (after.due_at, after.met_at, after.ended_at, after.paused_since) == (before.due_at, None, None, None)


def test_an_event_is_named_with_the_delay_for_those_who_do_not_see_duties(world: World, case: m.Case) -> None:
    made = delay(world, case, "abstraction", abstraction_id=event_of(world.supervisor).pk)

    assert made.event == "Festival"
    assert texts(case, "arrest_delayed") == ["Officers taken for an event or other duty: Festival"]


def test_a_delay_is_refused_where_it_says_too_little_or_too_much(world: World, case: m.Case) -> None:
    event = event_of(world.supervisor)
    with refused("Select a reason", "reason"):
        delay(world, case, "weather")
    with refused("what the reason is", "note"):
        delay(world, case, "other")
    with refused("Select the event", "abstraction_id"):
        delay(world, case, "abstraction")
    with refused("Leave the event empty", "abstraction_id"):
        delay(world, case, "health", abstraction_id=event.pk)
    with pytest.raises(Http404):
        delay(world, case, "abstraction", abstraction_id=event_of(world.kent_supervisor).pk)
    assert count(m.ArrestDelay, case) == 0
    assert delay(world, case, "abstraction", note="Protest in town").event == ""


def test_a_delay_belongs_to_a_clock_that_runs(world: World, case: m.Case) -> None:
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=1))

    with refused("has stopped"):
        delay(world, case, "health")
