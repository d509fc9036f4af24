"""Uses of emergency access as the force's auditors see them: who, which case by its reference, why, until when, and the review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import EmergencyAccess, EmergencyReview
from core import clock
from core.keyset import Order, Page, page_of
from reports.auditing.references import references, review_dates

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Use:
    """One use in words. `due_on` is the London day by which it is to be reviewed, None until the clock stands."""

    id: UUID
    case_id: UUID
    reference: str
    who_id: UUID
    who: str
    reason: str
    at: datetime
    until: datetime
    lasts: bool
    due_on: date | None
    overdue: bool
    answer: str
    note: str
    reviewed_by: str
    reviewed_at: datetime | None

    @property
    def days(self) -> tuple[date, date]:
        """The London days on which the access stood, up to today."""
        return clock.london_day(self.at), min(clock.london_day(self.until), clock.today())


def uses_of(auditor: User) -> QuerySet[Any]:
    """Return the uses in the auditor's own force, each with who took it and how it was reviewed."""
    rows: QuerySet[Any] = EmergencyAccess.objects.filter(force_id=auditor.agency_id)
    described: QuerySet[Any] = rows.annotate(
        who=F("user__name"),
        answer=F("review__answer"),
        note=F("review__note"),
        reviewed_by=F("review__created_by__name"),
        reviewed_at=F("review__created_at"),
    )
    return described


def page_of_uses(auditor: User, *, reviewed: bool, after: str, before: str) -> Page[Use]:
    """Return one page in three queries: those to review, the one due first at the top, or those reviewed, newest first.

    Every use is due the same time after it began, so the oldest is due first. Raises BadCursor.
    """
    rows = uses_of(auditor).filter(review__isnull=not reviewed)
    order = Order("created_at", f"emergency access {reviewed}", auditor.pk, descending=reviewed)
    return page_of(rows, order, PAGE_SIZE, after=after, before=before).shown_as(lambda found: _drawn(auditor, found))


def one_use(auditor: User, access_id: UUID) -> Use:
    """Return one use. Raises Http404 for none of the auditor's force."""
    found = list(uses_of(auditor).filter(pk=access_id))
    if not found:
        raise Http404
    return _drawn(auditor, found)[0]


def to_review(auditor: User) -> tuple[int, int]:
    """Return how many uses wait for a review, and how many of those are overdue. Two queries."""
    waiting = list(uses_of(auditor).filter(review__isnull=True).values_list("pk", flat=True))
    now = clock.now()
    return len(waiting), sum(due_at <= now for _, due_at in review_dates(auditor, waiting).values())


def _drawn(auditor: User, rows: Sequence[Any]) -> list[Use]:
    """Put rows into words, in two queries whatever their number."""
    known = references(auditor, (row.case_id for row in rows))
    due, now = review_dates(auditor, (row.pk for row in rows)), clock.now()
    return [_use(row, known.get(row.case_id, "Not known"), due.get(row.pk), now) for row in rows]


def _use(row: Any, reference: str, due: tuple[date, datetime] | None, now: datetime) -> Use:
    return Use(
        id=row.pk,
        case_id=row.case_id,
        reference=reference,
        who_id=row.user_id,
        who=row.who,
        reason=row.reason,
        at=row.created_at,
        until=row.until,
        lasts=row.until > now,
        due_on=due[0] if due else None,
        overdue=row.answer is None and due is not None and due[1] <= now,
        answer=str(EmergencyReview.Answer(row.answer).label) if row.answer else "",
        note=row.note or "",
        reviewed_by=row.reviewed_by or "",
        reviewed_at=row.reviewed_at,
    )
