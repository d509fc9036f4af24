"""Pages of a list that begin at a row, not after a number of rows: page 4,000 costs what page 1 does, and nothing is counted.

A list is ordered by a column and, among rows of the same value, by the key `id`. Where a page begins travels in the address
as a cursor, sealed for one list, one order and one reader (core.vault): it says nothing, and it opens for nobody else.

Most lists need `page_of` alone. One that cannot be narrowed after it was put together (a union) takes the parts: `Start`,
whose `beyond` narrows each part and whose `ordering` puts them in order. One that is ordered otherwise writes and reads its own
places with `written` and `read`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from core.vault import SealBroken, seal_word, unseal_word

Row = TypeVar("Row")
Shown = TypeVar("Shown")
Value = datetime | date | str | int | UUID


class BadCursor(ValueError):
    """A place in a list that was not written for this list, this order and this reader."""


def written(place: Sequence[Value], *, purpose: str) -> str:
    """Return a place as a cursor. `purpose` names the list and its reader."""
    return seal_word([_as_json(value) for value in place], purpose=purpose)


def read(cursor: str, *, purpose: str, length: int = 2) -> tuple[Any, ...]:
    """Return the place that `written` made this cursor of, keys as text. Raises BadCursor for anything else."""
    try:
        place = unseal_word(cursor, purpose=purpose)
        if not isinstance(place, list) or len(place) != length:
            raise BadCursor("not a place in this list")
        return tuple(_from_json(value) for value in place)
    except (SealBroken, KeyError, TypeError, ValueError) as error:
        raise BadCursor("not a place in this list") from error


def _as_json(value: Value) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    return str(value) if isinstance(value, UUID) else value


def _from_json(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["at"]) if "at" in value else date.fromisoformat(value["on"])


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list goes, which way, what the list is called in its cursors, and who reads it.

    Rows of the same value go by their key, the same way as the column unless `key_descending` says otherwise.
    """

    column: str
    name: str
    reader: UUID
    descending: bool = False
    key_descending: bool | None = None

    @property
    def purpose(self) -> str:
        """What a cursor is sealed for: it opens neither for another reader nor in another order."""
        return f"place in {self.name} by {'-' if self.descending else ''}{self.column} of {self.reader}"

    def cursor(self, row: Any) -> str:
        """Return the place of a row, a model's or one of `.values()`, as a cursor."""
        found = [row[name] if isinstance(row, Mapping) else getattr(row, name) for name in (self.column, "id")]
        return written(found, purpose=self.purpose)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page in the list's order, with the cursors of the pages beside it.

    A page past the end has no rows and no cursors, yet says that something is before it.
    """

    rows: list[Row]
    next_cursor: str | None = None
    previous_cursor: str | None = None
    has_next: bool = False
    has_previous: bool = False

    def shown_as(self, draw: "Callable[[list[Row]], list[Shown]]") -> "Page[Shown]":
        """Return the same page with its rows put into words."""
        return Page(draw(self.rows), self.next_cursor, self.previous_cursor, self.has_next, self.has_previous)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins, and whether it is read backwards from there. `place` is None at the beginning of the list."""

    order: Order
    place: tuple[Any, ...] | None
    backwards: bool

    @classmethod
    def of(cls, order: Order, *, after: str = "", before: str = "") -> "Start":
        """Read the cursors of an address, empty for none; `after` counts where both stand. Raises BadCursor."""
        cursor = after or before
        return cls(order, read(cursor, purpose=order.purpose) if cursor else None, bool(before) and not after)

    @property
    def _smaller(self) -> tuple[bool, bool]:
        """Whether the rows wanted have smaller values, and among the same value smaller keys."""
        by_key = self.order.descending if self.order.key_descending is None else self.order.key_descending
        return self.order.descending != self.backwards, by_key != self.backwards

    @property
    def beyond(self) -> Q:
        """The condition "past this place": its first part lets an index find it, the second is exact."""
        if self.place is None:
            return Q()
        way, key_way = ("lt" if smaller else "gt" for smaller in self._smaller)
        column, (value, key) = self.order.column, self.place
        return Q(**{f"{column}__{way}e": value}) & (Q(**{f"{column}__{way}": value}) | Q(**{f"id__{key_way}": key}))

    @property
    def ordering(self) -> tuple[str, str]:
        """What to order by, from the place on."""
        signs = ["-" if smaller else "" for smaller in self._smaller]
        return f"{signs[0]}{self.order.column}", f"{signs[1]}id"

    def page(self, found: Iterable[Any], size: int) -> Page[Any]:
        """Return the page of the rows found from the place on: one more than its size, where there are more."""
        loaded = list(found)
        more, rows = len(loaded) > size, loaded[:size]
        if self.backwards:
            rows.reverse()
        has_next, has_previous = (True, more) if self.backwards else (more, self.place is not None)
        return Page(
            rows,
            next_cursor=self.order.cursor(rows[-1]) if rows and has_next else None,
            previous_cursor=self.order.cursor(rows[0]) if rows and has_previous else None,
            has_next=has_next,
            has_previous=has_previous,
        )


def page_of(rows: QuerySet[Any], order: Order, size: int, *, after: str = "", before: str = "") -> Page[Any]:
    """Return one page of these rows, models or `.values()` with the column and `id`, in one query. Raises BadCursor."""
    start = Start.of(order, after=after, before=before)
    return start.page(rows.filter(start.beyond).order_by(*start.ordering)[: size + 1], size)


def page_asked_for(query: Mapping[str, str], read_page: Callable[..., Page[Row]]) -> Page[Row]:
    """Return the page that an address asks for, as `read_page(after=…, before=…)` has it. Raises Http404 for a place that is none."""
    try:
        return read_page(after=query.get("after", ""), before=query.get("before", ""))
    except BadCursor:
        raise Http404 from None
