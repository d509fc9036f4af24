"""The clocks of needs and of devices whole: every field of what is wanted, and how devices are read."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import pytest

from cases.derive.clocks import Edition, Editions, Kind, Length, Wanted
from cases.derive.facts import ComplainantFacts, OverrideFact, SuspectFacts
from core import calendar, clock
from core.calendar import Unit
from tests.unit.cases.support import bail, case, day, outcome, suspect
from tests.unit.victims.support import Rows
from victims.derive import device_rules, needs_rules
from victims.derive.device_rules import DeviceFact, devices, load_devices
from victims.derive.needs_rules import NeedsFacts, needs_clocks
from victims.models import DeviceRequest

HER, OTHER = UUID(int=10), UUID(int=11)
SHE = ComplainantFacts(HER, "A", "enhanced", day(0))
LATER = Editions(
    [
        Edition(kind, "", None, 2, Length(days, Unit.DAYS), date(2026, 1, 1))
        for kind, days in ((Kind.NEEDS_ASSESSMENT, 3), (Kind.AGREEMENT_AGAIN, 100))
    ]
)
CLOSED: dict[str, Any] = {"offences": (16,), "offences_closed_on": day(3).date()}


def needs(facts: NeedsFacts | None = None, *suspects: SuspectFacts, **more: Any) -> list[Wanted]:
    known = {} if facts is None else {"victims_needs": {HER: facts}}
    return list(needs_clocks(case(*suspects, complainants=(SHE,), beside=known, **more), LATER))


def assessment(since: float, sequence: int = 0, **more: Any) -> Wanted:
    due = calendar.due_by_end_of(day(since + 3).date())
    return Wanted(
        Kind.NEEDS_ASSESSMENT,
        HER,
        day(since),
        due,
        "police",
        complainant_id=HER,
        sequence=sequence,
        setting_version=2,
        **more,
    )


# --- needs -------------------------------------------------------------------------------------------------------------


def test_of_whom_nothing_is_known_needs_are_to_be_assessed() -> None:
    assert needs() == [assessment(0)]
    (one,) = needs_clocks(case(complainants=(SHE,), beside={"victims_needs": {OTHER: NeedsFacts(assessed=(day(1),))}}), LATER)
    assert one == assessment(0)


def test_each_turn_of_needs() -> None:
    found = needs(NeedsFacts((day(1), day(7)), (day(5), day(9))))
    assert found == [assessment(0, met_at=day(1)), assessment(5, 1, met_at=day(7)), assessment(9, 2)]


def test_a_change_at_the_moment_of_an_assessment_is_in_it() -> None:
    assert needs(NeedsFacts((day(1),), (day(1),))) == [assessment(0, met_at=day(1))]
    assert needs(NeedsFacts((day(1), day(5)), (day(5),))) == [assessment(0, met_at=day(1)), assessment(5, 1)]


def test_closing_the_case_ends_what_was_not_assessed() -> None:
    closed = clock.day_start(day(3).date())
    assert needs(**CLOSED) == [assessment(0, ended_at=closed)]
    assert needs(NeedsFacts((day(1),)), **CLOSED) == [assessment(0, met_at=day(1))]
    assert needs(NeedsFacts((day(1),), (day(5),)), **CLOSED)[1] == assessment(5, 1, ended_at=day(5)), "never before its start"


def test_a_case_with_a_suspect_on_bail_is_open() -> None:
    settled = suspect(key=UUID(int=3), outcomes=(outcome(2),))
    assert needs(None, suspect(bails=(bail(1),)), settled, **CLOSED) == [assessment(0)]


def test_who_reached_18_is_asked_afresh() -> None:
    facts = NeedsFacts((day(1),), (), date(2026, 3, 20), (date(2026, 3, 5), date(2026, 5, 6)))
    begins = clock.day_start(date(2026, 4, 1))
    found = needs(facts, as_of=day(300))[-1]
    assert found == Wanted(
        Kind.AGREEMENT_AGAIN,
        uuid5(HER, "18"),
        begins,
        calendar.due_by_end_of(date(2026, 7, 10)),
        "police",
        complainant_id=HER,
        setting_version=2,
        met_at=clock.day_start(date(2026, 5, 6)),
    )
    assert [one.kind for one in needs(facts)] == [Kind.NEEDS_ASSESSMENT], "nobody asks at which moment"


def test_what_is_decided_once() -> None:
    assert (needs_rules.NAME, needs_rules.GROWN, device_rules.NAME) == ("victims_needs", 18, "devices")


# --- devices -----------------------------------------------------------------------------------------------------------

TAKEN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
DEVICE = DeviceFact(UUID(int=1), HER, TAKEN, date(2026, 10, 20))


def test_the_clock_of_a_device() -> None:
    move = OverrideFact(Kind.DEVICE_RETURN, DEVICE.id, 0, date(2026, 10, 30), TAKEN + timedelta(days=3))
    (found,) = devices(case(beside={"devices": (DEVICE,)}, overrides=(move,)), Editions())
    assert found == Wanted(
        Kind.DEVICE_RETURN,
        DEVICE.id,
        TAKEN,
        calendar.due_by_end_of(date(2026, 10, 30)),
        "police",
        complainant_id=HER,
        first_due=calendar.due_by_end_of(date(2026, 10, 20)),
        eased_at=move.at,
    )


def test_moved_to_the_day_agreed_eases_nothing() -> None:
    move = OverrideFact(Kind.DEVICE_RETURN, DEVICE.id, 0, DEVICE.due_back_on, TAKEN)
    (found,) = devices(case(beside={"devices": (DEVICE,)}, overrides=(move,)), Editions())
    assert found.eased_at is None


def test_a_case_in_which_nothing_was_loaded_has_no_device() -> None:
    assert list(devices(case(), Editions())) == []


def test_the_devices_taken_in_a_case_are_read_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def row(key: int, taken: datetime | None, of: str = "this") -> SimpleNamespace:
        return SimpleNamespace(
            case=of, id=UUID(int=key), complainant_id=HER, taken_at=taken,
            due_back_on=date(2026, 10, key), withdrawn_at=day(key), returned_at=day(key + 1),
        )  # fmt: skip

    rows = [row(4, TAKEN), row(3, TAKEN), row(5, day(0)), row(6, None), row(7, day(0), "another")]
    monkeypatch.setattr(DeviceRequest, "objects", Rows(rows))
    assert load_devices("this") == tuple(
        DeviceFact(UUID(int=key), HER, at, date(2026, 10, key), day(key), day(key + 1)) for key, at in ((5, day(0)), (3, TAKEN), (4, TAKEN))
    )
