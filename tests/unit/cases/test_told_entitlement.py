"""A changed entitlement, and later editions: open clocks of telling are counted anew, within limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cases.derive.clocks import CLOCKS, Edition, Editions, Kind, Length
from cases.derive.facts import (
    ArrestFact,
    CorrectionFact,
    HearingFact,
    ToldFact,
)
from cases.derive.told_rules import TOLD_KINDS
from core import calendar
from core.calendar import Unit
from tests.unit.cases.support import SUSPECT, day
from tests.unit.cases.telling import ARRESTED, FACT, SHE, known, only, she, suspect, told_clocks


def changed(at: float, old: str, new: str) -> CorrectionFact:
    return CorrectionFact("complainant", SHE, "entitlement", old, new, day(at))


def test_raised_rights_count_anew_but_give_the_rest_of_this_working_day_and_the_next() -> None:
    """Arrested on Tuesday 3 March; standard: due on the 10th. Raised on Thursday the 5th: enhanced would have been the 4th."""
    facts = known(she(entitlement="enhanced"), suspects=(ARRESTED,), corrections=(changed(3, "standard", "enhanced"),))
    one = only(facts, Kind.TOLD_ARREST)
    assert (one.due.due_on, one.first_due, one.eased_at) == (date(2026, 3, 6), None, None)


def test_lowered_rights_count_anew_and_the_first_due_date_stays_beside() -> None:
    facts = known(she(entitlement="standard"), suspects=(ARRESTED,), corrections=(changed(1.2, "enhanced", "standard"),))
    one = only(facts, Kind.TOLD_ARREST)
    assert one.first_due is not None
    assert (one.due.due_on, one.first_due.due_on, one.eased_at) == (date(2026, 3, 10), date(2026, 3, 4), day(1.2))


def test_a_change_after_it_was_overdue_or_told_moves_nothing() -> None:
    late = changed(5, "enhanced", "standard")
    facts = known(she(entitlement="standard"), suspects=(ARRESTED,), corrections=(late,))
    assert only(facts, Kind.TOLD_ARREST).due.due_on == date(2026, 3, 4)
    told = ToldFact(Kind.TOLD_ARREST, FACT, day(1.1))
    soon = changed(1.5, "enhanced", "standard")
    assert only(known(she(told, entitlement="standard"), suspects=(ARRESTED,), corrections=(soon,)), Kind.TOLD_ARREST).due.due_on == date(
        2026, 3, 4
    )


def test_a_change_of_somebody_else_or_before_the_fact_moves_nothing() -> None:
    others = (
        CorrectionFact("complainant", UUID(int=99), "entitlement", "standard", "enhanced", day(2)),
        changed(0.5, "standard", "enhanced"),
    )
    assert only(known(she(), suspects=(ARRESTED,), corrections=others), Kind.TOLD_ARREST).due.due_on == date(2026, 3, 4)


def test_of_several_changes_each_counts_in_order_of_time_however_they_are_given() -> None:
    """Standard, due on the 10th; raised on Tuesday afternoon, due on the 4th; lowered the next morning."""
    raised, lowered = changed(1.2, "standard", "enhanced"), changed(1.9, "enhanced", "standard")
    for order in ((raised, lowered), (lowered, raised)):
        one = only(known(she(entitlement="standard"), suspects=(ARRESTED,), corrections=order), Kind.TOLD_ARREST)
        assert one.first_due is not None
        assert (one.due.due_on, one.first_due.due_on, one.eased_at) == (date(2026, 3, 10), date(2026, 3, 4), day(1.9))


def test_a_change_at_the_moment_it_happened_was_told_or_was_due_is_none_while_it_ran() -> None:
    at_once = changed(1, "enhanced", "standard")
    one = only(known(she(entitlement="standard"), suspects=(ARRESTED,), corrections=(at_once,)), Kind.TOLD_ARREST)
    assert (one.due.due_on, one.first_due, one.eased_at) == (date(2026, 3, 10), None, None)
    told = she(ToldFact(Kind.TOLD_ARREST, FACT, day(1.5)), entitlement="standard")
    when_told = only(known(told, suspects=(ARRESTED,), corrections=(changed(1.5, "enhanced", "standard"),)), Kind.TOLD_ARREST)
    assert (when_told.due.due_on, when_told.eased_at) == (date(2026, 3, 4), None)
    overdue = replace(at_once, at=when_told.due.due_at)
    late = only(known(she(entitlement="standard"), suspects=(ARRESTED,), corrections=(overdue,)), Kind.TOLD_ARREST)
    assert (late.due.due_on, late.eased_at) == (date(2026, 3, 4), None)


def test_a_change_between_lengths_that_end_at_one_moment_eases_nothing() -> None:
    """A hearing is told in the same time to everybody; a length in hours is read by the day on which its moment falls."""
    one = only(
        known(she(), hearings=(HearingFact(FACT, SUSPECT, day(1)),), corrections=(changed(1.2, "standard", "enhanced"),)), "told_hearing"
    )
    assert (one.due.due_on, one.first_due, one.eased_at) == (date(2026, 3, 4), None, None)
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    hours = Edition(Kind.TOLD_ARREST, "enhanced", None, 2, Length(48, Unit.HOURS), date(2026, 1, 1))
    day_long = Edition(Kind.TOLD_ARREST, "standard", None, 2, Length(1, Unit.WORKING_DAYS), date(2026, 1, 1))
    facts = known(she(), suspects=(suspect(arrests=(ArrestFact(FACT, midnight),)),), corrections=(changed(1.2, "standard", "enhanced"),))
    (told,) = told_clocks(facts, Kind.TOLD_ARREST, Editions([hours, day_long]))
    assert (told.due.due_at, told.due.due_on) == (datetime(2026, 3, 5, tzinfo=UTC), date(2026, 3, 5))


MOMENTS = st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 20)).map(lambda moment: moment.replace(tzinfo=UTC))


@given(at=MOMENTS, gap=st.integers(0, 9), first=st.sampled_from(["enhanced", "standard"]))
def test_raising_rights_never_makes_a_telling_due_before_the_end_of_the_next_working_day_nor_later_than_it_was(
    at: datetime, gap: int, first: str
) -> None:
    change = at + timedelta(days=gap, hours=1)
    second = "standard" if first == "enhanced" else "enhanced"
    correction = CorrectionFact("complainant", SHE, "entitlement", first, second, change)
    facts = known(she(entitlement=second), suspects=(suspect(arrests=(ArrestFact(FACT, at),)),), corrections=(correction,))
    one = only(facts, Kind.TOLD_ARREST)

    working = calendar.england_and_wales()
    was = calendar.due(at, 1 if first == "enhanced" else 5, Unit.WORKING_DAYS, working)
    least = calendar.due(change, 1, Unit.WORKING_DAYS, working)
    if change >= was.due_at:
        assert one.due == was
    elif second == "enhanced":
        assert min(was.due_at, least.due_at) <= one.due.due_at <= was.due_at
    else:
        assert one.due == calendar.due(at, 5, Unit.WORKING_DAYS, working)
    assert (one.first_due or one.due).due_at <= one.due.due_at


def test_a_clock_keeps_the_edition_in_force_at_its_start() -> None:
    edition = Edition(Kind.TOLD_ARREST, "enhanced", None, 2, Length(3, Unit.WORKING_DAYS), day(1).date())
    later = Edition(Kind.TOLD_ARREST, "enhanced", None, 3, Length(9, Unit.WORKING_DAYS), day(2).date())
    (one,) = told_clocks(known(she(), suspects=(ARRESTED,)), Kind.TOLD_ARREST, Editions([edition, later]))
    assert (one.due.due_on, one.setting_version) == (date(2026, 3, 6), 2)


def test_every_length_of_telling_names_its_source() -> None:
    assert all(CLOCKS[kind].source and set(CLOCKS[kind].lengths) == {"enhanced", "standard"} for kind in TOLD_KINDS)
