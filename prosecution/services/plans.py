"""Action plans: drafted by the CPS, sent to the police, for a second one by way of the District Crown Prosecutor.

Sending sets every item with the date agreed as its first, puts the suspects it is about on the plan, and lets their bail run
again (PACE s.47ZL). What a plan asks about one suspect moves nothing of another. Early advice moves no suspect at all: the
investigation is the police's all along.
"""

from typing import Final
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from accounts.roles import Grade
from cases import models as m
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotAllowed, NotPossible
from prosecution import permissions as p
from prosecution import states
from prosecution.models import ActionItem, ActionPlan, EarlyAdvice, ItemEvent, ItemState, PlanState, Referral, ReferralState
from prosecution.policies_plan import (
    advice_plan_may_be_drafted,
    plan_may_be_drafted,
    plan_may_be_sent,
    plan_may_go_to_dcp,
    plan_waits_for_dcp,
)
from prosecution.selectors_plan import concerned, items_of, source_of, suspects_of, undecided
from prosecution.services.downward import place, run_bail_again
from prosecution.services.item_events import happened
from prosecution.services.items import NewItem, write_item
from prosecution.services.quietly import quietly
from prosecution.services.settling_plans import named
from prosecution.services.whom import managers, officer, tell_all

IN_HAND: Final = (PlanState.DRAFT, PlanState.WAITS_FOR_DCP, PlanState.SET)
DCP_GRADES: Final = frozenset({Grade.DISTRICT_CROWN_PROSECUTOR, Grade.SENIOR_DISTRICT_CROWN_PROSECUTOR})
SENT_TO_DCP: Final = "Sent to the District Crown Prosecutor"


def draft_plan(*, actor: User, case_id: UUID, charging_referral_id: UUID, item: NewItem, version: int | None = None) -> ActionPlan:
    """Draft an action plan for a referral, with its first item. A second one of the same referral is marked as that.

    Raises NotAllowed, NotPossible (no prosecutor has the referral, a plan is in hand already, or as `add_item`).
    """
    with quietly(case_id, actor=actor, permission=p.PLAN, what="action plan drafted") as change:
        referral = change.get(Referral, charging_referral_id)
        plan_may_be_drafted(referral)
        second = ActionPlan.objects.filter(referral=referral, set_at__isnull=False).exists()
        return _draft(change, referral, item, second=second)


def draft_advice_plan(*, actor: User, case_id: UUID, early_advice_id: UUID, item: NewItem, version: int | None = None) -> ActionPlan:
    """Draft an action plan that goes with early advice, with its first item. Raises as `draft_plan`."""
    with quietly(case_id, actor=actor, permission=p.PLAN, what="action plan drafted") as change:
        advice = change.get(EarlyAdvice, early_advice_id)
        advice_plan_may_be_drafted(advice)
        return _draft(change, advice, item, second=False)


def _draft(change: Changing, source: Referral | EarlyAdvice, item: NewItem, *, second: bool) -> ActionPlan:
    of = {"referral": source} if isinstance(source, Referral) else {"advice": source}
    if ActionPlan.objects.filter(**of, state__in=IN_HAND).exists():
        raise NotPossible("There is an action plan in hand already. Go on with that one.")
    plan = change.add(ActionPlan, number=_next_number(change), second=second, **of)
    write_item(change, plan, item)
    return plan


def discard_plan(*, actor: User, case_id: UUID, action_plan_id: UUID, version: int | None = None) -> ActionPlan:
    """Discard a draft: nobody but the CPS ever saw it. Raises NotAllowed, NotPossible when it was sent."""
    with quietly(case_id, actor=actor, permission=p.PLAN, what="draft of an action plan discarded") as change:
        plan = change.get(ActionPlan, action_plan_id)
        plan.state, plan.ended_at = states.step(states.PLAN, plan.state, PlanState.DISCARDED).after, change.now
        plan.save(update_fields=["state", "ended_at"])
        return plan


def send_plan(*, actor: User, case_id: UUID, action_plan_id: UUID, version: int | None = None) -> ActionPlan:
    """Send a plan to the police: its items wait for them, the suspects are on it, their bail runs again.

    Raises NotAllowed, Conflict, NotPossible (sent already, a second plan, no item, a date that has passed, nobody undecided).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.PLAN)
        plan = change.get(ActionPlan, action_plan_id)
        plan_may_be_sent(plan)
        plan.set_by_name = actor.name
        return _set(change, plan)


def send_plan_to_dcp(*, actor: User, case_id: UUID, action_plan_id: UUID, version: int | None = None) -> ActionPlan:
    """Let a second plan wait for the District Crown Prosecutor. The police learn nothing of it. Raises as `send_plan`."""
    with quietly(case_id, actor=actor, permission=p.PLAN, what="second action plan sent to the District Crown Prosecutor") as change:
        plan = change.get(ActionPlan, action_plan_id)
        plan_may_go_to_dcp(plan)
        items = _ready(change, plan)
        plan.state, plan.set_by_name = states.step(states.PLAN, plan.state, PlanState.WAITS_FOR_DCP).after, actor.name
        plan.save(update_fields=["state", "set_by_name"])
        happened(change, items[0], ItemEvent.What.SAID, text=SENT_TO_DCP)
        tell_all(change, managers(change), "plan_waits_for_dcp", _this_time(change, plan))
        return plan


def approve_plan(*, actor: User, case_id: UUID, action_plan_id: UUID, note: str = "", version: int | None = None) -> ActionPlan:
    """Allow a second plan, as District Crown Prosecutor who had no hand in it: it goes to the police at once.

    Raises NotAllowed (another grade), Conflict, NotPossible (does not wait, had a hand in it, or as `send_plan`).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.APPROVE_PLAN)
        plan = change.get(ActionPlan, action_plan_id)
        _check_dcp(actor, plan)
        plan.dcp_answered_at, plan.dcp_name, plan.dcp_note = change.now, actor.name, note.strip()
        return _set(change, plan)


def send_plan_back(*, actor: User, case_id: UUID, action_plan_id: UUID, note: str, version: int | None = None) -> ActionPlan:
    """Send a second plan back to the prosecutor with the reason. The police learn nothing of it. Raises as `approve_plan`."""
    with quietly(case_id, actor=actor, permission=p.APPROVE_PLAN, what="second action plan sent back") as change:
        plan = change.get(ActionPlan, action_plan_id)
        _check_dcp(actor, plan)
        if not note.strip():
            raise NotPossible("Enter why you send it back", field="note")
        plan.state = states.step(states.PLAN, plan.state, PlanState.DRAFT).after
        plan.dcp_answered_at, plan.dcp_name, plan.dcp_note = change.now, actor.name, note.strip()
        plan.save(update_fields=["state", "dcp_answered_at", "dcp_name", "dcp_note"])
        tell_all(change, named(change, plan), "plan_sent_back", _this_time(change, plan))
        return plan


def _check_dcp(actor: User, plan: ActionPlan) -> None:
    """Raise unless the actor is a District Crown Prosecutor and had no hand in the plan: nobody approves the own words."""
    plan_waits_for_dcp(plan)
    if actor.grade not in DCP_GRADES:
        raise NotAllowed("Only a District Crown Prosecutor can answer a second action plan.")
    items = ActionItem.objects.filter(plan=plan).values_list("created_by", flat=True)
    events = ItemEvent.objects.filter(item__plan=plan).values_list("created_by", flat=True)
    if actor.pk in {plan.created_by_id, *items, *events}:
        raise NotPossible("You had a hand in this plan: another District Crown Prosecutor has to answer.")


def _ready(change: Changing, plan: ActionPlan) -> list[ActionItem]:
    """Return the items of a plan that can be sent. Raises NotPossible for one that cannot."""
    source, items = source_of(plan), items_of(plan)
    if isinstance(source, Referral):
        plan_may_be_drafted(source)
    else:
        advice_plan_may_be_drafted(source)
    if not items:
        raise NotPossible("Add at least one item first.")
    suspects = suspects_of(plan)
    open_ones = {suspect.pk for suspect, _ in undecided(suspects, change.facts().suspects)}
    if suspects and not open_ones:
        raise NotPossible("Every suspect of this plan has an outcome, so there is nothing to ask for.")
    for item in items:
        if item.agreed_on < clock.today(change.now):
            raise NotPossible(f"The date of item {item.number} has passed. Agree a new one with the police first.")
        if item.suspect_id is not None and item.suspect_id not in open_ones:
            raise NotPossible(f"Item {item.number} is about a suspect who has an outcome. Take it out first.")
    return items


def _set(change: Changing, plan: ActionPlan) -> ActionPlan:
    """Write a plan as set: plan, items, referral, suspects, their bail; say it and tell the officer."""
    items = _ready(change, plan)
    plan.state, plan.set_at = states.step(states.PLAN, plan.state, PlanState.SET).after, change.now
    plan.number = _next_number(change)
    plan.save()
    for item in items:
        item.state, item.first_agreed_on = states.step(states.ITEM, item.state, ItemState.SET).after, item.agreed_on
        item.save(update_fields=["state", "first_agreed_on"])
        happened(change, item, ItemEvent.What.SET, to_on=item.agreed_on, by_name=plan.set_by_name)
    change.put_in_timeline("plan_set", text=f"Action plan {plan.number}: {len(items)} item{'' if len(items) == 1 else 's'}")
    if plan.referral is not None:
        put_on_plan(change, plan, items)
    tell_all(change, officer(change), "plan_set", plan.pk)
    return plan


def _next_number(change: Changing) -> int:
    """Return the number of a plan: the next after those sent, so that no gap tells the police of one that was not."""
    last = ActionPlan.objects.filter(case=change.case, set_at__isnull=False).aggregate(last=Max("number"))["last"] or 0
    return int(last + 1)


def put_on_plan(change: Changing, plan: ActionPlan, items: list[ActionItem]) -> None:
    """Let a referral be on its plan, and the undecided suspects that items are about; their bail runs again."""
    referral = plan.referral
    assert referral is not None  # noqa: S101  asked by the callers
    referral.state = states.step(states.REFERRAL, referral.state, ReferralState.ON_PLAN).after
    referral.ended_at = None
    referral.save(update_fields=["state", "ended_at"])
    people = undecided(concerned(items, suspects_of(plan)), change.facts().suspects)
    place(change, [suspect for suspect, _ in people], m.Position.ACTION_PLAN, at=change.now)
    for suspect, facts in people:
        run_bail_again(change, suspect, facts, at=change.now)


def _this_time(change: Changing, plan: ActionPlan) -> str:
    """Return what tells one sending from the next: what the CPS keeps for itself makes no new version of the case."""
    return f"{plan.pk}:{int(change.now.timestamp())}"
