"""What an action plan, an item and a finalisation allow as they stand, whoever asks: read by the acts and by the services."""

from collections.abc import Callable
from typing import Final

from cases.steps import CANNOT
from core.exceptions import NotPossible
from core.words import inside
from prosecution import states
from prosecution.models import ActionItem, ActionPlan, AdviceResult, AdviceState, EarlyAdvice, Finalisation, Referral
from prosecution.models import ItemState as I
from prosecution.models import PlanState as P
from prosecution.models import ReferralState as R

TO_ANSWER: Final = frozenset({I.SET, I.ACCEPTED, I.INSISTED})

State = Finalisation.State


def plan_may_be_drafted(row: Referral) -> None:
    """A plan is drafted on a referral that a prosecutor has; what was finalised is reopened with the plan it has. Raises NotPossible."""
    if row.state != R.ACCEPTED:
        raise NotPossible(CANNOT.format(inside(row.get_state_display())))


def advice_plan_may_be_drafted(row: EarlyAdvice) -> None:
    """A plan is drafted with the advice, or after advice that says that one comes. Raises NotPossible."""
    if row.state == AdviceState.ACCEPTED or (row.state == AdviceState.ADVISED and row.result == AdviceResult.ACTION_PLAN):
        return
    raise NotPossible(f"This is “{inside(row.get_state_display())}”, so no action plan follows from it.")


def plan_is_draft(row: ActionPlan) -> None:
    """What was sent, to the police or to the District Crown Prosecutor, stays as it was sent. Raises NotPossible."""
    if row.state != P.DRAFT:
        raise NotPossible(CANNOT.format(inside(row.get_state_display())))


def plan_may_be_sent(row: ActionPlan) -> None:
    """A draft is sent; a second plan after a full file goes to the District Crown Prosecutor first (domain.md section 2)."""
    plan_is_draft(row)
    if row.second:
        raise NotPossible("This is a second plan for the same referral: the District Crown Prosecutor looks at it first.")


def plan_may_go_to_dcp(row: ActionPlan) -> None:
    """Only a second plan waits for the District Crown Prosecutor. Raises NotPossible."""
    plan_is_draft(row)
    if not row.second:
        raise NotPossible("This is the first plan for the referral, so it goes to the police at once.")


def plan_waits_for_dcp(row: ActionPlan) -> None:
    """Only what waits for the District Crown Prosecutor is approved or sent back. Raises NotPossible."""
    if row.state != P.WAITS_FOR_DCP:
        raise NotPossible(CANNOT.format(inside(row.get_state_display())))


def plan_is_set(row: ActionPlan) -> None:
    """Items are answered while the plan is with the police. Raises NotPossible."""
    if row.state != P.SET:
        raise NotPossible(f"This action plan is “{inside(row.get_state_display())}”, so nothing of it changes.")


def plan_may_be_finalised(row: ActionPlan) -> None:
    """Only a referral is finalised administratively, while its plan is with the police. Raises NotPossible."""
    plan_is_set(row)
    if row.referral_id is None:
        raise NotPossible("This plan came with early advice: there is no referral to finalise.")


def item_is_draft(row: ActionItem) -> None:
    """An item is changed or taken out until its plan is sent. Raises NotPossible."""
    plan_is_draft(row.plan)
    if row.state != I.DRAFT or row.settled_at is not None:
        raise NotPossible("This item was taken out of the draft already.")


def item_from(after: str, *befores: str) -> Callable[[ActionItem], None]:
    """Return the policy that an item may become `after`, from one of these states and by the table of states."""

    def policy(row: ActionItem) -> None:
        plan_is_set(row.plan)
        if row.state not in befores:
            raise NotPossible(CANNOT.format(inside(row.get_state_display())))
        states.step(states.ITEM, row.state, after)

    policy.__doc__ = f"The item may become “{I(after).label}”. Raises NotPossible, saying how it stands."
    return policy


may_be_accepted = item_from(I.ACCEPTED, I.SET, I.INSISTED)
may_be_challenged = item_from(I.CHALLENGED, I.SET, I.ACCEPTED)
may_be_done = item_from(I.DONE, *TO_ANSWER)
cannot_be_done = item_from(I.CANNOT, *TO_ANSWER)
may_be_escalated = item_from(I.ESCALATED, I.INSISTED)
challenge_may_be_agreed = item_from(I.DROPPED, I.CHALLENGED)
may_be_amended = item_from(I.ACCEPTED, I.CHALLENGED)
may_be_insisted_on = item_from(I.INSISTED, I.CHALLENGED, I.CANNOT)
may_be_taken = item_from(I.SETTLED, I.DONE)
may_not_be_taken = item_from(I.ACCEPTED, I.DONE)
may_be_let_go = item_from(I.DROPPED, I.CANNOT)


def may_be_resolved(row: ActionItem) -> None:
    """Inspector and District Crown Prosecutor resolve what was taken to them. Raises NotPossible."""
    plan_is_set(row.plan)
    if row.state != I.ESCALATED:
        raise NotPossible(f"This item is “{inside(row.get_state_display())}”: only one taken to inspector and District Crown "
                          "Prosecutor is resolved by them.")  # fmt: skip


def enquiry_may_be_linked(row: ActionItem) -> None:
    """An open item that looks at the victim may say which line of enquiry it is. Raises NotPossible."""
    plan_is_set(row.plan)
    if not row.looks_at_victim:
        raise NotPossible("This item does not look at the victim, so it needs no line of enquiry about the victim.")
    if row.state in states.ENDED_ITEMS:
        raise NotPossible(CANNOT.format(inside(row.get_state_display())))


def may_be_moved(row: ActionItem) -> None:
    """A date is moved while the item waits to be done; while it waits for an answer, the answer comes first. Raises NotPossible."""
    plan_is_set(row.plan)
    if row.state not in TO_ANSWER:
        raise NotPossible(f"This item is “{inside(row.get_state_display())}”, so its date does not move.")
    if row.asked_on is not None:
        raise NotPossible("A later date is asked for already and waits for an answer.")


def move_may_be_answered(row: ActionItem) -> None:
    """A later date that was asked for is answered once. Raises NotPossible."""
    plan_is_set(row.plan)
    if row.asked_on is None:
        raise NotPossible("No later date waits for an answer.")


def may_be_reopened(row: Finalisation) -> None:
    """What was finalised is reopened once, confirmed or not. Raises NotPossible."""
    states.step(states.FINALISATION, row.state, State.REOPENED)


def may_be_confirmed(row: Finalisation) -> None:
    """What was finalised is confirmed once, unless it was reopened. Raises NotPossible."""
    states.step(states.FINALISATION, row.state, State.CONFIRMED)
