"""What the state of a panel allows, whoever asks: pure functions that raise NotPossible with the reason shown to the person."""

from collections.abc import Collection
from datetime import date

from core.exceptions import NotPossible
from core.words import inside
from prosecution.models import PanelState as P

PREPARED = frozenset({P.PLANNED, P.CHOSEN})
LIVE = frozenset({P.PLANNED, P.CHOSEN, P.OPEN})

POSSIBLE: dict[str, frozenset[P]] = {
    "change": PREPARED,
    "add-member": LIVE,
    "member-left": LIVE,
    "draw": PREPARED,
    "by-rule": PREPARED,
    "by-hand": PREPARED,
    "leave-out": frozenset({P.CHOSEN}),
    "confirm-pack": frozenset({P.CHOSEN}),
    "send": frozenset({P.CHOSEN}),
    "conclude": frozenset({P.OPEN}),
    "add-learning": frozenset({P.OPEN, P.CLOSED}),
    "reconsider": frozenset({P.OPEN, P.CLOSED}),
    "close": frozenset({P.OPEN}),
    "call-off": PREPARED,
    # a member's own
    "declare": LIVE,
    "conflict": frozenset({P.OPEN}),
    "find": frozenset({P.OPEN}),
}
"""What may be done to a panel in which states: the whole table, which the tests go through."""


def possible(name: str, state: str) -> bool:
    """Say whether something may be done to a panel in a state."""
    return state in POSSIBLE[name]


def check(name: str, state: str) -> None:
    """Raise NotPossible, saying how the panel stands, where that allows it no more or not yet."""
    if not possible(name, state):
        raise NotPossible(f"This panel is {inside(P(state).label)}. That is not possible now; nothing was changed.")


def may_be_concluded(*, held_on: date, today: date, waits: bool) -> None:
    """A case is concluded once everybody found, or from the day of the meeting on: who did not find by then was heard there."""
    if waits and today < held_on:
        raise NotPossible("This is concluded once every member has submitted a finding, or from the day of the meeting on.")


def took_no_part(person: object, took_part: Collection[object]) -> None:
    """Nobody organises, or concludes on, the finding of what she or he decided, checked or worked on."""
    if person in took_part:
        raise NotPossible("You took part in this case: somebody else has to do this. Nothing was changed.")
