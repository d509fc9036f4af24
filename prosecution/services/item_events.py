"""Everything that happens to an item, in its own list and on the timeline, by whom and why."""

from datetime import date, datetime
from typing import Final

from accounts.roles import WORKS_CASES_POLICE
from cases import models as m
from cases.models.base import TEXT
from cases.services.changing import Changing
from prosecution.models import ActionItem, ItemEvent

What = ItemEvent.What

VERB_OF: Final[dict[str, str]] = {
    What.ACCEPTED: "item_accepted",
    What.CHALLENGED: "item_challenged",
    What.AGREED: "item_challenge_agreed",
    What.AMENDED: "item_amended",
    What.INSISTED: "item_insisted",
    What.ESCALATED: "item_escalated",
    What.RESOLVED: "item_resolved",
    What.DONE: "item_done",
    What.PART_DONE: "item_part_done",
    What.CANNOT: "item_cannot",
    What.TAKEN: "item_taken",
    What.TOOK_EFFECT: "item_took_effect",
    What.NOT_TAKEN: "item_not_taken",
    What.LET_GO: "item_let_go",
    What.MOVED: "item_moved",
    What.ASKED_LATER: "item_move_asked",
    What.LATER_REFUSED: "item_move_refused",
}
"""What the timeline calls each thing that happens to an item. What is set stands there as one plan; what is drafted does not."""


def side_of(change: Changing) -> str:
    """Return the side of whoever acts; nothing where it is time."""
    if change.user is None:
        return ""
    return str(m.Side.POLICE if change.user.role in WORKS_CASES_POLICE else m.Side.CPS)


def happened(
    change: Changing,
    item: ActionItem,
    what: str,
    *,
    text: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    at: datetime | None = None,
    by_name: str = "",
) -> ItemEvent:
    """Write what happened to an item, when (aware; blank: now), and say it on the timeline."""
    event = change.add(
        ItemEvent,
        item=item,
        what=what,
        at=at or change.now,
        side="" if what == What.TOOK_EFFECT else side_of(change),
        by_name=by_name or change.actor.name,
        text=text,
        from_on=from_on,
        to_on=to_on,
    )
    if verb := VERB_OF.get(what):
        said = f"Item {item.number}: {text}" if text else f"Item {item.number}"
        change.put_in_timeline(verb, at=at, suspect=item.suspect, text=said[:TEXT])
    return event
