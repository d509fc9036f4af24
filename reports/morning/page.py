"""The morning as it is shown: each part with its count, its first rows and the way to all of it, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Window
from django.urls import reverse

from cases.derive.clocks import Kind
from core.components import Link
from core.keyset import Order, Page, page_of
from reports.bail.rows import facts_of
from reports.morning.entries import Entry, Facts, Row, Section
from reports.morning.look import Look
from reports.morning.sections import SECTIONS
from reports.settling import act_links

FIRST_ROWS = 5
ROWS_ON_A_PAGE = 50
OUT_OF_SIGHT = "A case you may not see"


@dataclass(frozen=True, slots=True)
class Shown:
    """One part as it is shown: how many there are, the first of them, and the address of all."""

    section: Section
    count: int
    entries: tuple[Entry, ...]
    address: str

    @property
    def more(self) -> int:
        """How many there are beyond those shown."""
        return self.count - len(self.entries)

    def first(self, number: int) -> "Shown":
        """Return the part with so many rows at most."""
        return replace(self, entries=self.entries[:number])


def morning_of(look: Look, *, back: str = "", rows: int = FIRST_ROWS) -> list[Shown]:
    """Return every part with its first rows. The acts of a row lead back to `back`."""
    read = [(section, list(_counted(section, look)[:rows])) for section in SECTIONS.values()]
    facts = facts_of(row["bail_id"] for section, found in read if section.on_bail for row in found)
    return [
        Shown(
            section,
            found[0]["total"] if found else 0,
            tuple(_entry(section, row, look, facts, f"{back}#{section.slug}" if back else "") for row in found),
            section.elsewhere(look) if section.elsewhere else _own_list(section, look),
        )
        for section, found in read
    ]


def _own_list(section: Section, look: Look) -> str:
    return reverse("today_section", kwargs={"slug": section.slug}) + (f"?unit={look.unit}" if look.unit else "")


def list_of(section: Section, look: Look, *, back: str, after: str = "", before: str = "") -> Page[Entry]:
    """Return one page of one part, in its order. Raises BadCursor for a cursor that is none."""
    rows, order = section.source(look).values(*_columns(section)), Order("sort_at", f"today {section.slug}", look.user.pk)
    return page_of(rows, order, ROWS_ON_A_PAGE, after=after, before=before).shown_as(lambda found: _entries(section, found, look, back))


def _entries(section: Section, rows: list[Row], look: Look, back: str) -> list[Entry]:
    facts = facts_of(row["bail_id"] for row in rows) if section.on_bail else {}
    return [_entry(section, row, look, facts, back) for row in rows]


def _counted(section: Section, look: Look) -> QuerySet[Any]:
    """Return the rows with how many there are in all beside each: one query for both."""
    rows = section.source(look).annotate(total=Window(Count("*"))).order_by("sort_at", "id")
    counted: QuerySet[Any] = rows.values(*_columns(section), "total")
    return counted


def _columns(section: Section) -> Iterable[str]:
    return dict.fromkeys(("id", "sort_at", *section.who, *section.columns))


def _entry(section: Section, row: Row, look: Look, facts: Facts, back: str) -> Entry:
    seen = row.get("visible", True)
    entry = Entry(
        key=row["id"],
        sort_at=row["sort_at"],
        case_id=row.get("case_id") if seen else None,
        force_id=row["force_id"] if section.who else row["agency_id"],
        reference=(row.get("reference") or row.get("name") or "") if seen else OUT_OF_SIGHT,
        number=row.get("number") if "surname" in row else None,
        name=f"{row.get('forenames') or ''} {row.get('surname') or ''}".strip() if "surname" in row else "",
        officer=(row.get("officer") or "") if seen else "",
        unit=(row.get("unit") or row.get("unit__name") or "") if seen else "",
        said=section.says(row, look, facts),
    )
    return replace(entry, links=_links(section, row, entry, look, back)) if back else entry


def _links(section: Section, row: Row, entry: Entry, look: Look, back: str) -> tuple[Link, ...]:
    """Return what settles a row: its acts, for an absence the page of cover; nothing for who asked and may not answer."""
    if section.slug == "away":
        return (Link("Arrange cover", reverse("away", kwargs={"person_id": entry.key}), hidden_text=entry.reference),)
    if entry.case_id is None or (section.checked_by_another and row["created_by_id"] == look.user.pk):
        return ()
    about = f"suspect {entry.number} of {entry.reference}" if entry.number else entry.reference
    target: UUID | None = row[section.target] if section.target else None
    return act_links(look.user, _fitting(section, row), entry.case_id, target, about=about, back=back)


def _fitting(section: Section, row: Row) -> Iterable[str]:
    """Return those acts of the part that fit the row: a review's by what is reviewed, detention's by whether its clock runs."""
    if section.slug == "reviews":
        return ("review-case",) if row["kind"] == Kind.SUPERVISOR_REVIEW else ("review-suspect",)
    if section.slug == "custody":
        return ("record-release", "enter-detention") if row["due_at"] is None else ("record-release", "extend-detention")
    return section.acts
