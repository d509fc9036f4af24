"""Readers of the import pages: the history of imports and the two lists that an import leaves to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from cases import models as m
from cases.importing.answers import open_disagreements
from cases.importing.runs import runs_of
from cases.importing.takers import TAKERS
from cases.importing.words import NOT_SHOWN, in_words, label_of_column
from core.keyset import Order, Page, page_of

PAGE_SIZE: Final = 25


def _page(rows: Any, user: User, name: str, after: str, before: str, *, newest_first: bool = False) -> Page[Any]:
    order = Order("created_at", name, user.pk, descending=newest_first)
    return page_of(rows, order, PAGE_SIZE, after=after, before=before)


def history(user: User, *, after: str = "", before: str = "") -> Page[m.ImportRun]:
    """Return the force's imports, the latest first. Raises BadCursor, as every list here does."""
    rows = runs_of(user).select_related("uploaded_by").defer("file_sealed", "refused_sealed")
    return _page(rows, user, "imports", after, before, newest_first=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement as a person reads it. `later`: no value is shown or kept, so taking waits for the next extract."""

    row: m.Disagreement
    what: str
    here: str
    extract: str
    later: bool = False


def differences(user: User, *, after: str = "", before: str = "") -> Page[Difference]:
    """Return what the extract disagrees on, the oldest first, in words."""
    return _page(_open(user), user, "disagreements", after, before).shown_as(_in_words)


def difference(user: User, disagreement_id: UUID) -> Difference | None:
    """Return one thing that the extract disagrees on, in words; None when it is answered or none of this person's."""
    return next(iter(_in_words(list(_open(user).filter(pk=disagreement_id)))), None)


def _open(user: User) -> Any:
    return open_disagreements(user).select_related("case", "suspect", "complainant")


def _in_words(rows: list[m.Disagreement]) -> list[Difference]:
    names = _names(rows)
    return [Difference(row, label_of_column(row.column), *_both(row, names), later=TAKERS.identifies(row.column)) for row in rows]


def _both(row: m.Disagreement, names: Mapping[str, str]) -> tuple[str, str]:
    """What stands here and what the extract says, in words; of a column that identifies a victim, that they differ."""
    if TAKERS.identifies(row.column):
        return NOT_SHOWN
    return names.get(row.here) or in_words(row.here) or "blank", names.get(row.extract) or in_words(row.extract)


def _names(rows: Sequence[m.Disagreement]) -> dict[str, str]:
    """The people whom differences about a role name, by key as text."""
    keys = {text for row in rows if row.column in ("oic_number", "supervisor_number") for text in (row.here, row.extract)}
    return {str(key): name for key, name in User.objects.filter(pk__in=keys).values_list("pk", "name")} if keys else {}


def passed_bails(user: User, *, after: str = "", before: str = "") -> Page[m.Bail]:
    """Return imported bail whose last day had passed and of which nobody has said what happened; the suspect has no outcome."""
    return _page(_asked(user).select_related("case", "suspect"), user, "passed bails", after, before)


def _asked(user: User) -> Any:
    return passed_bails_of(m.Case.objects.visible_to(user)).filter(force_id=user.agency_id)


def passed_bails_of(cases: Any) -> Any:
    """Return the imported bail of these cases whose date had passed and of which nobody has said what happened."""
    answered = m.BailEvent.objects.filter(bail=OuterRef("pk"), kind__in=(m.BailEventKind.ENDED, m.BailEventKind.EXTENDED))
    settled = m.SuspectOutcome.objects.filter(suspect=OuterRef("suspect"), reopened_at__isnull=True)
    later = m.Bail.objects.filter(suspect=OuterRef("suspect"), granted_at__gt=OuterRef("granted_at"))
    rows = m.Bail.objects.filter(passed_at_import=True, case__in=cases)
    return rows.filter(suspect__recorded_in_error_at__isnull=True).exclude(Exists(answered) | Exists(settled) | Exists(later))


def to_answer(user: User) -> tuple[int, int]:
    """Return how many differences and passed bails wait for an answer."""
    return open_disagreements(user).count(), _asked(user).count()
