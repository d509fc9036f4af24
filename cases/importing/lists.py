"""Readers of the import pages: the history of imports and the two lists that an import leaves to answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from cases import models as m
from cases.importing.answers import open_disagreements
from cases.importing.runs import runs_of
from cases.importing.words import in_words, label_of_column
from core.sealed import Unreadable, seal, unseal

PAGE_SIZE: Final = 25


class BadCursor(ValueError):
    """The place in the list that the address names cannot be read."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, newest or oldest first, with a cursor for the one after it."""

    rows: Sequence[Any]
    next_cursor: str | None = None
    has_previous: bool = False
    previous_cursor: str | None = None

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.next_cursor is not None


Reader = Callable[[], Page]


def page_of(rows: Any, user: User, name: str, after: str, *, newest_first: bool = False) -> Page:
    """Return one page by (created_at, id), in one query. Raises BadCursor."""
    if after:
        at, key = _read(user, name, after)
        rows = rows.filter(**{f"created_at__{'lte' if newest_first else 'gte'}": at})
        rows = rows.exclude(**{"created_at": at, f"id__{'gte' if newest_first else 'lte'}": key})
    sign = "-" if newest_first else ""
    found = list(rows.order_by(f"{sign}created_at", f"{sign}id")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    cursor = seal([shown[-1].created_at.isoformat(), str(shown[-1].pk)], purpose=_purpose(user, name)) if len(found) > PAGE_SIZE else None
    return Page(shown, cursor)


def _purpose(user: User, name: str) -> str:
    return f"{name} {user.pk}"


def _read(user: User, name: str, cursor: str) -> tuple[datetime, UUID]:
    try:
        at, key = unseal(cursor, purpose=_purpose(user, name))
        return datetime.fromisoformat(at), UUID(key)
    except (Unreadable, ValueError, TypeError) as error:
        raise BadCursor from error


def history(user: User, after: str) -> Page:
    """Return the force's imports, the latest first."""
    return page_of(
        runs_of(user).select_related("uploaded_by").defer("file_sealed", "refused_sealed"), user, "imports", after, newest_first=True
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement as a person reads it."""

    row: m.Disagreement
    what: str
    here: str
    extract: str


def differences(user: User, after: str = "", only: UUID | None = None) -> Page:
    """Return what the extract disagrees on, the oldest first, in words."""
    rows = open_disagreements(user).select_related("case", "suspect")
    if only is not None:
        rows = rows.filter(pk=only)
    page = page_of(rows, user, "disagreements", after)
    names = _names(page.rows)
    shown = [
        Difference(
            row,
            label_of_column(row.column),
            names.get(row.here) or in_words(row.here) or "blank",
            names.get(row.extract) or in_words(row.extract),
        )
        for row in page.rows
    ]
    return Page(shown, page.next_cursor)


def _names(rows: Sequence[m.Disagreement]) -> dict[str, str]:
    """The people whom differences about a role name, by key as text."""
    keys = {text for row in rows if row.column in ("oic_number", "supervisor_number") for text in (row.here, row.extract)}
    return {str(key): name for key, name in User.objects.filter(pk__in=keys).values_list("pk", "name")} if keys else {}


def passed_bails(user: User, after: str = "") -> Page:
    """Return imported bail whose last day had passed and of which nobody has said what happened; the suspect has no outcome."""
    return page_of(_asked(user).select_related("case", "suspect"), user, "passed bails", after)


def _asked(user: User) -> Any:
    answered = m.BailEvent.objects.filter(bail=OuterRef("pk"), kind__in=(m.BailEventKind.ENDED, m.BailEventKind.EXTENDED))
    settled = m.SuspectOutcome.objects.filter(suspect=OuterRef("suspect"), reopened_at__isnull=True)
    later = m.Bail.objects.filter(suspect=OuterRef("suspect"), granted_at__gt=OuterRef("granted_at"))
    rows = m.Bail.objects.filter(force_id=user.agency_id, passed_at_import=True, case__in=m.Case.objects.visible_to(user))
    return rows.filter(suspect__recorded_in_error_at__isnull=True).exclude(Exists(answered) | Exists(settled) | Exists(later))


def to_answer(user: User) -> tuple[int, int]:
    """Return how many differences and passed bails wait for an answer."""
    return open_disagreements(user).count(), _asked(user).count()
