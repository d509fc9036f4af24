"""What a person still owns. Apps above say so, so that nobody leaves or moves while work would be left without an owner."""

from collections.abc import Callable, Sequence

from accounts.models import User

Holding = Callable[[User], Sequence[str]]
_registered: list[Holding] = []


def register(function: Holding) -> None:
    """Add a function that returns one sentence for each sort of open work a person owns (none: an empty sequence).

    It is called inside the system scope of the person's agency. Registering a function twice counts once.
    """
    if function not in _registered:
        _registered.append(function)


def of(person: User) -> list[str]:
    """Return every reason why this person cannot leave or move yet."""
    return [reason for function in _registered for reason in function(person)]
