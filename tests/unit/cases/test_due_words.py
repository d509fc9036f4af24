"""How a due moment is said: to the day where the clock counts days, to the minute where it counts hours and is near."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.derive.due import in_words, span, when
from cases.models import Deadline
from core import clock

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def of_days(day: date, kind: str = "arrest") -> Deadline:
    return Deadline(kind=kind, owes="police", due_on=day, due_at=clock.day_start(day + timedelta(days=1)))


def of_hours(minutes: float) -> Deadline:
    at = NOW + timedelta(minutes=minutes)
    return Deadline(kind="detention", owes="police", due_on=clock.london_day(at), due_at=at)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (119, "1 hour"),
        (120, "2 hours"),
        (1_440, "24 hours"),
        (2_879, "47 hours"),
        (2_880, "2 days"),
        (4_320_000, "3,000 days"),
    ],
)
def test_a_length_of_time(minutes: int, words: str) -> None:
    assert span(minutes) == words


def test_a_clock_of_days_is_said_by_its_day() -> None:
    assert when(of_days(date(2026, 11, 24)), NOW) == "24 November (1 day)"
    assert when(of_days(date(2026, 11, 23)), NOW) == "today"
    assert when(of_days(date(2026, 11, 23)), datetime(2026, 11, 23, 23, 59, tzinfo=UTC)) == "today"
    assert when(of_days(date(2026, 11, 22)), NOW) == "22 November (1 day over)"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (90, "23 November 2026, 1:30pm (1 hour left)"),
        (-10, "23 November 2026, 11:50am (10 minutes over)"),
        (0, "23 November 2026, 12:00pm (0 minutes left)"),
        (0.6, "23 November 2026, 12:00pm (1 minute left)"),
        (2_879, "25 November 2026, 11:59am (47 hours left)"),
        (2_880, "25 November (2 days)"),
        (-2_879, "21 November 2026, 12:01pm (47 hours over)"),
        (-2_880, "21 November (2 days over)"),
    ],
)
def test_a_clock_of_hours_is_said_to_the_minute_within_two_days(minutes: float, words: str) -> None:
    assert when(of_hours(minutes), NOW) == words


@pytest.mark.parametrize(
    ("days", "urgency", "colour", "overdue"),
    [
        (60, "Not due yet", "grey", False),
        (3, "Due soon", "yellow", False),
        (0, "Due today", "orange", False),
        (-1, "Overdue", "red", True),
        (-60, "Critically overdue", "red", True),
    ],
)
def test_the_words_for_a_running_clock(days: int, urgency: str, colour: str, overdue: bool) -> None:
    day = date(2026, 11, 23) + timedelta(days=days)
    said = in_words(of_days(day), NOW)
    assert (said.what, said.owes, said.when) == ("Arrest", "Police", when(of_days(day), NOW))
    assert (said.urgency, said.colour, said.overdue) == (urgency, colour, overdue)
