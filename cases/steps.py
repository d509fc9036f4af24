"""One table of states, for whatever goes through several: every pair that may follow another, who may, and whom it is told.

Apps write their tables with these; services ask them before they write, and docs/states.md prints them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases.permissions import Permission
from core.exceptions import NotPossible
from core.words import inside

CANNOT = "This was {} already. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Step:
    """One pair of states. `before` is None for what begins; `by` and `tells` are words for people.

    `permission` is None where nobody decides it: time does, or another act that says so.
    """

    before: str | None
    after: str
    by: str
    permission: Permission | None
    tells: str


Table = tuple[Step, ...]


def labels_of(*choices: Any) -> dict[str, str]:
    """Return the labels of states by their values."""
    return {str(value): str(label) for choice in choices for value, label in choice.choices}


def step(table: Table, before: str | None, after: str, labels: dict[str, str]) -> Step:
    """Return the step between two states. Raises NotPossible, saying how it stands, where none leads there."""
    found = next((one for one in table if (one.before, one.after) == (before, after)), None)
    if found is None:
        raise NotPossible(CANNOT.format(inside(labels[before]) if before else "not begun"))
    return found


def leads(table: Iterable[Step], before: str | None, after: str) -> bool:
    """Say whether a step leads from one state to another."""
    return any((one.before, one.after) == (before, after) for one in table)
