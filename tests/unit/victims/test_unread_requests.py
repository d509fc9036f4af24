"""A request to tell that nobody read comes back after 4 working hours: to the minute, over nights, weekends and bank holidays."""

from datetime import datetime

import pytest

from cases.derive.clocks import Edition, Editions, Kind, Length
from core import clock
from core.calendar import Unit
from victims.services.tell_requests import UNREAD, unread_by


def london(text: str) -> datetime:
    """Return the moment of a wall clock in London."""
    return clock.as_utc(datetime.fromisoformat(text).replace(tzinfo=clock.LONDON))


@pytest.mark.parametrize(
    ("sent", "comes_back"),
    [
        ("2026-11-23 09:00", "2026-11-23 13:00"),
        ("2026-11-23 12:59", "2026-11-23 16:59"),
        ("2026-11-23 13:00", "2026-11-23 17:00"),
        ("2026-11-23 13:01", "2026-11-24 09:01"),
        ("2026-11-23 19:30", "2026-11-24 13:00"),
        ("2026-11-24 06:00", "2026-11-24 13:00"),
        ("2026-11-20 15:00", "2026-11-23 11:00"),
        ("2026-11-21 11:00", "2026-11-23 13:00"),
        ("2026-04-02 16:00", "2026-04-07 12:00"),
        ("2026-03-27 16:00", "2026-03-30 12:00"),
        ("2026-10-23 16:00", "2026-10-26 12:00"),
    ],
    ids=[
        "opening", "just inside the day", "to closing time", "a minute over night", "evening", "before opening", "Friday afternoon",
        "Saturday", "before Easter", "clocks forward", "clocks back",
    ],
)  # fmt: skip
def test_four_working_hours_to_the_minute(sent: str, comes_back: str) -> None:
    assert unread_by(london(sent), Editions()) == london(comes_back)


def test_the_hours_are_a_setting() -> None:
    two = Edition(Kind.TELL_REQUEST, UNREAD, None, 2, Length(2, Unit.HOURS), london("2026-11-01 00:00").date())
    assert unread_by(london("2026-11-23 09:00"), Editions([two])) == london("2026-11-23 11:00")
