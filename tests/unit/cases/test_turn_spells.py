"""Whose turn a case was when, and how long each side held it in all."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cases.derive.facts import CaseFacts
from cases.derive.turn_spells import Held, Spell, Stay, days_between, held, spells_of
from core import clock
from tests.unit.cases.support import SUSPECT, case, day, outcome, suspect

OTHER = UUID(int=3)
NOW = day(60)


def stay(since: float, until: float | None = None, position: str = "with_cps", who: UUID = SUSPECT) -> Stay:
    return Stay(who, position, day(since), None if until is None else day(until))


def told(about: CaseFacts, *stays: Stay) -> list[tuple[str, float, float | None]]:
    """Return the spells as side, first and last day."""

    def number(at: datetime | None) -> float | None:
        return None if at is None else (at - day(0)) / timedelta(days=1)

    return [(one.side, number(one.since) or 0, number(one.until)) for one in spells_of(about, stays, NOW)]


def open_case(*suspects: Any, **facts: Any) -> CaseFacts:
    return case(*(suspects or (suspect(),)), offences=(None,), **facts)


def test_a_case_nobody_sent_was_with_the_police_all_along() -> None:
    assert told(open_case()) == [("police", 0, None)]
    assert held(spells_of(open_case(), (), NOW), NOW) == Held("police", day(0), 60, 0)


def test_sent_sent_back_on_a_plan_and_answered() -> None:
    stays = (stay(10, 15), stay(15, 40, "action_plan"), stay(40))
    assert told(open_case(), *stays) == [("police", 0, 10), ("cps", 10, 15), ("police", 15, 40), ("cps", 40, None)]
    assert held(spells_of(open_case(), stays, NOW), NOW) == Held("cps", day(40), 35, 25)


def test_with_the_cps_while_any_suspect_is() -> None:
    two = open_case(suspect(), suspect(key=OTHER))
    stays = (stay(10, 20), stay(15, 30, who=OTHER), stay(30, None, "action_plan", OTHER))
    assert told(two, *stays) == [("police", 0, 10), ("cps", 10, 30), ("police", 30, None)]


def test_a_suspect_with_an_outcome_holds_nothing_up() -> None:
    two = open_case(suspect(outcomes=(outcome(20, code=1),)), suspect(key=OTHER))
    sides = [one.side for one in spells_of(two, (stay(10, 20),), NOW)]
    assert sides == ["police", "cps", "police"]


def test_nobody_holds_a_case_while_it_is_closed_or_finalised() -> None:
    closed = case(suspect(outcomes=(outcome(20, code=1),)), offences=(1,))
    found = spells_of(closed, (stay(10, 20),), NOW)
    assert [one.side for one in found] == ["police", "cps"]
    assert held(found, NOW) == Held("", None, 10, 10)

    reopened = case(suspect(outcomes=(outcome(20, code=15, reopened=30),)), offences=(None,))
    found = spells_of(reopened, (stay(10, 20),), NOW)
    assert [(one.side, one.until) for one in found][-1] == ("police", None)
    assert held(found, NOW) == Held("police", day(30), 40, 10)

    finalised = spells_of(open_case(), (stay(10, 20), stay(20, None, "finalised")), NOW)
    assert held(finalised, NOW) == Held("", None, 10, 10)


def test_one_suspect_finalised_leaves_the_other_with_the_police() -> None:
    two = open_case(suspect(), suspect(key=OTHER))
    assert told(two, stay(10, 20), stay(20, None, "finalised")) == [("police", 0, 10), ("cps", 10, 20), ("police", 20, None)]


def test_days_are_london_days_over_both_changes_of_the_clocks() -> None:
    late, early = datetime.fromisoformat("2026-10-24T23:30:00+01:00"), datetime.fromisoformat("2026-10-25T00:30:00+01:00")
    assert days_between(clock.as_utc(late), clock.as_utc(early)) == 1
    assert days_between(clock.as_utc(early), clock.as_utc(late)) == 0
    assert Spell("cps", clock.day_start(datetime(2026, 3, 28).date()), clock.day_start(datetime(2026, 3, 30).date())).days(NOW) == 2


def test_reopened_after_it_was_finalised_counts_from_then() -> None:
    stays = (stay(10, 20), stay(20, 30, "action_plan"), stay(30, 50, "finalised"), stay(50, None, "action_plan"))
    found = spells_of(open_case(), stays, NOW)
    assert held(found, NOW) == Held("police", day(50), 30, 10)


def test_a_suspect_settled_long_before_the_other_was_finalised_takes_no_days_away() -> None:
    two = open_case(suspect(outcomes=(outcome(20, code=1),)), suspect(key=OTHER))
    stays = (stay(10, 20), stay(10, 30, who=OTHER), stay(30, 50, "action_plan", OTHER), stay(50, None, "finalised", OTHER))
    assert held(spells_of(two, stays, NOW), NOW) == Held("", None, 30, 20)


def test_what_was_sent_and_decided_within_a_day_was_with_the_cps() -> None:
    morning, evening = day(20) + timedelta(hours=2), day(20) + timedelta(hours=5)
    within = Stay(SUSPECT, "with_cps", morning, evening)
    closed = case(suspect(outcomes=(outcome(20, code=1),)), offences=(1,))
    assert [(one.side, one.until) for one in spells_of(closed, (within,), NOW)] == [("police", morning), ("cps", evening)]
    two = open_case(suspect(outcomes=(outcome(20, code=1),)), suspect(key=OTHER))
    assert [one.side for one in spells_of(two, (within,), NOW)] == ["police", "cps", "police"]


@given(st.lists(st.tuples(st.integers(1, 59), st.integers(0, 20), st.sampled_from([SUSPECT, OTHER])), max_size=6))
def test_the_days_of_both_sides_make_up_the_days_of_an_open_case(rows: list[tuple[int, int, UUID]]) -> None:
    stays = [stay(since, min(since + length, 60), who=who) for since, length, who in rows]
    found = held(spells_of(replace(open_case(suspect(), suspect(key=OTHER))), stays, NOW), NOW)
    assert found.police + found.cps == 60
