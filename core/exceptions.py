"""What a service says when it will not do a thing. Views turn each into an answer; none of them is a fault."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


class Declined(Exception):
    """Base of every refusal: `reason` is shown to the person, `field` names the form field it stands beside (or none)."""

    def __init__(self, reason: str, *, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class NotAllowed(Declined):
    """This person may not do this, though she or he may see the case (403 with the reason)."""


class NotPossible(Declined):
    """Nobody may do this in the state the case is in, or the facts given contradict others (400, beside the field)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody else changed first: said to the loser of a race."""

    who: str
    what: str
    at: datetime
    by: UUID | None = None
    """The key of whoever it was, where it is known: names are not unique, and one's own first try is no race."""


class Conflict(Declined):
    """Somebody else was first (409): `change` says who changed what and when. What was typed is kept."""

    def __init__(self, change: Change) -> None:
        super().__init__(f"{change.who} changed this case first.")
        self.change = change
