"""What an administrator's first page shows. Apps above add their own panels here in AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One line: words, where they lead (or nothing), and a tag with its colour where it needs attention."""

    text: str
    href: str = ""
    tag: str = ""
    colour: str = "yellow"
    name: str = ""
    """A person's name, shown before the words and kept apart from the direction of the text."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the page. Without lines it says that there is nothing, in the words of `nothing`."""

    title: str
    lines: tuple[Line, ...]
    nothing: str = "Nothing."


Maker = Callable[[User], Panel]
_makers: dict[str, tuple[int, Maker]] = {}


def register(name: str, maker: Maker, *, order: int) -> None:
    """Add a panel; lowest order first. A second one of the same name replaces. It costs a fixed number of queries."""
    _makers[name] = (order, maker)


def panels_for(user: User) -> list[Panel]:
    """Return the panels of an administrator's first page, in order."""
    return [maker(user) for _, maker in sorted(_makers.values(), key=lambda one: one[0])]
