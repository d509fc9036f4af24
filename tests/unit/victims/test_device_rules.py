"""The clock of a device: due by the end of the agreed day, moved with the first day beside it, never later than a withdrawal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cases.derive.clocks import CLOCKS, Editions, Kind, Urgency, urgency
from cases.derive.facts import CaseFacts, OverrideFact
from core import clock
from victims.derive.device_rules import DeviceFact, devices

TAKEN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
DEVICE = DeviceFact(UUID(int=1), UUID(int=2), TAKEN, date(2026, 10, 20))


def case(*facts: DeviceFact, overrides: tuple[OverrideFact, ...] = ()) -> CaseFacts:
    return CaseFacts(
        id=UUID(int=3), force_id=52, recorded_at=TAKEN, risk="medium", live_from=None, suspects=(), offences=(),
        offences_closed_on=None, has_enquiries=True, overrides=overrides, beside={"devices": facts},
    )  # fmt: skip


def only(*facts: DeviceFact, **more: Any) -> Any:
    (found,) = devices(case(*facts, **more), Editions())
    return found


def moved(day: date, at: datetime, *, of: UUID = DEVICE.id, kind: str = Kind.DEVICE_RETURN) -> OverrideFact:
    return OverrideFact(kind, of, 0, day, at)


def test_due_by_the_end_of_the_agreed_london_day() -> None:
    found = only(DEVICE)
    assert (found.due.due_on, found.due.due_at) == (date(2026, 10, 20), clock.day_start(date(2026, 10, 21)))
    assert (found.complainant_id, found.started_at, found.owes, found.eased_at) == (DEVICE.complainant_id, TAKEN, "police", None)
    assert found.first_due == found.due


@pytest.mark.parametrize(("moment", "how"), [(timedelta(seconds=-1), Urgency.TODAY), (timedelta(0), Urgency.OVERDUE)])
def test_at_the_boundary(moment: timedelta, how: Urgency) -> None:
    due = only(DEVICE).due
    assert urgency(Kind.DEVICE_RETURN, due.due_at, due.due_on, due.due_at + moment) == how


def test_a_later_day_keeps_the_first_beside_it() -> None:
    at = TAKEN + timedelta(days=3)
    found = only(DEVICE, overrides=(moved(date(2026, 10, 30), at),))
    assert (found.due.due_on, found.first_due.due_on, found.eased_at) == (date(2026, 10, 30), date(2026, 10, 20), at)


def test_the_last_move_counts_and_an_earlier_day_eases_nothing() -> None:
    moves = (moved(date(2026, 10, 10), TAKEN + timedelta(days=4)), moved(date(2026, 10, 30), TAKEN + timedelta(days=3)))
    found = only(DEVICE, overrides=moves)
    assert (found.due.due_on, found.first_due.due_on, found.eased_at) == (date(2026, 10, 10), date(2026, 10, 10), None)


def test_moves_of_other_clocks_are_none_of_this() -> None:
    others = (moved(date(2026, 11, 1), TAKEN, of=UUID(int=9)), moved(date(2026, 11, 1), TAKEN, kind="arrest"))
    assert only(DEVICE, overrides=others).due.due_on == date(2026, 10, 20)


def test_a_withdrawal_makes_it_due_that_day_and_never_later() -> None:
    early = replace(DEVICE, withdrawn_at=datetime(2026, 10, 5, 23, 30, tzinfo=UTC))
    assert only(early).due.due_on == date(2026, 10, 6), "half past midnight in London"
    late = replace(DEVICE, withdrawn_at=datetime(2026, 10, 25, 9, 0, tzinfo=UTC))
    assert only(late).due.due_on == date(2026, 10, 20)
    assert only(late, overrides=(moved(date(2026, 10, 30), TAKEN),)).due.due_on == date(2026, 10, 25)


def test_returned_meets_it() -> None:
    back = TAKEN + timedelta(days=2)
    assert only(replace(DEVICE, returned_at=back)).met_at == back


def test_no_device_no_clock_and_two_devices_two() -> None:
    assert list(devices(case(), Editions())) == []
    assert len(list(devices(case(DEVICE, replace(DEVICE, id=UUID(int=5))), Editions()))) == 2
    assert CLOCKS[Kind.DEVICE_RETURN].movable is False
