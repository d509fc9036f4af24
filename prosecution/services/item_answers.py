"""What the police say to an item of an action plan: accepted, challenged, done, part done, cannot be done, taken further up.

What inspector and District Crown Prosecutor agreed on an item is recorded by either.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from accounts.models import User
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution import policies_plan as policies
from prosecution import states
from prosecution.models import ActionItem, ItemEvent, ItemState
from prosecution.services.item_events import happened
from prosecution.services.items import next_number
from prosecution.services.settling_plans import end_if_settled, named, settle
from prosecution.services.whom import managers, officer, tell_all

What = ItemEvent.What


@dataclass(frozen=True, slots=True)
class Agreed:
    """What inspector and District Crown Prosecutor agreed: in words, and the London date by which it is done; None: not to be done."""

    words: str
    by: date | None = None


def accept_item(*, actor: User, case_id: UUID, action_item_id: UUID, version: int | None = None) -> ActionItem:
    """Accept an item as it is asked for, or once it was insisted on. Raises NotAllowed, Conflict, NotPossible."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ANSWER_ITEM)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_accepted(row)
        become(row, ItemState.ACCEPTED)
        happened(change, row, What.ACCEPTED)
        return row


def challenge_item(*, actor: User, case_id: UUID, action_item_id: UUID, because: str, version: int | None = None) -> ActionItem:
    """Challenge an item: the CPS agrees, amends or insists within its time. Raises NotAllowed, Conflict, NotPossible (no reason)."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ANSWER_ITEM)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_challenged(row)
        text = said(because, "Enter why you challenge it", "because")
        become(row, ItemState.CHALLENGED)
        happened(change, row, What.CHALLENGED, text=text)
        tell_all(change, named(change, row.plan), "item_waits_for_cps", row.pk)
        return row


def item_done(*, actor: User, case_id: UUID, action_item_id: UUID, what: str, reference: str, version: int | None = None) -> ActionItem:
    """Say that an item is done, what was done and where it is to be found. It takes effect when the CPS accepts it or 3 working days pass.

    Raises NotAllowed, Conflict, NotPossible (how it stands, nothing said, no reference).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ANSWER_ITEM)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_done(row)
        _report_done(change, row, what, reference)
        happened(change, row, What.DONE, text=with_reference(row, what))
        tell_all(change, named(change, row.plan), "item_waits_for_cps", row.pk)
        return row


def item_part_done(
    *, actor: User, case_id: UUID, action_item_id: UUID, what: str, reference: str, rest: str, version: int | None = None
) -> ActionItem:
    """Say that part of an item is done; the rest becomes an item of its own that keeps the first date, and so the clock. Returns the rest.

    Raises as `item_done`, and NotPossible without the rest.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ANSWER_ITEM)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_done(row)
        action = said(rest, "Enter what is still to be done", "rest")
        _report_done(change, row, what, reference)
        happened(change, row, What.PART_DONE, text=with_reference(row, what))
        kept = {
            name: getattr(row, name)
            for name in (
                "plan", "justification", "reasonable_because", "proportionate_because", "weight", "suspect", "looks_at_victim", "enquiry",
                "effect_on_victim", "first_agreed_on", "agreed_on", "moves",
            )
        }  # fmt: skip
        state = states.step(states.ITEM, None, ItemState.SET).after
        new = change.add(ActionItem, number=next_number(row.plan), action=action, state=state, part_of=row, **kept)
        happened(change, new, What.SET, text=f"The rest of item {row.number}", to_on=new.agreed_on)
        tell_all(change, named(change, row.plan), "item_waits_for_cps", row.pk)
        return new


def item_cannot(*, actor: User, case_id: UUID, action_item_id: UUID, why: str, version: int | None = None) -> ActionItem:
    """Say that an item cannot be done, and why. Raises NotAllowed, Conflict, NotPossible (how it stands, no reason)."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ANSWER_ITEM)
        row = change.get(ActionItem, action_item_id)
        policies.cannot_be_done(row)
        text = said(why, "Enter why it cannot be done", "why")
        row.reported_at = change.now
        become(row, ItemState.CANNOT, "reported_at")
        happened(change, row, What.CANNOT, text=text)
        tell_all(change, named(change, row.plan), "item_waits_for_cps", row.pk)
        return row


def escalate_item(*, actor: User, case_id: UUID, action_item_id: UUID, because: str, version: int | None = None) -> ActionItem:
    """Take an item that the CPS insists on to the District Crown Prosecutor, as inspector. Raises NotAllowed, Conflict, NotPossible."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ESCALATE_ITEM)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_escalated(row)
        text = said(because, "Enter why", "because")
        become(row, ItemState.ESCALATED)
        happened(change, row, What.ESCALATED, text=text)
        tell_all(change, managers(change), "item_escalated", row.pk)
        return row


def resolve_item(*, actor: User, case_id: UUID, action_item_id: UUID, agreed: Agreed, version: int | None = None) -> ActionItem:
    """Record what inspector and District Crown Prosecutor agreed: not to be done, or done by a date.

    Raises NotAllowed, Conflict, NotPossible (not taken to them, nothing said, a date that has passed).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.RESOLVE_ITEM)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_resolved(row)
        words, before = said(agreed.words, "Enter what was agreed, with whom and when", "words"), row.agreed_on
        if agreed.by is None:
            settle(change, row, ItemState.DROPPED, at=change.now)
        else:
            take_date(row, agreed.by, field="by")
            become(row, ItemState.ACCEPTED, *DATES)
        moved = agreed.by if agreed.by != before else None
        happened(change, row, What.RESOLVED, text=words, from_on=before if moved else None, to_on=moved)
        tell_all(change, [*officer(change), *named(change, row.plan)], "item_resolved", row.pk)
        end_if_settled(change, row.plan)
        return row


MOVES_OF_THE_TWO: Final = 2
"""Moves that the two sides agree between them; any further one is for inspector and District Crown Prosecutor."""
DATES: Final = ("agreed_on", "moves", "asked_on", "asked_because", "asked_side")


def take_date(row: ActionItem, to: date, *, field: str) -> None:
    """Let an item have another date, as agreed: counted as a move where it is another, and in the place of one asked for.

    `first_agreed_on` never changes. Raises NotPossible beside the field for a day that has passed.
    """
    if to < clock.today():
        raise NotPossible("Enter a day from today on", field=field)
    if to != row.agreed_on:
        row.agreed_on, row.moves = to, row.moves + 1
    row.asked_on, row.asked_because, row.asked_side = None, "", ""


def become(row: ActionItem, state: str, *also: str) -> None:
    """Write the step of an item from where it stands to a state, with the other columns that changed with it."""
    row.state = states.step(states.ITEM, row.state, state).after
    row.save(update_fields=["state", *also])


def said(text: str, words: str, field: str) -> str:
    """Return a text as it is kept. Raises NotPossible with the words, beside the field, for none."""
    if not text.strip():
        raise NotPossible(words, field=field)
    return text.strip()


def with_reference(row: ActionItem, what: str) -> str:
    """Return what was done with where it is to be found."""
    return f"{what.strip()} ({row.reference})"


def _report_done(change: Changing, row: ActionItem, what: str, reference: str) -> None:
    said(what, "Enter what was done", "what")
    row.reference = said(reference, "Enter where it is to be found", "reference")
    row.reported_at = change.now
    row.asked_on, row.asked_because, row.asked_side = None, "", ""
    become(row, ItemState.DONE, "reference", "reported_at", "asked_on", "asked_because", "asked_side")
