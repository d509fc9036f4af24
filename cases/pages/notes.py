"""All notes of a case that its reader may read, newest first, a page at a time: shared ones, and those of the own agency."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast

from accounts.models import User
from cases import models as m
from cases.listing import is_cps
from core.keyset import Order, Page, Start

PAGE_SIZE = 20
MOST_PRINTED = 1_000
SHARED, OWN = "shared", "own"
COLUMNS = ("created_at", "id", "x_kind", "author_name", "text")


class BadKind(ValueError):
    """The kind of notes that the address names is none."""


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One note, and who reads it."""

    at: datetime
    author: str
    text: str
    own: bool
    readers: str


def readers_of(user: User, own: bool) -> str:
    """Return who reads a note, in words for this reader."""
    if not own:
        return "Police and CPS both read this"
    return "Only the CPS reads this" if is_cps(user) else "Only the police read this"


def notes_page(case: m.Case, user: User, kind: str, *, after: str = "", before: str = "") -> Page[ShownNote]:
    """Return one page, in one query. The other agency's notes are not asked for at all. Raises BadKind and BadCursor."""
    order = Order("created_at", f"notes {case.pk} {kind}", user.pk, descending=True)
    start = Start.of(order, after=after, before=before)
    rows = _rows(case, user, kind, start.beyond).order_by(*start.ordering)[: PAGE_SIZE + 1]
    return start.page(rows, PAGE_SIZE).shown_as(lambda found: _shown(found, user))


def notes_to_print(case: m.Case, user: User, kind: str) -> list[ShownNote]:
    """Return the notes for paper, newest first, at most a thousand. Raises BadKind for a kind there is not."""
    return _shown(list(_rows(case, user, kind, Q()).order_by("-created_at", "-id")[:MOST_PRINTED]), user)


def _rows(case: m.Case, user: User, kind: str, place: Q) -> Any:
    """Return the rows of one kind or of both as one query. Raises BadKind for a kind there is not."""
    tables: dict[str, type[m.BaseNote]] = {SHARED: m.Note, OWN: m.CpsNote if is_cps(user) else m.PoliceNote}
    if kind not in {"", *tables}:
        raise BadKind
    found = [
        table._default_manager.filter(place, case=case).annotate(x_kind=Cast(Value(name), CharField())).values(*COLUMNS)
        for name, table in tables.items()
        if kind in {"", name}
    ]
    return found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]


def _shown(rows: list[dict[str, Any]], user: User) -> list[ShownNote]:
    return [
        ShownNote(row["created_at"], row["author_name"], row["text"], row["x_kind"] == OWN, readers_of(user, row["x_kind"] == OWN))
        for row in rows
    ]
