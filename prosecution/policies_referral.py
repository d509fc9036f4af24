"""What the state of a referral or of a transfer allows now: pure functions on the row that raise NotPossible with the reason shown."""

from cases.models import OfferState
from core.exceptions import NotPossible
from core.words import inside
from prosecution import states
from prosecution.models import AreaTransfer, Referral, ReferralState, ReviewType

CHANGEABLE = frozenset({ReferralState.DRAFT, ReferralState.RETURNED})
TICKABLE = states.OPEN_REFERRAL - {ReferralState.READY}
NAMED = frozenset({ReferralState.ACCEPTED, ReferralState.ON_PLAN})
WITH_CPS = frozenset({ReferralState.SENT, *NAMED})


def _may_become(row: Referral, after: ReferralState) -> None:
    states.step(states.REFERRAL, row.state, after)


def seen_by_the_cps(row: Referral) -> str:
    """Return the state that the CPS knows: what came back is returned until it is sent again, however far the police are with it."""
    return ReferralState.RETURNED if row.state == ReferralState.READY and row.first_submitted_at else row.state


def _already(row: Referral) -> str:
    return inside(str(ReferralState(seen_by_the_cps(row)).label))


def may_be_changed(row: Referral) -> None:
    """A draft is changed, and what triage returned; what was sent stays as it was sent."""
    if row.state == ReferralState.READY:
        raise NotPossible("This referral is ready for the supervisor. Send the draft back to change it.")
    if row.state not in CHANGEABLE:
        raise NotPossible(f"This referral is {inside(str(ReferralState(row.state).label))}, so it cannot be changed.")


def file_may_be_ticked(row: Referral) -> None:
    """The tick list is kept up while a referral is open: an item that was to follow follows after sending."""
    if row.state == ReferralState.READY:
        raise NotPossible("This referral is ready for the supervisor. Send the draft back to change it.")
    if row.state not in TICKABLE:
        raise NotPossible(f"This referral is {inside(str(ReferralState(row.state).label))}, so its file is not changed.")


def may_be_ready(row: Referral) -> None:
    """A draft or a returned referral is marked as ready."""
    _may_become(row, ReferralState.READY)


def may_be_sent(row: Referral) -> None:
    """Only what was marked as ready is sent."""
    _may_become(row, ReferralState.SENT)


def may_go_back(row: Referral) -> None:
    """Only what was marked as ready is sent back to the officer."""
    _may_become(row, ReferralState.DRAFT)


def may_be_withdrawn(row: Referral) -> None:
    """A referral is withdrawn before triage, or after a return; never once a prosecutor has it."""
    _may_become(row, ReferralState.WITHDRAWN)


def may_be_accepted(row: Referral) -> None:
    """Triage accepts what waits for it. What is on an action plan or finalised comes back to the prosecutor by other acts."""
    if row.state != ReferralState.SENT:
        raise NotPossible(f"This was {_already(row)} already. Nothing was changed.")


def may_be_returned(row: Referral) -> None:
    """Triage returns what waits for it."""
    states.step(states.REFERRAL, seen_by_the_cps(row), ReferralState.RETURNED)


def red_may_be_rejected(row: Referral) -> None:
    """Only a red referral that waits for triage is rejected as red."""
    may_be_returned(row)
    if row.review_type != ReviewType.RED:
        raise NotPossible("This referral is not red. Return it with reasons instead.")


def may_be_reallocated(row: Referral) -> None:
    """A referral that a prosecutor has is given to another."""
    if row.state not in NAMED:
        raise NotPossible(f"This referral is {_already(row)}: no prosecutor has it now.")


def may_go_to_direct(row: Referral) -> None:
    """A red referral that waits for triage in the Area goes to CPS Direct."""
    if row.review_type != ReviewType.RED:
        raise NotPossible("Only a red referral goes to CPS Direct.")
    if row.direct_since is not None:
        raise NotPossible("This referral is with CPS Direct already.")
    if row.state != ReferralState.SENT:
        raise NotPossible(f"This referral is {_already(row)}, so there is nothing for CPS Direct to triage.")


def may_return_to_area(row: Referral) -> None:
    """Only what is with CPS Direct goes back to the Area."""
    if row.direct_since is None:
        raise NotPossible("This referral is not with CPS Direct.")


def transfer_stands(row: AreaTransfer) -> None:
    """An offer is answered or withdrawn once."""
    states.step(states.TRANSFER, row.state, OfferState.WITHDRAWN)
