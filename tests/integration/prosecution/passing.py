"""Rows of the passage between police and CPS that the desks show, written directly where their own services have tests elsewhere."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan, ChargingDecision, Meeting, ProposedDecision, Referral
from prosecution.services.meetings import record_meeting
from tests.factories import World, ago
from tests.integration.cases.making import do, fresh, suspect_of


def plan_of(case: m.Case, referral: Referral, *, state: str = "set", days: float = 1, **more: Any) -> ActionPlan:
    """Return an action plan of a referral, set this many days ago."""
    with scope(system(case.force_id)):
        number = ActionPlan.objects.filter(case=case).count() + 1
        at = None if state in {"draft", "waits_for_dcp"} else ago(days=days)
        return ActionPlan.objects.create(**keys_of(fresh(case)), referral=referral, number=number, state=state, set_at=at, **more)


def item_of(case: m.Case, plan: ActionPlan, *, state: str = "set", action: str = "Download the phone", **more: Any) -> ActionItem:
    """Return an item of a plan, to be done in a week."""
    day = clock.today() + timedelta(days=7)
    with scope(system(case.force_id)):
        number = ActionItem.objects.filter(plan=plan).count() + 1
        return ActionItem.objects.create(
            **keys_of(fresh(case)), plan=plan, number=number, state=state, action=action, justification="Consent", reasonable_because="R",
            proportionate_because="P", weight="essential", first_agreed_on=day, agreed_on=day, **more,
        )  # fmt: skip


def proposal_of(case: m.Case, by: User, *, state: str = "waits", number: int = 1, **more: Any) -> ProposedDecision:
    """Return a decision that somebody prepares on a suspect."""
    at = ago(hours=3) if state == "waits" else None
    given: dict[str, Any] = {"test": "full_code", "decision": "nfa_evidential", "proposed_at": at, **more}
    with scope(system(case.force_id)):
        return ProposedDecision.objects.create(**keys_of(fresh(case)), suspect=suspect_of(case, number), by=by, state=state, **given)


def threshold_charge(case: m.Case, referral: Referral, *, number: int = 1) -> ChargingDecision:
    """Return a published charge on the Threshold Test whose review is due in two weeks."""
    with scope(system(case.force_id)):
        return ChargingDecision.objects.create(
            **keys_of(fresh(case)), suspect=suspect_of(case, number), referral=referral, test="threshold", decision="charge",
            charges=["SX03001"], review_on=clock.today() + timedelta(days=14), decided_at=ago(hours=2), decided_by_name="Somebody",
        )  # fmt: skip


def met(world: World, case: m.Case, *, hours: float = 5, agreed: str = "Phone first, statement after") -> Meeting:
    """Return a meeting recorded by the officer."""
    return do(world.investigator, record_meeting, case, at=ago(hours=hours), how="call", who="Officer and prosecutor", agreed=agreed)
