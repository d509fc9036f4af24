"""The clocks of support, from plain facts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts, ComplainantFacts, ToldFact
from core.calendar import WorkingDays
from victims.derive.support_facts import LinkFact, MessageFact, ReferralFact, SupportFacts, TellFact
from victims.derive.support_rules import support

MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
EDITIONS = Editions(working=WorkingDays(frozenset({date(2026, 12, 25)}), date(2027, 12, 31)))
A, B = UUID(int=10), UUID(int=11)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def clocks(told: tuple[ToldFact, ...] = (), **facts: Any) -> list[Wanted]:
    people = (ComplainantFacts(A, "A", "enhanced", MONDAY, told=told),)
    case = CaseFacts(UUID(int=1), 52, MONDAY, "medium", None, complainants=people, beside={"support": SupportFacts(**facts)})
    return list(support(case, EDITIONS))


def one(kind: Kind, found: list[Wanted]) -> Wanted:
    (wanted,) = [each for each in found if each.kind == kind and each.sequence == 0]
    return wanted


def test_support_is_offered_within_two_working_days_of_the_report() -> None:
    wanted = one(Kind.SUPPORT_REFERRAL, clocks())
    assert (wanted.due.due_on, wanted.met_at, wanted.complainant_id) == (date(2026, 11, 4), None, A)


def test_an_offer_meets_it_and_one_before_the_report_meets_it_at_the_report() -> None:
    offered = one(Kind.SUPPORT_REFERRAL, clocks(referrals=(ReferralFact(UUID(int=2), A, MONDAY + HOUR),)))
    assert offered.met_at == MONDAY + HOUR
    before = one(Kind.SUPPORT_REFERRAL, clocks(referrals=(ReferralFact(UUID(int=2), A, MONDAY - DAY),)))
    assert before.met_at == MONDAY


def test_another_complainants_referral_meets_nothing() -> None:
    assert one(Kind.SUPPORT_REFERRAL, clocks(referrals=(ReferralFact(UUID(int=2), B, MONDAY),))).met_at is None


def test_who_declined_is_asked_again_after_28_days_and_again_after_that() -> None:
    first = ReferralFact(UUID(int=2), A, MONDAY, MONDAY + HOUR, declined=True)
    (again,) = [each for each in clocks(referrals=(first,)) if each.sequence == 1]
    assert (again.kind, again.due.due_on, again.met_at) == (Kind.SUPPORT_REFERRAL, date(2026, 11, 30), None)

    second = ReferralFact(UUID(int=3), A, MONDAY + 20 * DAY, MONDAY + 21 * DAY, declined=True)
    found = {each.sequence: each for each in clocks(referrals=(first, second))}
    assert found[1].met_at == MONDAY + 20 * DAY
    assert found[2].due.due_on == date(2026, 12, 21)
    assert found[2].met_at is None


def test_a_question_is_met_by_an_answer_and_ended_by_its_closing_or_by_consent_withdrawn() -> None:
    asked = MessageFact(UUID(int=4), A, "question", MONDAY)
    assert one(Kind.ISVA_QUESTION, clocks(referrals=(), messages=(asked,))).due.due_on == date(2026, 11, 4)
    for change, met, ended in (
        ({"answered_at": MONDAY + HOUR}, MONDAY + HOUR, None),
        ({"closed_at": MONDAY + HOUR}, None, MONDAY + HOUR),
        ({"gone_at": MONDAY + HOUR}, None, MONDAY + HOUR),
        ({"answered_at": MONDAY + DAY, "closed_at": MONDAY + HOUR}, None, MONDAY + HOUR),
        ({"answered_at": MONDAY + HOUR, "closed_at": MONDAY + DAY}, MONDAY + HOUR, None),
    ):
        wanted = one(Kind.ISVA_QUESTION, clocks(messages=(MessageFact(UUID(int=4), A, "choice", MONDAY, **change),)))
        assert (wanted.met_at, wanted.ended_at) == (met, ended)


def test_heard_nothing_is_settled_by_a_contact_after_it_or_by_the_isva_and_by_no_answer() -> None:
    said = MessageFact(UUID(int=5), A, "heard_nothing", MONDAY, answered_at=MONDAY + HOUR)
    running = one(Kind.HEARD_NOTHING, clocks(messages=(said,), reached={A: (MONDAY - HOUR,), B: (MONDAY + HOUR,)}))
    assert (running.met_at, running.ended_at, running.due.due_on) == (None, None, date(2026, 11, 3))

    reached = one(Kind.HEARD_NOTHING, clocks(messages=(said,), reached={A: (MONDAY - HOUR, MONDAY + DAY, MONDAY + 2 * DAY)}))
    assert reached.met_at == MONDAY + DAY

    closed = MessageFact(UUID(int=5), A, "heard_nothing", MONDAY, closed_at=MONDAY + HOUR)
    assert one(Kind.HEARD_NOTHING, clocks(messages=(closed,))).met_at == MONDAY + HOUR


def test_a_dispute_has_no_clock() -> None:
    kinds = {each.kind for each in clocks(messages=(MessageFact(UUID(int=5), A, "disputes", MONDAY),))}
    assert kinds == {Kind.SUPPORT_REFERRAL}


def test_a_request_to_tell_is_the_isvas_and_ends_when_it_comes_back_or_was_told_by_somebody_else() -> None:
    sent: Any = {"id": UUID(int=6), "complainant_id": A, "about": "told_arrest", "fact_id": UUID(int=7), "sent_at": MONDAY}
    wanted = one(Kind.TELL_REQUEST, clocks(tells=(TellFact(**sent),)))
    assert (wanted.owes, wanted.due.due_on, wanted.met_at, wanted.ended_at) == ("isva", date(2026, 11, 4), None, None)
    assert one(Kind.TELL_REQUEST, clocks(tells=(TellFact(**sent, answered_at=MONDAY + HOUR),))).met_at == MONDAY + HOUR
    assert one(Kind.TELL_REQUEST, clocks(tells=(TellFact(**sent, over_at=MONDAY + HOUR),))).ended_at == MONDAY + HOUR

    told = (ToldFact("told_arrest", UUID(int=7), MONDAY + HOUR),)
    assert one(Kind.TELL_REQUEST, clocks(told=told, tells=(TellFact(**sent),))).ended_at == MONDAY + HOUR
    other = (ToldFact("told_arrest", UUID(int=8), MONDAY + HOUR), ToldFact("told_arrest", UUID(int=7), MONDAY, because="tried"))
    assert one(Kind.TELL_REQUEST, clocks(told=other, tells=(TellFact(**sent),))).ended_at is None


def test_a_link_is_answered_within_two_working_days() -> None:
    wanted = one(Kind.ISVA_LINK, clocks(links=(LinkFact(UUID(int=9), MONDAY),)))
    assert (wanted.due.due_on, wanted.met_at) == (date(2026, 11, 4), None)
    assert one(Kind.ISVA_LINK, clocks(links=(LinkFact(UUID(int=9), MONDAY, MONDAY + DAY),))).met_at == MONDAY + DAY
