"""The investigation's clocks: when each starts, is due, is met or ends, at every boundary."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cases.derive import clock_rules
from cases.derive.clocks import CLOCKS, Edition, Editions, Kind, Length, Urgency, urgency, wanted
from cases.derive.facts import CaseFacts, CorrectionFact, OverrideFact, SuspectFacts
from core.calendar import Unit
from tests.unit.cases.support import CASE, SUSPECT, arrest, bail, case, clock_of, clocks, day, outcome, situation, suspect


@pytest.fixture(autouse=True)
def _rules() -> None:
    clock_rules.register()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# --- arrest ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("risk", "days"), [("high", 1), ("medium", 7), ("standard", 28)])
def test_an_arrest_is_due_by_risk_counted_from_identification(risk: str, days: int) -> None:
    one = clock_of(case(suspect(), risk=risk), Kind.ARREST)

    assert one.due.due_on == date(2026, 3, 2) + timedelta(days=days)
    assert one.started_at == day(0)


@pytest.mark.parametrize(
    ("identified", "due_on", "due_at"),
    [
        ("2026-11-14T10:00", date(2026, 11, 21), "2026-11-22T00:00"),
        ("2026-11-14T23:59", date(2026, 11, 21), "2026-11-22T00:00"),
        ("2026-07-01T22:59", date(2026, 7, 8), "2026-07-08T23:00"),
        ("2026-07-01T23:00", date(2026, 7, 9), "2026-07-09T23:00"),
        ("2026-03-25T10:00", date(2026, 4, 1), "2026-04-01T23:00"),
        ("2026-10-20T10:00", date(2026, 10, 27), "2026-10-28T00:00"),
        ("2026-12-21T10:00", date(2026, 12, 28), "2026-12-29T00:00"),
        ("2028-02-25T10:00", date(2028, 3, 3), "2028-03-04T00:00"),
        ("2026-12-29T10:00", date(2027, 1, 5), "2027-01-06T00:00"),
    ],
    ids=[
        "evening before",
        "last minute of a day",
        "summer, last minute",
        "summer, first minute of the next",
        "forward",
        "back",
        "bank holidays do not count",
        "leap day",
        "year end",
    ],
)
def test_days_are_london_days_and_the_whole_last_day_is_in_time(identified: str, due_on: date, due_at: str) -> None:
    facts = SuspectFacts(id=SUSPECT, identified_at=at(identified))
    one = clock_of(CaseFacts(CASE, 52, at(identified), "medium", None, (facts,)), Kind.ARREST)

    assert (one.due.due_on, one.due.due_at) == (due_on, at(due_at))
    assert urgency(Kind.ARREST, one.due.due_at, one.due.due_on, at(due_at) - timedelta(seconds=1)) == Urgency.TODAY
    assert urgency(Kind.ARREST, one.due.due_at, one.due.due_on, at(due_at)) == Urgency.OVERDUE
    assert urgency(Kind.ARREST, one.due.due_at, one.due.due_on, at(due_at) + timedelta(days=7)) == Urgency.CRITICAL


@pytest.mark.parametrize(
    "facts",
    [{"arrests": (arrest(3),)}, {"interviews": (day(3),)}, {"no_arrest": (day(3),)}, {"arrests": (arrest(3, imported=True), arrest(9))}],
)
def test_an_arrest_clock_is_met_by_the_first_of_three_acts(facts: dict[str, Any]) -> None:
    one = clock_of(case(suspect(**facts)), Kind.ARREST)

    assert (one.met_at, one.ended_at) == (day(3), None)


def test_an_outcome_ends_the_arrest_clock_at_the_start_of_its_day() -> None:
    one = clock_of(case(suspect(outcomes=(outcome(9, 16),))), Kind.ARREST)

    assert (one.met_at, one.ended_at) == (None, day(9).replace(hour=0))


def test_an_act_on_the_day_of_the_outcome_came_before_it_and_one_after_does_not_count() -> None:
    same_day = clock_of(case(suspect(arrests=(arrest(9, 9.2, "outcome"),), outcomes=(outcome(9, 1),))), Kind.ARREST)
    after = clock_of(case(suspect(arrests=(arrest(10, imported=True),), outcomes=(outcome(9, 16),))), Kind.ARREST)

    assert (same_day.met_at, same_day.ended_at) == (day(9), None)
    assert (after.met_at, after.ended_at) == (None, day(9).replace(hour=0))


def test_nothing_ends_before_it_began() -> None:
    one = clock_of(case(suspect(identified=5, outcomes=(outcome(5, 16),))), Kind.ARREST)

    assert one.ended_at == day(5)


def test_a_reopened_outcome_lets_the_arrest_clock_run_again_from_where_it_stood() -> None:
    one = clock_of(case(suspect(outcomes=(outcome(9, 16, reopened=20),))), Kind.ARREST)

    assert (one.met_at, one.ended_at, one.due.due_on) == (None, None, date(2026, 3, 30))


def test_a_situation_lists_the_arrest_apart_and_never_moves_it() -> None:
    facts = suspect(situations=(situation(3),))
    one = clock_of(case(facts), Kind.ARREST)
    ended = clock_of(case(suspect(situations=(situation(3, 20),))), Kind.ARREST)

    assert one.paused_since == day(3)
    assert one.due.due_on == date(2026, 3, 30)
    assert ended.paused_since is None
    assert ended.due == one.due


def test_an_arrest_clock_that_was_met_or_ended_is_not_listed_apart() -> None:
    """Prison is not ended by an arrest."""
    prison = (situation(2, kind="prison"),)
    for facts in ({"arrests": (arrest(1),)}, {"outcomes": (outcome(9, 16),)}):
        assert clock_of(case(suspect(situations=prison, **facts)), Kind.ARREST).paused_since is None


def correction(field: str, old: str, when: float) -> CorrectionFact:
    return CorrectionFact(
        "suspect" if field == "identified_at" else "case", SUSPECT if field == "identified_at" else CASE, field, old, "", day(when)
    )


def test_lowered_risk_keeps_the_first_due_date_and_says_when_it_was_eased() -> None:
    one = clock_of(case(suspect(), risk="standard", corrections=(correction("risk", "high", 5),)), Kind.ARREST)

    assert one.due.due_on == date(2026, 3, 30)
    assert one.first_due is not None
    assert one.first_due.due_on == date(2026, 3, 3)
    assert one.eased_at == day(5)


def test_raised_risk_makes_it_due_sooner_and_is_no_easing() -> None:
    one = clock_of(case(suspect(), risk="high", corrections=(correction("risk", "standard", 5),)), Kind.ARREST)

    assert one.due.due_on == date(2026, 3, 3)
    assert one.first_due == one.due
    assert one.eased_at is None


def test_risk_lowered_at_the_moment_of_identification_is_an_easing() -> None:
    one = clock_of(case(suspect(identified=5), risk="standard", corrections=(correction("risk", "high", 5),)), Kind.ARREST)

    assert one.first_due is not None
    assert (one.first_due.due_on, one.eased_at) == (date(2026, 3, 8), day(5))


def test_what_was_corrected_of_somebody_else_or_in_another_field_is_no_easing() -> None:
    """Another suspect was identified, and the risk lowered, before this one was."""
    of_another = replace(correction("identified_at", day(0).isoformat(), 12), row_id=UUID(int=3))
    name = replace(of_another, row_id=SUSPECT, field="name", old="Jones")
    changes = (correction("risk", "high", 5), of_another, name)
    one = clock_of(case(suspect(identified=10), risk="standard", corrections=changes), Kind.ARREST)

    assert (one.first_due, one.eased_at) == (one.due, None)


def test_identification_moved_later_keeps_the_first_due_date() -> None:
    one = clock_of(case(suspect(identified=10), corrections=(correction("identified_at", day(0).isoformat(), 12),)), Kind.ARREST)

    assert one.first_due is not None
    assert (one.first_due.due_on, one.eased_at) == (date(2026, 3, 30), day(12))


def test_a_change_after_the_clock_stopped_is_no_easing() -> None:
    one = clock_of(case(suspect(arrests=(arrest(2),)), risk="standard", corrections=(correction("risk", "high", 5),)), Kind.ARREST)

    assert one.eased_at is None


def test_a_change_that_gave_the_same_day_or_came_as_the_clock_stopped_is_no_easing() -> None:
    same = clock_of(case(suspect(), corrections=(correction("identified_at", day(0.1).isoformat(), 5),)), Kind.ARREST)
    stopped = clock_of(case(suspect(arrests=(arrest(5),)), corrections=(correction("risk", "high", 5),)), Kind.ARREST)

    assert (same.first_due, same.eased_at, stopped.eased_at) == (same.due, None, None)


def test_several_changes_remember_the_earliest_due_and_the_latest_easing() -> None:
    changes = (correction("risk", "medium", 2), correction("risk", "high", 4), correction("risk", "medium", 8))
    one = clock_of(case(suspect(), risk="standard", corrections=changes), Kind.ARREST)

    assert one.first_due is not None
    assert (one.first_due.due_on, one.eased_at) == (date(2026, 3, 3), day(8))


# --- interview by ------------------------------------------------------------------------------------------------------


def test_an_approved_decision_asks_for_an_interview_within_28_days() -> None:
    one = clock_of(case(suspect(no_arrest=(day(3),))), Kind.INTERVIEW_BY)

    assert (one.started_at, one.due.due_on, one.met_at) == (day(3), date(2026, 4, 2), None)


def test_the_interview_meets_it_and_an_arrest_ends_it() -> None:
    met = clock_of(case(suspect(no_arrest=(day(3),), interviews=(day(9),))), Kind.INTERVIEW_BY)
    ended = clock_of(case(suspect(no_arrest=(day(3),), arrests=(arrest(5),), interviews=(day(5.1),))), Kind.INTERVIEW_BY)

    assert (met.met_at, met.ended_at) == (day(9), None)
    assert (ended.met_at, ended.ended_at) == (None, day(5))


def test_an_act_at_the_moment_of_the_decision_comes_after_it_and_of_two_in_one_moment_the_interview_counts() -> None:
    interviewed = clock_of(case(suspect(no_arrest=(day(3),), interviews=(day(3),))), Kind.INTERVIEW_BY)
    arrested = clock_of(case(suspect(no_arrest=(day(3),), arrests=(arrest(3),))), Kind.INTERVIEW_BY)
    both = clock_of(case(suspect(no_arrest=(day(3),), arrests=(arrest(5),), interviews=(day(5),))), Kind.INTERVIEW_BY)

    assert (interviewed.met_at, interviewed.ended_at) == (day(3), None)
    assert (arrested.met_at, arrested.ended_at) == (None, day(3))
    assert (both.met_at, both.ended_at) == (day(5), None)


def test_a_second_decision_does_not_begin_it_afresh_and_an_earlier_interview_asks_for_none() -> None:
    assert clock_of(case(suspect(no_arrest=(day(3), day(20)))), Kind.INTERVIEW_BY).started_at == day(3)
    assert clocks(case(suspect(no_arrest=(day(3),), interviews=(day(2),))), Kind.INTERVIEW_BY) == []


# --- before the force went live, moved dates, editions, nothing at all -----------------------------------------------------


def test_before_the_force_went_live_only_arrest_bail_review_of_release_and_contact_are_owed() -> None:
    facts = suspect(arrests=(arrest(1, 2),), bails=(bail(3),), situations=(situation(1, kind="prison"),), no_arrest=(day(1),))
    kinds = {one.kind for one in wanted(case(facts, live_from=date(2027, 1, 1)), Editions()).values()}

    assert kinds == {Kind.ARREST, Kind.BAIL_EXPIRY, Kind.RUI_REVIEW}
    assert {kind for kind, row in CLOCKS.items() if row.before_live} == {*kinds, Kind.VICTIM_CONTACT}


def test_the_day_a_force_goes_live_counts() -> None:
    assert clocks(case(live_from=date(2026, 3, 2)), Kind.SUPERVISOR_REVIEW)
    assert not clocks(case(live_from=date(2026, 3, 3)), Kind.SUPERVISOR_REVIEW)


def test_a_moved_date_counts_only_for_clocks_that_may_be_moved_and_keeps_the_first() -> None:
    moves = (
        OverrideFact(Kind.SUPERVISOR_REVIEW, CASE, 0, date(2026, 3, 9), day(1)),
        OverrideFact(Kind.ARREST, SUSPECT, 0, date(2026, 12, 1), day(1)),
    )
    facts = case(suspect(), overrides=moves)
    moved = clock_of(facts, Kind.SUPERVISOR_REVIEW)

    assert moved.due.due_on == date(2026, 3, 9)
    assert moved.first_due is not None
    assert (moved.first_due.due_at, moved.eased_at) == (day(3), day(1))
    assert clock_of(facts, Kind.ARREST).due.due_on == date(2026, 3, 30)


def test_a_clock_keeps_the_edition_in_force_at_its_start_and_an_agencys_own_wins() -> None:
    later = Edition(Kind.ARREST, "standard", None, 2, Length(14, Unit.DAYS), date(2026, 3, 10))
    own = Edition(Kind.ARREST, "standard", 52, 2, Length(5, Unit.DAYS), date(2026, 3, 1))

    before = clock_of(case(suspect()), Kind.ARREST), clock_of(case(suspect()), Kind.ARREST, Editions([later]))
    after = clock_of(case(suspect(identified=8)), Kind.ARREST, Editions([later]))
    theirs = clock_of(case(suspect(identified=8)), Kind.ARREST, Editions([later, own]))

    assert before[0].due == before[1].due
    assert (after.due.due_on, after.setting_version) == (date(2026, 3, 24), 2)
    assert theirs.due.due_on == date(2026, 3, 15)


@pytest.mark.parametrize("what", ["recorded_in_error", "merged"])
def test_a_case_that_should_not_be_there_has_no_clocks(what: str) -> None:
    assert wanted(case(suspect(arrests=(arrest(1),)), **{what: True}), Editions()) == {}  # type: ignore[arg-type]


def test_risk_lowered_before_anybody_was_identified_eased_nothing() -> None:
    one = clock_of(case(suspect(identified=10), risk="standard", corrections=(correction("risk", "high", 5),)), Kind.ARREST)

    assert one.first_due == one.due
    assert one.eased_at is None


def test_risk_lowered_between_two_versions_of_identification_is_an_easing() -> None:
    changes = (correction("risk", "high", 5), correction("identified_at", day(0).isoformat(), 12))
    one = clock_of(case(suspect(identified=10), risk="standard", corrections=changes), Kind.ARREST)

    assert one.first_due is not None
    assert one.first_due.due_on == date(2026, 3, 3)
