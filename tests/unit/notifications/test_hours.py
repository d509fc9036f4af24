"""Quiet hours and the time of the digest, at their edges, at weekends and on the days when the clocks change."""

from datetime import UTC, datetime

import pytest

from core.clock import LONDON, as_utc
from notifications.hours import after_quiet, is_quiet, next_digest


def london(text: str) -> datetime:
    """Return the moment of a London wall clock."""
    return as_utc(datetime.fromisoformat(text).replace(tzinfo=LONDON))


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-11-23 06:59:59", True),  # a Monday
        ("2026-11-23 07:00", False),
        ("2026-11-23 18:59:59", False),
        ("2026-11-23 19:00", True),
        ("2026-11-27 18:59", False),  # Friday
        ("2026-11-28 12:00", True),
        ("2026-11-29 12:00", True),
        ("2026-07-01 07:00", False),  # summer
        ("2026-07-01 06:59", True),
    ],
)
def test_quiet_at_its_edges(moment: str, quiet: bool) -> None:
    assert is_quiet(london(moment)) is quiet


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-23 12:00", "2026-11-23 12:00"),
        ("2026-11-23 03:00", "2026-11-23 07:00"),
        ("2026-11-23 19:00", "2026-11-24 07:00"),
        ("2026-11-27 19:00", "2026-11-30 07:00"),  # Friday evening: Monday
        ("2026-11-28 08:00", "2026-11-30 07:00"),
        ("2026-11-29 23:59", "2026-11-30 07:00"),
    ],
)
def test_what_is_told_in_quiet_hours_waits_for_the_next_weekday(moment: str, then: str) -> None:
    assert after_quiet(london(moment)) == london(then)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-23 07:29", "2026-11-23 07:30"),
        ("2026-11-23 07:30", "2026-11-23 07:30"),
        ("2026-11-23 07:30:01", "2026-11-24 07:30"),
        ("2026-11-27 08:00", "2026-11-30 07:30"),
        ("2026-11-28 06:00", "2026-11-30 07:30"),
    ],
)
def test_the_digest_of_the_next_weekday(moment: str, then: str) -> None:
    assert next_digest(london(moment)) == london(then)


def test_the_hours_are_londons_on_both_days_when_the_clocks_change() -> None:
    """Friday evening before the last Sunday of October and of March: 7 o'clock on Monday is another hour of UTC."""
    assert after_quiet(london("2026-10-23 20:00")) == datetime(2026, 10, 26, 7, 0, tzinfo=UTC)
    assert after_quiet(london("2026-10-22 20:00")) == datetime(2026, 10, 23, 6, 0, tzinfo=UTC)
    assert after_quiet(london("2026-03-27 20:00")) == datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
    assert after_quiet(london("2026-03-26 20:00")) == datetime(2026, 3, 27, 7, 0, tzinfo=UTC)
    assert next_digest(london("2026-03-28 12:00")) == datetime(2026, 3, 30, 6, 30, tzinfo=UTC)
    assert is_quiet(datetime(2026, 10, 26, 18, 59, tzinfo=UTC)) is False
    assert is_quiet(datetime(2026, 10, 23, 18, 0, tzinfo=UTC)) is True


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_quiet(datetime(2026, 11, 23, 12))
