"""What tests of action plans do to items, and ask of what became of them."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from core import clock
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import ActionPlan, ItemEvent
from tests.factories import AVON
from tests.integration.prosecution.making import do, item_of


def on(days: int) -> date:
    """Return the day so many days from today."""
    return clock.today() + timedelta(days=days)


def act(person: User, service: Any, plan: ActionPlan, number: int = 1, **more: Any) -> Any:
    """Do an act on an item of a plan as a person."""
    return do(person, service, plan.case, action_item_id=item_of(plan, number).pk, **more)


def told(user: User) -> list[str]:
    """Return the subjects a person was told, in order."""
    with scope(system(user.agency_id)):
        return list(Notice.objects.filter(user=user).order_by("created_at").values_list("subject", flat=True))


def events(plan: ActionPlan, number: int = 1) -> list[str]:
    """Return what happened to an item, in order."""
    with scope(system(AVON)):
        return list(ItemEvent.objects.filter(item=item_of(plan, number)).order_by("at", "created_at").values_list("what", flat=True))
