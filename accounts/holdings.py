"""What a person still owns. Apps above say so, so that nobody leaves or moves while work would be left without an owner."""

from collections.abc import Callable, Sequence

from accounts.models import User

Holding = Callable[[User], Sequence[str]]
Release = Callable[[User, User | None], None]
_registered: list[Holding] = []
_releases: list[Release] = []


def register(function: Holding) -> None:
    """Add a function that returns one sentence for each sort of open work a person owns (none: an empty sequence).

    It is called inside the system scope of the person's agency. Registering a function twice counts once.
    """
    if function not in _registered:
        _registered.append(function)


def of(person: User) -> list[str]:
    """Return every reason why this person cannot leave or move yet."""
    return [reason for function in _registered for reason in function(person)]


def register_release(function: Release) -> None:
    """Add a function (person, who acts) that leaves a person's open work without an owner: it goes to "unallocated".

    It is called inside the system scope of the person's agency, in the transaction in which the person leaves.
    """
    if function not in _releases:
        _releases.append(function)


def release(person: User, actor: User | None) -> None:
    """Leave everything that this person owns without an owner. Part of a service that checks who may, and records."""
    for function in _releases:
        function(person, actor)
