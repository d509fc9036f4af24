"""The timeline of a case: what happened, in the order it was written down, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from accounts.models import User
from cases import models as m
from cases.timeline import words
from core.sealed import Unreadable, seal, unseal

PAGE_SIZE = 20


class BadCursor(ValueError):
    """The place in the timeline that the address names cannot be read."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event in words. `late` when it was written down on another day than it happened."""

    happened_at: datetime
    written_at: datetime
    late: bool
    actor: str
    words: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One page of events."""

    events: list[Event]
    next_cursor: str | None = None
    previous_cursor: str | None = None

    @property
    def has_next(self) -> bool:
        """Whether there are older events."""
        return self.next_cursor is not None

    @property
    def has_previous(self) -> bool:
        """Whether there are newer events."""
        return self.previous_cursor is not None


def timeline_page(case: m.Case, user: User, *, after: str = "", before: str = "") -> TimelinePage:
    """Return one page, in one query. Raises BadCursor."""
    rows = m.TimelineEvent.objects.filter(case=case).annotate(suspect_number=F("suspect__number"), label=F("complainant__label"))
    purpose, backwards = f"timeline {case.pk} {user.pk}", bool(before)
    if after or before:
        at, key = _place(after or before, purpose)
        rows = rows.filter(_newer(at, key) if backwards else _older(at, key))
    sign = "" if backwards else "-"
    found = list(rows.order_by(f"{sign}created_at", f"{sign}id")[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    return TimelinePage(
        events=[_event(row) for row in found],
        next_cursor=_cursor(found[-1], purpose) if found and (more or backwards) else None,
        previous_cursor=_cursor(found[0], purpose) if found and (more if backwards else bool(after)) else None,
    )


def _older(at: datetime, key: UUID) -> Q:
    return Q(created_at__lte=at) & (Q(created_at__lt=at) | Q(id__lt=key))


def _newer(at: datetime, key: UUID) -> Q:
    return Q(created_at__gte=at) & (Q(created_at__gt=at) | Q(id__gt=key))


def _cursor(row: m.TimelineEvent, purpose: str) -> str:
    return seal([row.created_at.isoformat(), str(row.pk)], purpose=purpose)


def _place(letters: str, purpose: str) -> tuple[datetime, UUID]:
    try:
        at, key = unseal(letters, purpose=purpose)
    except Unreadable as error:
        raise BadCursor from error
    return datetime.fromisoformat(at), UUID(key)


def _event(row: m.TimelineEvent) -> Event:
    number, label = getattr(row, "suspect_number", None), getattr(row, "label", None)
    about = ", ".join(part for part in (f"suspect {number}" if number else "", f"complainant {label}" if label else "") if part)
    return Event(
        happened_at=row.happened_at,
        written_at=row.created_at,
        late=abs((row.created_at - row.happened_at).total_seconds()) >= 3_600,
        actor=row.actor_name,
        words=words(row.kind),
        about=about,
        text=row.text,
    )
