"""Action plans in the demonstration: short words for calls of the services. Numbers are days before now."""

from collections.abc import Callable
from typing import Any, Final

from cases.demonstration import Step, Told
from prosecution import models as pm
from prosecution.demonstration.times import MANAGER, PROSECUTOR, at, day, latest
from prosecution.services import finalising, item_answers, item_replies, plans
from prosecution.services.items import NewItem, add_item

ITEMS: Final = (
    ("Statement of the friend who was told that night", "The first account is supported by it.", "essential", 14),
    ("Cameras of the street, 10pm to midnight", "They show who came and left.", "essential", 21),
    ("Messages of the suspect to a third person that night", "They bear on what he believed.", "desirable", 28),
)


def planned(days: float, *, how_many: int = 2, who: str = PROSECUTOR) -> Step:
    """The prosecutor set an action plan with the first of ITEMS, dated from then."""

    def what(told: Told) -> None:
        row = latest(told, pm.Referral)
        items = [_item(one) for one in ITEMS[:how_many]]
        plan = told.do(who, plans.draft_plan, charging_referral_id=row.pk, item=items[0])
        for one in items[1:]:
            told.do(who, add_item, action_plan_id=plan.pk, item=one)
        told.do(who, plans.send_plan, action_plan_id=plan.pk)

    return at(days, what)


def _item(of: tuple[str, str, str, int]) -> NewItem:
    action, because, weight, days = of
    return NewItem(
        action=action,
        justification=because,
        reasonable_because="It is in reach, and nobody asked yet.",
        proportionate_because="It takes little, and asks nothing of the victim.",
        weight=weight,
        agreed_on=day(days),
    )


def second_plan_proposed(days: float, who: str = PROSECUTOR) -> Step:
    """A second action plan waits for the District Crown Prosecutor."""

    def what(told: Told) -> None:
        row = latest(told, pm.Referral)
        plan = told.do(who, plans.draft_plan, charging_referral_id=row.pk, item=_item(ITEMS[2]))
        told.do(who, plans.send_plan_to_dcp, action_plan_id=plan.pk)

    return at(days, what)


def item(number: int, days: float, service: Callable[..., Any], who: str = "", **said: Any) -> Step:
    """Somebody answered an item of the latest plan."""

    def what(told: Told) -> None:
        row = latest(told, pm.ActionItem, plan=latest(told, pm.ActionPlan), number=number)
        told.do(who, service, action_item_id=row.pk, **said)

    return at(days, what)


def done(number: int, days: float) -> Step:
    """The police said that an item is done."""
    return item(number, days, item_answers.item_done, what="Obtained and summarised.", reference=f"Exhibit AB/{number}")


def taken(number: int, days: float, who: str = PROSECUTOR) -> Step:
    """The prosecutor accepted an item as done."""
    return item(number, days, item_replies.take_item, who)


def challenged(number: int, days: float, because: str) -> Step:
    """The police challenged an item."""
    return item(number, days, item_answers.challenge_item, because=because)


def finalised(days: float, because: str) -> Step:
    """The referral was finalised administratively."""

    def what(told: Told) -> None:
        plan, owner = latest(told, pm.ActionPlan), told.people[told.lead].pk
        told.do(MANAGER, finalising.finalise, action_plan_id=plan.pk, because=because, bail_reviewed="No bail runs.", police_owner_id=owner)

    return at(days, what)
