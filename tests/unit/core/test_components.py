"""Dates and moments in words."""

from datetime import UTC, date, datetime

import pytest

from core.components import days_text, london_text

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 26), "26 November (4 days)"),
        (date(2026, 11, 23), "23 November (1 day)"),
        (TODAY, "today"),
        (date(2026, 11, 21), "21 November (1 day over)"),
        (date(2026, 11, 12), "12 November (10 days over)"),
        (date(2030, 1, 1), "1 January 2030 (1,136 days)"),
        (date(9999, 12, 31), "nothing due"),
        (date(1, 1, 1), "1 January 1 (739,941 days over)"),
        (None, ""),
    ],
)
def test_days(day: date | None, words: str) -> None:
    assert days_text(day, TODAY) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 22, 14, 5, tzinfo=UTC), "22 November 2026, 2:05pm"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026, 12:30am"),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), "1 July 2026, 12:00pm"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026, 1:30am (BST)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026, 1:30am (GMT)"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026, 2:00am"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "31 December 9999, 11:59pm"),
        (None, ""),
    ],
)
def test_london(moment: datetime | None, words: str) -> None:
    assert london_text(moment) == words


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        london_text(datetime(2026, 1, 1))
