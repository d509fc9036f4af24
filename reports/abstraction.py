"""What events that take officers cost: officer-hours taken, and what was planned kept, moved, cancelled or not answered for.

Hours are hours as they passed (a night on which the clocks change has one more or fewer), times officers; an event across
the end of a month is divided at London midnight, each month having the hours that fell in it. What was planned (arrests, and
what apps above `cases` add: cases/planned.py) counts in the London month it was planned for. Both count for the unit that
the officer is in today. Only the latest edition of an event counts, and none that was called off.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.planned import SORTS, Within
from core import clock
from core.calendar import MONTH_NAMES

NO_UNIT = "No unit"
SECONDS_IN_AN_HOUR = 3_600
Key = tuple[date, str, str]
"""The first day of a month, a unit's name, and the key of an event."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole London months, the first and the last included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """The months in words."""
        first, last = month_words(self.first), month_words(self.last)
        return first if self.first == self.last else f"{first} to {last}"

    @property
    def starts_at(self) -> datetime:
        """The first moment, aware."""
        return clock.day_start(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it, aware."""
        return clock.day_start(month_after(self.last))


@dataclass(slots=True)
class Answers:
    """How many planned things of one sort were kept, moved, cancelled, and how many nobody answered for."""

    kept: int = 0
    moved: int = 0
    cancelled: int = 0
    open: int = 0

    @property
    def delayed(self) -> int:
        """Those moved or cancelled."""
        return self.moved + self.cancelled

    def add(self, other: "Answers") -> None:
        """Add others to these."""
        self.kept, self.moved, self.cancelled = self.kept + other.kept, self.moved + other.moved, self.cancelled + other.cancelled
        self.open += other.open


@dataclass(slots=True)
class Cost:
    """What is added up. Seconds are officer-seconds; planned things by the name of their sort."""

    seconds: float = 0
    planned: dict[str, Answers] = field(default_factory=dict)

    @property
    def hours(self) -> str:
        """Officer-hours to one decimal place, which whole hours do without."""
        return f"{self.seconds / SECONDS_IN_AN_HOUR:,.1f}".removesuffix(".0")

    @property
    def plain_hours(self) -> str:
        """The same for a file: no separator of thousands."""
        return f"{self.seconds / SECONDS_IN_AN_HOUR:.1f}"

    def of(self, slug: str) -> Answers:
        """Return what was answered for one sort."""
        return self.planned.setdefault(slug, Answers())

    @property
    def sorts(self) -> list[tuple[str, Answers]]:
        """What the things of each sort are called, with what was answered for them, in the order of the registry."""
        return [(sort.plural, self.of(slug)) for slug, sort in SORTS.items()]

    def add(self, other: "Cost") -> None:
        """Add another to this one."""
        self.seconds += other.seconds
        for slug, answers in other.planned.items():
            self.of(slug).add(answers)


@dataclass(slots=True)
class Report:
    """What each event cost, by month and unit; and the sums over each of the three."""

    cells: dict[Key, Cost] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)

    def at(self, day: date, unit: str, event: str) -> Cost:
        """Return the cell, made where there was none."""
        return self.cells.setdefault((month_of(day), unit, event), Cost())

    @property
    def rows(self) -> list[tuple[str, str, str, Cost]]:
        """Return every cell in words: month, unit, event; the latest month first."""
        keys = sorted(self.cells, key=lambda key: (-key[0].toordinal(), key[1], self.events[key[2]], key[2]))
        return [(month_words(day), unit, self.events[event], self.cells[day, unit, event]) for day, unit, event in keys]

    def _by(self, place: int) -> dict[Any, Cost]:
        sums: dict[Any, Cost] = {}
        for key, cost in self.cells.items():
            sums.setdefault(key[place], Cost()).add(cost)
        return sums

    @property
    def by_month(self) -> list[tuple[str, Cost]]:
        """Months, the latest first."""
        return [(month_words(day), cost) for day, cost in sorted(self._by(0).items(), reverse=True)]

    @property
    def by_unit(self) -> list[tuple[str, Cost]]:
        """Units by name."""
        return sorted(self._by(1).items(), key=lambda item: item[0].casefold())

    @property
    def by_event(self) -> list[tuple[str, Cost]]:
        """Events, the most hours first."""
        sums = sorted(self._by(2).items(), key=lambda item: (-item[1].seconds, self.events[item[0]]))
        return [(self.events[key], cost) for key, cost in sums]

    @property
    def total(self) -> Cost:
        """Everything."""
        total = Cost()
        for cost in self.cells.values():
            total.add(cost)
        return total


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def month_after(day: date) -> date:
    """Return the first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_words(day: date) -> str:
    """Return a month as "November 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def parts(starts_at: datetime, ends_at: datetime, span: Span) -> Iterator[tuple[date, float]]:
    """Yield each London month that the time touches within the span, with the seconds that passed in it."""
    begins, until = max(starts_at, span.starts_at), min(ends_at, span.ends_at)
    while begins < until:
        month = month_of(clock.london_day(begins))
        ends = min(until, clock.day_start(month_after(month)))
        yield month, (ends - begins).total_seconds()
        begins = ends


def report_of(user: User, span: Span, unit: UUID | None = None) -> Report:
    """Return the report. Two queries and those of each sort of planned thing, whatever the data.

    Events are the force's; what was planned is of cases this person sees, for analysts those the force has.
    """
    report = Report()
    events = m.Abstraction.objects.visible_to(user).standing().filter(starts_at__lt=span.ends_at, ends_at__gt=span.starts_at)
    found = {row.pk: row for row in events}
    report.events = {str(row.entry_id): row.event for row in found.values()}
    officers = m.AbstractionOfficer.objects.filter(abstraction__in=found)
    if unit is not None:
        officers = officers.filter(user__unit=unit)
    taken: dict[UUID, list[tuple[m.Abstraction, str]]] = {}
    for key, officer, name in officers.values_list("abstraction", "user", "user__unit__name"):
        taken.setdefault(officer, []).append((found[key], name or ""))
        for month, seconds in parts(found[key].starts_at, found[key].ends_at, span):
            report.at(month, name or NO_UNIT, str(found[key].entry_id)).seconds += seconds
    entries = frozenset(row.entry_id for row in found.values())
    _count(user, report, Within(span.starts_at, span.ends_at, unit, entries, taken))
    return report


def _count(user: User, report: Report, within: Within) -> None:
    """Count what was planned, of every sort."""
    for slug, sort in SORTS.items():
        for one in sort.tally(user, within):
            answers = report.at(clock.london_day(one.at), one.unit or NO_UNIT, str(one.entry)).of(slug)
            name = one.answer or "open"
            setattr(answers, name, getattr(answers, name) + 1)
