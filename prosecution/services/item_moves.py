"""Moving the date of an item: the first move with a reason, the second with the other side, any further one between the seniors.

The date first agreed never changes, and lateness counts from it (design section 6). Every move has a reason and an author.
"""

from datetime import date
from typing import Final
from uuid import UUID

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE, Role
from cases import models as m
from cases.services.changing import Changing, changing
from core import clock
from core.components import day_text
from core.exceptions import NotAllowed, NotPossible
from prosecution import permissions as p
from prosecution.models import ActionItem, ItemEvent
from prosecution.policies_plan import may_be_moved, move_may_be_answered
from prosecution.services.item_answers import DATES, MOVES_OF_THE_TWO, said, take_date
from prosecution.services.item_events import happened, side_of
from prosecution.services.settling_plans import named
from prosecution.services.whom import inspectors, managers, officer, tell_all

What = ItemEvent.What
SENIORS: Final = {m.Side.POLICE: Role.SUPERVISOR, m.Side.CPS: Role.CPS_MANAGER}


def move_item(*, actor: User, case_id: UUID, action_item_id: UUID, to: date, because: str, version: int | None = None) -> ActionItem:
    """Move the date of an item to a later one. The first move takes effect at once; a later one waits for the other side.

    A third move and any after it is asked for by the senior of one side and answered by that of the other: inspector and
    District Crown Prosecutor. Raises NotAllowed, Conflict, NotPossible (how it stands, a date that is not later, no reason).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.MOVE_ITEM)
        row = change.get(ActionItem, action_item_id)
        may_be_moved(row)
        check_asks(actor, row)
        text, before = said(because, "Enter why", "because"), row.agreed_on
        if to <= before:
            raise NotPossible(f"Enter a day after {day_text(before)}", field="to")
        if row.moves == 0:
            take_date(row, to, field="to")
            row.save(update_fields=list(DATES))
            happened(change, row, What.MOVED, text=text, from_on=before, to_on=to)
            tell_all(change, _other_side(change, row, side_of(change)), "item_moved", row.pk)
            return row
        check_day(row, to)
        row.asked_on, row.asked_because, row.asked_side = to, text, side_of(change)
        row.save(update_fields=["asked_on", "asked_because", "asked_side"])
        happened(change, row, What.ASKED_LATER, text=text, from_on=before, to_on=to)
        tell_all(change, _other_side(change, row, row.asked_side), "item_move_asked", row.pk)
        return row


def answer_move(*, actor: User, case_id: UUID, action_item_id: UUID, agree: bool, note: str = "", version: int | None = None) -> ActionItem:
    """Agree to a later date that the other side asked for, or refuse it with the reason.

    A third move and any after it: the other side's senior alone. Raises NotAllowed (one's own side's, not the senior),
    Conflict, NotPossible (nothing asked, the day has passed, refused without a reason).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.MOVE_ITEM)
        row = change.get(ActionItem, action_item_id)
        move_may_be_answered(row)
        check_answers(actor, row)
        asked, before, asker = row.asked_on, row.agreed_on, row.asked_side
        assert asked is not None  # noqa: S101  asked by the policy
        if agree:
            take_date(row, asked, field="agree")
            row.save(update_fields=list(DATES))
            happened(change, row, What.MOVED, text=note.strip() or "Agreed", from_on=before, to_on=asked)
        else:
            text = said(note, "Enter why you refuse", "note")
            row.asked_on, row.asked_because, row.asked_side = None, "", ""
            row.save(update_fields=["asked_on", "asked_because", "asked_side"])
            happened(change, row, What.LATER_REFUSED, text=text, from_on=before, to_on=asked)
        tell_all(change, _of_side(change, row, asker), "item_move_answered", row.pk)
        return row


def check_day(row: ActionItem, to: date) -> None:
    """Raise NotPossible for a later date that has passed already."""
    if to < clock.today():
        raise NotPossible("Enter a day from today on", field="to")


def check_asks(user: User, row: ActionItem) -> None:
    """Raise NotAllowed unless the person may ask to move the date of an item: a third time the senior of her or his side alone."""
    if not asks(user, row):
        raise NotAllowed("A third move is for inspector and District Crown Prosecutor: the senior of your side asks for it.")


def asks(user: User, row: ActionItem) -> bool:
    """Say whether a person may ask to move the date of an item: whoever moves dates, a third time the senior of a side alone."""
    return p.MOVE_ITEM.holds(user) and (row.moves < MOVES_OF_THE_TWO or user.role == SENIORS[_side(user)])


def _side(user: User) -> m.Side:
    return m.Side.POLICE if user.role in WORKS_CASES_POLICE else m.Side.CPS


def answers(user: User, row: ActionItem) -> bool:
    """Say whether a person may answer the later date that is asked for on an item: of the other side, for a third move its senior."""
    side = _side(user)
    if row.asked_on is None or side == row.asked_side or not p.MOVE_ITEM.holds(user):
        return False
    return row.moves < MOVES_OF_THE_TWO or user.role == SENIORS[side]


def check_answers(user: User, row: ActionItem) -> None:
    """Raise NotAllowed unless the person may answer the later date that is asked for."""
    if answers(user, row):
        return
    if row.moves < MOVES_OF_THE_TWO:
        raise NotAllowed("Only the other side can answer a later date that your side asked for.")
    raise NotAllowed("A third move is for inspector and District Crown Prosecutor: only the senior of the other side can answer it.")


def _other_side(change: Changing, row: ActionItem, asker: str) -> list[User | None]:
    """Return who answers or is to know: of the other side, for a third move its seniors."""
    other = m.Side.CPS if asker == m.Side.POLICE else m.Side.POLICE
    if row.asked_on is not None and row.moves >= MOVES_OF_THE_TWO:
        return [*(managers(change) if other == m.Side.CPS else inspectors(change))]
    return _of_side(change, row, other)


def _of_side(change: Changing, row: ActionItem, side: str) -> list[User | None]:
    return named(change, row.plan) if side == m.Side.CPS else [*officer(change)]
