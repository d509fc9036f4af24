"""The edges of working hours: days that never close, hours that cannot be, and machines elsewhere."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from core.calendar import WorkingDays, after_working_hours
from core.clock import LONDON

WORKING = WorkingDays(frozenset({date(2026, 12, 25)}), date(2027, 12, 31))
FRIDAY, MONDAY = 20, 23


def london(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=LONDON)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose own zone is not London's."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def test_a_day_that_never_closes_ends_at_midnight() -> None:
    assert after_working_hours(london(FRIDAY, 22), 4, WORKING, opens=0, closes=24) == london(MONDAY, 2)
    assert after_working_hours(london(FRIDAY, 22), 2, WORKING, opens=0, closes=24) == datetime(2026, 11, 21, tzinfo=LONDON)


def test_the_moment_of_closing_is_outside() -> None:
    assert after_working_hours(london(MONDAY, 17), 0, WORKING) == london(MONDAY + 1, 9)


@pytest.mark.parametrize(("opens", "closes"), [(9, 9), (17, 9), (-1, 9), (9, 25)])
def test_hours_that_cannot_be_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="opens before it closes"):
        after_working_hours(london(MONDAY, 12), 1, WORKING, opens=opens, closes=closes)


def test_the_hours_are_londons_wherever_the_machine_stands(elsewhere: None) -> None:
    assert after_working_hours(london(FRIDAY, 15), 4, WORKING) == london(MONDAY, 11)
    assert after_working_hours(london(MONDAY, 7), 4, WORKING) == london(MONDAY, 13)


@pytest.mark.parametrize("started", [london(MONDAY, 7), london(MONDAY, 12), london(FRIDAY, 16)], ids=["before", "within", "over a weekend"])
def test_the_moment_is_in_utc(started: datetime) -> None:
    assert after_working_hours(started, 4, WORKING).tzinfo is UTC
