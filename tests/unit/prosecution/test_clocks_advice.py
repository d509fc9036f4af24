"""The clocks of early advice and of triage, from plain facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.derive.clocks import Editions, Kind, wanted
from prosecution.derive.facts import ACCEPTED, AdviceFact
from tests.unit.prosecution.clocks import CASE, DAY, HOUR, MONDAY, A, B, case, clocks, closed, key, only, referral, sent, suspect


def test_early_advice_is_considered_from_the_first_suspect_identified_once_a_case() -> None:
    found = only(case(suspect(B, identified_at=MONDAY + DAY), suspect(A)), Kind.EARLY_ADVICE_CONSIDERED)
    assert (found.subject_id, found.started_at, found.due.due_on, found.met_at) == (CASE, MONDAY, date(2026, 11, 23), None)


def test_without_a_suspect_nothing_has_to_be_considered() -> None:
    about = replace(case(), suspects=())
    assert clocks(about, Kind.EARLY_ADVICE_CONSIDERED) == []


def test_it_is_met_by_a_request_by_the_reason_not_to_or_by_a_referral_whichever_was_first() -> None:
    request = AdviceFact(key(), "sent", submissions=(sent(MONDAY + 3 * DAY),))
    referred = referral(sent(MONDAY + 2 * DAY))
    assert only(case(advice=(request,)), Kind.EARLY_ADVICE_CONSIDERED).met_at == MONDAY + 3 * DAY
    assert only(case(advice=(request,), referrals=(referred,)), Kind.EARLY_ADVICE_CONSIDERED).met_at == MONDAY + 2 * DAY
    everything = case(advice=(request,), referrals=(referred,), not_sought_at=MONDAY + DAY)
    assert only(everything, Kind.EARLY_ADVICE_CONSIDERED).met_at == MONDAY + DAY
    assert only(case(not_sought_at=MONDAY - DAY), Kind.EARLY_ADVICE_CONSIDERED).met_at == MONDAY


def test_it_ends_when_the_case_closes_and_opens_nothing_before_the_force_went_live() -> None:
    about = case(suspect(A, closed(MONDAY + DAY)))
    about = replace(about, offences=(1,))
    found = only(about, Kind.EARLY_ADVICE_CONSIDERED)
    assert (found.met_at, found.ended_at) == (None, MONDAY.replace(hour=0) + DAY)

    later = replace(case(), live_from=date(2026, 11, 3))
    assert Kind.EARLY_ADVICE_CONSIDERED not in {one.kind for one in wanted(later, Editions()).values()}
    assert Kind.EARLY_ADVICE_CONSIDERED in {one.kind for one in wanted(replace(later, live_from=date(2026, 11, 2)), Editions()).values()}


def test_every_sending_is_triaged_for_itself() -> None:
    first = sent(MONDAY, MONDAY + DAY, "returned", respond_by=date(2026, 11, 10))
    second = sent(MONDAY + 5 * DAY, red=True)
    about = case(referrals=(referral(first, second),))
    found = {one.subject_id: one for one in clocks(about, Kind.TRIAGE)}
    assert (found[first.id].met_at, found[first.id].due.due_on) == (MONDAY + DAY, date(2026, 11, 3))
    assert (found[second.id].met_at, found[second.id].due.due_at) == (None, MONDAY + 5 * DAY + timedelta(minutes=30))


@pytest.mark.parametrize("state", ["withdrawn", "decided"])
def test_triage_ends_with_what_it_was_about(state: str) -> None:
    withdrawn = sent(MONDAY, MONDAY + HOUR, "withdrawn")
    found = only(case(referrals=(referral(withdrawn, state="withdrawn"),)), Kind.TRIAGE)
    assert (found.met_at, found.ended_at) == (None, MONDAY + HOUR)

    waiting = referral(sent(MONDAY), state=state, ended_at=MONDAY + DAY)
    found = only(case(referrals=(waiting,)), Kind.TRIAGE)
    assert (found.met_at, found.ended_at) == (None, MONDAY + DAY)


def test_refusing_and_rejecting_meet_the_triage_and_only_what_came_back_is_sent_again() -> None:
    refused = AdviceFact(key(), "refused", submissions=(sent(MONDAY, MONDAY + HOUR, "refused"),))
    about = case(advice=(refused,))
    assert only(about, Kind.TRIAGE).met_at == MONDAY + HOUR
    assert clocks(about, Kind.RESUBMISSION) == []

    rejected = sent(MONDAY, MONDAY + HOUR, "red_rejected", red=True, respond_by=date(2026, 11, 5))
    found = only(case(referrals=(referral(rejected, state="returned"),)), Kind.RESUBMISSION)
    assert (found.subject_id, found.started_at, found.due.due_on, found.met_at) == (rejected.id, MONDAY + HOUR, date(2026, 11, 5), None)


def test_what_came_back_is_met_by_the_next_sending_and_ended_by_the_withdrawal() -> None:
    first = sent(MONDAY, MONDAY + DAY, "returned", respond_by=date(2026, 11, 10))
    again = case(referrals=(referral(first, sent(MONDAY + 4 * DAY)),))
    assert only(again, Kind.RESUBMISSION).met_at == MONDAY + 4 * DAY

    withdrawn = case(referrals=(referral(first, state="withdrawn", ended_at=MONDAY + 2 * DAY),))
    found = only(withdrawn, Kind.RESUBMISSION)
    assert (found.met_at, found.ended_at) == (None, MONDAY + 2 * DAY)


def test_advice_is_owed_from_the_receipt_of_the_request_that_triage_accepted() -> None:
    first = sent(MONDAY, MONDAY + DAY, "returned", respond_by=date(2026, 11, 10))
    second = sent(MONDAY + 4 * DAY, MONDAY + 5 * DAY, "accepted")
    request = AdviceFact(key(), "accepted", MONDAY + 5 * DAY, submissions=(first, second))
    found = only(case(advice=(request,)), Kind.EARLY_ADVICE_RESPONSE)
    assert (found.subject_id, found.started_at, found.due.due_on) == (request.id, MONDAY + 4 * DAY, date(2026, 11, 27))

    accepted = only(case(advice=(request,), advice_counts_from=ACCEPTED), Kind.EARLY_ADVICE_RESPONSE)
    assert (accepted.started_at, accepted.due.due_on) == (MONDAY + 5 * DAY, date(2026, 11, 28))


def test_after_a_refusal_that_was_challenged_it_counts_from_the_acceptance() -> None:
    refused = sent(MONDAY, MONDAY + DAY, "refused")
    request = AdviceFact(key(), "accepted", MONDAY + 9 * DAY, submissions=(refused,))
    assert only(case(advice=(request,)), Kind.EARLY_ADVICE_RESPONSE).started_at == MONDAY + 9 * DAY
    assert clocks(case(advice=(replace(request, accepted_at=None, state="challenged"),)), Kind.EARLY_ADVICE_RESPONSE) == []


def test_advice_given_meets_it_and_a_withdrawal_or_the_end_of_the_case_ends_it() -> None:
    accepted = sent(MONDAY, MONDAY + DAY, "accepted")
    given = AdviceFact(key(), "advised", MONDAY + DAY, MONDAY + 3 * DAY, (accepted,))
    found = only(case(advice=(given,)), Kind.EARLY_ADVICE_RESPONSE)
    assert (found.met_at, found.ended_at) == (MONDAY + 3 * DAY, None)

    withdrawn = replace(given, state="withdrawn")
    found = only(case(advice=(withdrawn,)), Kind.EARLY_ADVICE_RESPONSE)
    assert (found.met_at, found.ended_at) == (None, MONDAY + 3 * DAY)

    about = replace(case(suspect(A, closed(MONDAY + 2 * DAY)), advice=(replace(given, state="accepted", ended_at=None),)), offences=(1,))
    found = only(about, Kind.EARLY_ADVICE_RESPONSE)
    assert (found.met_at, found.ended_at) == (None, MONDAY.replace(hour=0) + 2 * DAY)
