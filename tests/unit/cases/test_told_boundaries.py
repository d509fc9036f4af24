"""The last minute in time and the first minute late of telling, at weekends, bank holidays and the change of the clocks.

Days are written here by hand, from a calendar on the wall: nothing is computed by what is tested.
"""

from datetime import datetime, timedelta

import pytest

from cases.derive.clocks import Kind, Urgency, urgency
from cases.derive.facts import ArrestFact, HearingFact
from core import clock
from tests.unit.cases.support import SUSPECT
from tests.unit.cases.telling import FACT, known, only, she, suspect

MINUTE = timedelta(minutes=1)


def london(text: str) -> datetime:
    """Return the moment of a wall clock in London."""
    return clock.as_utc(datetime.fromisoformat(text).replace(tzinfo=clock.LONDON))


DAYS = [
    ("2026-11-23 10:00", "enhanced", "2026-11-24 23:59"),  # Monday to Tuesday
    ("2026-11-23 23:59", "enhanced", "2026-11-24 23:59"),  # the last minute of Monday is still Monday
    ("2026-11-24 00:00", "enhanced", "2026-11-25 23:59"),
    ("2026-11-20 16:00", "enhanced", "2026-11-23 23:59"),  # Friday to Monday
    ("2026-11-21 09:00", "enhanced", "2026-11-23 23:59"),  # Saturday to Monday
    ("2026-11-22 23:59", "enhanced", "2026-11-23 23:59"),  # Sunday to Monday
    ("2026-04-02 09:00", "enhanced", "2026-04-07 23:59"),  # Maundy Thursday, over Easter, to Tuesday
    ("2026-05-22 12:00", "enhanced", "2026-05-26 23:59"),  # Friday before the spring bank holiday
    ("2026-12-24 12:00", "enhanced", "2026-12-29 23:59"),  # Boxing Day 2026 is a Saturday: its substitute is Monday 28
    ("2026-11-23 10:00", "standard", "2026-11-30 23:59"),  # five working days over one weekend
    ("2026-03-31 10:00", "standard", "2026-04-09 23:59"),  # five working days over Easter
    ("2026-12-23 10:00", "standard", "2027-01-04 23:59"),  # over Christmas, its substitute, and New Year's Day
    ("2026-03-27 10:00", "enhanced", "2026-03-30 23:59"),  # over the night when the clocks go forward
    ("2026-10-23 10:00", "enhanced", "2026-10-26 23:59"),  # over the night when they go back
]


@pytest.mark.parametrize(("happened", "entitlement", "last"), DAYS)
def test_the_last_minute_is_in_time_and_the_next_is_late(happened: str, entitlement: str, last: str) -> None:
    facts = known(she(entitlement=entitlement), suspects=(suspect(arrests=(ArrestFact(FACT, london(happened)),)),))
    due = only(facts, Kind.TOLD_ARREST).due
    minute = london(last)

    assert due.due_on == clock.london_day(minute)
    assert urgency(Kind.TOLD_ARREST, due.due_at, due.due_on, minute) is Urgency.TODAY
    assert due.due_at == minute + MINUTE
    assert urgency(Kind.TOLD_ARREST, due.due_at, due.due_on, minute + MINUTE) is Urgency.OVERDUE


@pytest.mark.parametrize("entitlement", ["enhanced", "standard"])
def test_a_hearing_is_told_by_the_end_of_the_next_working_day_whoever_she_is(entitlement: str) -> None:
    """Received on a Friday, whenever the hearing is; five working days are nobody's for a hearing."""
    facts = known(she(entitlement=entitlement), hearings=(HearingFact(FACT, SUSPECT, london("2026-11-20 17:30")),))
    assert only(facts, Kind.TOLD_HEARING).due.due_at == london("2026-11-24 00:00")
