"""The timeline of a case: what happened, in the order it was written down, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from accounts.models import User
from cases import models as m
from cases.timeline import words
from core.keyset import Order, Page, page_of

PAGE_SIZE = 20


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


def timeline_page(case: m.Case, user: User, *, after: str = "", before: str = "") -> Page[Event]:
    """Return one page, in one query. Raises BadCursor."""
    rows = m.TimelineEvent.objects.filter(case=case).annotate(suspect_number=F("suspect__number"), label=F("complainant__label"))
    order = Order("created_at", f"timeline {case.pk}", user.pk, descending=True)
    found = page_of(rows, order, PAGE_SIZE, after=after, before=before)
    return found.shown_as(lambda shown: [_event(row) for row in shown])


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
