"""What the facts allow of a request for a review now, whoever asks: pure functions that raise NotPossible with the reason shown."""

from typing import Final
from uuid import UUID

from core.components import london_text
from core.exceptions import NotPossible
from core.words import inside
from prosecution import states_review as states
from prosecution.models import ReviewRequest
from prosecution.models import ReviewState as V

OPEN: Final = frozenset({V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED, V.OUT_PROPOSED})
WORKED_ON: Final = frozenset({V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED})


def is_open(row: ReviewRequest) -> None:
    """Whatever was completed stays as it is: the second of two is told by whom, when and how."""
    if row.state not in OPEN:
        raise NotPossible(f"{completed(row)} Nothing was changed.")


def completed(row: ReviewRequest) -> str:
    """Return who completed a request, when and how."""
    return f"{row.completed_by_name} completed this, {london_text(row.completed_at)}: {inside(V(row.state).label)}."


def may_be_acknowledged(row: ReviewRequest) -> None:
    """A request is acknowledged once."""
    is_open(row)
    if row.acknowledged_at is not None:
        raise NotPossible(f"This was acknowledged, {london_text(row.acknowledged_at)}.")
    states.step(row.state, V.ACKNOWLEDGED)


def may_be_allocated(row: ReviewRequest) -> None:
    """Acknowledged first, then given to a reviewer; to another as long as nothing is decided."""
    is_open(row)
    if row.acknowledged_at is None:
        raise NotPossible("Acknowledge the request first: she or he waits for that.")
    if row.state == V.OUT_PROPOSED:
        raise NotPossible("“Out of scope” is proposed. A second person answers that first.")
    states.step(row.state, V.ALLOCATED)


def may_take_longer(row: ReviewRequest) -> None:
    """A complex case takes longer, with notice, as long as it is open and somebody has it."""
    is_open(row)
    if row.state != V.ALLOCATED:
        raise NotPossible("Give it to a reviewer first.")


def may_be_decided(row: ReviewRequest) -> None:
    """Only what a reviewer has is decided."""
    is_open(row)
    if row.state != V.ALLOCATED:
        raise NotPossible("No reviewer has this request yet, or “out of scope” waits for a second person.")


def may_be_put_out(row: ReviewRequest) -> None:
    """Out of scope is proposed while nobody has decided."""
    is_open(row)
    if row.state not in WORKED_ON:
        raise NotPossible("“Out of scope” is proposed already. A second person answers.")


def may_be_answered(row: ReviewRequest) -> None:
    """A second person answers what was proposed."""
    is_open(row)
    if row.state != V.OUT_PROPOSED:
        raise NotPossible("Nothing waits for a second person.")


def back_to(row: ReviewRequest) -> V:
    """Return where a request stands again once “out of scope” is sent back: where it stood."""
    if row.reviewer_id is not None:
        return V.ALLOCATED
    return V.ACKNOWLEDGED if row.acknowledged_at is not None else V.ASKED


def is_second(row: ReviewRequest, person_id: UUID) -> None:
    """A second person is never whoever proposed it."""
    if row.proposed_by_id == person_id:
        raise NotPossible("You proposed this: another person of the review unit answers it.")


def is_reviewer(row: ReviewRequest, person_id: UUID) -> None:
    """Only the reviewer decides."""
    if row.reviewer_id != person_id:
        raise NotPossible(f"{row.reviewer.name if row.reviewer else 'Nobody'} has this review, and decides it.")
