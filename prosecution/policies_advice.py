"""What a request for early advice allows as it stands, whoever asks: read by the acts and by the services."""

from collections.abc import Callable, Collection
from typing import Any, Final

from cases.derive.facts import CaseFacts
from core.exceptions import NotPossible
from core.words import inside
from prosecution import states
from prosecution.models import AdviceState as State
from prosecution.models import EarlyAdvice

PARTS: Final[dict[str, str]] = {
    "summary": "Summary of the case",
    "enquiries_done": "Lines of enquiry done",
    "enquiries_going_on": "Lines of enquiry going on",
    "enquiries_contemplated": "Lines of enquiry contemplated",
    "issues": "The issues so far",
    "explanation": "The suspect’s explanation",
    "key_evidence": "Key evidence",
    "may_need_disclosing": "What may need disclosing",
    "support_needs": "The victim’s support needs",
}
"""The texts of a request by the headings under which they are copied (Director’s Guidance on Charging, 6th edition, para 7.8)."""
SAY_WHAT, SAY_WHEN = "(say what)", "(say when)"
"""What the draft made from the case leaves open: the outcome that an enquiry is expected to have, and by when."""
QUESTIONS_AT_MOST: Final = 10
UNSENT: Final = frozenset({State.DRAFT, State.READY, State.RETURNED})
CHANGEABLE: Final = frozenset({State.DRAFT, State.RETURNED})


def leads_to(after: State) -> Callable[[EarlyAdvice], None]:
    """Return the policy that a step of the table leads from where the request stands to a state."""

    def policy(row: EarlyAdvice) -> None:
        states.step(states.ADVICE, row.state, after)

    policy.__doc__ = f"The request may become “{after.label}”. Raises NotPossible, saying how it stands."
    return policy


may_be_ready = leads_to(State.READY)
may_be_sent = leads_to(State.SENT)
may_be_withdrawn = leads_to(State.WITHDRAWN)
may_be_challenged = leads_to(State.CHALLENGED)
may_be_advised = leads_to(State.ADVISED)


def seen_by_the_cps(row: EarlyAdvice) -> State:
    """Return the state that the CPS knows: what came back is returned until it is sent again, however far the police are with it."""
    return State.RETURNED if row.state == State.READY and row.first_submitted_at else State(row.state)


def may_be_returned(row: EarlyAdvice) -> None:
    """A policy: triage returns what waits for it. Raises NotPossible."""
    states.step(states.ADVICE, seen_by_the_cps(row), State.RETURNED)


def may_be_sent_back(row: EarlyAdvice) -> None:
    """A policy: only what waits for the sergeant is sent back to the officer. Raises NotPossible."""
    states.step(states.ADVICE, row.state, State.DRAFT)


def may_be_accepted(row: EarlyAdvice) -> None:
    """A policy: what waits for triage is accepted here; after a challenge the answer to it does so. Raises NotPossible."""
    _only(row, State.SENT)


def may_be_refused(row: EarlyAdvice) -> None:
    """A policy: what waits for triage is refused here; after a challenge the answer to it does so. Raises NotPossible."""
    _only(row, State.SENT)


def waits_for_answer_to_challenge(row: EarlyAdvice) -> None:
    """A policy: a challenge is answered once. Raises NotPossible."""
    _only(row, State.CHALLENGED)


def with_a_prosecutor(row: EarlyAdvice) -> None:
    """A policy: answers are kept, and the request reallocated, while it is with a prosecutor. Raises NotPossible."""
    _only(row, State.ACCEPTED)


def may_be_changed(row: EarlyAdvice) -> None:
    """A policy: what waits for somebody stays as it was when she or he was asked. Raises NotPossible."""
    if row.state == State.READY:
        raise NotPossible("This waits for the sergeant, who can send it back to be changed.")
    if row.state not in CHANGEABLE:
        raise NotPossible(f"This is “{inside(row.get_state_display())}”, so it stays as it is.")


def may_be_asked(case: CaseFacts) -> None:
    """A policy: early advice is asked about somebody whose part is open. Raises NotPossible."""
    if not case.suspects:
        raise NotPossible("Add a suspect first: early advice is asked about somebody.")
    if all(suspect.standing_outcome() is not None for suspect in case.suspects):
        raise NotPossible("Every suspect has an outcome, so there is nothing to advise on.")


def missing(row: EarlyAdvice, questions: Collection[Any], suspects: Collection[Any]) -> list[str]:
    """Return what the request lacks, in the order of the checklist: the headings of empty parts, and what was left open in them."""
    found = [] if suspects else ["Which suspects"]
    for name, heading in PARTS.items():
        text = getattr(row, name)
        if not text:
            found.append(heading)
        elif SAY_WHAT in text or SAY_WHEN in text:
            found.append(f"{heading}: what each is expected to show, and when")
    return found if questions else [*found, "The questions"]


def check_complete(row: EarlyAdvice, questions: Collection[Any], suspects: Collection[Any]) -> None:
    """Raise NotPossible, naming every part that is missing, for a request that lacks one."""
    if lacks := missing(row, questions, suspects):
        raise NotPossible(f"This cannot be sent yet. Missing: {'; '.join(lacks)}.")


def _only(row: EarlyAdvice, state: State) -> None:
    if row.state != state:
        raise NotPossible(f"This is “{inside(seen_by_the_cps(row).label)}” already. Nothing was changed.")
