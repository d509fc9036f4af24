"""Who may extend pre-charge bail and to when: the ladder of the Police and Criminal Evidence Act 1984, ss.47ZB to 47ZF."""

from datetime import date

import pytest

from accounts.roles import Grade
from cases.derive.facts import BailFact
from cases.derive.pace import LADDER, LONGEST_MONTHS, end_of, has_rank, in_words, next_step, steps_open
from tests.unit.cases.support import bail, day, event

ENDS = {3: date(2026, 6, 2), 6: date(2026, 9, 2), 9: date(2026, 12, 2), 12: date(2027, 3, 2), 18: date(2027, 9, 2), 24: date(2028, 3, 2)}
"""The last day of each period, of an arrest on 2 March 2026."""


def of(authority: str = "custody_officer", own: date | None = None) -> BailFact:
    return bail(1, authority=authority, arrested=0, own=own)


def extended(months: int) -> BailFact:
    return bail(1, event("extended", 20, months=months), arrested=0)


def test_the_ladder_as_the_act_has_it() -> None:
    assert [(step.months, step.authority, step.rank, step.source) for step in LADDER] == [
        (3, "custody_officer", None, "s.47ZB"),
        (6, "inspector", Grade.INSPECTOR, "s.47ZD"),
        (9, "superintendent", Grade.SUPERINTENDENT, "s.47ZDA"),
        (12, "court", None, "s.47ZF"),
        (18, "court", None, "s.47ZF"),
        (24, "court", None, "s.47ZF"),
    ]
    assert LONGEST_MONTHS == 24


@pytest.mark.parametrize("months", ENDS)
def test_a_period_counts_from_the_arrest(months: int) -> None:
    assert end_of(of(), months) == ENDS[months]


def test_days_with_the_cps_are_added() -> None:
    stood = bail(1, event("suspended", 5), event("running_again", 15), arrested=0)
    assert end_of(stood, 6) == date(2026, 9, 12)


def test_a_suspension_of_less_than_a_day_moves_nothing() -> None:
    stood = bail(1, event("suspended", 5), event("running_again", 5.1), arrested=0)
    assert (end_of(stood, 6), stood.ends_on(), stood.stood_still()) == (ENDS[6], ENDS[3], 0)


def test_what_happens_during_a_suspension_does_not_end_it() -> None:
    stood = bail(1, event("suspended", 5), event("varied", 8), event("running_again", 15), arrested=0)
    assert (stood.ends_on(), stood.stood_still()) == (date(2026, 6, 12), 10)
    still = bail(1, event("suspended", 5), event("varied", 8), arrested=0)
    assert (still.ends_on(), still.stood_still()) == (ENDS[3], 0)


def test_the_day_of_the_arrest_is_no_day_of_bail() -> None:
    assert [of().days_used(day(number)) for number in (0, 1, 2)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("facts", "months"),
    [
        (of(), [6]),
        (extended(6), [9]),
        (extended(9), [12, 18, 24]),
        (extended(12), [18, 24]),
        (extended(18), [24]),
        (extended(24), []),
        (of(own=date(2026, 7, 1)), [6]),
        (of(own=ENDS[6]), [9]),
        (of(own=date(2026, 5, 1)), [3]),
    ],
    ids=["3 months", "6", "9", "12", "18", "24", "a day before 6 months end", "the day on which 6 months end", "a day within 3 months"],
)
def test_what_an_extension_may_go_to(facts: BailFact, months: list[int]) -> None:
    assert [step.months for step in steps_open(facts)] == months
    step = next_step(facts)
    assert (step.months if step else None) == (months[0] if months else None)


@pytest.mark.parametrize(
    ("grade", "may"),
    [("constable", set()), ("sergeant", set()), ("inspector", {6}), ("chief_inspector", {6}), ("superintendent", {6, 9}), ("", set())],
)
def test_who_may_authorise_a_step_and_that_nobody_stands_for_a_court(grade: str, may: set[int]) -> None:
    assert {step.months for step in LADDER if has_rank(grade, step)} == may


def test_the_steps_in_words() -> None:
    assert [step.words for step in LADDER] == [
        "3 months, by a custody officer",
        "6 months, by an inspector or above",
        "9 months, by a superintendent or above",
        "12 months, by a magistrates’ court",
        "18 months, by a magistrates’ court",
        "24 months, by a magistrates’ court",
    ]
    assert in_words(date(2026, 4, 9)) == "9 April 2026"
    assert in_words(date(2026, 12, 1)) == "1 December 2026"
