"""The states of an offer to another force: every pair that may follow another, who may, and whom it is told. One table.

The services ask it before they write; docs/states.md prints it.
"""

from dataclasses import dataclass

from cases import permissions
from cases.models.offers import OfferState
from cases.permissions import Permission
from core.exceptions import NotPossible


@dataclass(frozen=True, slots=True)
class Step:
    """One pair of states. `before` is None for an offer that is made; `by` and `tells` are words for people."""

    before: OfferState | None
    after: OfferState
    by: str
    permission: Permission
    tells: str


SENDER, RECEIVER = "a supervisor of the force that has the case", "a supervisor of the force it was offered to"
STEPS: tuple[Step, ...] = (
    Step(None, OfferState.OFFERED, SENDER, permissions.HAND_OVER, "the supervisors of the other force"),
    Step(
        OfferState.OFFERED,
        OfferState.WITHDRAWN,
        SENDER,
        permissions.HAND_OVER,
        "nobody: the offer stands among those answered, and its notice leads there",
    ),
    Step(OfferState.OFFERED, OfferState.DECLINED, RECEIVER, permissions.HAND_OVER, "who offered it, and the inspector of the case"),
    Step(OfferState.OFFERED, OfferState.ACCEPTED, RECEIVER, permissions.HAND_OVER, "who offered it, and the inspector of the case"),
)
ANSWERED = "This offer was {} already. Nothing was changed."


def step(before: str | None, after: str) -> Step:
    """Return the step between two states. Raises NotPossible where none leads there: an offer is answered once."""
    found = next((one for one in STEPS if (one.before, one.after) == (before, after)), None)
    if found is None:
        state = OfferState(before).label.lower() if before else "not made"
        raise NotPossible(ANSWERED.format(state))
    return found
