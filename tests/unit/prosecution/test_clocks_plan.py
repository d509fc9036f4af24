"""The clocks of an action plan: its items, challenges, the proposal to finalise, the review of a finalisation; and of decisions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cases.derive.clocks import Kind
from core.calendar import england_and_wales
from prosecution.derive.facts import ChallengeFact, DecisionFact, FinalisationFact, ProposalFact
from prosecution.derive.items import effective_at, takes_effect_at
from tests.unit.prosecution.clocks import (
    DAY,
    HOUR,
    ITEM,
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
    london,
    only,
    plan,
    referral,
    suspect,
)  # fmt: skip

SET_AT = MONDAY + 3 * DAY


def stood(**more: Any) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Return met, ended and paused of an item as it stands."""
    as_of, set_at = more.pop("as_of", MONDAY + 60 * DAY), more.pop("set_at", SET_AT)
    found = only(case(plans=(plan(item(**more), set_at=set_at),), as_of=as_of), Kind.ACTION_ITEM)
    return found.met_at, found.ended_at, found.paused_since


def test_an_item_runs_from_the_setting_of_its_plan_to_the_date_first_agreed() -> None:
    found = only(case(plans=(plan(item(suspect_id=A)),)), Kind.ACTION_ITEM)
    assert (found.subject_id, found.suspect_id, found.owes, found.started_at) == (ITEM, A, "police", SET_AT)
    assert (found.due.due_on, found.first_due, found.met_at) == (date(2026, 12, 1), None, None)


def test_the_rest_of_an_item_keeps_the_first_date_of_the_whole() -> None:
    whole, rest, last = item(state="settled", settled_at=SET_AT + DAY), item(), item()
    rest = replace(rest, id=key(), part_of=whole.id, first_agreed_on=date(2027, 1, 15))
    last = replace(last, id=key(), part_of=rest.id, first_agreed_on=date(2027, 2, 15))
    found = {one.subject_id: one for one in clocks(case(plans=(plan(whole, rest, last),)), Kind.ACTION_ITEM)}
    assert {found[one.id].due.due_on for one in (rest, last)} == {date(2026, 12, 1)}
    assert {found[one.id].started_at for one in (rest, last)} == {SET_AT}
    assert found[rest.id].met_at is None


def test_done_counts_when_the_cps_accepts_it() -> None:
    assert stood(state="settled", reported_at=SET_AT + DAY, settled_at=SET_AT + 2 * DAY) == (SET_AT + 2 * DAY, None, None)


@pytest.mark.parametrize(
    ("said", "takes_effect"),
    [
        ("2026-11-23 10:00", "2026-11-27 00:00"),  # Monday: Thursday is the third working day
        ("2026-11-20 23:59", "2026-11-26 00:00"),  # Friday
        ("2026-12-23 09:00", "2026-12-31 00:00"),  # over Christmas and its substitute
        ("2026-03-27 10:00", "2026-04-02 00:00"),  # over the night when the clocks go forward
        ("2026-10-23 10:00", "2026-10-29 00:00"),  # over the night when they go back
    ],
)
def test_done_takes_effect_by_itself_when_the_third_working_day_is_over(said: str, takes_effect: str) -> None:
    at, by_itself = london(said), london(takes_effect)
    assert takes_effect_at(at, england_and_wales()) == by_itself
    minute_before = by_itself - timedelta(minutes=1)
    assert stood(state="done", reported_at=at, as_of=minute_before, set_at=at - DAY) == (None, None, at)
    assert stood(state="done", reported_at=at, as_of=by_itself, set_at=at - DAY) == (by_itself, None, None)


def test_nothing_but_done_counts_by_itself() -> None:
    for state in ("set", "accepted", "challenged", "insisted", "escalated", "cannot", "dropped"):
        assert effective_at(state, MONDAY, MONDAY, england_and_wales(), as_of=MONDAY + 60 * DAY) is None
    assert effective_at("done", MONDAY, None, england_and_wales(), as_of=None) is None


def test_it_stands_still_while_the_move_is_the_cpss_and_its_date_never_moves() -> None:
    challenged = {"state": "challenged", "challenges": (ChallengeFact(SET_AT, SET_AT + HOUR), ChallengeFact(SET_AT + DAY))}
    assert stood(**challenged) == (None, None, SET_AT + DAY)
    assert stood(state="cannot", reported_at=SET_AT + DAY) == (None, None, SET_AT + DAY)
    for state in ("set", "accepted", "insisted", "escalated"):
        assert stood(state=state, challenges=(ChallengeFact(SET_AT, SET_AT + HOUR),)) == (None, None, None)
    not_taken = only(case(plans=(plan(item(state="accepted", reported_at=SET_AT + DAY)),)), Kind.ACTION_ITEM)
    assert (not_taken.due.due_on, not_taken.paused_since) == (date(2026, 12, 1), None)


def test_what_was_agreed_not_to_do_and_what_outlived_its_plan_ends() -> None:
    assert stood(state="dropped", settled_at=SET_AT + DAY) == (None, SET_AT + DAY, None)
    for state in ("ended", "finalised"):
        over = plan(item(state="challenged", challenges=(ChallengeFact(SET_AT),)), state=state, ended_at=SET_AT + 5 * DAY)
        about = case(plans=(over,))
        assert (only(about, Kind.ACTION_ITEM).ended_at, only(about, Kind.ACTION_ITEM).paused_since) == (SET_AT + 5 * DAY, None)
        assert only(about, Kind.ACTION_CHALLENGE).ended_at == SET_AT + 5 * DAY


def test_a_plan_that_is_set_again_takes_its_items_up_where_they_were() -> None:
    again = plan(state="set", ended_at=SET_AT + 95 * DAY)
    found = only(case(plans=(again,)), Kind.ACTION_ITEM)
    assert (found.started_at, found.due.due_on, found.ended_at) == (SET_AT, date(2026, 12, 1), None)


def test_the_outcome_of_one_suspect_ends_the_items_about_her_or_him_alone() -> None:
    about_a, about_b, about_all = item(suspect_id=A), item(suspect_id=B), item()
    about_b, about_all = replace(about_b, id=key()), replace(about_all, id=key())
    people = (suspect(A, closed(SET_AT + 2 * DAY)), suspect(B))
    found = {one.subject_id: one.ended_at for one in clocks(case(*people, plans=(plan(about_a, about_b, about_all),)), Kind.ACTION_ITEM)}
    assert found == {about_a.id: SET_AT.replace(hour=0) + 2 * DAY, about_b.id: None, about_all.id: None}


def test_what_was_done_on_the_day_of_the_outcome_was_done() -> None:
    done = item(suspect_id=A, state="settled", settled_at=SET_AT + 2 * DAY)
    found = only(case(suspect(A, closed(SET_AT + 2 * DAY)), plans=(plan(done),)), Kind.ACTION_ITEM)
    assert (found.met_at, found.ended_at) == (SET_AT + 2 * DAY, None)


def test_each_challenge_waits_for_its_own_answer() -> None:
    twice = item(state="challenged", challenges=(ChallengeFact(SET_AT, SET_AT + DAY), ChallengeFact(SET_AT + 2 * DAY)))
    found = clocks(case(plans=(plan(twice),)), Kind.ACTION_CHALLENGE)
    assert [(one.sequence, one.started_at, one.met_at, one.owes) for one in found] == [
        (0, SET_AT, SET_AT + DAY, "cps"),
        (1, SET_AT + 2 * DAY, None, "cps"),
    ]


def test_finalising_is_proposed_at_90_days_until_answered_finalised_or_kept_open() -> None:
    assert only(case(plans=(plan(),)), Kind.FINALISE_PROPOSED).met_at is None
    for state in ("answered", "ended", "finalised"):
        assert only(case(plans=(plan(state=state, ended_at=SET_AT + DAY),)), Kind.FINALISE_PROPOSED).met_at == SET_AT + DAY
    kept = plan(kept_open_at=SET_AT + 91 * DAY)
    assert only(case(plans=(kept,)), Kind.FINALISE_PROPOSED).met_at == SET_AT + 91 * DAY
    assert clocks(case(plans=(plan(referral_id=None),)), Kind.FINALISE_PROPOSED) == []


def test_a_finalisation_reopened_proposes_it_anew_and_its_own_review_is_met() -> None:
    first = FinalisationFact(key(), REFERRAL, PLAN, SET_AT + 95 * DAY, SET_AT + 100 * DAY, reopened=True)
    about = case(plans=(plan(),), finalisations=(first,), referrals=(referral(),))
    found = clocks(about, Kind.FINALISE_PROPOSED)
    assert [(one.sequence, one.started_at, one.met_at) for one in found] == [(0, SET_AT, first.at), (1, first.reviewed_at, None)]
    assert only(about, Kind.REOPENING_REVIEW).met_at == SET_AT + 100 * DAY


def test_the_review_of_a_finalisation_ends_when_the_last_of_its_suspects_has_an_outcome() -> None:
    stands = FinalisationFact(key(), REFERRAL, PLAN, SET_AT + 95 * DAY)
    both: dict[str, Any] = {"referrals": (referral(suspects=(A, B)),), "finalisations": (stands,)}
    later = closed(SET_AT + 97 * DAY)
    assert only(case(suspect(A, later), suspect(B), **both), Kind.REOPENING_REVIEW).ended_at is None
    found = only(case(suspect(A, later), suspect(B, closed(SET_AT + 98 * DAY)), **both), Kind.REOPENING_REVIEW)
    assert found.ended_at == SET_AT.replace(hour=0) + 98 * DAY


def test_a_second_check_is_a_clock_each_time_it_is_asked_for() -> None:
    decision = key()
    first = ProposalFact(decision, A, MONDAY, checked_at=MONDAY + DAY)
    second = ProposalFact(decision, A, MONDAY + 2 * DAY)
    other = ProposalFact(key(), B, MONDAY, ended_at=MONDAY + HOUR)
    found = clocks(case(suspect(A), suspect(B), proposals=(first, other, second)), Kind.SECOND_CHECK)
    own = [one for one in found if one.subject_id == decision]
    assert [(one.sequence, one.started_at, one.met_at, one.suspect_id) for one in own] == [
        (0, MONDAY, MONDAY + DAY, A),
        (1, MONDAY + 2 * DAY, None, A),
    ]
    assert [(one.met_at, one.ended_at) for one in found if one.suspect_id == B] == [(None, MONDAY + HOUR)]


def test_a_threshold_charge_is_reviewed_by_the_day_set_unless_it_is_reopened() -> None:
    outcome = closed(MONDAY, id=key())
    charge = DecisionFact(key(), A, MONDAY, REFERRAL, "threshold", "charge", date(2026, 12, 4), outcome.id)
    about = case(suspect(A, outcome), decisions=(charge,))
    found = only(about, Kind.THRESHOLD_REVIEW)
    assert (found.subject_id, found.due.due_on, found.met_at, found.ended_at) == (charge.id, date(2026, 12, 4), None, None)

    applied = case(suspect(A, outcome), decisions=(replace(charge, full_code_at=MONDAY + 9 * DAY),))
    assert only(applied, Kind.THRESHOLD_REVIEW).met_at == MONDAY + 9 * DAY

    reopened = case(suspect(A, replace(outcome, reopened_at=MONDAY + 3 * DAY)), decisions=(charge,))
    assert only(reopened, Kind.THRESHOLD_REVIEW).ended_at == MONDAY + 3 * DAY


@pytest.mark.parametrize("change", [{"test": "full_code"}, {"decision": "nfa_evidential"}])
def test_no_other_decision_has_a_day_of_review(change: dict[str, str]) -> None:
    charge = DecisionFact(key(), A, MONDAY, REFERRAL, "threshold", "charge", date(2026, 12, 4))
    assert clocks(case(decisions=(replace(charge, **change),)), Kind.THRESHOLD_REVIEW) == []  # type: ignore[arg-type]
