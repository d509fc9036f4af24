"""The clocks of a victim's request for a review: the last minute in time, the first minute late. Days from a calendar on the wall."""

from datetime import date
from typing import Any

import pytest

from cases.derive.clocks import Kind, Wanted
from cases.derive.facts import CaseFacts
from core import clock
from prosecution.derive.facts import ReviewAskedFact
from tests.unit.prosecution.clocks import MINUTE, A, case, key, london, only

ASKED = key()


def asked(received_on: date, **more: Any) -> CaseFacts:
    """Return a case in which a victim asked for a review."""
    return case(reviews=(ReviewAskedFact(ASKED, more.pop("side", "police"), received_on, key(), A, **more),))


def late(one: Wanted, moment: str) -> bool:
    """Say whether a clock is overdue at a moment of London's wall clocks."""
    at = london(moment)
    return at >= one.due.due_at


@pytest.mark.parametrize(
    ("kind", "received", "more", "last"),
    [
        (Kind.VRR_ACKNOWLEDGE, date(2026, 11, 2), {}, "2026-11-16 23:59"),
        (Kind.VRR_ACKNOWLEDGE, date(2026, 11, 1), {}, "2026-11-13 23:59"),  # a Sunday is day 0
        (Kind.VRR_ACKNOWLEDGE, date(2026, 12, 18), {}, "2027-01-06 23:59"),  # Christmas, 28 December, New Year
        (Kind.VRR_ACKNOWLEDGE, date(2026, 10, 16), {}, "2026-10-30 23:59"),  # over the night when the clocks go back
        (Kind.VRR_ACKNOWLEDGE, date(2026, 3, 20), {}, "2026-04-07 23:59"),  # over the night when they go forward, and Easter
        (Kind.VRR_COMPLETE, date(2026, 11, 2), {}, "2026-12-14 23:59"),
        (Kind.VRR_COMPLETE, date(2026, 9, 28), {}, "2026-11-09 23:59"),
        (Kind.VRR_COMPLETE, date(2026, 11, 2), {"expedited": True, "side": "cps"}, "2026-11-30 23:59"),
        (Kind.VRR_COMPLETE, date(2026, 12, 1), {"expedited": True, "side": "cps"}, "2026-12-31 23:59"),
        (Kind.VRR_COMPLETE, date(2026, 11, 2), {"longer_until": date(2027, 1, 15)}, "2027-01-15 23:59"),
    ],
)
def test_the_last_minute_is_in_time_and_the_next_is_late(kind: Kind, received: date, more: dict[str, Any], last: str) -> None:
    one = only(asked(received, **more), kind)
    assert not late(one, last)
    assert london(last) + MINUTE == one.due.due_at
    assert one.due.due_on == clock.london_day(london(last))


@pytest.mark.parametrize("side", ["police", "cps"])
@pytest.mark.parametrize("kind", [Kind.VRR_ACKNOWLEDGE, Kind.VRR_COMPLETE])
def test_the_side_that_decided_owes(side: str, kind: Kind) -> None:
    one = only(asked(date(2026, 11, 2), side=side), kind)
    assert one.owes == side
    assert one.suspect_id == A
    assert one.complainant_id is not None


def test_acknowledging_meets_the_first_and_completing_both() -> None:
    at, end = london("2026-11-04 10:00"), london("2026-11-10 10:00")
    facts = asked(date(2026, 11, 2), acknowledged_at=at)
    assert only(facts, Kind.VRR_ACKNOWLEDGE).met_at == at
    assert only(facts, Kind.VRR_COMPLETE).met_at is None
    facts = asked(date(2026, 11, 2), completed_at=end)
    assert only(facts, Kind.VRR_ACKNOWLEDGE).met_at == end
    assert only(facts, Kind.VRR_COMPLETE).met_at == end


def test_longer_never_shortens_and_keeps_the_first_day() -> None:
    one = only(asked(date(2026, 11, 2), longer_until=date(2027, 1, 15)), Kind.VRR_COMPLETE)
    assert one.first_due is not None
    assert one.first_due.due_on == date(2026, 12, 14)
    same = only(asked(date(2026, 11, 2), longer_until=date(2026, 12, 14)), Kind.VRR_COMPLETE)
    assert (same.due.due_on, same.first_due) == (date(2026, 12, 14), None)
