"""What the facts allow of no further action proposed by the police, whoever asks: functions that raise NotPossible with the reason."""

from typing import Any, Final

from cases import policies
from cases.derive.facts import SuspectFacts
from cases.services.outcomes import crime_without_outcome
from core.exceptions import NotPossible
from core.words import inside
from prosecution.models.nfa import LIVE, NfaMeeting, ProposedNfa
from prosecution.models.nfa import NfaState as N

ONE_THERE: Final = "No further action is proposed already: it waits on its page. Change that one, or discard it."


def may_be_drafted(facts: SuspectFacts) -> None:
    """Somebody without an outcome. In custody it may be prepared; it is confirmed after the release."""
    policies.not_settled(facts)


def may_end_now(facts: SuspectFacts) -> None:
    """What is confirmed is the outcome at once: nobody in custody gets one without the release."""
    policies.not_settled(facts)
    arrest = facts.latest_arrest()
    if arrest is not None and arrest.in_custody:
        raise NotPossible("This suspect is in custody: record the release first, under investigation or on bail.")


def crime_may_be_drafted(crime: Any) -> None:
    """A recorded crime without an outcome."""
    crime_without_outcome(crime)


def may_be_changed(row: ProposedNfa) -> None:
    """What is proposed may be changed; what was confirmed, discarded or overtaken stays as it is."""
    if row.state not in LIVE:
        raise NotPossible(f"This was {inside(N(row.state).label)} already. What was proposed is kept on its page. Nothing was changed.")


def may_be_proposed(row: ProposedNfa) -> None:
    """A draft, or one that came back, is put to a second person."""
    may_be_changed(row)
    if row.state == N.WAITS:
        raise NotPossible("This waits for a second person already.")


def may_be_checked(row: ProposedNfa) -> None:
    """A second person answers what waits for her or him."""
    may_be_changed(row)
    if row.state != N.WAITS:
        raise NotPossible("This does not wait for a second person.")


def waits_for_answer(row: NfaMeeting) -> None:
    """An offer of a meeting is answered once; one that ran out may still be answered late, with a meeting that was held."""
    if row.answer and row.answer != NfaMeeting.Answer.NO_ANSWER:
        raise NotPossible("This offer of a meeting was answered.")
