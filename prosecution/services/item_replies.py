"""What the CPS says to what the police said of an item: a challenge agreed, amended or insisted on; done taken as done, or not; let go.

While a plan is with the police an item that counts as done by time is settled, whether or not that is written down yet.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from cases.selectors import working_days_of
from cases.services.changing import Changing, changing
from core.components import day_text
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution import policies_plan as policies
from prosecution.derive.items import takes_effect_at
from prosecution.models import ActionItem, ItemEvent, ItemState
from prosecution.services.item_answers import DATES, MOVES_OF_THE_TWO, become, said, take_date
from prosecution.services.item_events import happened
from prosecution.services.settling_plans import end_if_settled, settle
from prosecution.services.whom import officer, tell_all

What = ItemEvent.What


@dataclass(frozen=True, slots=True)
class Amended:
    """An item as it is amended: what is to be done, by which London date, and why."""

    action: str
    agreed_on: date
    because: str


def agree_challenge(*, actor: User, case_id: UUID, action_item_id: UUID, note: str = "", version: int | None = None) -> ActionItem:
    """Agree to a challenge: the item is not to be done. Raises NotAllowed, Conflict, NotPossible."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.PLAN)
        row = change.get(ActionItem, action_item_id)
        policies.challenge_may_be_agreed(row)
        settle(change, row, ItemState.DROPPED, at=change.now)
        _said_to_police(change, row, What.AGREED, note.strip())
        end_if_settled(change, row.plan)
        return row


def amend_item(*, actor: User, case_id: UUID, action_item_id: UUID, amended: Amended, version: int | None = None) -> ActionItem:
    """Amend an item after a challenge: the police have it as amended. The first date stays what lateness counts from.

    Raises NotAllowed, Conflict, NotPossible (not challenged, nothing amended, a date that has passed, a third move).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.PLAN)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_amended(row)
        action = said(amended.action, "Enter what is to be done", "action")
        because = said(amended.because, "Enter why you amend it", "because")
        before = row.agreed_on
        if action == row.action and amended.agreed_on == before:
            raise NotPossible("Nothing was amended. Agree to the challenge, or insist.")
        if amended.agreed_on != before and row.moves >= MOVES_OF_THE_TWO:
            raise NotPossible("The date was moved twice. A further move is for inspector and District Crown Prosecutor", field="agreed_on")
        if amended.agreed_on != before:
            take_date(row, amended.agreed_on, field="agreed_on")
        row.action = action
        become(row, ItemState.ACCEPTED, "action", *DATES)
        moved = {} if amended.agreed_on == before else {"from_on": before, "to_on": amended.agreed_on}
        _said_to_police(change, row, What.AMENDED, because, **moved)
        return row


def insist_item(*, actor: User, case_id: UUID, action_item_id: UUID, because: str, version: int | None = None) -> ActionItem:
    """Insist on an item that was challenged, or is said to be impossible. Raises NotAllowed, Conflict, NotPossible (no reason)."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.PLAN)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_insisted_on(row)
        text = said(because, "Enter why you insist", "because")
        row.reported_at = None
        become(row, ItemState.INSISTED, "reported_at")
        _said_to_police(change, row, What.INSISTED, text)
        return row


def take_item(*, actor: User, case_id: UUID, action_item_id: UUID, version: int | None = None) -> ActionItem:
    """Accept an item as done. Raises NotAllowed, Conflict, NotPossible (took effect by time already)."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.PLAN)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_taken(row)
        _not_by_time(change, row)
        settle(change, row, ItemState.SETTLED, at=change.now)
        _said_to_police(change, row, What.TAKEN, "")
        end_if_settled(change, row.plan)
        return row


def not_taken_item(*, actor: User, case_id: UUID, action_item_id: UUID, because: str, version: int | None = None) -> ActionItem:
    """Do not accept an item as done: the police have it again, and its clock never stopped.

    Raises NotAllowed, Conflict, NotPossible (took effect by time already, no reason).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.PLAN)
        row = change.get(ActionItem, action_item_id)
        policies.may_not_be_taken(row)
        _not_by_time(change, row)
        text = said(because, "Enter what is missing", "because")
        row.reported_at = None
        become(row, ItemState.ACCEPTED, "reported_at")
        _said_to_police(change, row, What.NOT_TAKEN, text)
        return row


def let_go_item(*, actor: User, case_id: UUID, action_item_id: UUID, note: str = "", version: int | None = None) -> ActionItem:
    """Agree that an item cannot be done. Raises NotAllowed, Conflict, NotPossible."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.PLAN)
        row = change.get(ActionItem, action_item_id)
        policies.may_be_let_go(row)
        settle(change, row, ItemState.DROPPED, at=change.now)
        _said_to_police(change, row, What.LET_GO, note.strip())
        end_if_settled(change, row.plan)
        return row


def _not_by_time(change: Changing, row: ActionItem) -> None:
    """Raise NotPossible for what counts as done by time already, also before the sweep has written it down."""
    if row.reported_at is None:
        return
    at = takes_effect_at(row.reported_at, working_days_of(row.force_id))
    if at <= change.now:
        raise NotPossible(f"This took effect on {day_text(at.date())}: nobody answered for 3 working days.")


def _said_to_police(change: Changing, row: ActionItem, what: str, text: str, **moved: date) -> None:
    happened(change, row, what, text=text, from_on=moved.get("from_on"), to_on=moved.get("to_on"))
    tell_all(change, officer(change), "item_answered", row.pk)
