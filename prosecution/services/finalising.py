"""Administrative finalisation: a referral whose action plan nobody answered is closed without a decision, and may be reopened.

It is no decision and is counted apart. Impossible while anything waits for the CPS; it needs bail reviewed and a named owner at
the police, who reopen it or confirm it within 28 days (design section 6).
"""

from typing import Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.facts import Position
from cases.selectors import working_days_of
from cases.services.changing import Changing, changing
from cases.services.roles import current
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution import states
from prosecution.models import ActionItem, ActionPlan, Finalisation, ItemState, PlanState, ReferralState
from prosecution.policies_plan import may_be_confirmed, may_be_reopened, plan_may_be_finalised
from prosecution.selectors_plan import items_of, suspects_of, undecided
from prosecution.services.downward import place
from prosecution.services.item_answers import said
from prosecution.services.plans import put_on_plan
from prosecution.services.settling_plans import named, take_effect
from prosecution.services.whom import managers, tell_all

State = Finalisation.State
WAITS_FOR_CPS: Final = {
    ItemState.CHALLENGED: "was challenged and waits for you",
    ItemState.DONE: "is said to be done and waits for you",
    ItemState.CANNOT: "is said to be impossible and waits for you",
    ItemState.ESCALATED: "was taken to the District Crown Prosecutor",
}


def finalise(
    *, actor: User, case_id: UUID, action_plan_id: UUID, because: str, bail_reviewed: str, police_owner_id: UUID | None,
    version: int | None = None,
) -> Finalisation:  # fmt: skip
    """Finalise the referral of a plan administratively, with bail reviewed and a police owner named.

    Raises NotAllowed, Conflict, NotPossible (something waits for the CPS, a suspect is with it, no reason, bail not
    reviewed, nobody of the police who has a role on the case).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.FINALISE)
        plan = change.get(ActionPlan, action_plan_id)
        plan_may_be_finalised(plan)
        _check_nothing_waits(change, plan)
        because = said(because, "Enter why it is finalised", "because")
        reviewed = said(bail_reviewed, "Enter what the review of bail came to, or that nobody is on bail", "bail_reviewed")
        owner = _owner(change, police_owner_id)
        referral, people = plan.referral, undecided(suspects_of(plan), change.facts().suspects)
        assert referral is not None  # noqa: S101  asked by the policy
        plan.state, plan.ended_at = states.step(states.PLAN, plan.state, PlanState.FINALISED).after, change.now
        plan.save(update_fields=["state", "ended_at"])
        referral.state, referral.ended_at = states.step(states.REFERRAL, referral.state, ReferralState.FINALISED).after, change.now
        referral.save(update_fields=["state", "ended_at"])
        row = change.add(
            Finalisation, referral=referral, plan=plan, state=states.step(states.FINALISATION, None, State.STANDS).after,
            at=change.now, because=because, bail_reviewed=reviewed, police_owner=owner,
        )  # fmt: skip
        place(change, [suspect for suspect, _ in people], m.Position.FINALISED, at=change.now)
        change.put_in_timeline("referral_finalised", text=f"{because}. At the police: {owner.name}")
        tell_all(change, [owner], "referral_finalised", row.pk)
        return row


def _check_nothing_waits(change: Changing, plan: ActionPlan) -> None:
    """Raise NotPossible, saying which, where anything of a plan waits for the CPS: nobody finalises what is her or his own to answer."""
    take_effect(change, plan, working_days_of(plan.force_id))
    settled = True
    for item in items_of(plan):
        settled = settled and item.state in states.ENDED_ITEMS
        if words := _waits(item):
            raise NotPossible(f"Item {item.number} {words}. Answer it first.")
    if settled:
        raise NotPossible("Every item is settled, so the referral is with the CPS for a decision.")
    for suspect, facts in undecided(suspects_of(plan), change.facts().suspects):
        if facts.position is Position.WITH_CPS:
            raise NotPossible(f"Suspect {suspect.number} is with the CPS: nothing is asked of the police about her or him. Decide first.")


def _waits(item: ActionItem) -> str:
    if item.asked_on is not None and item.asked_side == m.Side.POLICE:
        return "has a later date that the police ask for"
    return WAITS_FOR_CPS.get(ItemState(item.state), "")


def _owner(change: Changing, user_id: UUID | None) -> User:
    """Return the police officer named, who has a role on the case. Raises NotPossible for anybody else."""
    rows = current(change.case).exclude(role__in=m.CPS_CASE_ROLES).select_related("user")
    found = next((row.user for row in rows if row.user_id == user_id and row.user.is_active), None)
    if found is None:
        raise NotPossible("Choose an officer with a role on the case", field="police_owner_id")
    return found


def keep_plan_open(*, actor: User, case_id: UUID, action_plan_id: UUID, because: str, version: int | None = None) -> ActionPlan:
    """Decide not to finalise, with the reason: the proposal is answered. Raises NotAllowed, Conflict, NotPossible (no reason)."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.FINALISE)
        plan = change.get(ActionPlan, action_plan_id)
        plan_may_be_finalised(plan)
        text = said(because, "Enter why it stays open", "because")
        plan.finalise_kept_open_at, plan.finalise_kept_open_because = change.now, text
        plan.save(update_fields=["finalise_kept_open_at", "finalise_kept_open_because"])
        change.put_in_timeline("plan_kept_open", text=text)
        return plan


def reopen_finalised(*, actor: User, case_id: UUID, finalisation_id: UUID, note: str, version: int | None = None) -> Finalisation:
    """Reopen what was finalised, as inspector: the plan goes on where it stood, every date with it.

    Raises NotAllowed, Conflict, NotPossible (reopened already, no reason, every suspect has an outcome).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.REOPEN_FINALISED)
        row = change.get(Finalisation, finalisation_id)
        may_be_reopened(row)
        text = said(note, "Enter why it is reopened", "note")
        plan = row.plan
        if not undecided(suspects_of(plan), change.facts().suspects):
            raise NotPossible("Every suspect of this referral has an outcome, so there is nothing to reopen.")
        row.state, row.reviewed_at, row.review_note = State.REOPENED, change.now, text
        row.save(update_fields=["state", "reviewed_at", "review_note"])
        plan.state, plan.ended_at = states.step(states.PLAN, plan.state, PlanState.SET).after, None
        plan.save(update_fields=["state", "ended_at"])
        put_on_plan(change, plan, items_of(plan))
        change.put_in_timeline("finalisation_reopened", text=text)
        tell_all(change, [*named(change, plan), *managers(change)], "finalisation_reopened", row.pk)
        return row


def confirm_finalised(*, actor: User, case_id: UUID, finalisation_id: UUID, note: str, version: int | None = None) -> Finalisation:
    """Confirm what was finalised, as inspector, with the reason. Raises NotAllowed, Conflict, NotPossible."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.REOPEN_FINALISED)
        row = change.get(Finalisation, finalisation_id)
        may_be_confirmed(row)
        row.review_note = said(note, "Enter why it stays finalised", "note")
        row.state, row.reviewed_at = states.step(states.FINALISATION, row.state, State.CONFIRMED).after, change.now
        row.save(update_fields=["state", "reviewed_at", "review_note"])
        change.put_in_timeline("finalisation_confirmed", text=row.review_note)
        return row
