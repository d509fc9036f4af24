"""What templates need to be told to draw a component: small typed values that views build."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from core.calendar import MONTH_NAMES, due_in_words
from core.clock import LONDON, as_utc


@dataclass(frozen=True)
class Link:
    """A link; `hidden_text` is read after the text by screen readers, to tell links with the same text apart."""

    text: str
    href: str
    hidden_text: str = ""
    active: bool = False


@dataclass(frozen=True)
class SummaryRow:
    """One row of a summary list. `value` is text, escaped, unless it is SafeString."""

    key: str
    value: object
    actions: tuple[Link, ...] = field(default=())


class KeysetPage(Protocol):
    """What `{% pagination_keyset page %}` reads. A cursor is opaque text."""

    @property
    def has_next(self) -> bool: ...

    @property
    def has_previous(self) -> bool: ...

    @property
    def next_cursor(self) -> str | None: ...

    @property
    def previous_cursor(self) -> str | None: ...


def day_text(day: date) -> str:
    """A date as "22 November 2026"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def days_text(day: date | None, today: date) -> str:
    """A due date in words, as core.calendar.due_in_words says it; None is empty."""
    return "" if day is None else due_in_words(day, today)


def london_text(moment: datetime | None) -> str:
    """An aware moment in London local time as "22 November 2026, 2:05pm"; None is empty.

    In the hour that happens twice in October the zone is added: "1:30am (GMT)". Raises ValueError without a zone.
    """
    if moment is None:
        return ""
    local = as_utc(moment).astimezone(LONDON)
    other = local.replace(fold=1 - local.fold)
    zone = f" ({local.tzname()})" if other.utcoffset() != local.utcoffset() else ""
    half = "am" if local.hour < 12 else "pm"
    return f"{day_text(local.date())}, {local.hour % 12 or 12}:{local.minute:02}{half}{zone}"
