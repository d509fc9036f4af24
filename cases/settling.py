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
OfClocks = Mapping[tuple[str, UUID], tuple[str, Any]]
"""(kind of clock, what it is about) → what the acts that settle it are done to, and its row."""
_finders: dict[str, tuple[Callable[[Collection[UUID]], Targets], frozenset[str]]] = {}


def find_targets(name: str, find: Callable[[Collection[UUID]], Targets], *kinds: str) -> None:
    """Say what settles clocks of these kinds that are about a part of something: what the clock is about → done to what, its row.

    `find` is called once a page with the keys of its cases, all in sight, and takes a fixed number of queries; on a page that
    knows its clocks only where one of these kinds is among them.
    """
    _finders[name] = find, frozenset(map(str, kinds))


_words: dict[str, Callable[[Any], str]] = {}


def in_words(kind: str, words: Callable[[Any], str]) -> None:
    """Say how a clock of this kind names what it is about, from the row that `find_targets` found: the kind alone tells too little."""
    _words[kind] = words


def words_of(kind: str, target: tuple[str, Any] | None) -> str:
    """Return the words for what a clock is about; "" where its kind says enough."""
    return _words[kind](target[1]) if target is not None and kind in _words else ""


_pages: dict[str, Callable[[Any], tuple[str, str]]] = {}


def opens(kind: str, page: Callable[[Any], tuple[str, str]]) -> None:
    """Say which page what settles a clock of this kind is done on, in words and its address, from the row that `find_targets` found."""
    _pages[kind] = page


def page_of(kind: str, target: tuple[str, Any]) -> tuple[str, str] | None:
    """Return the words and the address of the page to open first; None where the acts are enough."""
    return _pages[kind](target[1]) if kind in _pages else None


def targets_in(cases: Collection[UUID], kinds: Collection[str] | None = None) -> dict[tuple[str, UUID], tuple[str, Any]]:
    """Return what acts that settle the clocks of these cases are done to, by the kind of each clock and what it is about.

    `kinds`: of the clocks there are, where they are known. Two clocks may be about one thing: a target is of its kinds alone.
    """
    found = {}
    for find, of in _finders.values():
        if kinds is None or of & set(kinds):
            for key, target in find(cases).items():
                found.update({(kind, key): target for kind in of})
    return found
