"""Small numbers of the report of contact: what somebody who only counts is not shown, and what would give it away."""

from datetime import date
from typing import Any

import pytest

from victims.report_figures import At, Figures
from victims.report_small import for_who_counts, in_words, shown
from victims.report_turns import Kept


def at(name: str, in_time: int, late: int = 9, agreed: int = 0, **more: Any) -> At:
    return At(name, in_time, late, 3, 8, agreed=agreed, **more)


def figures(**more: Any) -> Figures:
    given: dict[str, Any] = {
        "since": date(2026, 1, 1), "until": date(2026, 12, 31), "contact": Kept("All", 30, 4, 2, 3), "by_force": [], "by_unit": [],
        "by_officer": [at("DC Somebody", 7)], "by_month": [], "told": [], "overdue": 2,
        "agreed": 5, "opted_out": 4, "not_agreed": 0, "unsafe": 1,
        "attempts": 100, "cancelled_in_all": 9, "cancelled": [], "left_out": 3, "left_out_cases": 0, "live_from": None, **more,
    }  # fmt: skip
    return for_who_counts(Figures(**given))


@pytest.mark.parametrize(("number", "wanted"), [(0, 0), (1, None), (4, None), (5, 5), (1000, 1000), (None, None)])
def test_one_to_four_are_kept_back_and_nothing_and_five_are_not(number: int | None, wanted: int | None) -> None:
    assert shown(number) == wanted


def test_a_number_is_said_in_words() -> None:
    assert (in_words(0), in_words(1234), in_words(None)) == ("0", "1,234", "Not shown")


def test_single_figures_and_officers_are_kept_back() -> None:
    found = figures()
    assert (found.agreed, found.opted_out, found.not_agreed, found.unsafe, found.attempts, found.left_out) == (5, None, 0, None, 100, None)
    assert found.by_officer is None
    assert found.small


def test_how_late_it_was_goes_with_a_number_that_is_kept_back() -> None:
    found = figures().contact
    assert (found.in_time, found.late, found.median, found.ninetieth, found.share) == (30, None, None, None, "–")
    whole = figures(contact=Kept("All", 30, 10, 2, 3)).contact
    assert (whole.late, whole.median, whole.ninetieth, whole.share) == (10, 2, 3, "75%")


def test_one_number_alone_takes_the_next_smallest_of_its_column_with_it() -> None:
    """30 in all and 20 and 7 shown would say that the third is 3."""
    found = figures(by_unit=[at("North", 20), at("South", 7), at("West", 3), at("East", 0)]).by_unit
    assert [row.in_time for row in found] == [20, None, None, 0]
    assert [row.late for row in found] == [9, 9, 9, 9]
    two = figures(by_unit=[at("North", 20), at("South", 2), at("West", 3)]).by_unit
    assert [row.in_time for row in two] == [20, None, None]
    alone = figures(by_force=[at("Force", 3)]).by_force
    assert [row.in_time for row in alone] == [None]


def test_every_column_of_a_place_is_looked_at() -> None:
    (row,) = figures(by_force=[at("Force", 9, agreed=1, overdue=1, not_agreed=2, attempts=3, cancelled=4)]).by_force
    assert (row.overdue, row.in_time, row.agreed, row.not_agreed, row.attempts, row.cancelled) == (None, 9, None, None, None, None)


def test_months_kinds_and_events_are_looked_at() -> None:
    found = figures(by_month=[Kept("2026-01", 1, 9)], told=[Kept("Arrest", 9, 1)], cancelled=[("Festival", 8), ("Match", 6), ("Room", 2)])
    assert found.by_month[0].in_time is None
    assert found.told[0].late is None
    assert found.cancelled == [("Festival", 8), ("Match", None), ("Room", None)]
