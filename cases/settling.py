"""Which acts settle a clock: the registry that the case page and the worklist draw their buttons from.

An app above `cases` that adds a kind of clock says in AppConfig.ready() which acts settle it:
`settling.settles(kind, "book-contact", "record-contact")`. The acts themselves stand in the one table of acts.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from cases.derive.clocks import Kind

SETTLED_BY: dict[str, tuple[str, ...]] = {
    Kind.ARREST: ("record-arrest", "record-attempt", "plan-arrest", "record-interview", "propose-no-arrest", "record-delay"),
    Kind.INTERVIEW_BY: ("record-interview", "record-arrest"),
    Kind.SITUATION_REVIEW: ("review-suspect", "end-situation", "record-arrest"),
    Kind.BAIL_EXPIRY: ("extend-bail", "end-bail", "suspend-bail"),
    Kind.RUI_REVIEW: ("review-suspect", "record-outcome"),
    Kind.SUPERVISOR_REVIEW: ("review-case",),
    Kind.DETENTION: ("record-release", "extend-detention"),
    Kind.WRITTEN_REASONS: ("reasons-reached", "not-told"),
    **{kind: ("tell", "not-told") for kind in Kind if kind.value.startswith("told_")},
}
"""Kind of clock → the acts that settle it, or say why it is not settled yet. Held against the table of acts by a test."""


def settles(kind: str, *slugs: str) -> None:
    """Add acts that settle a kind of clock, after those that stand already; none is added twice."""
    there = SETTLED_BY.get(kind, ())
    SETTLED_BY[kind] = there + tuple(slug for slug in slugs if slug not in there)


def settled_by(kind: str) -> tuple[str, ...]:
    """Return the acts that settle a kind of clock, the most usual first; none for a kind nobody has said it of."""
    return SETTLED_BY.get(kind, ())


_subjects: dict[str, tuple[str, Any]] = {}


def on_subject(kind: str, on: str, standing: Any) -> None:
    """Say that what settles a kind of clock is done to the very row the clock is about, which lies in an app above.

    `on` is what such an act is done to; `standing` is a row of that table for which every such act is possible: while the
    clock runs the row stands so, and no list has to read it.
    """
    _subjects[kind] = (on, standing)


def subject_of(kind: str) -> tuple[str, Any] | None:
    """Return what acts that settle a kind are done to, with a row that stands so; None where that is no row of its own."""
    return _subjects.get(kind)


Targets = Mapping[UUID, tuple[str, Any]]
_finders: dict[str, Callable[[Collection[UUID]], Targets]] = {}


def find_targets(name: str, find: Callable[[Collection[UUID]], Targets]) -> None:
    """Say what settles clocks that are about a part of something: what the clock is about → what the act is done to, and its row.

    `find` is called once a page with the keys of its cases, all in sight, and takes a fixed number of queries.
    """
    _finders[name] = find


def targets_in(cases: Collection[UUID]) -> dict[UUID, tuple[str, Any]]:
    """Return what acts that settle the clocks of these cases are done to, by what each clock is about."""
    return {key: target for find in _finders.values() for key, target in find(cases).items()}
