"""The clocks of telling: who is told what, by when, by whom, and what stops each of them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from cases.derive.clocks import Kind, Owes
from cases.derive.facts import (
    ArrestFact,
    BailEventFact,
    BailFact,
    CaseFacts,
    HearingFact,
    OfficerFact,
    OutcomeFact,
    Position,
    ToldFact,
)
from cases.derive.told_rules import TOLD_KINDS, told_subject
from core import calendar, clock
from core.calendar import Unit
from tests.unit.cases.support import DAY0, SUSPECT, day
from tests.unit.cases.telling import ARRESTED, FACT, OTHER_SUSPECT, SHE, known, only, she, suspect, told_clocks

EVERYTHING: dict[str, CaseFacts] = {
    Kind.TOLD_CRIME_RECORDED: known(she()),
    Kind.TOLD_ARREST: known(she(), suspects=(ARRESTED,)),
    Kind.TOLD_RELEASE: known(she(), suspects=(suspect(arrests=(ArrestFact(FACT, day(0), False, day(1), "under_investigation"),)),)),
    Kind.TOLD_INTERVIEW: known(she(), suspects=(suspect(interviews=(day(1),), interview_ids=(FACT,)),)),
    Kind.TOLD_BAIL: known(she(), suspects=(suspect(bails=(BailFact(FACT, day(1), "inspector"),)),)),
    Kind.TOLD_BAIL_ENDED: known(
        she(),
        suspects=(suspect(bails=(BailFact(FACT, day(0), "inspector", events=(BailEventFact("ended", day(1), ended_to="outcome"),)),)),),
    ),
    Kind.TOLD_NFA: known(she(), suspects=(suspect(outcomes=(OutcomeFact(15, day(1).date(), None, FACT, "police"),)),)),
    Kind.TOLD_CHARGE: known(she(), suspects=(suspect(outcomes=(OutcomeFact(1, day(1).date(), None, FACT, "cps"),)),)),
    Kind.TOLD_HEARING: known(she(), hearings=(HearingFact(FACT, SUSPECT, day(1)),)),
    Kind.TOLD_CLOSED: known(she(), suspects=(suspect(position=Position.FINALISED, position_id=FACT, position_since=day(1)),)),
    Kind.TOLD_NEW_OFFICER: known(she(), officers=(OfficerFact(FACT, day(1)),)),
}


def test_there_is_a_case_here_for_every_kind_of_telling() -> None:
    assert set(EVERYTHING) == set(TOLD_KINDS)


@pytest.mark.parametrize("kind", sorted(TOLD_KINDS))
@pytest.mark.parametrize(("entitlement", "days"), [("enhanced", 1), ("standard", 5)])
def test_each_kind_runs_for_its_entitlement_counted_in_working_days(kind: str, entitlement: str, days: int) -> None:
    facts = EVERYTHING[kind]
    facts = known(she(entitlement=entitlement), suspects=facts.suspects, hearings=facts.hearings, officers=facts.officers)
    one = only(facts, kind)

    began = DAY0 if kind == Kind.TOLD_CRIME_RECORDED else day(1)
    length = 1 if kind == Kind.TOLD_HEARING else days
    assert one.due == calendar.due(began, length, Unit.WORKING_DAYS, calendar.england_and_wales())
    assert (one.owes, one.complainant_id, one.met_at, one.ended_at) == (Owes.POLICE, SHE, None, None)


@pytest.mark.parametrize("kind", sorted(set(TOLD_KINDS) - {Kind.TOLD_CRIME_RECORDED, Kind.TOLD_NEW_OFFICER}))
def test_whose_crimes_do_not_name_the_suspect_is_told_nothing_of_her_or_him(kind: str) -> None:
    facts = EVERYTHING[kind]
    stranger = she(names=(OTHER_SUSPECT,))
    assert not told_clocks(known(stranger, suspects=facts.suspects, hearings=facts.hearings), kind)


def test_two_complainants_have_a_clock_each() -> None:
    b = UUID(int=21)
    found = told_clocks(known(she(), she(key=b), suspects=(ARRESTED,)), Kind.TOLD_ARREST)
    assert {(one.complainant_id, one.subject_id) for one in found} == {(SHE, told_subject(SHE, FACT)), (b, told_subject(b, FACT))}


def test_a_charge_from_custody_is_told_as_a_charge_alone_unless_a_release_is_recorded() -> None:
    thursday = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)  # before Good Friday (3 April) and Easter Monday (6 April)
    charge = OutcomeFact(1, thursday.date(), None, UUID(int=78), "cps")

    def told(to: str) -> dict[str, datetime]:
        facts = known(she(), suspects=(suspect(arrests=(ArrestFact(FACT, day(0), False, thursday, to),), outcomes=(charge,)),))
        return {one.kind: one.due.due_at for kind in (Kind.TOLD_RELEASE, Kind.TOLD_CHARGE) for one in told_clocks(facts, kind)}

    late = clock.day_start(date(2026, 4, 8))  # the first moment late: until the last minute of Tuesday 7 April it is in time
    assert told("charged") == {Kind.TOLD_CHARGE: late}
    assert told("outcome") == {Kind.TOLD_CHARGE: late, Kind.TOLD_RELEASE: late}


def test_the_last_moment_of_the_last_working_day_is_in_time_and_bank_holidays_do_not_count() -> None:
    thursday = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)  # before Good Friday (3 April) and Easter Monday (6 April)
    facts = known(she(), suspects=(suspect(arrests=(ArrestFact(FACT, thursday),)),))
    one = only(facts, Kind.TOLD_ARREST)

    assert one.due.due_on == date(2026, 4, 7)
    assert one.due.due_at == clock.day_start(date(2026, 4, 8))


def test_told_meets_the_clock_and_told_before_it_happened_counts_from_when_it_did() -> None:
    told = ToldFact(Kind.TOLD_ARREST, FACT, day(2))
    assert only(known(she(told), suspects=(ARRESTED,)), Kind.TOLD_ARREST).met_at == day(2)
    before = ToldFact(Kind.TOLD_ARREST, FACT, day(0.5))
    assert only(known(she(before), suspects=(ARRESTED,)), Kind.TOLD_ARREST).met_at == day(1)


def test_told_of_something_else_meets_nothing() -> None:
    for told in (ToldFact(Kind.TOLD_ARREST, uuid4(), day(2)), ToldFact(Kind.TOLD_RELEASE, FACT, day(2))):
        assert only(known(she(told), suspects=(ARRESTED,)), Kind.TOLD_ARREST).met_at is None


@pytest.mark.parametrize("because", ["asked_not", "harm", "investigation", "knew", "other"])
def test_a_decision_not_to_tell_ends_the_clock_and_does_not_meet_it(because: str) -> None:
    one = only(known(she(ToldFact(Kind.TOLD_ARREST, FACT, day(2), because)), suspects=(ARRESTED,)), Kind.TOLD_ARREST)
    assert (one.met_at, one.ended_at) == (None, day(2))


@pytest.mark.parametrize(("because", "before"), [("tried", False), ("no_safe_channel", False), ("asked_not", True), ("harm", True)])
def test_what_could_not_be_done_and_what_was_not_done_before_a_release_stays_owed(because: str, before: bool) -> None:
    one = only(known(she(ToldFact(Kind.TOLD_ARREST, FACT, day(2), because, before)), suspects=(ARRESTED,)), Kind.TOLD_ARREST)
    assert (one.met_at, one.ended_at) == (None, None)


def test_tried_and_then_told_is_told() -> None:
    rows = (ToldFact(Kind.TOLD_ARREST, FACT, day(2), "tried"), ToldFact(Kind.TOLD_ARREST, FACT, day(3)))
    assert only(known(she(*rows), suspects=(ARRESTED,)), Kind.TOLD_ARREST).met_at == day(3)


def test_told_at_the_very_moment_it_was_decided_not_to_tell_is_told() -> None:
    rows = (ToldFact(Kind.TOLD_ARREST, FACT, day(2), "harm"), ToldFact(Kind.TOLD_ARREST, FACT, day(2)))
    one = only(known(she(*rows), suspects=(ARRESTED,)), Kind.TOLD_ARREST)
    assert (one.met_at, one.ended_at) == (day(2), None)


# --- bail ------------------------------------------------------------------------------------------------------------------


def test_extended_and_varied_bail_is_told_and_a_breach_is_not() -> None:
    keys = [uuid4() for _ in range(3)]
    happened = zip(("varied", "extended", "breached"), (2, 3, 4), keys, strict=True)
    events = tuple(BailEventFact(kind, day(at), 6 if kind == "extended" else None, id=key) for kind, at, key in happened)
    facts = known(she(), suspects=(suspect(bails=(BailFact(FACT, day(1), "inspector", events=events),)),))
    assert [one.started_at for one in told_clocks(facts, Kind.TOLD_BAIL)] == [day(1), day(2), day(3)]


def test_bail_that_runs_out_without_anything_opens_its_end_at_its_due_moment_and_not_before() -> None:
    bail = BailFact(FACT, day(0), "custody_officer", own_end_on=day(10).date())
    ran_out = bail.due().due_at
    before = known(she(), suspects=(suspect(bails=(bail,)),), as_of=ran_out - timedelta(seconds=1))
    assert not told_clocks(before, Kind.TOLD_BAIL_ENDED)
    after = known(she(), suspects=(suspect(bails=(bail,)),), as_of=ran_out)
    assert only(after, Kind.TOLD_BAIL_ENDED).started_at == ran_out


def test_an_end_recorded_late_does_not_make_the_telling_of_bail_that_ran_out_timely() -> None:
    bail = BailFact(
        FACT, day(0), "custody_officer", own_end_on=day(10).date(), events=(BailEventFact("ended", day(60), ended_to="outcome"),)
    )
    assert only(known(she(), suspects=(suspect(bails=(bail,)),)), Kind.TOLD_BAIL_ENDED).started_at == bail.due().due_at


def test_suspended_bail_does_not_run_out_and_bail_whose_end_nobody_knows_tells_nothing() -> None:
    suspended = BailFact(FACT, day(0), "custody_officer", own_end_on=day(10).date(), events=(BailEventFact("suspended", day(5)),))
    passed = BailFact(FACT, day(0), "custody_officer", own_end_on=day(10).date(), passed_at_import=True)
    for bail in (suspended, passed):
        assert not told_clocks(known(she(), suspects=(suspect(bails=(bail,)),)), Kind.TOLD_BAIL_ENDED)


def test_bail_replaced_by_another_grant_has_ended() -> None:
    bails = (BailFact(FACT, day(0), "inspector"), BailFact(uuid4(), day(5), "inspector"))
    found = told_clocks(known(she(), suspects=(suspect(bails=bails),), as_of=day(6)), Kind.TOLD_BAIL_ENDED)
    assert [one.started_at for one in found] == [day(5)]


# --- outcomes, officers, who owes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "brought", "owes"), [("cps", True, "cps"), ("cps", False, "police"), ("police", True, "police")])
def test_whose_decision_it_was_owes_the_telling_where_the_cps_has_the_case(side: str, brought: bool, owes: str) -> None:
    outcome = OutcomeFact(1, day(1).date(), None, FACT, side)
    assert only(known(she(), suspects=(suspect(outcomes=(outcome,)),), brought=brought), Kind.TOLD_CHARGE).owes == owes


@pytest.mark.parametrize("code", sorted(set(range(2, 23))))
def test_every_outcome_but_a_charge_is_told_as_one_without_a_charge(code: int) -> None:
    outcome = OutcomeFact(code, day(1).date(), None, FACT, "police")
    facts = known(she(), suspects=(suspect(outcomes=(outcome,)),))
    assert only(facts, Kind.TOLD_NFA).started_at == clock.day_start(day(1).date())
    assert not told_clocks(facts, Kind.TOLD_CHARGE)


def test_an_outcome_reopened_before_it_was_told_need_not_be_told_and_a_new_one_is() -> None:
    rows = (OutcomeFact(15, day(1).date(), day(3), FACT, "police"), OutcomeFact(1, day(9).date(), None, uuid4(), "police"))
    facts = known(she(), suspects=(suspect(outcomes=rows),))
    assert only(facts, Kind.TOLD_NFA).ended_at == day(3)
    assert only(facts, Kind.TOLD_CHARGE).ended_at is None


def test_closing_a_case_ends_no_telling() -> None:
    outcome = OutcomeFact(15, day(30).date(), None, FACT, "police")
    facts = known(
        she(),
        suspects=(suspect(arrests=(ArrestFact(uuid4(), day(1)),), outcomes=(outcome,)),),
        offences=(15,),
        offences_closed_on=day(30).date(),
    )
    assert only(facts, Kind.TOLD_ARREST).ended_at is None


def test_a_new_officer_is_told_until_another_follows() -> None:
    officers = (OfficerFact(uuid4(), day(1)), OfficerFact(uuid4(), day(4)))
    found = told_clocks(known(she(), officers=officers), Kind.TOLD_NEW_OFFICER)
    assert [(one.started_at, one.ended_at) for one in found] == [(day(1), day(4)), (day(4), None)]


def test_what_happened_before_the_force_went_live_is_owed_by_nobody_here() -> None:
    facts = known(she(), suspects=(ARRESTED,), live_from=day(2).date())
    assert not told_clocks(facts)
    assert told_clocks(known(she(), suspects=(ARRESTED,), live_from=day(1).date()), Kind.TOLD_ARREST)


@pytest.mark.parametrize("gone", ["recorded_in_error", "merged"])
def test_a_case_that_is_gone_owes_no_telling(gone: str) -> None:
    assert not told_clocks(known(she(), suspects=(ARRESTED,), **{gone: True}))
