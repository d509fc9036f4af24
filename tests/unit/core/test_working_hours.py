"""Working hours: 9 to 17 in London on working days, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import FAR_FUTURE_AT, WorkingDays, after_working_hours
from core.clock import LONDON, london_day

WORKING = WorkingDays(frozenset({date(2026, 12, 25), date(2026, 12, 28)}), date(2027, 12, 31))


def london(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("started", "ends"),
    [
        (london(11, 23, 9), london(11, 23, 13)),
        (london(11, 23, 13), london(11, 23, 17)),
        (london(11, 23, 13, 1), london(11, 24, 9, 1)),
        (london(11, 23, 6), london(11, 23, 13)),
        (london(11, 23, 20), london(11, 24, 13)),
        (london(11, 20, 15), london(11, 23, 11)),
        (london(11, 21, 12), london(11, 23, 13)),
        (london(12, 24, 16), london(12, 29, 12)),
        (london(10, 23, 15), london(10, 26, 11)),  # the clocks go back on the Sunday between
        (london(3, 27, 15), london(3, 30, 11)),  # and forward
    ],
    ids=["morning", "to the end", "a minute over", "before opening", "after closing", "weekend", "saturday", "holidays", "back", "forward"],
)
def test_four_working_hours(started: datetime, ends: datetime) -> None:
    assert after_working_hours(started, 4, WORKING) == ends


def test_other_hours_of_the_day() -> None:
    assert after_working_hours(london(11, 23, 9), 4, WORKING, opens=8, closes=12) == london(11, 24, 9)
    assert after_working_hours(london(11, 23, 9), 4, WORKING, opens=0, closes=24) == london(11, 23, 13)


def test_no_hours_is_the_next_moment_inside() -> None:
    assert after_working_hours(london(11, 21, 12), 0, WORKING) == london(11, 23, 9)
    assert after_working_hours(london(11, 23, 12), 0, WORKING) == london(11, 23, 12)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        after_working_hours(london(11, 23, 9), -1, WORKING)
    with pytest.raises(ValueError, match="opens before it closes"):
        after_working_hours(london(11, 23, 9), 4, WORKING, opens=17, closes=9)
    with pytest.raises(ValueError, match="time zone"):
        after_working_hours(datetime(2026, 11, 23, 9), 4, WORKING)


def test_the_end_of_the_calendar_is_held() -> None:
    assert after_working_hours(datetime(9999, 12, 30, 12, tzinfo=UTC), 40, WORKING) == FAR_FUTURE_AT


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)).map(lambda at: at.replace(tzinfo=UTC)), st.integers(0, 40), st.integers(0, 40)
)
def test_it_ends_inside_working_hours_and_adds_up(started: datetime, hours: int, more: int) -> None:
    ends = after_working_hours(started, hours, WORKING)
    local = ends.astimezone(LONDON)
    assert ends >= started
    assert WORKING.is_working_day(london_day(ends))
    assert timedelta(hours=9) <= timedelta(hours=local.hour, minutes=local.minute, seconds=local.second) <= timedelta(hours=17, minutes=1)
    assert after_working_hours(started, hours + more, WORKING) == after_working_hours(ends, more, WORKING) or more == 0
