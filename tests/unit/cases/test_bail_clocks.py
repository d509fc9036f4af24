"""The clocks of bail and detention: the law's periods, at every boundary."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from cases.derive import clock_rules
from cases.derive.clocks import Kind, Urgency, urgency
from cases.derive.facts import MONTHS_OF_AUTHORITY, ArrestFact, BailEventFact, BailFact, CaseFacts, SuspectFacts
from tests.unit.cases.support import CASE, SUSPECT, bail, case, clock_of, clocks, day, event, outcome, suspect


@pytest.fixture(autouse=True)
def _rules() -> None:
    clock_rules.register()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# --- bail --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrested", "authority", "ends_on"),
    [
        ("2026-01-10T10:00", "custody_officer", date(2026, 4, 10)),
        ("2025-11-29T10:00", "custody_officer", date(2026, 2, 28)),
        ("2027-11-28T10:00", "custody_officer", date(2028, 2, 28)),
        ("2027-11-29T10:00", "custody_officer", date(2028, 2, 29)),
        ("2026-02-28T10:00", "custody_officer", date(2026, 5, 31)),
        ("2026-01-10T10:00", "inspector", date(2026, 7, 10)),
        ("2026-01-10T10:00", "superintendent", date(2026, 10, 10)),
        ("2026-01-10T10:00", "court", date(2027, 1, 10)),
    ],
)
def test_bail_ends_by_its_authority_counted_from_the_day_after_arrest(arrested: str, authority: str, ends_on: date) -> None:
    grant = BailFact(uuid4(), at(arrested) + timedelta(days=1), authority, at(arrested))
    facts = SuspectFacts(id=SUSPECT, identified_at=at(arrested), bails=(grant,))
    one = clock_of(CaseFacts(CASE, 52, at(arrested), "standard", None, (facts,)), Kind.BAIL_EXPIRY)

    assert one.due.due_on == ends_on
    assert urgency(Kind.BAIL_EXPIRY, one.due.due_at, one.due.due_on, one.due.due_at) == Urgency.CRITICAL
    assert urgency(Kind.BAIL_EXPIRY, one.due.due_at, one.due.due_on, one.due.due_at - timedelta(seconds=1)) == Urgency.TODAY


def test_an_own_day_wins_and_the_latest_extension_after_it() -> None:
    assert bail(0, own=date(2026, 3, 20)).ends_on() == date(2026, 3, 20)
    assert bail(0, event("extended", 10, months=6), own=date(2026, 3, 20)).ends_on() == date(2026, 9, 2)
    assert bail(0, event("extended", 10, months=6), event("extended", 90, own=date(2026, 10, 1))).ends_on() == date(2026, 10, 1)


def test_days_suspended_move_the_end_also_of_a_later_extension() -> None:
    stood = (event("suspended", 10), event("running_again", 15))

    assert bail(0).ends_on() == date(2026, 6, 2)
    assert bail(0, *stood).ends_on() == date(2026, 6, 7)
    assert bail(0, *stood, event("extended", 40, months=6)).ends_on() == date(2026, 9, 7)
    assert bail(0, *stood, event("extended", 40, months=6), event("suspended", 50), event("running_again", 52)).ends_on() == date(
        2026, 9, 9
    )
    assert bail(0, *stood, event("extended", 40, own=date(2026, 8, 1))).ends_on() == date(2026, 8, 1)


def test_days_of_bail_used_begin_the_day_after_the_arrest_and_leave_out_those_suspended() -> None:
    assert bail(1, arrested=0).days_used(day(10)) == 10
    assert bail(1, event("suspended", 4), event("running_again", 6), arrested=0).days_used(day(10)) == 8
    assert bail(1, event("suspended", 4), arrested=0).days_used(day(10)) == 4
    assert bail(1, event("ended", 5, to="outcome"), arrested=0).days_used(day(10)) == 5


def test_bail_that_stands_still_is_listed_apart_and_an_extension_begins_it_afresh() -> None:
    still = clock_of(case(suspect(bails=(bail(2, event("suspended", 9)),))), Kind.BAIL_EXPIRY)
    extended = clock_of(case(suspect(bails=(bail(2, event("extended", 50, months=6)),))), Kind.BAIL_EXPIRY)

    assert still.paused_since == day(9)
    assert (extended.started_at, extended.due.due_on) == (day(50), date(2026, 9, 4))


def test_bail_is_met_by_its_end_or_by_the_next_grant() -> None:
    found = clocks(case(suspect(bails=(bail(2), bail(30, event("ended", 40, to="under_investigation"))))), Kind.BAIL_EXPIRY)

    assert [one.met_at for one in found] == [day(30), day(40)]


def test_each_bail_is_met_by_the_grant_after_it_and_one_whose_end_is_not_known_hides_no_other() -> None:
    grants = (bail(2), bail(10), bail(20))
    passed = bail(1, own=date(2026, 3, 20), passed=True)

    assert [one.met_at for one in clocks(case(suspect(bails=grants)), Kind.BAIL_EXPIRY)] == [day(10), day(20), None]
    assert [one.started_at for one in clocks(case(suspect(bails=(passed, *grants))), Kind.BAIL_EXPIRY)] == [day(2), day(10), day(20)]


def test_bail_that_is_over_does_not_stand_still() -> None:
    still = event("suspended", 9)
    for facts in ({"bails": (bail(2, still, event("ended", 12, to="outcome")),)}, {"bails": (bail(2, still),), "outcomes": (outcome(12),)}):
        assert clock_of(case(suspect(**facts)), Kind.BAIL_EXPIRY).paused_since is None


def test_bail_whose_end_had_passed_at_import_opens_no_clock_until_answered() -> None:
    passed = bail(2, own=date(2026, 3, 20), passed=True)
    answered = bail(2, BailEventFact("extended", day(60), None, date(2026, 8, 1)), own=date(2026, 3, 20), passed=True)
    ended = bail(2, event("ended", 30, to="outcome"), own=date(2026, 3, 20), passed=True)

    assert clocks(case(suspect(bails=(passed,))), Kind.BAIL_EXPIRY) == []
    assert clock_of(case(suspect(bails=(ended,))), Kind.BAIL_EXPIRY).met_at == day(30)
    assert clock_of(case(suspect(bails=(answered,))), Kind.BAIL_EXPIRY).due.due_on == date(2026, 8, 1)


def test_the_months_of_each_authority_and_what_an_event_of_bail_says_when_nothing_more_is_known() -> None:
    assert MONTHS_OF_AUTHORITY == {"custody_officer": 3, "inspector": 6, "superintendent": 9, "court": 12}
    assert BailEventFact("ended", day(1)) == BailEventFact("ended", day(1), None, None, "", None)


# --- detention ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [24, 36, 72, 96])
def test_detention_counts_hours_from_the_relevant_time(hours: int) -> None:
    held = ArrestFact(uuid4(), at("2026-03-28T20:00"), began_at=at("2026-03-28T21:00"), hours=hours)
    facts = SuspectFacts(id=SUSPECT, identified_at=at("2026-03-28T19:00"), arrests=(held,))
    one = clock_of(CaseFacts(CASE, 52, at("2026-03-28T19:00"), "standard", None, (facts,)), Kind.DETENTION)

    assert one.due.due_at == at("2026-03-28T21:00") + timedelta(hours=hours)
    assert urgency(Kind.DETENTION, one.due.due_at, one.due.due_on, one.due.due_at) == Urgency.CRITICAL
    assert one.met_at is None
