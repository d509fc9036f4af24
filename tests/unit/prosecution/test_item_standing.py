"""How an item stands at a moment: lateness from the first date, marks, whose move, done by time at its boundary."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.calendar import england_and_wales
from prosecution.derive.item_standing import Move, chased_on, days_late, marks, state_at, whose_move
from prosecution.derive.items import takes_effect_at
from prosecution.models import ActionItem, ItemState

WORKING = england_and_wales()
SET_AT = datetime(2026, 1, 30, 10, tzinfo=UTC)
FIRST = date(2026, 2, 20)


def item(**more: Any) -> ActionItem:
    given: dict[str, Any] = {"state": ItemState.ACCEPTED, "first_agreed_on": FIRST, "agreed_on": FIRST}
    return ActionItem(**(given | more))


def test_late_counts_from_the_first_date_whatever_was_agreed_later() -> None:
    row = item(agreed_on=date(2026, 4, 1))
    assert days_late(row, datetime(2026, 2, 20, 23, 59, tzinfo=UTC)) == 0, "the whole of the day is in time"
    assert days_late(row, datetime(2026, 2, 21, 0, 0, tzinfo=UTC)) == 1
    assert days_late(row, datetime(2026, 3, 20, 12, tzinfo=UTC)) == 28


def test_a_summer_night_belongs_to_the_london_day() -> None:
    row = item(first_agreed_on=date(2026, 6, 10))
    assert days_late(row, datetime(2026, 6, 10, 22, 59, tzinfo=UTC)) == 0
    assert days_late(row, datetime(2026, 6, 10, 23, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize("state", [ItemState.DONE, ItemState.SETTLED])
def test_what_is_done_is_as_late_as_when_it_was_said(state: str) -> None:
    row = item(state=state, reported_at=datetime(2026, 2, 25, 9, tzinfo=UTC), settled_at=datetime(2026, 3, 9, tzinfo=UTC))
    assert days_late(row, datetime(2026, 5, 1, tzinfo=UTC)) == 5


def test_what_was_dropped_is_as_late_as_when_it_was_dropped() -> None:
    row = item(state=ItemState.DROPPED, settled_at=datetime(2026, 2, 22, 9, tzinfo=UTC))
    assert days_late(row, datetime(2026, 5, 1, tzinfo=UTC)) == 2


def test_chasers_after_one_and_two_months_and_escalation_after_28_and_56_days() -> None:
    assert (chased_on(SET_AT, 1), chased_on(SET_AT, 2)) == (date(2026, 2, 28), date(2026, 3, 30))
    row = item()
    found = {day: marks(row, SET_AT, datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) for day in (
        date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 30), date(2026, 4, 17),
    )}  # fmt: skip
    assert [len(one) for one in found.values()] == [0, 1, 1, 2, 3, 4]


def test_nothing_settled_has_a_mark() -> None:
    for state in (ItemState.SETTLED, ItemState.DROPPED):
        row = item(state=state, settled_at=SET_AT)
        assert marks(row, SET_AT, datetime(2027, 1, 1, tzinfo=UTC)) == []
    assert marks(item(), None, datetime(2027, 1, 1, tzinfo=UTC)) == []


def test_every_state_is_somebodys_move_or_nobodys() -> None:
    moves = {state: whose_move(state) for state in ItemState.values}
    assert {state for state, move in moves.items() if move is Move.NOBODY} == {"settled", "dropped"}
    assert {state for state, move in moves.items() if move is Move.POLICE} == {"set", "accepted", "insisted"}
    assert {state for state, move in moves.items() if move is Move.CPS} == {"draft", "challenged", "done", "cannot"}
    assert moves["escalated"] is Move.SENIORS


@pytest.mark.parametrize("reported", [datetime(2026, 12, 23, 16, tzinfo=UTC), datetime(2026, 3, 26, 9, tzinfo=UTC)])
def test_done_counts_as_settled_from_the_end_of_the_third_working_day(reported: datetime) -> None:
    row = item(state=ItemState.DONE, reported_at=reported)
    at = takes_effect_at(reported, WORKING)
    assert state_at(row, at - timedelta(microseconds=1), WORKING) is ItemState.DONE
    assert state_at(row, at, WORKING) is ItemState.SETTLED
    assert state_at(item(state=ItemState.CANNOT, reported_at=reported), at, WORKING) is ItemState.CANNOT
