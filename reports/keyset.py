"""Pages that begin after a row, not after a number of rows: as quick at the end of a list as at its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, Self, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from core.sealed import Unreadable, seal, unseal

PURPOSE = "place in a report"


class BadCursor(ValueError):
    """A cursor in an address that no page of this service has written."""


class Placed(Protocol):
    """A row that knows where it stands: a moment, and its key to tell rows of the same moment apart."""

    @property
    def cursor(self) -> tuple[datetime, UUID]: ...


Row = TypeVar("Row", bound=Placed)


def written(place: tuple[datetime, UUID]) -> str:
    """Return a place as text for an address."""
    return seal([place[0].isoformat(), place[1].hex], purpose=PURPOSE)


def read(text: str) -> tuple[datetime, UUID]:
    """Return the place that `written` made this text of. Raises BadCursor."""
    try:
        moment, key = unseal(text, purpose=PURPOSE)
    except Unreadable as error:
        raise BadCursor("not a place in a list") from error
    return datetime.fromisoformat(moment), UUID(hex=key)


def after_and_before(rows: QuerySet[Any], column: str, *, after: str, before: str) -> tuple[QuerySet[Any], bool]:
    """Return the rows in the order of a column and their key, from a cursor on, and whether they come backwards."""
    if before and not after:
        moment, key = read(before)
        return rows.filter(Q(**{f"{column}__lt": moment}) | Q(**{column: moment, "id__lt": key})).order_by(f"-{column}", "-id"), True
    if after:
        moment, key = read(after)
        rows = rows.filter(Q(**{f"{column}__gt": moment}) | Q(**{column: moment, "id__gt": key}))
    return rows.order_by(column, "id"), False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows in order, and the cursors of the pages beside it."""

    rows: tuple[Row, ...]
    has_previous: bool
    has_next: bool

    @classmethod
    def of(cls, found: Sequence[Row], size: int, *, backwards: bool, begun: bool) -> Self:
        """Make a page of the rows found, one more than its size when there are more in that direction."""
        more, rows = len(found) > size, tuple(found[:size])
        if backwards:
            return cls(rows[::-1], has_previous=more, has_next=True)
        return cls(rows, has_previous=begun, has_next=more)

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins."""
        return written(self.rows[-1].cursor) if self.has_next and self.rows else None

    @property
    def previous_cursor(self) -> str | None:
        """Where the page before ends."""
        return written(self.rows[0].cursor) if self.has_previous and self.rows else None
