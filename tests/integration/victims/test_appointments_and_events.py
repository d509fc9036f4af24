"""What an event that takes officers does to appointments: listed, answered for with the event as the reason, counted."""

from datetime import timedelta
from typing import Any

import pytest

from cases import abstractions as read
from cases import models as m
from cases.planned import SORTS, to_answer
from cases.services.abstraction import call_off, change_abstraction
from core import clock
from core.exceptions import NotAllowed
from reports.abstraction import Span, month_of, report_of
from tests.factories import World, acting_as
from tests.integration.cases.asking import refused
from tests.integration.victims.booking import book, case_of, event, fresh, soon
from victims.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    return case_of(world)


def waiting(world: World, row: m.Abstraction) -> list[read.Waiting]:
    with acting_as(world.supervisor):
        return [one for one in read.waiting_of(world.supervisor, row) if one.sort.slug == "appointment"]


def answer(world: World, row: m.Abstraction, one: read.Waiting, said: str, moved_to: Any = None) -> Any:
    with acting_as(world.supervisor):
        return one.sort.answer(world.supervisor, row, one.planned, said, moved_to)


def counted(world: World, row: m.Abstraction) -> int:
    with acting_as(world.supervisor):
        return to_answer(world.supervisor, [row.pk])[row.pk]


def test_an_event_lists_the_appointments_of_its_officers_in_its_hours(world: World, case: m.Case) -> None:
    inside = book(world, case, soon(2))
    book(world, case, soon(4))
    row = event(world)
    (one,) = waiting(world, row)
    assert (one.planned.key, one.planned.officer, one.planned.about) == (inside.pk, world.investigator.name, "Victim A, Statement")
    assert counted(world, row) == 1
    assert waiting(world, event(world, world.colleague)) == []


@pytest.mark.parametrize(("said", "state"), [("kept", ("", None)), ("cancelled", ("us", None)), ("moved", ("us", "there"))])
def test_the_answer_writes_the_reason_with_its_event(world: World, case: m.Case, said: str, state: tuple[str, str | None]) -> None:
    made, row = book(world, case, soon(2)), event(world)
    (one,) = waiting(world, row)
    answer(world, row, one, said, soon(9) if said == "moved" else None)
    now = fresh(Appointment, made)
    assert (now.cancelled_by, "there" if now.rebooked_as_id else None) == state
    assert now.abstraction_id == row.pk
    assert now.reason == ("" if said == "kept" else "abstraction")
    assert (waiting(world, row), counted(world, row)) == ([], 0)
    with acting_as(world.supervisor):
        ((label, answered),) = read.answered_of(world.supervisor, row)
    assert (label, answered.answer.lower(), answered.by) == ("Appointment", said, world.supervisor.name)


def test_an_answer_that_does_not_fit_is_refused_beside_its_field(world: World, case: m.Case) -> None:
    book(world, case, soon(2))
    row = event(world)
    (one,) = waiting(world, row)
    with refused("what becomes of", "answer"):
        answer(world, row, one, "eaten")
    with refused("Leave this empty", "moved_to"):
        answer(world, row, one, "kept", soon(9))
    with refused("when the appointment is now", "moved_to"):
        answer(world, row, one, "moved")
    with refused("in the future", "moved_to"):
        answer(world, row, one, "moved", soon(-1))
    with refused("outside the hours", "moved_to"):
        answer(world, row, one, "moved", soon(2.5))


def test_kept_speaks_for_events_entered_before_and_not_for_later_ones(world: World, case: m.Case) -> None:
    book(world, case, soon(2))
    first, second = event(world, name="First"), event(world, name="Second")
    (one,) = waiting(world, first)
    answer(world, first, one, "kept")
    assert (counted(world, first), counted(world, second)) == (0, 1)
    (one,) = waiting(world, second)
    answer(world, second, one, "kept")
    assert (counted(world, first), counted(world, second), waiting(world, first)) == (0, 0, [])


def test_an_answer_stands_when_the_event_is_corrected_and_nothing_is_asked_when_called_off(world: World, case: m.Case) -> None:
    book(world, case, soon(2))
    row = event(world)
    (one,) = waiting(world, row)
    answer(world, row, one, "kept")
    with acting_as(world.supervisor):
        second = change_abstraction(
            actor=world.supervisor, entry_id=row.pk, edition=1, event="Festival", why="Longer", starts_at=row.starts_at,
            ends_at=row.ends_at + timedelta(hours=5), officer_ids=[world.investigator.pk],
        )  # fmt: skip
    assert (waiting(world, second), counted(world, second)) == ([], 0)
    book(world, case, soon(2.1))
    assert counted(world, second) == len(waiting(world, second)) == 1
    with acting_as(world.supervisor):
        third = call_off(actor=world.supervisor, entry_id=row.pk, edition=2, why="Rain")
    assert (waiting(world, third), counted(world, third)) == ([], 0)


def test_an_officer_who_is_not_the_supervisor_answers_for_nothing(world: World, case: m.Case) -> None:
    book(world, case, soon(2))
    row = event(world)
    (one,) = waiting(world, row)
    with pytest.raises(NotAllowed), acting_as(world.investigator):
        SORTS["appointment"].answer(world.investigator, row, one.planned, "kept", None)


def test_the_report_counts_appointments_by_answer(world: World, case: m.Case) -> None:
    row = event(world, starts=soon(0.5), ends=soon(3))
    for said in ("kept", "cancelled", "cancelled", "moved", ""):
        book(world, case, soon(2))
        found = waiting(world, row)
        if said:
            answer(world, row, found[-1], said, soon(20) if said == "moved" else None)
    span = Span(month_of(clock.london_day(soon(0))), month_of(clock.london_day(soon(25))))
    with acting_as(world.supervisor):
        total = report_of(world.supervisor, span).total
    found_answers = total.of("appointment")
    assert (found_answers.kept, found_answers.cancelled, found_answers.moved, found_answers.open, found_answers.delayed) == (1, 2, 1, 1, 3)
    with acting_as(world.analyst):
        assert report_of(world.analyst, span).total.of("appointment").delayed == 3
        assert report_of(world.analyst, span, world.south.pk).total.of("appointment").delayed == 0
