"""How a plan comes to its end: the last item settled, "done" that took effect by time, or the last suspect's outcome.

What counts as done by time does so from that very moment, whoever asks (prosecution/derive/items.py); the sweep only writes it
down, under that moment, so that it makes no difference when it runs. The last outcome ends plan, referral and what was being
prepared in the last part of every reconcile, whatever recorded it.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.facts import CaseFacts, OutcomeFact, SuspectFacts
from cases.selectors import working_days_of
from cases.services.changing import Changing, Extract, changing
from cases.services.reconcile import reconcile
from core import clock
from core.calendar import WorkingDays
from core.scope import scope, system
from prosecution import states
from prosecution.derive.items import takes_effect_at
from prosecution.models import (
    ActionItem,
    ActionPlan,
    AdviceSuspect,
    ItemEvent,
    ItemState,
    PlanState,
    Referral,
    ReferralState,
    ReferralSuspect,
)
from prosecution.selectors_plan import concerned, items_of, source_of, suspects_of, undecided
from prosecution.services.downward import place, suspend_bail
from prosecution.services.item_events import happened
from prosecution.services.overtaking import end_prepared
from prosecution.services.reopened import stand_again
from prosecution.services.whom import officer, prosecutor, tell_all

TRACKER: Final = "Case tracker"
ENDS_WITH_OUTCOMES: Final = (ReferralState.SENT, ReferralState.RETURNED, ReferralState.ACCEPTED, ReferralState.ON_PLAN)
PLANS_THAT_END: Final = (PlanState.DRAFT, PlanState.WAITS_FOR_DCP, PlanState.SET)


def settle(change: Changing, item: ActionItem, state: str, *, at: datetime) -> None:
    """Write that an item is settled or dropped from a moment on; a later date that was asked for falls away."""
    item.state, item.settled_at = states.step(states.ITEM, item.state, state).after, at
    item.asked_on, item.asked_because, item.asked_side = None, "", ""
    item.save(update_fields=["state", "settled_at", "asked_on", "asked_because", "asked_side"])


def end_if_settled(change: Changing, plan: ActionPlan) -> bool:
    """End a plan whose items are all settled: the suspects are with the CPS again, bail stands still. Says whether it ended.

    The end is when the last item was settled, which may be before now where it took effect by time.
    """
    take_effect(change, plan, working_days_of(plan.force_id))
    items = items_of(plan)
    if not items or any(item.state not in states.ENDED_ITEMS for item in items):
        return False
    at = max(item.settled_at for item in items if item.settled_at is not None)
    plan.state, plan.ended_at = states.step(states.PLAN, plan.state, PlanState.ANSWERED).after, at
    plan.save(update_fields=["state", "ended_at"])
    change.put_in_timeline("plan_answered", at=at, text=f"Action plan {plan.number}")
    if plan.referral is not None:
        _with_the_cps(change, plan.referral, concerned(items, suspects_of(plan)), at)
    tell_all(change, named(change, plan), "plan_answered", plan.pk)
    return True


def _with_the_cps(change: Changing, referral: Referral, suspects: Iterable[m.Suspect], at: datetime) -> None:
    referral.state = states.step(states.REFERRAL, referral.state, ReferralState.ACCEPTED).after
    referral.save(update_fields=["state"])
    people = undecided(suspects, change.facts().suspects)
    place(change, [suspect for suspect, _ in people], m.Position.WITH_CPS, at=at)
    for suspect, facts in people:
        suspend_bail(change, suspect, facts, at=at)


def named(change: Changing, plan: ActionPlan) -> list[User | None]:
    """Return the prosecutor named: who has the case, else who has the referral or the request."""
    return [*prosecutor(change)] or [source_of(plan).prosecutor]


def take_effect(change: Changing, plan: ActionPlan, working: WorkingDays) -> int:
    """Write down what was said to be done and took effect by time, under the moment it did; return how many."""
    found = 0
    for item in ActionItem.objects.filter(plan=plan, state=ItemState.DONE, reported_at__isnull=False).select_related("suspect"):
        assert item.reported_at is not None  # noqa: S101  asked for in the query
        at = takes_effect_at(item.reported_at, working)
        if at <= change.now:
            settle(change, item, ItemState.SETTLED, at=at)
            happened(change, item, ItemEvent.What.TOOK_EFFECT, at=at, by_name=TRACKER)
            tell_all(change, officer(change), "item_answered", item.pk)
            found += 1
    return found


def sweep(force_id: int) -> int:
    """Write down, for one force, everything that took effect by time, each case in a transaction; return how many cases changed."""
    with scope(system(force_id)):
        now = clock.now()
        waiting = ActionItem.objects.filter(
            force_id=force_id, state=ItemState.DONE, plan__state=PlanState.SET, reported_at__lte=now - timedelta(days=3)
        )
        rows = list(waiting.values_list("case_id", "plan_id", "reported_at").order_by("reported_at"))
        working = working_days_of(force_id) if rows else None
        due = dict.fromkeys((case, plan) for case, plan, at in rows if at and working and takes_effect_at(at, working) <= now)
    return sum(_sweep_one(force_id, case_id, plan_id) for case_id, plan_id in due)


class _NothingLeft(Exception):
    """Somebody wrote it down while the sweep waited for the case."""


def _sweep_one(force_id: int, case_id: UUID, plan_id: UUID) -> bool:
    """Write down one plan's, unless somebody was there while we waited for the case."""
    with suppress(_NothingLeft), scope(system(force_id)), changing(case_id, actor=Extract(force_id, name=TRACKER)) as change:
        plan = change.get(ActionPlan, plan_id)
        took = take_effect(change, plan, working_days_of(force_id)) if plan.state == PlanState.SET else 0
        if not took:
            raise _NothingLeft  # or the case would have a new version, of which nobody could say what changed
        end_if_settled(change, plan)
        return True
    return False


def project(case: m.Case, facts: CaseFacts, found: Mapping[Any, Any]) -> None:
    """Let a suspect's outcome end what was asked of the CPS about her or him; with the last one, plan and referral end too.

    Whoever was reopened meanwhile stands with the CPS again. Called in the system scope of the case's force, as the last part of
    every reconcile; costs nothing where nobody ever had an outcome. What changes changes clocks: they are derived once more.
    """
    closed = {one.id: _moment(outcome, facts.as_of) for one in facts.suspects if (outcome := one.standing_outcome()) is not None}
    if not case.brought:
        return
    changed = stand_again(case, facts)
    if closed:
        changed = _end(case, facts, closed) or changed
    if changed:
        reconcile(case, reason="outcome_recorded", actor_name=TRACKER, now=facts.as_of)


def _end(case: m.Case, facts: CaseFacts, closed: Mapping[UUID, datetime]) -> bool:
    """End what was asked about whoever has an outcome. Says whether anything ended."""
    changed = _close_positions(case, facts.suspects, closed)
    open_ones = {one.id for one in facts.suspects} - set(closed)
    changed = _end_referrals(case, open_ones, closed) or changed
    changed = _end_advice_plans(case, open_ones, closed) or changed
    return end_prepared(case, closed.keys()) or changed


def _moment(outcome: OutcomeFact, now: datetime | None) -> datetime:
    """Return when an outcome ends what was asked: now on its own day, else at the start of that day."""
    return now if now is not None and clock.london_day(now) == outcome.on else clock.day_start(outcome.on)


def _close_positions(case: m.Case, suspects: Iterable[SuspectFacts], closed: Mapping[UUID, datetime]) -> bool:
    """End the position of whoever has an outcome; what was told of an administrative finalisation stays as it was owed."""
    keys = [one.position_id for one in suspects if one.id in closed and one.position_id is not None]
    rows = m.CpsPosition.objects.filter(case=case, pk__in=keys, until__isnull=True).exclude(position=m.Position.FINALISED) if keys else []
    changed = False
    for row in rows:
        row.until, changed = max(closed[row.suspect_id], row.since), True
        row.save(update_fields=["until"])
    return changed


def _end_referrals(case: m.Case, open_ones: set[UUID], closed: Mapping[UUID, datetime]) -> bool:
    rows = list(ReferralSuspect.objects.filter(case=case, removed_at__isnull=True, referral__state__in=ENDS_WITH_OUTCOMES))
    changed = False
    for referral in Referral.objects.filter(pk__in={row.referral_id for row in rows}) if rows else []:
        keys = {row.suspect_id for row in rows if row.referral_id == referral.pk}
        at = max((closed[key] for key in keys if key in closed), default=None)
        if keys & open_ones or at is None:
            continue
        referral.state, referral.ended_at = states.step(states.REFERRAL, referral.state, ReferralState.DECIDED).after, at
        referral.save(update_fields=["state", "ended_at"])
        _end_plans(ActionPlan.objects.filter(referral=referral, state__in=PLANS_THAT_END), at)
        changed = True
    return changed


def _end_advice_plans(case: m.Case, open_ones: set[UUID], closed: Mapping[UUID, datetime]) -> bool:
    changed = False
    for plan in ActionPlan.objects.filter(case=case, advice__isnull=False, state__in=PLANS_THAT_END):
        keys = set(AdviceSuspect.objects.filter(advice=plan.advice_id, removed_at__isnull=True).values_list("suspect_id", flat=True))
        at = max((closed[key] for key in keys if key in closed), default=None)
        if not keys & open_ones and at is not None:
            changed = _end_plans([plan], at) or changed
    return changed


def _end_plans(plans: Iterable[ActionPlan], at: datetime) -> bool:
    for plan in plans:
        plan.state = states.step(states.PLAN, plan.state, PlanState.ENDED).after
        plan.ended_at = max(at, plan.set_at) if plan.set_at else at
        plan.save(update_fields=["state", "ended_at"])
    return bool(plans)
