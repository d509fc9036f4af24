"""Projections of apps above `cases`: what they keep beside their own facts is written as the last part of every reconcile.

An app registers in AppConfig.ready() a function of the case, its facts and the clocks they ask for. It is called in the
system scope of the case's force, writes only what differs, and gives what a rebuild from nothing gives.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from cases import models as m
from cases.derive.clocks import Wanted
from cases.derive.facts import CaseFacts

Key = tuple[str, UUID, int]
Projection = Callable[[m.Case, CaseFacts, Mapping[Key, Wanted]], None]
_projections: dict[str, Projection] = {}


def register(name: str, projection: Projection) -> None:
    """Add a projection; again with the same name replaces."""
    _projections[name] = projection


def project(case: m.Case, facts: CaseFacts, found: Mapping[Key, Wanted]) -> None:
    """Let every app write its own."""
    for projection in _projections.values():
        projection(case, facts, found)
