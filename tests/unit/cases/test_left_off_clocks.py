"""What was left off because nobody supported it: the arrest, and the interview in its place, are due anew when it goes on."""

from datetime import date
from typing import Any

import pytest

from cases.derive import clock_rules
from cases.derive.clocks import Kind
from cases.derive.facts import CorrectionFact, OutcomeFact
from core import clock
from tests.unit.cases.support import CASE, arrest, case, clock_of, clocks, day, outcome, situation, suspect


@pytest.fixture(autouse=True)
def _rules() -> None:
    """Only the investigation's rules."""
    clock_rules.register()


def lowered_from(old: str, when: float) -> CorrectionFact:
    return CorrectionFact("case", CASE, "risk", old, "", day(when))


def left_off(on: float, reopened: float, code: int = 16) -> OutcomeFact:
    return OutcomeFact(code, day(on).date(), day(reopened), basis="supports_again")


def test_left_off_because_nobody_supported_it_the_arrest_is_due_anew() -> None:
    first, second = clocks(case(suspect(outcomes=(left_off(9, 200),))), Kind.ARREST)

    assert (first.sequence, first.due.due_on, first.met_at, first.ended_at) == (0, date(2026, 3, 30), None, day(9).replace(hour=0))
    assert (second.sequence, second.started_at, second.met_at, second.ended_at) == (1, day(200), None, None)
    assert second.due.due_on == day(228).date()


@pytest.mark.parametrize("facts", [{"arrests": (arrest(3),)}, {"interviews": (day(9),)}, {"arrests": (arrest(199, imported=True),)}])
def test_who_was_arrested_before_it_goes_on_is_not_arrested_anew(facts: dict[str, Any]) -> None:
    one = clock_of(case(suspect(outcomes=(left_off(9, 200),), **facts)), Kind.ARREST)

    assert one.met_at is not None


def test_time_and_again_each_part_has_its_clock() -> None:
    found = clocks(case(suspect(outcomes=(left_off(9, 20), left_off(30, 40), outcome(50, 15)), arrests=(arrest(45),))), Kind.ARREST)

    assert [(one.sequence, one.started_at, one.met_at, one.ended_at) for one in found] == [
        (0, day(0), None, day(9).replace(hour=0)),
        (1, day(20), None, clock.day_start(day(30).date())),
        (2, day(40), day(45), None),
    ]


def test_closed_on_the_day_it_went_on_the_part_has_no_length() -> None:
    found = clocks(case(suspect(outcomes=(left_off(9, 20), outcome(20, 16)))), Kind.ARREST)

    assert [(one.started_at, one.ended_at) for one in found] == [(day(0), day(9).replace(hour=0)), (day(20), day(20))]


def test_a_situation_lists_only_the_part_that_runs_and_not_from_before_it_began() -> None:
    first, second = clocks(case(suspect(outcomes=(left_off(9, 20),), situations=(situation(3),))), Kind.ARREST)

    assert (first.paused_since, second.paused_since) == (None, day(20))


@pytest.mark.parametrize(("when", "eased", "first_due"), [(10, None, 48), (20, 20, 27), (25, 25, 27)])
def test_a_risk_lowered_since_it_goes_on_stays_in_the_report(when: float, eased: float | None, first_due: int) -> None:
    lowered = (lowered_from("medium", when),)
    second = clocks(case(suspect(outcomes=(left_off(9, 20),)), corrections=lowered), Kind.ARREST)[-1]

    assert (second.due.due_on, second.eased_at) == (day(48).date(), None if eased is None else day(eased))
    assert (second.first_due or second.due).due_on == day(first_due).date()


def test_the_interview_after_a_decision_not_to_arrest_is_due_anew_too() -> None:
    facts: dict[str, Any] = {"no_arrest": (day(3),), "outcomes": (left_off(9, 20),)}
    first, second = clocks(case(suspect(**facts)), Kind.INTERVIEW_BY)
    met = clocks(case(suspect(**facts, interviews=(day(25),))), Kind.INTERVIEW_BY)[-1]

    assert (first.started_at, first.ended_at) == (day(3), day(9).replace(hour=0))
    assert (second.started_at, second.due.due_on, met.met_at) == (day(20), day(48).date(), day(25))
