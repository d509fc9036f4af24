"""Fragments that apps above serve for the case page: what stands there of a victim is theirs, and never passes through here.

A provider is called once a page with the case and the reader; it returns, by complainant or for the case as a whole, a
template and its context.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.models import User
from cases import models as m


@dataclass(frozen=True, slots=True)
class Fragment:
    """A template of the app above with what it shows; `fragment` is its name for the context in the template."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Provider = Callable[[m.Case, User], Mapping[UUID, Fragment]]
CaseProvider = Callable[[m.Case, User], Fragment | None]
_of_complainants: dict[str, Provider] = {}
_of_case: dict[str, CaseProvider] = {}


def register(name: str, provider: Provider) -> None:
    """Add what an app shows beside each complainant. Called from AppConfig.ready(); the same name again replaces."""
    _of_complainants[name] = provider


def of_complainants(case: m.Case, user: User) -> dict[UUID, list[Fragment]]:
    """Return the fragments of each complainant, in the order of registration: a fixed number of queries for each app."""
    found: dict[UUID, list[Fragment]] = {}
    for provider in _of_complainants.values():
        for key, fragment in provider(case, user).items():
            found.setdefault(key, []).append(fragment)
    return found


def register_of_case(name: str, provider: CaseProvider) -> None:
    """Add what an app shows of the case as a whole, under "Police and CPS". The same name again replaces."""
    _of_case[name] = provider


def of_case(case: m.Case, user: User) -> list[Fragment]:
    """Return what the apps above show of the case as a whole to this reader: a fixed number of queries for each app."""
    return [fragment for provider in _of_case.values() if (fragment := provider(case, user)) is not None]
