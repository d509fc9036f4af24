"""The system clock, London days and their first moments."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from core.clock import EARLIEST, LATEST, LONDON, as_utc, day_start, london_day, now, seen_from, telling_of, today

ZONES = st.sampled_from([UTC, LONDON, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_now_is_the_system_clock_in_utc() -> None:
    with time_machine.travel(utc(2026, 11, 22, 9, 30), tick=False):
        assert now() == utc(2026, 11, 22, 9, 30)
        assert now().tzinfo is UTC


def test_today_is_the_london_day_even_in_the_last_hour_of_the_utc_day() -> None:
    with time_machine.travel(utc(2026, 7, 1, 23, 0), tick=False):
        assert today() == date(2026, 7, 2)
    with time_machine.travel(utc(2026, 12, 1, 23, 59), tick=False):
        assert today() == date(2026, 12, 1)


def test_today_of_a_given_moment() -> None:
    assert today(utc(2026, 7, 1, 22, 59, 59)) == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("day", "starts", "hours"),
    [
        (date(2026, 1, 15), utc(2026, 1, 15), 24),
        (date(2026, 3, 28), utc(2026, 3, 28), 24),
        (date(2026, 3, 29), utc(2026, 3, 29), 23),
        (date(2026, 3, 30), utc(2026, 3, 29, 23), 24),
        (date(2026, 10, 25), utc(2026, 10, 24, 23), 25),
        (date(2026, 10, 26), utc(2026, 10, 26), 24),
        (date(1970, 1, 1), utc(1969, 12, 31, 23), 24),
    ],
)
def test_a_london_day_starts_at_midnight_and_has_its_own_length(day: date, starts: datetime, hours: int) -> None:
    assert day_start(day) == starts
    assert day_start(day + timedelta(days=1)) - starts == timedelta(hours=hours)


def test_both_of_the_repeated_hours_in_october_are_one_day() -> None:
    assert london_day(utc(2026, 10, 25, 0, 30)) == london_day(utc(2026, 10, 25, 1, 30)) == date(2026, 10, 25)


def test_as_of_looks_from_the_start_of_the_day() -> None:
    assert seen_from(date(2026, 7, 22)) == utc(2026, 7, 21, 23)
    assert seen_from(date(2026, 11, 22)) == utc(2026, 11, 22)


@pytest.mark.parametrize("reader", [as_utc, london_day, today])
def test_a_moment_without_a_zone_is_refused(reader: object) -> None:
    assert callable(reader)
    with pytest.raises(ValueError, match="time zone"):
        reader(datetime(2026, 1, 1))


def test_moments_pushed_past_the_ends_of_the_calendar_are_held_there() -> None:
    ahead, behind = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
    assert as_utc(datetime.min.replace(tzinfo=ahead)) == EARLIEST
    assert as_utc(datetime.max.replace(tzinfo=behind)) == LATEST
    assert london_day(EARLIEST) == date.min
    assert london_day(LATEST) == date.max


@given(st.dates())
def test_every_day_holds_its_first_moment_and_not_the_one_before(day: date) -> None:
    start = day_start(day)
    assert start.tzinfo is UTC
    assert london_day(start) == day
    if day > date.min:
        assert london_day(start - timedelta(microseconds=1)) == day - timedelta(days=1)


@given(st.datetimes(timezones=ZONES))
def test_no_moment_of_any_zone_raises_and_its_day_begins_no_later(moment: datetime) -> None:
    day = london_day(moment)
    assert as_utc(moment).tzinfo is UTC
    assert day == date.min or day_start(day) <= as_utc(moment)


def test_the_demonstration_tells_of_the_past_and_comes_back(settings: Settings) -> None:
    settings.DEMO = True
    with time_machine.travel(utc(2026, 11, 22, 9, 30), tick=False):
        with telling_of(utc(2026, 9, 1, 8, 0)):
            assert now() == utc(2026, 9, 1, 8, 0)
            with telling_of(utc(2026, 9, 2, 8, 0)):
                assert today() == date(2026, 9, 2)
            assert today() == date(2026, 9, 1)
        assert now() == utc(2026, 11, 22, 9, 30)


def test_nobody_else_tells_of_a_past(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured), telling_of(utc(2026, 9, 1)):
        pass


def test_what_is_to_come_is_not_told(settings: Settings) -> None:
    settings.DEMO = True
    with (
        time_machine.travel(utc(2026, 11, 22), tick=False),
        pytest.raises(ValueError, match="still to come"),
        telling_of(utc(2026, 11, 23)),
    ):
        pass
