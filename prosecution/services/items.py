"""Items of an action plan as it is drafted: why each is needed, reasonable and proportionate, about whom, by when.

The CPS alone writes and reads a draft; who changed it is kept, because whoever drafted a second plan does not approve it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.services.changing import Changing
from cases.services.enquiries import ENDS
from core import clock
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution.models import ActionItem, ActionPlan, EarlyAdvice, ItemEvent, Referral, Weight
from prosecution.policies_plan import item_is_draft, plan_is_draft
from prosecution.selectors_plan import items_of, source_of, suspects_about, undecided
from prosecution.services.item_events import happened
from prosecution.services.quietly import quietly

TEXTS: Final[dict[str, str]] = {
    "action": "Enter what is to be done",
    "justification": "Enter why it is needed before a decision",
    "reasonable_because": "Enter why it is a reasonable line of enquiry",
    "proportionate_because": "Enter why it is proportionate",
}


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item as typed. `suspect_id` None: about every suspect; `agreed_on` is the London date agreed with the police."""

    action: str
    justification: str
    reasonable_because: str
    proportionate_because: str
    weight: str
    agreed_on: date
    suspect_id: UUID | None = None
    looks_at_victim: bool = False
    effect_on_victim: str = ""
    enquiry_id: UUID | None = None


def add_item(*, actor: User, case_id: UUID, action_plan_id: UUID, item: NewItem, version: int | None = None) -> ActionItem:
    """Add an item to a draft.

    Raises NotAllowed, NotPossible (sent already, a text missing, a day that has passed, a suspect who is not one of the
    plan's, an item that looks at the victim without its effect).
    """
    with quietly(case_id, actor=actor, permission=p.PLAN, what="item of an action plan drafted") as change:
        plan = change.get(ActionPlan, action_plan_id)
        plan_is_draft(plan)
        return write_item(change, plan, item)


def change_item(*, actor: User, case_id: UUID, action_item_id: UUID, item: NewItem, version: int | None = None) -> ActionItem:
    """Change an item of a draft. Raises as `add_item`, and NotPossible when nothing was changed."""
    with quietly(case_id, actor=actor, permission=p.PLAN, what="item of an action plan drafted") as change:
        row = change.get(ActionItem, action_item_id)
        item_is_draft(row)
        given = checked(change, source_of(row.plan), item)
        if all(getattr(row, name) == value for name, value in given.items()):
            raise NotPossible("Nothing was changed")
        for name, value in given.items():
            setattr(row, name, value)
        row.save(update_fields=list(given))
        happened(change, row, ItemEvent.What.SAID, text="Draft changed")
        return row


def take_out_item(*, actor: User, case_id: UUID, action_item_id: UUID, version: int | None = None) -> ActionItem:
    """Take an item out of a draft: it stays a draft that is over, and the others close up, so that no gap says it was there.

    Raises NotAllowed, NotPossible.
    """
    with quietly(case_id, actor=actor, permission=p.PLAN, what="item of an action plan taken out") as change:
        row = change.get(ActionItem, action_item_id)
        item_is_draft(row)
        row.settled_at = change.now
        row.save(update_fields=["settled_at"])
        for number, one in enumerate(items_of(row.plan), start=1):
            if one.number != number:
                one.number = number
                one.save(update_fields=["number"])
        happened(change, row, ItemEvent.What.SAID, text="Taken out of the draft")
        return row


def write_item(change: Changing, plan: ActionPlan, new: NewItem) -> ActionItem:
    """Write an item under the next number of the plan, once: a form sent twice makes no second one.

    Asks neither permission nor state. Raises NotPossible as `add_item`.
    """
    given, there = checked(change, source_of(plan), new), items_of(plan)
    if any(all(getattr(one, name) == value for name, value in given.items()) for one in there):
        raise NotPossible("This item is in the draft already.")
    return change.add(ActionItem, plan=plan, number=next_number(plan), **given)


def next_number(plan: ActionPlan) -> int:
    """Return the number of the next item."""
    return max((item.number for item in items_of(plan)), default=0) + 1


def checked(change: Changing, source: Referral | EarlyAdvice, new: NewItem) -> dict[str, Any]:
    """Return the columns of an item as typed. Raises NotPossible beside the field that does not hold."""
    given: dict[str, Any] = {name: getattr(new, name).strip() for name in TEXTS}
    for name, words in TEXTS.items():
        if not given[name]:
            raise NotPossible(words, field=name)
    if new.weight not in Weight.values:
        raise NotPossible("Select whether it is essential or desirable", field="weight")
    if new.agreed_on < clock.today(change.now):
        raise NotPossible("Enter a day from today on", field="agreed_on")
    return {
        **given,
        "weight": new.weight,
        "agreed_on": new.agreed_on,
        "first_agreed_on": new.agreed_on,
        "suspect": _suspect(change, source, new.suspect_id),
        **_about_the_victim(change, new),
    }


def _suspect(change: Changing, source: Referral | EarlyAdvice, suspect_id: UUID | None) -> m.Suspect | None:
    if suspect_id is None:
        return None
    open_ones = undecided(suspects_about(source), change.facts().suspects)
    found = next((suspect for suspect, _ in open_ones if suspect.pk == suspect_id), None)
    if found is None:
        raise NotPossible("Choose a suspect this plan is about who has no outcome", field="suspect_id")
    return found


def _about_the_victim(change: Changing, new: NewItem) -> dict[str, Any]:
    """Return what an item that looks at the victim says of that: the effect, and the line of enquiry whose gate it shows."""
    effect = new.effect_on_victim.strip()
    if not new.looks_at_victim:
        if effect:
            raise NotPossible("Leave this empty, or say that the item looks at the victim", field="effect_on_victim")
        if new.enquiry_id is not None:
            raise NotPossible("Leave this empty, or say that the item looks at the victim", field="enquiry_id")
        return {"looks_at_victim": False, "effect_on_victim": "", "enquiry": None}
    if not effect:
        raise NotPossible("Enter what the item means for the victim", field="effect_on_victim")
    return {"looks_at_victim": True, "effect_on_victim": effect, "enquiry": about_victim(change, new.enquiry_id)}


def about_victim(change: Changing, enquiry_id: UUID | None) -> m.LineOfEnquiry | None:
    """Return the line of enquiry about the victim that an item is. Raises NotPossible beside it for one that looks elsewhere or ended."""
    if enquiry_id is None:
        return None
    row = change.get(m.LineOfEnquiry, enquiry_id)
    if row.focus != m.Focus.VICTIM or row.state in ENDS:
        raise NotPossible("Choose a line of enquiry about the victim that goes on", field="enquiry_id")
    return row
