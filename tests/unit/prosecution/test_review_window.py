"""Until when a victim can ask, at its boundaries. The days are written by hand, from a calendar on the wall."""

from datetime import date, timedelta

import pytest

from cases.models.outcome import Side
from prosecution.review_window import expedited, window

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("side", "reached", "until", "usual"),
    [
        (Side.POLICE, date(2026, 1, 10), date(2026, 4, 10), None),
        (Side.POLICE, date(2025, 11, 30), date(2026, 2, 28), None),
        (Side.POLICE, date(2026, 9, 1), date(2026, 12, 1), None),  # over the night when the clocks go back
        (Side.POLICE, date(2026, 2, 28), date(2026, 5, 31), None),  # over the night when they go forward
        (Side.CPS, date(2026, 11, 2), date(2027, 2, 2), date(2026, 11, 9)),  # Monday to Monday
        (Side.CPS, date(2026, 11, 6), date(2027, 2, 6), date(2026, 11, 13)),
        (Side.CPS, date(2026, 12, 24), date(2027, 3, 24), date(2027, 1, 5)),  # Christmas Day, 28 December and New Year's Day between
    ],
)
def test_the_last_day_is_in_time_and_the_next_is_late(side: str, reached: date, until: date, usual: date | None) -> None:
    found = window(side, reached)
    assert found is not None
    assert (found.until, found.usual) == (until, usual)
    assert not found.late(until)
    assert found.late(until + DAY)
    assert not found.over(until)
    assert found.over(until + DAY)


@pytest.mark.parametrize("side", list(Side))
def test_without_written_reasons_the_time_has_not_begun(side: str) -> None:
    assert window(side, None) is None


def test_the_pilot_of_an_area_begins_on_its_day() -> None:
    pilots = {113: date(2025, 6, 1)}
    assert not expedited(113, date(2025, 5, 31), pilots)
    assert expedited(113, date(2025, 6, 1), pilots)
    assert not expedited(110, date(2026, 6, 1), pilots)
