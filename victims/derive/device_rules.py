"""The clock of a victim's device: due back on the day agreed with her or him, or on the day on which the agreement was withdrawn.

[DESIGN] A withdrawal makes the device due back by the end of that day, never later than the agreed day (PCSC Act 2022
ss.37-44 let her or him withdraw at any time; none names a number of days). A day that was moved keeps the first beside it.
Pure but for `load_devices`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from cases.derive.clocks import CLOCKS, Editions, Kind, Wanted
from cases.derive.clocks import register as register_rule
from cases.derive.facts import CaseFacts
from core import calendar, clock
from core.calendar import Due

NAME: Final = "devices"


@dataclass(frozen=True, slots=True)
class DeviceFact:
    """One device that was taken."""

    id: UUID
    complainant_id: UUID
    taken_at: datetime
    due_back_on: date
    withdrawn_at: datetime | None = None
    returned_at: datetime | None = None


def register() -> None:
    """Add the clock to the table's rules."""
    register_rule(NAME, devices, load_devices)


def load_devices(case: Any) -> tuple[DeviceFact, ...]:
    """Return the devices taken in a case. Called in the system scope of its force; one query."""
    from victims.models import DeviceRequest

    taken = DeviceRequest.objects.filter(case=case, taken_at__isnull=False).order_by("taken_at", "id")
    rows: Any = taken.values_list("id", "complainant_id", "taken_at", "due_back_on", "withdrawn_at", "returned_at")
    return tuple(DeviceFact(*row) for row in rows)


def devices(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield one clock for each device that was taken."""
    facts: tuple[DeviceFact, ...] = case.beside.get(NAME, ())
    for device in facts:
        first, due, eased = _due(case, device)
        yield Wanted(
            Kind.DEVICE_RETURN,
            device.id,
            complainant_id=device.complainant_id,
            started_at=device.taken_at,
            due=due,
            first_due=first,
            eased_at=eased,
            owes=CLOCKS[Kind.DEVICE_RETURN].owes,
            met_at=device.returned_at,
        )


def _due(case: CaseFacts, device: DeviceFact) -> tuple[Due, Due, datetime | None]:
    """Return the earliest due moment, the one that stands, and when it was last made later."""
    agreed = calendar.due_by_end_of(device.due_back_on)
    key = (Kind.DEVICE_RETURN, device.id, 0)
    moves = sorted((move for move in case.overrides if (move.kind, move.subject_id, move.sequence) == key), key=lambda move: move.at)
    due, eased = agreed, None
    if moves:
        due = calendar.due_by_end_of(moves[-1].moved_to)
        eased = moves[-1].at if due.due_at > agreed.due_at else None
    if device.withdrawn_at is not None:
        due = min(due, calendar.due_by_end_of(clock.london_day(device.withdrawn_at)), key=_moment)
    return min(agreed, due, key=_moment), due, eased


def _moment(due: Due) -> datetime:
    return due.due_at
