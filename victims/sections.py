"""Sections of a victim's page: each room of this app adds its own, and none of them knows the others.

A provider is called once a page with what its reader sees and who she or he is; it makes a fixed number of queries and
opens nothing sealed: the page of a victim is masked, and what is sealed is shown by pages that log the look.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from victims.sight import Seen

Provider = Callable[[Seen, User], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its name (once only), its place (lowest first), what it shows, and the template that shows it.

    The template finds the provider's answer as `section`, with `seen`, `case` and `complainant` beside it, and begins with
    its own h2. A provider that returns None has nothing to show, and the section is left out.
    """

    name: str
    order: int
    provider: Provider
    template: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A section filled in for one page."""

    name: str
    template: str
    context: Mapping[str, Any]


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section. Called from AppConfig.ready(); the same name again replaces."""
    _sections[section.name] = section


def of(seen: Seen, user: User) -> list[Shown]:
    """Return the sections that have something to show, in their order."""
    ordered = sorted(_sections.values(), key=lambda section: (section.order, section.name))
    found = [(section, section.provider(seen, user)) for section in ordered]
    return [Shown(section.name, section.template, context) for section, context in found if context is not None]
