"""The rungs of reminding against a plain reading of the rule, deadline by deadline and moment by moment."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.derive.clocks import CLOCKS, Kind
from cases.reminding.steps import ESCALATED, Moment, Rung, _months_after, began_by, critically_overdue, rungs
from core import clock
from tests.integration.reports.making import london

LONG_AGO = london("2020-01-01 00:00")


def stands_on(found: list[Rung], kind: str, due_at: datetime, due_on: date) -> list[str]:
    """Return the steps whose range holds a deadline, chasers left out."""
    ladder = [rung for rung in found if rung.months is None]
    return [rung.step for rung in ladder if rung.kind == kind and rung.low < due_at <= rung.high and rung.first <= due_on <= rung.last]


def said(kind: str, due_at: datetime, due_on: date, now: datetime) -> list[str]:
    """Say the rule again: the latest step for whoever owes it, and beside it that of escalation."""
    left, row = (due_on - clock.london_day(now)).days, CLOCKS[kind]
    over = [days for days in (row.critical_after, *row.escalations) if now - due_at >= timedelta(days=days)]
    above = [ESCALATED if max(over) == row.critical_after else f"{ESCALATED}_{max(over)}"] if over else []
    if now >= due_at:
        return [*above, "overdue"]
    if left <= 0:
        return ["today"]
    reached = [days for days in row.reminders if left <= days and kind != Kind.BAIL_EXPIRY]
    return [f"soon_{min(reached)}"] if reached else []


@given(
    kind=st.sampled_from(sorted(CLOCKS)),
    now=st.datetimes(datetime(2026, 3, 20), datetime(2026, 11, 30)).map(lambda moment: london(moment.isoformat())),
    days=st.integers(-70, 40),
    minute=st.one_of(st.none(), st.integers(0, 1439)),
)
def test_a_running_deadline_stands_on_the_latest_step_alone(kind: str, now: datetime, days: int, minute: int | None) -> None:
    """Clocks of days end with their day, clocks of hours within it; the nights on which the clocks change are among them."""
    due_on = clock.london_day(now) + timedelta(days=days)
    due_at = clock.day_start(due_on + timedelta(days=1)) if minute is None else clock.day_start(due_on) + timedelta(minutes=minute)
    due_on = due_on if minute is None else clock.london_day(due_at)
    assert stands_on(rungs(Moment(now, LONG_AGO)), kind, due_at, due_on) == said(kind, due_at, due_on, now)
    assert critically_overdue(kind, due_at, now) is any(step.startswith(ESCALATED) for step in said(kind, due_at, due_on, now))


@pytest.mark.parametrize(
    ("since", "due_on", "step"),
    [
        ("2026-11-16 10:00", "2026-11-16", []),
        ("2026-11-15 23:59", "2026-11-16", ["today"]),
        ("2026-11-16 00:00", "2026-11-16", []),
        ("2026-11-10 09:00", "2026-11-18", ["soon_2"]),
        ("2026-11-16 09:00", "2026-11-18", []),
        ("2026-11-16 00:00", "2026-11-15", ["overdue"]),
        ("2026-11-16 00:01", "2026-11-15", []),
    ],
)
def test_what_came_before_reminding_began_is_on_no_rung(since: str, due_on: str, step: list[str]) -> None:
    now, day = london("2026-11-16 10:00"), date.fromisoformat(due_on)
    found = rungs(Moment(now, london(since)))
    assert stands_on(found, Kind.INTERVIEW_BY, clock.day_start(day + timedelta(days=1)), day) == step


def test_every_step_fits_its_column() -> None:
    assert max(len(rung.step) for rung in rungs(Moment(london("2026-11-16 10:00"), LONG_AGO))) <= 12


def chased(started: str, now: str, since: str = "2020-01-01 00:00") -> list[str]:
    """Return the chasers of an item of an action plan that was set then."""
    at = london(started)
    found = [rung for rung in rungs(Moment(london(now), london(since))) if rung.months is not None and rung.kind == Kind.ACTION_ITEM]
    return [rung.step for rung in found if rung.begun_after < at <= rung.begun_by]


@pytest.mark.parametrize(
    ("started", "now", "step"),
    [
        ("2026-11-10 23:59", "2026-12-09 23:59", []),
        ("2026-11-10 23:59", "2026-12-10 00:00", ["chaser_1"]),  # the day begins: London days, whatever the hour of the start
        ("2026-11-10 00:00", "2027-01-09 23:59", ["chaser_1"]),
        ("2026-11-10 00:00", "2027-01-10 00:00", ["chaser_2"]),  # the latest alone
        ("2026-01-31 10:00", "2026-02-27 23:59", []),
        ("2026-01-31 10:00", "2026-02-28 00:00", ["chaser_1"]),  # February has no 31st
        ("2026-01-28 10:00", "2026-02-28 00:00", ["chaser_1"]),
        ("2026-03-15 10:00", "2026-04-15 00:00", ["chaser_1"]),  # over the night when the clocks go forward
        ("2026-10-15 10:00", "2026-11-15 00:00", ["chaser_1"]),  # and back
        ("2026-12-31 10:00", "2027-02-28 00:00", ["chaser_2"]),
    ],
)
def test_who_was_asked_is_chased_a_month_and_two_months_after(started: str, now: str, step: list[str]) -> None:
    assert chased(started, now) == step


def test_a_chaser_that_came_before_reminding_began_is_on_no_rung() -> None:
    assert chased("2026-11-10 10:00", "2026-12-12 10:00", "2026-12-09 10:00") == ["chaser_1"]
    assert chased("2026-11-10 10:00", "2026-12-12 10:00", "2026-12-10 10:00") == []


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 31)), months=st.integers(1, 3))
def test_the_last_day_that_long_ago_is_the_last_one(day: date, months: int) -> None:
    found = began_by(day, months)
    assert _months_after(found, months) <= day < _months_after(found + timedelta(days=1), months)


def test_no_clock_but_an_item_of_an_action_plan_is_chased_or_brought_higher_still() -> None:
    assert {row.kind for row in CLOCKS.values() if row.chasers or row.escalations} == {Kind.ACTION_ITEM}
    row = CLOCKS[Kind.ACTION_ITEM]
    assert (row.chasers, row.critical_after, row.escalations) == ((1, 2), 28, (56,))
