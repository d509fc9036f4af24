"""Overdue arrests: the rows, worst first, and the totals. A fixed number of queries whatever the data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cases.models import DelayReason, SituationKind
from cases.states import Risk
from core import clock
from core.exceptions import NotPossible
from reports.arrests import ARRESTED, DECIDED, INTERVIEWED, NO_REASON, Filter, Reach, held_up, late, named_without_suspect, stopped_lately
from reports.keyset import Page, after_and_before
from reports.seen import Seen

ROWS_ON_A_PAGE = 50
MOST_ROWS = 10_000
"""The most rows that are printed or put in a file at once; more are asked to be narrowed."""

NO_REASON_GIVEN = "No reason given"
NOT_NAMED = "Event not named"


@dataclass(frozen=True, slots=True)
class OverdueArrest:
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

    @property
    def name(self) -> str:
        """Forenames and surname as the case gives them."""
        return f"{self.forenames} {self.surname}".strip()

    @property
    def initials(self) -> str:
        """The first letter of each part of the name: what goes on paper."""
        return initials(self.name)

    @property
    def cursor(self) -> tuple[datetime, UUID]:
        """Where the row stands in the order."""
        return self.first_due_at, self.key


def initials(name: str) -> str:
    """Return the first letter or digit of each word as "J.F."; a word without any is left out."""
    letters = (next((character for character in word if character.isalnum()), "") for word in name.split())
    return "".join(f"{letter.upper()}." for letter in letters if letter)


COLUMNS = (
    "id", "suspect_id", "case_id", "force_id", "case__crime_reference", "suspect__number", "suspect__surname", "suspect__forenames", "risk", "started_at",
    "first_due_at", "first_due_on", "due_on", "eased_at", "reason", "event", "officer", "unit", "situation", "situation_since",
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
        reference=found["case__crime_reference"],
        number=found["suspect__number"],
        surname=found["suspect__surname"],
        forenames=found["suspect__forenames"],
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


def page_of(clocks: QuerySet[Any], seen: Seen, *, after: str = "", before: str = "") -> Page[OverdueArrest]:
    """Return one page of rows, the longest overdue first. Raises BadCursor for a cursor that is none."""
    narrowed, backwards = after_and_before(clocks, "first_due_at", after=after, before=before)
    rows = rows_of(narrowed[: ROWS_ON_A_PAGE + 1], seen)
    return Page.of(rows, ROWS_ON_A_PAGE, backwards=backwards, begun=bool(after or before))


def all_of(clocks: QuerySet[Any], seen: Seen) -> list[OverdueArrest]:
    """Return every row, the longest overdue first. Raises NotPossible when there are more than MOST_ROWS."""
    rows = rows_of(clocks.order_by("first_due_at", "id")[: MOST_ROWS + 1], seen)
    if len(rows) > MOST_ROWS:
        raise NotPossible(f"There are more than {MOST_ROWS:,} suspects here. Choose a unit, an officer, a risk or a reason.")
    return rows


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a total: what is counted, the filter's value for it, how many; beneath it, the parts it is made of."""

    words: str
    value: str
    count: int
    parts: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class HeldUp:
    """Suspects held up by one situation: how many there are, and for how many the first due date has passed."""

    kind: str
    words: str
    count: int
    past: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands around the list, all of it after the reader's filter; `units` and `officers` are what can be chosen."""

    overdue: int
    by_reason: tuple[Line, ...]
    by_unit: tuple[Line, ...]
    by_risk: tuple[Line, ...]
    held_up: tuple[HeldUp, ...]
    arrested: int
    interviewed: int
    decided: int
    named_without_suspect: int
    units: tuple[tuple[str, str], ...]
    officers: tuple[tuple[str, str], ...]


GROUP = ("unit_id", "unit", "risk", "officer_id", "officer", "reason", "event")


@dataclass(frozen=True, slots=True)
class Group:
    """How many clocks share all that the totals and the choices of the filter are made of."""

    unit_id: str
    unit: str
    risk: str
    officer_id: str
    officer: str
    reason: str
    event: str
    count: int

    def within(self, chosen: Filter) -> bool:
        """Say whether the reader's filter lets it through."""
        pairs = ((chosen.unit, self.unit_id), (chosen.officer, self.officer_id), (chosen.risk, self.risk), (chosen.reason, self.reason or NO_REASON))
        return all(not wanted or wanted == value for wanted, value in pairs)


def _groups(clocks: QuerySet[Any]) -> list[Group]:
    counted = clocks.order_by().values(*GROUP).annotate(count=Count("pk"))
    return [Group(*("" if found[name] is None else str(found[name]) for name in GROUP), count=found["count"]) for found in counted]


def totals_of(reach: Reach, seen: Seen, chosen: Filter) -> Totals:
    """Return the totals: four queries, whatever the number of clocks."""
    everything = _groups(late(reach, seen))
    groups = [group for group in everything if group.within(chosen)]
    stopped = Counter(dict(chosen.on(stopped_lately(reach, seen), with_reason=False).order_by().values_list("how").annotate(count=Count("pk"))))
    return Totals(
        overdue=sum(group.count for group in groups),
        by_reason=_by_reason(groups),
        by_unit=_lines((group.unit or "No unit", group.unit_id, group.count) for group in groups),
        by_risk=_by_risk(groups),
        held_up=_held_up(reach, seen, chosen),
        arrested=stopped[ARRESTED],
        interviewed=stopped[INTERVIEWED],
        decided=stopped[DECIDED],
        named_without_suspect=named_without_suspect(reach).count(),
        units=_choices((group.unit_id, group.unit) for group in everything),
        officers=_choices((group.officer_id, group.officer) for group in everything),
    )


def _lines(counted: Iterable[tuple[str, str, int]]) -> tuple[Line, ...]:
    """Add up by words and value, the most first."""
    sums: Counter[tuple[str, str]] = Counter()
    for words, value, count in counted:
        sums[words, value] += count
    return tuple(Line(words, value, count) for (words, value), count in sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _by_reason(groups: list[Group]) -> tuple[Line, ...]:
    """Reasons, the most first, abstraction divided by the event that took the officers."""
    found = []
    for line in _lines((DelayReason(group.reason).label if group.reason else NO_REASON_GIVEN, group.reason or NO_REASON, group.count) for group in groups):
        events: tuple[Line, ...] = ()
        if line.value == DelayReason.ABSTRACTION:
            events = _lines((group.event or NOT_NAMED, "", group.count) for group in groups if group.reason == DelayReason.ABSTRACTION)
        found.append(Line(line.words, line.value, line.count, events))
    return tuple(found)


def _by_risk(groups: list[Group]) -> tuple[Line, ...]:
    """All risks, the highest first, also those that count nothing."""
    sums: Counter[str] = Counter()
    for group in groups:
        sums[group.risk] += group.count
    return tuple(Line(risk.label, risk.value, sums[risk.value]) for risk in (Risk.HIGH, Risk.MEDIUM, Risk.STANDARD))


def _held_up(reach: Reach, seen: Seen, chosen: Filter) -> tuple[HeldUp, ...]:
    """The situations, each with how many it holds up and for how many of them the first due date has passed."""
    counted = chosen.on(held_up(reach, seen)).order_by().values_list("situation").annotate(count=Count("pk"), past=Count("pk", filter=Q(first_due_at__lte=seen.at)))
    found = {kind: (count, past) for kind, count, past in counted}
    return tuple(HeldUp(kind.value, kind.label, *found.get(kind.value, (0, 0))) for kind in SituationKind)


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return distinct values and words in the order of the words, what has no value left out."""
    return tuple(sorted({pair for pair in pairs if pair[0]}, key=lambda pair: (pair[1].casefold(), pair[0])))
