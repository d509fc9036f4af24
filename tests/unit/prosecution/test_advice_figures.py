"""The figures of a request for early advice: asked, returned, compliant at first, days at each step, an age that no return stops."""

from datetime import UTC, datetime, timedelta

from prosecution.models import AdviceState, EarlyAdvice, RefusalChallenge, Submission, Triage
from prosecution.pages.advice_figures import figures, in_days

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def request(**more: object) -> EarlyAdvice:
    return EarlyAdvice(created_at=day(0), first_submitted_at=day(2), state=AdviceState.SENT, **more)


def sending(number: int, at: float, triage: str = "", triaged: float | None = None) -> Submission:
    return Submission(number=number, at=day(at), triage=triage, triaged_at=None if triaged is None else day(triaged))


def test_a_draft_has_no_age_and_was_never_asked() -> None:
    found = figures(EarlyAdvice(created_at=day(0)), [], [], day(3))
    assert (found.asked, found.returned, found.compliant_at_first, found.age) == (0, 0, None, "")
    assert found.steps == [("Being prepared (police)", "3 days")]


def test_before_its_first_triage_nobody_knows_whether_it_is_compliant() -> None:
    assert figures(request(), [sending(1, 2)], [], day(3)).compliant_at_first is None


def test_accepted_at_first() -> None:
    found = figures(request(), [sending(1, 2, Triage.ACCEPTED, 3)], [], day(5))
    assert (found.asked, found.returned, found.compliant_at_first) == (1, 0, True)
    assert dict(found.steps)["With a prosecutor (CPS)"] == "2 days"


def test_returned_twice_each_step_is_added_up_and_the_age_goes_on() -> None:
    sent = [sending(1, 2, Triage.RETURNED, 3), sending(2, 7, Triage.RETURNED, 9), sending(3, 10, Triage.ACCEPTED, 10.5)]
    found = figures(request(), sent, [], day(12.5))
    assert (found.asked, found.returned, found.compliant_at_first, found.age) == (3, 2, False, "10 days")
    assert dict(found.steps) == {
        "Being prepared (police)": "2 days",
        "Waiting for triage (CPS)": "3 days",
        "Returned (police)": "5 days",
        "With a prosecutor (CPS)": "2 days",
    }


def test_a_challenge_is_a_step_of_its_own() -> None:
    challenges = [
        RefusalChallenge(at=day(5), answered_at=day(6), accepted=False),
        RefusalChallenge(at=day(8), answered_at=day(9), accepted=True),
    ]
    found = figures(request(), [sending(1, 2, Triage.REFUSED, 3)], challenges, day(12))
    assert found.compliant_at_first is None, "a refusal says nothing of what was sent"
    assert found.refused_at_first
    assert dict(found.steps) == {
        "Being prepared (police)": "2 days",
        "Waiting for triage (CPS)": "1 day",
        "Refused (police may challenge)": "4 days",
        "Challenge waiting for an answer (CPS)": "2 days",
        "With a prosecutor (CPS)": "3 days",
    }


def test_it_ends_where_it_ended() -> None:
    found = figures(request(ended_at=day(4)), [sending(1, 2, Triage.ACCEPTED, 3)], [], day(40))
    assert found.age == "2 days"
    assert dict(found.steps)["With a prosecutor (CPS)"] == "1 day"


def test_withdrawn_before_triage_nothing_follows_the_waiting() -> None:
    found = figures(request(ended_at=day(5)), [sending(1, 2, Triage.WITHDRAWN, 5)], [], day(9))
    assert dict(found.steps) == {"Being prepared (police)": "2 days", "Waiting for triage (CPS)": "3 days"}


def test_whole_days_gone_by() -> None:
    assert in_days(timedelta(hours=23, minutes=59)) == "under a day"
    assert in_days(timedelta(days=1)) == "1 day"
    assert in_days(timedelta(days=1, hours=23)) == "1 day"
    assert in_days(timedelta(days=2)) == "2 days"
