"""When somebody of the demonstration hears of a thing: after it, and by day."""

from datetime import UTC, datetime

import pytest

from cases.demonstration.telling import DAY_HOURS, heard_at, morning_after
from core import clock

LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("hour", range(24))
def test_nobody_is_told_at_night_or_before_it_happened(hour: int) -> None:
    happened = datetime(2026, 6, 9, hour, 20, tzinfo=UTC)
    heard = heard_at(happened, LONG_BEFORE)
    assert heard > happened
    assert heard.astimezone(clock.LONDON).hour in DAY_HOURS


def test_of_what_is_known_by_its_day_alone_somebody_hears_after_that_day() -> None:
    day = clock.day_start(datetime(2026, 6, 9, tzinfo=UTC).date())
    decided = datetime(2026, 6, 9, 16, 45, tzinfo=UTC)
    assert heard_at(day, LONG_BEFORE) == morning_after(decided) == datetime(2026, 6, 10, 9, 0, tzinfo=UTC)


def test_of_what_happened_before_the_record_somebody_hears_after_it() -> None:
    recorded = datetime(2026, 6, 9, 22, 30, tzinfo=UTC)
    assert heard_at(LONG_BEFORE, recorded) == datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
