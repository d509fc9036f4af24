"""Readers of action plans: which suspects a plan is about, and whose bail runs again when it is sent. The caller has proved sight."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from cases import models as m
from cases.derive.bail_facts import BailEventFact
from cases.derive.facts import SuspectFacts
from cases.selectors import facts_of
from prosecution.models import ActionItem, ActionPlan, AdviceSuspect, EarlyAdvice, ItemState, Referral, ReferralSuspect


def suspects_about(of: Referral | EarlyAdvice) -> list[m.Suspect]:
    """Return the suspects of a referral or a request, by number, those recorded in error left out. One query."""
    of_referral = ReferralSuspect.objects.filter(referral=of.pk, removed_at__isnull=True).values("suspect")
    of_advice = AdviceSuspect.objects.filter(advice=of.pk, removed_at__isnull=True).values("suspect")
    named = Q(pk__in=of_referral) if isinstance(of, Referral) else Q(pk__in=of_advice)
    rows = m.Suspect.objects.filter(case=of.case_id, recorded_in_error_at__isnull=True)
    return list(rows.filter(named).order_by("number"))


def source_of(plan: ActionPlan) -> Referral | EarlyAdvice:
    """Return what a plan is of."""
    source = plan.referral or plan.advice
    assert source is not None  # noqa: S101  the database refuses a plan of neither
    return source


def suspects_of(plan: ActionPlan) -> list[m.Suspect]:
    """Return the suspects of what a plan is of, by number."""
    return suspects_about(source_of(plan))


def items_of(plan: ActionPlan) -> list[ActionItem]:
    """Return the items of a plan by number, those taken out of the draft left out."""
    rows = ActionItem.objects.filter(plan=plan).exclude(state=ItemState.DRAFT, settled_at__isnull=False)
    return list(rows.select_related("suspect", "enquiry", "part_of").order_by("number"))


def concerned(items: Iterable[ActionItem], suspects: Collection[m.Suspect]) -> list[m.Suspect]:
    """Return the suspects that items ask for something about: all where one item is about all. The others' clocks stand as they are."""
    keys = {item.suspect_id for item in items}
    return [one for one in suspects if None in keys or one.pk in keys]


def undecided(suspects: Iterable[m.Suspect], facts: Iterable[SuspectFacts]) -> list[tuple[m.Suspect, SuspectFacts]]:
    """Return those suspects that have no outcome, each with her or his facts."""
    by_id = {one.id: one for one in facts}
    found = [(one, by_id[one.pk]) for one in suspects if one.pk in by_id]
    return [(one, its) for one, its in found if its.standing_outcome() is None]


def bail_again(case: m.Case, plan: ActionPlan, at: datetime) -> list[tuple[m.Suspect, date]]:
    """Return whose suspended bail runs again when the plan is sent at a moment, and the last day it has then (PACE s.47ZL)."""
    if plan.referral_id is None:
        return []
    found = []
    for suspect, facts in undecided(concerned(items_of(plan), suspects_of(plan)), facts_of(case).suspects):
        bail = facts.live_bail()
        if bail is not None and bail.suspended_since is not None:
            again = BailEventFact(m.BailEventKind.RUNNING_AGAIN, max(at, bail.suspended_since))
            found.append((suspect, replace(bail, events=(*bail.events, again)).ends_on()))
    return found
