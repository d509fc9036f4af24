"""Every state of a referral and of a transfer × every act on it: offered exactly where the table has the step, to whom it says."""

import pytest

from accounts.roles import Role
from cases.acts import ACTS
from cases.models import OfferState
from core.exceptions import NotPossible
from prosecution import states
from prosecution.models import AreaTransfer, Referral, ReferralState, ReviewType

LEADS_TO = {
    "ready-referral": ReferralState.READY,
    "send-referral": ReferralState.SENT,
    "return-referral-draft": ReferralState.DRAFT,
    "withdraw-referral": ReferralState.WITHDRAWN,
    "return-referral": ReferralState.RETURNED,
    "reject-red": ReferralState.RETURNED,
}
"""Act → the state it leads to. Accepting has rows of its own below: plans and reopening lead there too."""
STAYS = {
    "change-referral": {ReferralState.DRAFT, ReferralState.RETURNED},
    "set-file-items": states.OPEN_REFERRAL - {ReferralState.READY},
    "accept-referral": {ReferralState.SENT},
    "reallocate-referral": {ReferralState.ACCEPTED, ReferralState.ON_PLAN},
    "pass-to-direct": {ReferralState.SENT},
}


def possible(slug: str, row: Referral | AreaTransfer) -> bool:
    try:
        ACTS[slug].when(row)
    except NotPossible:
        return False
    return True


@pytest.mark.parametrize("slug", sorted(LEADS_TO))
@pytest.mark.parametrize("state", list(ReferralState))
def test_an_act_is_offered_where_the_table_has_the_step(slug: str, state: ReferralState) -> None:
    row = Referral(state=state, review_type=ReviewType.RED)
    assert possible(slug, row) == states.leads(states.REFERRAL, state, LEADS_TO[slug])


@pytest.mark.parametrize("slug", sorted(STAYS))
@pytest.mark.parametrize("state", list(ReferralState))
def test_an_act_within_a_state(slug: str, state: ReferralState) -> None:
    assert possible(slug, Referral(state=state, review_type=ReviewType.RED)) == (state in STAYS[slug])


@pytest.mark.parametrize("slug", sorted(LEADS_TO))
def test_an_act_is_for_whom_the_table_says(slug: str) -> None:
    steps = [one for one in states.REFERRAL if one.after == LEADS_TO[slug] and one.before is not None]
    assert {one.permission for one in steps} == {ACTS[slug].permission}


def test_red_alone_is_rejected_as_red_and_passed_to_direct() -> None:
    green = Referral(state=ReferralState.SENT, review_type=ReviewType.FIVE_DAYS)
    assert not possible("reject-red", green)
    assert not possible("pass-to-direct", green)
    assert possible("return-referral", green)


@pytest.mark.parametrize("state", list(OfferState))
def test_an_offer_is_withdrawn_while_it_stands(state: OfferState) -> None:
    assert possible("withdraw-area-offer", AreaTransfer(state=state)) == states.leads(states.TRANSFER, state, OfferState.WITHDRAWN)


def test_triage_is_for_managers_and_cps_direct() -> None:
    for slug in ("accept-referral", "return-referral", "reject-red", "pass-to-direct", "return-to-area"):
        assert ACTS[slug].permission.roles == {Role.CPS_MANAGER, Role.CPS_DIRECT}
