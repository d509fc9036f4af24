"""The queues there are, section by section, and one of them as a page: a query a section, then everything its rows say at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.keyset import Order, Page, Start
from prosecution.desk import sources
from prosecution.desk.loading import Key, load
from prosecution.desk.look import Look
from prosecution.desk.rows import Row, row_of

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a queue: its title, what it says when empty, where its rows come from, and how many stand there at first."""

    slug: str
    title: str
    empty: str
    source: Callable[[Look], list[QuerySet[Any]]]
    first: int = 10
    names: bool = False
    """Its rows say whose each is: a queue of the own work does not."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: the name of its address, which begins those of its sections, its title and what it is called in "Back to"."""

    name: str
    title: str
    words: str
    sections: tuple[Section, ...]

    def section(self, slug: str) -> Section | None:
        """Return the section of this name, or None."""
        return next((one for one in self.sections if one.slug == slug), None)


MINE = Queue(
    "prosecution_mine",
    "My queue",
    "your queue",
    (
        Section("custody", "In custody or red", "Nobody is in custody and nothing is red.", sources.custody, first=25),
        Section("owed", "By date owed", "You owe no decision, no advice and no review.", sources.owed, first=25),
        Section("items", "Action plan items: the police wait for you", "The police wait for no answer of yours.", sources.items),
        Section("checks", "Second checks to do", "No decision waits for a second prosecutor.", sources.checks, names=True),
        Section("unfinished", "Yours to finish", "You have begun nothing that is not sent or published.", sources.unfinished),
    ),
)
TRIAGE = Queue(
    "prosecution_triage",
    "Triage",
    "triage",
    (
        Section("custody", "In custody or red", "Nothing red waits for triage.", sources.triage_custody, first=25),
        Section("waiting", "By age since first submission", "Nothing else waits for triage.", sources.triage_others, first=25),
        Section("challenged", "Refusals challenged by an inspector", "No refusal is challenged.", sources.refusals_challenged, names=True),
    ),
)
OVERVIEW = Queue(
    "prosecution_overview",
    "Late",
    "late",
    (
        Section(
            "late", "Late, or due within a week", "Nothing is late and nothing is due within a week.", sources.late, first=25, names=True
        ),
        Section("checks", "Second checks waiting", "No decision waits for a second prosecutor.", sources.all_checks, names=True),
        Section("second-plans", "Second action plans waiting for you", "No second plan waits.", sources.second_plans, names=True),
        Section("challenges", "Challenges and escalations", "The police challenge nothing.", sources.escalated, names=True),
        Section("plans", "Action plans past 28, 56 and 90 days", "No plan is older than 28 days.", sources.old_plans, names=True),
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as it is shown: its first rows, and the address of all where there are more."""

    section: Section
    rows: list[Row]
    all_address: str


def queue_page(queue: Queue, look: Look, address: str) -> list[Shown]:
    """Return every section with its first rows. Acts lead back to `address`, the queue's own."""
    read = [(section, _keys(_ordered(section.source(look), ("sort_at", "id")), section.first + 1)) for section in queue.sections]
    here = {section.slug: keys[: section.first] for section, keys in read}
    loaded = load((key for keys in here.values() for key in keys), look.user)
    return [
        Shown(
            section,
            [row_of(key, loaded, look, address) for key in here[section.slug]],
            _all(queue, section, look) if len(keys) > section.first else "",
        )
        for section, keys in read
    ]


def section_page(queue: Queue, section: Section, look: Look, address: str, *, after: str = "", before: str = "") -> Page[Row]:
    """Return one page of one section, in its order. Raises BadCursor."""
    start = Start.of(Order("sort_at", f"{queue.name} {section.slug} {look.person or ''}", look.user.pk), after=after, before=before)
    parts = [rows.filter(start.beyond) for rows in section.source(look)]
    page = start.page(_ordered(parts, start.ordering)[: ON_A_PAGE + 1], ON_A_PAGE)
    keys = [_key(row) for row in page.rows]
    loaded = load(keys, look.user)
    return page.shown_as(lambda _: [row_of(key, loaded, look, address) for key in keys])


def address_of(queue: Queue, look: Look) -> str:
    """Return the address of a queue as it is looked at."""
    return reverse(queue.name) + (f"?prosecutor={look.person}" if look.person else "")


def _all(queue: Queue, section: Section, look: Look) -> str:
    asked = f"?prosecutor={look.person}" if look.person else ""
    return reverse(f"{queue.name}_section", kwargs={"slug": section.slug}) + asked


def _ordered(parts: list[QuerySet[Any]], ordering: tuple[str, str]) -> QuerySet[Any]:
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    return rows.order_by(*ordering)


def _keys(rows: QuerySet[Any], most: int) -> list[Key]:
    return [_key(row) for row in rows[:most]]


def _key(row: Mapping[str, Any]) -> Key:
    return row["x_table"], row["id"]


def rows_of(shown: Iterable[Shown]) -> list[Row]:
    """Return the rows of all sections."""
    return [row for one in shown for row in one.rows]
