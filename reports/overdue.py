"""Overdue arrests as rows, the longest overdue first: one query a page, whatever the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from cases.derive.states import Risk
from cases.models import DelayReason, SituationKind
from core import clock
from core.exceptions import NotPossible
from core.keyset import Order, Page, page_of
from reports.seen import Seen

ROWS_ON_A_PAGE = 50
MOST_ROWS = 10_000
"""The most rows that are printed or put in a file at once; more are asked to be narrowed."""


def initials(name: str) -> str:
    """Return the first letter or digit of each word as "J.F."; a word without any is left out."""
    letters = (next((character for character in word if character.isalnum()), "") for word in name.split())
    return "".join(f"{letter.upper()}." for letter in letters if letter)


class OfASuspect:
    """What the rows about one suspect of the reports have alike: the name, in full and for paper."""

    __slots__ = ()
    forenames: str
    surname: str

    @property
    def name(self) -> str:
        """Forenames and surname as the case gives them."""
        return f"{self.forenames} {self.surname}".strip()

    @property
    def initials(self) -> str:
        """The first letter of each part of the name: what goes on paper."""
        return initials(self.name)


@dataclass(frozen=True, slots=True)
class OverdueArrest(OfASuspect):
    """One suspect whose arrest is late, or held up by a situation. Days are London days."""

    key: UUID
    suspect_id: UUID
    case_id: UUID
    force_id: int
    reference: str
    number: int
    surname: str
    forenames: str
    risk: str
    identified_on: date
    first_due_at: datetime
    first_due_on: date
    due_on: date
    eased_on: date | None
    days_over: int
    reason: str
    event: str
    officer: str
    unit: str
    situation: str
    situation_since: date | None


COLUMNS = (
    "id", "suspect_id", "case_id", "force_id", "reference", "number", "surname", "forenames",
    "risk", "started_at", "first_due_at", "first_due_on", "due_on", "eased_at", "reason", "event", "officer", "unit",
    "situation", "situation_since",
)  # fmt: skip


def rows_of(clocks: QuerySet[Any], seen: Seen) -> list[OverdueArrest]:
    """Read the clocks given, in one query, as rows of the report."""
    return [_row(found, seen) for found in clocks.values(*COLUMNS)]


def _row(found: Mapping[str, Any], seen: Seen) -> OverdueArrest:
    eased = found["eased_at"] if found["eased_at"] and found["eased_at"] < seen.at else None
    return OverdueArrest(
        key=found["id"],
        suspect_id=found["suspect_id"],
        case_id=found["case_id"],
        force_id=found["force_id"],
        reference=found["reference"],
        number=found["number"],
        surname=found["surname"],
        forenames=found["forenames"],
        risk=Risk(found["risk"]).label,
        identified_on=clock.london_day(found["started_at"]),
        first_due_at=found["first_due_at"],
        first_due_on=found["first_due_on"],
        due_on=found["due_on"] if eased or not found["eased_at"] else found["first_due_on"],
        eased_on=clock.london_day(eased) if eased else None,
        days_over=max((seen.today - found["first_due_on"]).days, 0),
        reason=DelayReason(found["reason"]).label if found["reason"] else "",
        event=found["event"] or "",
        officer=found["officer"] or "",
        unit=found["unit"] or "",
        situation=SituationKind(found["situation"]).label if found["situation"] else "",
        situation_since=clock.london_day(found["situation_since"]) if found["situation_since"] else None,
    )


def list_of(reader: User, clocks: QuerySet[Any], seen: Seen, *, after: str = "", before: str = "") -> Page[OverdueArrest]:
    """Return one page of rows, the longest overdue first. Raises BadCursor for a cursor that is none of this reader's."""
    found = page_of(clocks.values(*COLUMNS), Order("first_due_at", "arrests", reader.pk), ROWS_ON_A_PAGE, after=after, before=before)
    return found.shown_as(lambda rows: [_row(row, seen) for row in rows])


def all_of(clocks: QuerySet[Any], seen: Seen) -> list[OverdueArrest]:
    """Return every row, the longest overdue first. Raises NotPossible when there are more than MOST_ROWS."""
    rows = rows_of(clocks.order_by("first_due_at", "id")[: MOST_ROWS + 1], seen)
    if len(rows) > MOST_ROWS:
        raise NotPossible(f"There are more than {MOST_ROWS:,} suspects here. Choose a unit, an officer, a risk or a reason.")
    return rows
