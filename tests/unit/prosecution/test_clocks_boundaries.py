"""The last minute in time and the first minute late of every clock between police and CPS.

Days are written here by hand, from a calendar on the wall: nothing is computed by what is tested.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from cases.derive.clock_table_prosecution import PROSECUTION_CLOCKS
from cases.derive.clocks import CLOCKS, Kind, Urgency, Wanted, urgency
from cases.derive.facts import CaseFacts
from core import clock
from prosecution.derive.facts import AdviceFact, ChallengeFact, DecisionFact, FinalisationFact, ProposalFact
from tests.unit.prosecution.clocks import HOUR, MINUTE, PLAN, REFERRAL, A, case, clocks, item, key, london, plan, referral, sent, suspect

STARTS: dict[Kind, Callable[[datetime, str, Any], CaseFacts]] = {
    Kind.EARLY_ADVICE_CONSIDERED: lambda at, variant, day: case(suspect(identified_at=at)),
    Kind.TRIAGE: lambda at, variant, day: case(referrals=(referral(sent(at, red=variant == "red"), state="sent"),)),
    Kind.EARLY_ADVICE_RESPONSE: lambda at, variant, day: case(
        advice=(AdviceFact(key(), "accepted", submissions=(sent(at, at + MINUTE, "accepted"),)),)
    ),
    Kind.RESUBMISSION: lambda at, variant, day: case(
        referrals=(referral(sent(at - MINUTE, at, "returned", respond_by=day), state="returned"),)
    ),
    Kind.CHARGING_REVIEW: lambda at, variant, day: case(
        referrals=(
            referral(sent(at, red=True), state="sent", review_type="red")
            if variant == "red"
            else referral(sent(at - HOUR, at, "accepted"), review_type=variant),
        )
    ),
    Kind.THRESHOLD_REVIEW: lambda at, variant, day: case(
        decisions=(DecisionFact(key(), A, at, test="threshold", decision="charge", review_on=day),)
    ),
    Kind.ACTION_ITEM: lambda at, variant, day: case(plans=(plan(item(first_agreed_on=day), set_at=at),)),
    Kind.ACTION_CHALLENGE: lambda at, variant, day: case(plans=(plan(item(state="challenged", challenges=(ChallengeFact(at),))),)),
    Kind.SECOND_CHECK: lambda at, variant, day: case(proposals=(ProposalFact(key(), A, at),)),
    Kind.FINALISE_PROPOSED: lambda at, variant, day: case(plans=(plan(set_at=at),)),
    Kind.REOPENING_REVIEW: lambda at, variant, day: case(finalisations=(FinalisationFact(key(), REFERRAL, PLAN, at),)),
}
"""A case in which one clock of a kind starts at a moment; the day where a person sets one."""


WHOLE_DAYS: list[tuple[Kind, str, str, str]] = [
    (Kind.EARLY_ADVICE_CONSIDERED, "2026-11-02 10:00", "", "2026-11-23 23:59"),
    (Kind.EARLY_ADVICE_CONSIDERED, "2026-10-20 23:59", "", "2026-11-10 23:59"),  # over the night when the clocks go back
    (Kind.EARLY_ADVICE_CONSIDERED, "2026-03-20 10:00", "", "2026-04-10 23:59"),  # over the night when they go forward
    (Kind.TRIAGE, "2026-11-23 10:00", "other", "2026-11-24 23:59"),  # Monday to Tuesday
    (Kind.TRIAGE, "2026-11-23 23:59", "other", "2026-11-24 23:59"),
    (Kind.TRIAGE, "2026-11-24 00:00", "other", "2026-11-25 23:59"),
    (Kind.TRIAGE, "2026-11-20 16:00", "other", "2026-11-23 23:59"),  # Friday to Monday
    (Kind.TRIAGE, "2026-12-24 12:00", "other", "2026-12-29 23:59"),  # Christmas, and the substitute of Boxing Day on Monday 28
    (Kind.TRIAGE, "2026-04-02 09:00", "other", "2026-04-07 23:59"),  # Maundy Thursday, over Easter, to Tuesday
    (Kind.TRIAGE, "2026-03-27 10:00", "other", "2026-03-30 23:59"),  # over the night when the clocks go forward
    (Kind.TRIAGE, "2026-10-23 10:00", "other", "2026-10-26 23:59"),  # over the night when they go back
    (Kind.EARLY_ADVICE_RESPONSE, "2026-11-02 10:00", "", "2026-11-23 23:59"),
    (Kind.EARLY_ADVICE_RESPONSE, "2026-12-11 10:00", "", "2027-01-01 23:59"),  # calendar days: a bank holiday is a day
    (Kind.RESUBMISSION, "2026-11-02 10:00", "2026-11-09", "2026-11-09 23:59"),
    (Kind.RESUBMISSION, "2026-10-20 10:00", "2026-10-25", "2026-10-25 23:59"),  # the day of 25 hours
    (Kind.CHARGING_REVIEW, "2026-11-02 10:00", "five_days", "2026-11-07 23:59"),  # calendar days: a Saturday
    (Kind.CHARGING_REVIEW, "2026-12-23 10:00", "five_days", "2026-12-28 23:59"),  # and a bank holiday
    (Kind.CHARGING_REVIEW, "2026-11-02 10:00", "28_days", "2026-11-30 23:59"),
    (Kind.CHARGING_REVIEW, "2026-03-10 23:30", "28_days", "2026-04-07 23:59"),
    (Kind.CHARGING_REVIEW, "2026-10-01 00:00", "28_days", "2026-10-29 23:59"),
    (Kind.THRESHOLD_REVIEW, "2026-11-02 10:00", "2026-12-04", "2026-12-04 23:59"),
    (Kind.THRESHOLD_REVIEW, "2026-03-02 10:00", "2026-03-29", "2026-03-29 23:59"),  # the day of 23 hours
    (Kind.ACTION_ITEM, "2026-11-02 10:00", "2026-11-30", "2026-11-30 23:59"),
    (Kind.ACTION_ITEM, "2026-11-02 10:00", "2026-12-25", "2026-12-25 23:59"),  # agreed for a bank holiday is agreed
    (Kind.ACTION_CHALLENGE, "2026-11-23 10:00", "", "2026-11-30 23:59"),  # five working days over one weekend
    (Kind.ACTION_CHALLENGE, "2026-03-31 10:00", "", "2026-04-09 23:59"),  # over Easter
    (Kind.SECOND_CHECK, "2026-11-21 09:00", "", "2026-11-27 23:59"),  # from a Saturday
    (Kind.SECOND_CHECK, "2026-12-23 10:00", "", "2027-01-04 23:59"),  # over Christmas, its substitute, and New Year's Day
    (Kind.FINALISE_PROPOSED, "2026-11-02 10:00", "", "2027-01-31 23:59"),
    (Kind.FINALISE_PROPOSED, "2026-08-01 10:00", "", "2026-10-30 23:59"),
    (Kind.REOPENING_REVIEW, "2026-11-02 10:00", "", "2026-11-30 23:59"),
    (Kind.REOPENING_REVIEW, "2026-10-05 10:00", "", "2026-11-02 23:59"),
]
TO_THE_MINUTE: list[tuple[Kind, str, str, str]] = [
    (Kind.TRIAGE, "2026-11-23 10:00", "red", "2026-11-23 10:29"),
    (Kind.TRIAGE, "2026-11-23 23:45", "red", "2026-11-24 00:14"),  # over midnight
    (Kind.TRIAGE, "2026-12-25 14:00", "red", "2026-12-25 14:29"),  # custody knows no bank holiday
    (Kind.CHARGING_REVIEW, "2026-11-23 10:00", "red", "2026-11-23 12:59"),
    (Kind.CHARGING_REVIEW, "2026-11-23 22:30", "red", "2026-11-24 01:29"),  # over midnight
    (Kind.CHARGING_REVIEW, "2026-03-28 23:30", "red", "2026-03-29 03:29"),  # three hours, one of them skipped on the wall
    (Kind.CHARGING_REVIEW, "2026-10-24 23:30", "red", "2026-10-25 01:29"),  # three hours, one of them twice on the wall
]


@pytest.mark.parametrize(("kind", "start", "variant", "last"), [*WHOLE_DAYS, *TO_THE_MINUTE])
def test_the_last_minute_is_in_time_and_the_next_is_late(kind: Kind, start: str, variant: str, last: str) -> None:
    day = date.fromisoformat(variant) if variant[:2] == "20" else None
    found: Wanted = clocks(STARTS[kind](london(start), variant, day), kind)[0]
    minute = london(last)
    if last == "2026-10-25 01:29":  # the second time that the wall says so
        minute += HOUR

    assert found.started_at == london(start)
    assert found.due.due_on == clock.london_day(minute)
    assert found.due.due_at == minute + MINUTE
    assert urgency(kind, found.due.due_at, found.due.due_on, minute) is Urgency.TODAY
    late = urgency(kind, found.due.due_at, found.due.due_on, minute + MINUTE)
    assert late is (Urgency.CRITICAL if CLOCKS[kind].critical_after == 0 else Urgency.OVERDUE)


def test_every_clock_of_the_table_is_shown_at_its_boundary() -> None:
    assert {kind for kind, *_ in [*WHOLE_DAYS, *TO_THE_MINUTE]} == {row.kind for row in PROSECUTION_CLOCKS}
