"""The charging review: suspect by suspect, a turn each time that the CPS has to decide."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cases.derive.clocks import Kind, Wanted
from cases.derive.facts import OutcomeFact
from core import clock
from prosecution.derive.facts import DecisionFact, FinalisationFact
from prosecution.derive.rules_referral import review_subject
from tests.unit.prosecution.clocks import (
    DAY,
    HOUR,
    MONDAY,
    PLAN,
    REFERRAL,
    A,
    B,
    case,
    clocks,
    closed,
    item,
    key,
    only,
    plan,
    referral,
    sent,
    suspect,
)  # fmt: skip

TWO = (suspect(A), suspect(B))
BOTH = (referral(suspects=(A, B)),)


def of(found: list[Wanted], who: object) -> list[tuple[object, ...]]:
    """Return start, met and ended of one suspect's turns."""
    return [(one.started_at, one.met_at, one.ended_at) for one in found if one.suspect_id == who]


def decided(who: object = A, at: object = MONDAY + 5 * DAY, decision: str = "charge", referral_id: object = REFERRAL) -> DecisionFact:
    return DecisionFact(key(), who, at, referral_id, "full_code", decision)  # type: ignore[arg-type]


def test_each_suspect_of_a_referral_has_a_clock_from_its_acceptance() -> None:
    found = clocks(case(*TWO, referrals=BOTH), Kind.CHARGING_REVIEW)
    assert {one.subject_id for one in found} == {review_subject(REFERRAL, A), review_subject(REFERRAL, B)}
    assert {one.due.due_on for one in found} == {date(2026, 12, 1)}
    assert of(found, A) == of(found, B) == [(MONDAY + DAY, None, None)]


def test_red_runs_from_its_sending_whatever_triage_says_later() -> None:
    waiting = referral(sent(red=True), state="sent", review_type="red")
    accepted = referral(sent(MONDAY, MONDAY + HOUR, "accepted", red=True), review_type="red")
    for one in (waiting, accepted):
        found = only(case(referrals=(one,)), Kind.CHARGING_REVIEW)
        assert (found.started_at, found.due.due_at) == (MONDAY, MONDAY + 3 * HOUR)


def test_not_red_waits_for_triage() -> None:
    for one in (sent(), sent(MONDAY, MONDAY + DAY, "returned", respond_by=date(2026, 11, 9))):
        assert clocks(case(referrals=(referral(one),)), Kind.CHARGING_REVIEW) == []


def test_a_red_rejection_ends_its_turn_and_what_is_sent_again_begins_its_own() -> None:
    rejected = sent(MONDAY, MONDAY + HOUR, "red_rejected", red=True, respond_by=date(2026, 11, 5))
    again = sent(MONDAY + DAY, MONDAY + 2 * DAY, "accepted")
    found = clocks(case(referrals=(referral(rejected, again, review_type="five_days"),)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY, None, MONDAY + HOUR), (MONDAY + 2 * DAY, None, None)]
    assert [one.sequence for one in found] == [0, 1]
    assert found[1].due.due_on == date(2026, 11, 9)


def test_a_red_sending_accepted_as_another_kind_of_review_runs_as_that() -> None:
    accepted = referral(sent(MONDAY, MONDAY + HOUR, "accepted", red=True), review_type="five_days")
    found = only(case(referrals=(accepted,)), Kind.CHARGING_REVIEW)
    assert (found.started_at, found.due.due_on) == (MONDAY + HOUR, date(2026, 11, 7))


def test_a_decision_stops_the_clock_of_its_suspect_alone() -> None:
    found = clocks(case(suspect(A, closed(MONDAY + 5 * DAY)), suspect(B), referrals=BOTH, decisions=(decided(),)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, MONDAY + 5 * DAY, None)]
    assert of(found, B) == [(MONDAY + DAY, None, None)]


def test_a_decision_in_another_referral_meets_nothing_here() -> None:
    about = case(referrals=(referral(),), decisions=(decided(referral_id=key()),))
    assert only(about, Kind.CHARGING_REVIEW).met_at is None
    named_none = case(referrals=(referral(),), decisions=(decided(referral_id=None), decided(referral_id=None, at=MONDAY - DAY)))
    assert only(named_none, Kind.CHARGING_REVIEW).met_at == MONDAY + 5 * DAY


def test_a_plan_meets_it_and_the_answer_begins_another_turn() -> None:
    answered = plan(state="answered", set_at=MONDAY + 3 * DAY, ended_at=MONDAY + 9 * DAY)
    found = clocks(case(referrals=(referral(),), plans=(answered,)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, MONDAY + 3 * DAY, None), (MONDAY + 9 * DAY, None, None)]
    assert found[1].due.due_on == date(2026, 12, 9)

    waits = clocks(case(referrals=(referral(),), plans=(plan(),)), Kind.CHARGING_REVIEW)
    assert of(waits, A) == [(MONDAY + DAY, MONDAY + 3 * DAY, None)]


def test_a_plan_about_one_suspect_stops_nobody_elses_clock() -> None:
    about_b = plan(item(suspect_id=B))
    found = clocks(case(*TWO, referrals=BOTH, plans=(about_b,)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, None, None)]
    assert of(found, B) == [(MONDAY + DAY, MONDAY + 3 * DAY, None)]


def test_who_was_decided_on_gets_no_turn_when_the_plan_of_the_others_is_answered() -> None:
    answered = plan(state="answered", set_at=MONDAY + 3 * DAY, ended_at=MONDAY + 9 * DAY)
    people = (suspect(A, closed(MONDAY + 2 * DAY)), suspect(B))
    about = case(*people, referrals=BOTH, plans=(answered,), decisions=(decided(at=MONDAY + 2 * DAY),))
    found = clocks(about, Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, MONDAY + 2 * DAY, None)]
    assert of(found, B) == [(MONDAY + DAY, MONDAY + 3 * DAY, None), (MONDAY + 9 * DAY, None, None)]


def test_further_evidence_is_a_decision_and_not_the_last_one() -> None:
    answered = plan(state="answered", set_at=MONDAY + 3 * DAY, ended_at=MONDAY + 9 * DAY)
    asked = decided(at=MONDAY + 2 * DAY, decision="further_evidence")
    found = clocks(case(referrals=(referral(),), plans=(answered,), decisions=(asked,)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, MONDAY + 2 * DAY, None), (MONDAY + 9 * DAY, None, None)]


def test_an_outcome_of_the_police_ends_the_clock_of_its_suspect_alone() -> None:
    died = closed(MONDAY + 4 * DAY, 5)
    found = clocks(case(suspect(A, died), suspect(B), referrals=BOTH), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, None, MONDAY.replace(hour=0) + 4 * DAY)]
    assert of(found, B) == [(MONDAY + DAY, None, None)]


def test_the_end_of_a_referral_ends_what_was_not_decided() -> None:
    withdrawn = referral(sent(MONDAY, MONDAY + HOUR, "withdrawn", red=True), state="withdrawn", review_type="red", ended_at=MONDAY + HOUR)
    assert of(clocks(case(referrals=(withdrawn,)), Kind.CHARGING_REVIEW), A) == [(MONDAY, None, MONDAY + HOUR)]

    over = (referral(suspects=(A, B), state="decided", ended_at=MONDAY + 6 * DAY),)
    found = clocks(case(*TWO, referrals=over, decisions=(decided(),)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, MONDAY + 5 * DAY, None)]
    assert of(found, B) == [(MONDAY + DAY, None, MONDAY + 6 * DAY)]


def test_a_finalisation_owes_no_decision_and_reopened_with_no_plan_standing_it_does() -> None:
    finalised = plan(state="finalised", ended_at=MONDAY + 95 * DAY)
    stands = FinalisationFact(key(), REFERRAL, PLAN, MONDAY + 95 * DAY)
    found = clocks(case(referrals=(referral(state="finalised"),), plans=(finalised,), finalisations=(stands,)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, MONDAY + 3 * DAY, None)]

    reopened = FinalisationFact(stands.id, REFERRAL, PLAN, stands.at, MONDAY + 100 * DAY, reopened=True)
    found = clocks(case(referrals=(referral(),), plans=(finalised,), finalisations=(reopened,)), Kind.CHARGING_REVIEW)
    assert of(found, A) == [(MONDAY + DAY, MONDAY + 3 * DAY, None), (MONDAY + 100 * DAY, None, None)]

    on_plan = clocks(case(referrals=(referral(),), plans=(plan(),), finalisations=(reopened,)), Kind.CHARGING_REVIEW)
    assert of(on_plan, A) == [(MONDAY + DAY, MONDAY + 3 * DAY, None)]


def test_a_decision_entered_afterwards_meets_it_no_earlier_than_it_began() -> None:
    red = referral(sent(red=True), state="decided", review_type="red")
    found = only(case(referrals=(red,), decisions=(decided(at=MONDAY - timedelta(minutes=5)),)), Kind.CHARGING_REVIEW)
    assert found.met_at == MONDAY


def test_a_suspect_recorded_in_error_has_no_clock() -> None:
    assert of(clocks(case(suspect(B), referrals=BOTH), Kind.CHARGING_REVIEW), A) == []


def opened(on: object, at: object, key_of: object = None, basis: str = "supports_again") -> OutcomeFact:
    return closed(on, 16, reopened_at=at, id=key_of, basis=basis)  # type: ignore[arg-type]


@pytest.mark.parametrize("basis", ["supports_again", "review", "new_evidence"])
def test_reopened_while_the_cps_has_it_a_turn_begins_anew(basis: str) -> None:
    person = suspect(A, opened(MONDAY + 5 * DAY, MONDAY + 9 * DAY, basis=basis))
    first, second = clocks(case(person, referrals=(referral(),)), Kind.CHARGING_REVIEW)
    assert (first.started_at, first.met_at, first.ended_at) == (MONDAY + DAY, None, clock.day_start(date(2026, 11, 7)))
    assert (second.sequence, second.started_at, second.met_at, second.ended_at) == (1, MONDAY + 9 * DAY, None, None)
    assert second.due.due_on == date(2026, 12, 9)


@pytest.mark.parametrize(("ended_days", "begins"), [(8, False), (9, False), (10, True)])
def test_not_where_the_referral_had_ended_by_then(ended_days: int, begins: bool) -> None:
    person = suspect(A, opened(MONDAY + 5 * DAY, MONDAY + 9 * DAY))
    known = (referral(state="decided", ended_at=MONDAY + ended_days * DAY),)
    assert len(clocks(case(person, referrals=known), Kind.CHARGING_REVIEW)) == 1 + begins


def test_what_the_cps_decided_before_counts_for_the_turn_it_met_alone() -> None:
    outcome = key()
    person = suspect(A, opened(MONDAY + 5 * DAY, MONDAY + 9 * DAY, outcome))
    nfa = replace(decided(decision="nfa_evidential"), outcome_id=outcome)
    first, second = clocks(case(person, referrals=(referral(),), decisions=(nfa,)), Kind.CHARGING_REVIEW)
    assert (first.met_at, second.started_at, second.met_at) == (MONDAY + 5 * DAY, MONDAY + 9 * DAY, None)
    charge = decided(at=MONDAY + 12 * DAY)
    assert clocks(case(person, referrals=(referral(),), decisions=(nfa, charge)), Kind.CHARGING_REVIEW)[-1].met_at == MONDAY + 12 * DAY


def test_on_a_plan_that_is_with_the_police_no_turn_begins_and_a_plan_set_later_meets_it() -> None:
    person = suspect(A, opened(MONDAY + 5 * DAY, MONDAY + 9 * DAY))
    known: dict[str, Any] = {"referrals": (referral(state="on_plan"),)}
    assert len(clocks(case(person, plans=(plan(item(suspect_id=A)),), **known), Kind.CHARGING_REVIEW)) == 1
    later = plan(item(suspect_id=A), set_at=MONDAY + 11 * DAY)
    assert clocks(case(person, plans=(later,), **known), Kind.CHARGING_REVIEW)[-1].met_at == MONDAY + 11 * DAY


def test_closed_again_on_the_day_it_was_opened_the_turn_stays_and_ends_at_once() -> None:
    person = suspect(A, opened(MONDAY + 5 * DAY, MONDAY + 9 * DAY), closed(MONDAY + 9 * DAY, 16))
    found = clocks(case(person, referrals=(referral(),)), Kind.CHARGING_REVIEW)
    assert [(one.started_at, one.ended_at) for one in found][-1] == (MONDAY + 9 * DAY, MONDAY + 9 * DAY)
