"""What a request for information allows in the state it is in, whoever asks. Read by the acts and by the services."""

from core.exceptions import NotPossible
from victims.models import InformationRequest
from victims.models.request import RecordsOf
from victims.request_facts import facts_of
from victims.request_gates import open_gates


def is_draft(row: InformationRequest) -> None:
    """A policy: what was sent or withdrawn stays as it is. Raises NotPossible."""
    if row.sent_at is not None:
        raise NotPossible("This request was sent.")
    if row.withdrawn_at is not None:
        raise NotPossible("This request was withdrawn.")


def asks_approval(row: InformationRequest) -> None:
    """A policy: counselling records alone ask a supervisor, once a version of the request. Raises NotPossible."""
    is_draft(row)
    if row.records != RecordsOf.COUNSELLING:
        raise NotPossible("Only a request for counselling records needs approval.")
    if row.approved_at is not None:
        raise NotPossible("This request was approved.")


def may_be_sent(row: InformationRequest) -> None:
    """A policy: no gate is open. Raises NotPossible with what the first open one asks."""
    is_draft(row)
    if missing := open_gates(facts_of(row)):
        raise NotPossible(f"This cannot be sent yet. {missing[0].open}.")


def waits_for_answer(row: InformationRequest) -> None:
    """A policy: only what was sent is answered, once. Raises NotPossible."""
    if row.sent_at is None or row.answered_at is not None or row.withdrawn_at is not None:
        raise NotPossible("This request does not wait for an answer.")


def may_be_withdrawn(row: InformationRequest) -> None:
    """A policy: what was answered or withdrawn stays as it is. Raises NotPossible."""
    if row.answered_at is not None or row.withdrawn_at is not None:
        raise NotPossible("This request was answered or withdrawn.")


def ready_for_notice(row: InformationRequest) -> None:
    """A policy: a notice that leaves out why, or how the information is handled, tells her or him too little. Raises NotPossible."""
    facts = facts_of(row)
    if not (facts.reasonable_because and facts.how_handled):
        raise NotPossible("First fill in why it is a reasonable line of enquiry and how the information is handled: the notice says both.")
