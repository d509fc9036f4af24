"""Events that take officers, cases recorded in error, duplicates: each done, each refused."""

from datetime import timedelta
from typing import Any

import pytest

from cases import models as m
from cases.services.abstraction import answer_plan, enter_abstraction, plans_to_answer
from cases.services.errors import mark_recorded_in_error, merge_into
from cases.services.notes import add_note, add_police_note
from cases.services.outcomes import record_outcome
from cases.services.plans import plan_arrest
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.making import arrest, do, fresh, make_case, plan_tellings, suspect_of, timeline


def in_days(number: int) -> Any:
    return clock.today() + timedelta(days=number)


def running(case: m.Case, kind: str) -> m.Deadline:
    with scope(system(AVON)):
        return m.Deadline.objects.get(case=case, kind=kind, met_at__isnull=True, ended_at__isnull=True, cancelled=False)


# abstraction


def test_an_event_lists_the_arrests_it_touches_and_the_answers_are_the_reasons(world: World) -> None:
    case = make_case(world.investigator, "Invented", "Made-Up", "Third")
    plans = [
        do(world.investigator, plan_arrest, case, suspect_id=suspect_of(case, number).pk, planned_for=ago(days=-number))
        for number in (1, 2, 3)
    ]
    elsewhere = make_case(world.other_unit, "Elsewhere", reference="52/TEST/2")
    do(world.other_unit, plan_arrest, elsewhere, suspect_id=suspect_of(elsewhere).pk, planned_for=ago(days=-1))
    with acting_as(world.supervisor):
        event = enter_abstraction(
            actor=world.supervisor, event="Invented event", starts_at=ago(days=0), ends_at=ago(days=-5), officer_ids=[world.investigator.pk]
        )
        assert list(plans_to_answer(event, world.supervisor)) == plans
    given = {"abstraction_id": event.pk}
    for answer, moved_to in (("moved", None), ("moved", ago(days=1)), ("moved", ago(days=-2)), ("kept", ago(days=-9)), ("lost", None)):
        with pytest.raises(NotPossible):
            do(world.supervisor, answer_plan, case, plan_id=plans[0].pk, answer=answer, moved_to=moved_to, **given)
    do(world.supervisor, answer_plan, case, plan_id=plans[0].pk, answer="moved", moved_to=ago(days=-9), **given)
    do(world.supervisor, answer_plan, case, plan_id=plans[1].pk, answer="cancelled", **given)
    do(world.supervisor, answer_plan, case, plan_id=plans[2].pk, answer="kept", **given)
    with acting_as(world.supervisor):
        assert not plans_to_answer(event, world.supervisor).exists()
        assert list(m.ArrestDelay.objects.values_list("event", "reason").distinct()) == [("Invented event", "abstraction")]
        assert m.ArrestDelay.objects.count() == 2
        assert sorted(m.PlannedArrest.objects.filter(case=case).values_list("state", flat=True)) == [
            "cancelled",
            "moved",
            "planned",
            "planned",
        ]
    with pytest.raises(NotPossible):
        do(world.supervisor, answer_plan, case, plan_id=plans[2].pk, answer="kept", **given)
    with pytest.raises(NotAllowed):
        do(world.sergeant, answer_plan, case, plan_id=plans[2].pk, answer="kept", **given)


def test_an_event_is_entered_by_a_supervisor_for_officers_of_the_force(world: World) -> None:
    given: dict[str, Any] = {"event": "Invented", "starts_at": ago(days=2), "ends_at": ago(days=1), "officer_ids": [world.investigator.pk]}
    for changed, field in (
        ({"ends_at": ago(days=3)}, "ends_at"),
        ({"officer_ids": []}, "officer_ids"),
        ({"officer_ids": [world.kent.pk]}, "officer_ids"),
        ({"unit_id": world.kent.pk}, "unit_id"),
    ):
        with acting_as(world.supervisor), pytest.raises(NotPossible) as refused:
            enter_abstraction(actor=world.supervisor, **{**given, **changed})
        assert refused.value.field == field
    with acting_as(world.sergeant), pytest.raises(NotAllowed):
        enter_abstraction(actor=world.sergeant, **given)


# errors


def test_a_case_recorded_in_error_ends_its_clocks_and_takes_no_changes(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    do(world.supervisor, mark_recorded_in_error, case, reason="Entered twice")
    assert fresh(case).stage == "recorded_in_error"
    with scope(system(AVON)):
        assert not m.Deadline.objects.filter(case=case, cancelled=False).exists()
    for service, arguments in ((add_note, {"text": "x"}), (add_police_note, {"text": "x"})):
        with pytest.raises(NotPossible):
            do(world.investigator, service, case, **arguments)
    with pytest.raises(NotPossible):
        do(world.supervisor, mark_recorded_in_error, case, reason="Again")


def test_a_charged_case_was_not_recorded_in_error(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    plan_tellings(case)
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=1, on=clock.today())
    with pytest.raises(NotPossible):
        do(world.supervisor, mark_recorded_in_error, case, reason="x")
    with pytest.raises(NotAllowed):
        do(world.investigator, mark_recorded_in_error, case, reason="x")


def test_a_duplicate_is_merged_and_linked(world: World) -> None:
    case, stays = make_case(world.investigator, "Invented"), make_case(world.investigator, "Invented", reference="52/TEST/2")
    foreign = make_case(world.kent, reference="46/TEST/1")
    for reference in (foreign.crime_reference, case.crime_reference, "52/NONE"):
        with pytest.raises(NotPossible) as refused:
            do(world.supervisor, merge_into, case, into_reference=reference, reason="Same report")
        assert refused.value.field == "into_reference"
    with pytest.raises(NotAllowed):
        do(world.investigator, merge_into, case, into_reference="52/TEST/2", reason="Same report")
    do(world.supervisor, merge_into, case, into_reference=" 52/test/2 ", reason="Same report", version=1)
    assert (fresh(case).stage, fresh(case).merged_into_id) == ("merged", stays.pk)
    assert timeline(stays)[-1] == "merged_here"
    assert timeline(case)[-1] == "merged"
    with pytest.raises(NotPossible):
        do(world.investigator, add_note, case, text="x")


def test_a_merge_cannot_make_an_arrest_that_is_owed_vanish(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    without = make_case(world.investigator, "Another", reference="52/TEST/2")
    later = make_case(world.investigator, "Invented", reference="52/TEST/3", identified_days=2)
    for other in (without, later):
        with pytest.raises(NotPossible) as refused:
            do(world.supervisor, merge_into, case, into_reference=other.crime_reference, reason="Same report")
        assert refused.value.field == "into_reference"
    assert fresh(case).merged_into_id is None
    assert timeline(without)[-1] != "merged_here"
    arrest(world.investigator, case)
    do(world.supervisor, merge_into, case, into_reference=without.crime_reference, reason="Same report")
    assert fresh(case).merged_into_id == without.pk
