"""The gates that the law sets before anybody is asked for information about a victim: one table, read by policy, page and service.

Police, Crime, Sentencing and Courts Act 2022, ss.44A-44F, in force 12 January 2026: a holder believed to have it, a
reasonable line of enquiry, necessary and proportionate, written notice on or before the day of the request; for
counselling a presumption against, rebutted only where substantial probative value is likely. Pure: no row, no text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

NOTICE_WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the gates ask of a request: what is filled in, never what it says."""

    counselling: bool
    enquiry_of_victim: bool
    enquiry_goes_on: bool
    reasonable_because: bool
    holder_has_it_because: bool
    necessary_because: bool
    proportionate_because: bool
    less_intrusive_means: bool
    how_handled: bool
    notice_to: str = ""
    notice_on: date | None = None
    notice_withheld_because: bool = False
    substantial_probative_value: bool = False
    approved_by_another: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: its name, what it asks, what is said while it is open, whether the facts pass it, and whether it applies."""

    name: str
    asks: str
    open: str
    passes: Callable[[RequestFacts], bool]
    applies: Callable[[RequestFacts], bool] = lambda facts: True
    settled_by: str = "change-information-request"


def _notice(facts: RequestFacts) -> bool:
    if facts.notice_to == NOTICE_WITHHELD:
        return facts.notice_withheld_because
    return bool(facts.notice_to) and facts.notice_on is not None


def _counselling(facts: RequestFacts) -> bool:
    return facts.counselling


GATES: tuple[Gate, ...] = (
    Gate(
        "enquiry",
        "A line of enquiry about the victim that goes on",
        "Link the request to a line of enquiry about the victim that has not ended",
        lambda facts: facts.enquiry_of_victim and facts.enquiry_goes_on,
    ),
    Gate("reasonable", "A reasonable line of enquiry", "Say why the line of enquiry is reasonable", lambda facts: facts.reasonable_because),
    Gate(
        "holder",
        "The holder is believed to have it",
        "Say why you believe that the holder has the information",
        lambda facts: facts.holder_has_it_because,
    ),
    Gate("necessary", "Necessary", "Say why asking for it is necessary", lambda facts: facts.necessary_because),
    Gate("proportionate", "Proportionate", "Say why asking for it is proportionate", lambda facts: facts.proportionate_because),
    Gate(
        "less_intrusive",
        "Less intrusive means considered",
        "Say which less intrusive means you considered and why they are not enough",
        lambda facts: facts.less_intrusive_means,
    ),
    Gate(
        "handled",
        "How it will be handled",
        "Say how the information will be handled: the notice tells her or him",
        lambda facts: facts.how_handled,
    ),
    Gate(
        "notice",
        "Written notice to the victim",
        "Record the written notice to the victim, a parent or guardian, or why it is withheld",
        _notice,
        settled_by="record-information-notice",
    ),
    Gate(
        "probative",
        "Counselling: the presumption against is rebutted",
        "Say why these counselling records are likely to have substantial probative value. The law presumes against asking",
        lambda facts: facts.substantial_probative_value,
        _counselling,
    ),
    Gate(
        "approved",
        "Counselling: approved by a supervisor",
        "A supervisor who did not ask for it has to approve the request",
        lambda facts: facts.approved_by_another,
        _counselling,
        settled_by="answer-information-request",
    ),
)
"""Every gate, in the order in which the page lists them."""


def that_apply(facts: RequestFacts) -> tuple[Gate, ...]:
    """Return the gates that a request of this kind meets."""
    return tuple(gate for gate in GATES if gate.applies(facts))


def open_gates(facts: RequestFacts) -> tuple[Gate, ...]:
    """Return the gates that are still open; none: the request may be sent."""
    return tuple(gate for gate in that_apply(facts) if not gate.passes(facts))


def notice_in_time(facts: RequestFacts, sent_on: date) -> bool:
    """Say whether a notice that was given was given on or before the London day of the request. Withheld, there is none to be late."""
    return facts.notice_to == NOTICE_WITHHELD or (facts.notice_on is not None and facts.notice_on <= sent_on)
