"""Bail as rows of the diary: whose, until when, under what conditions, days used, and who must authorise more. Three queries a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from cases import models as m
from cases.derive import pace
from cases.derive.bail_facts import BailFact
from cases.selectors import bail_facts
from core import clock
from core.calendar import FAR_FUTURE, due_in_words
from core.components import Link, day_text
from core.exceptions import NotPossible
from core.keyset import Order, Page, page_of
from reports.bail.clocks import LAPSED, PASSED, RUNNING, STATES, STILL
from reports.describing import WHO
from reports.overdue import MOST_ROWS, OfASuspect
from reports.settling import act_links

ROWS_ON_A_PAGE = 50
COLUMNS = ("id", "at", "bail_id", "due_on", "due_at", "paused_since", *WHO)
ACTS_IN = {
    RUNNING: ("extend-bail", "end-bail"),
    LAPSED: ("end-bail", "extend-bail"),
    STILL: ("resume-bail", "end-bail"),
    PASSED: ("answer-passed-bail",),
}
"""State → the acts that settle it. Lapsed bail may have been extended in time, and only be recorded late."""
COLOURS = {RUNNING: "blue", LAPSED: "red", STILL: "teal", PASSED: "orange"}


@dataclass(frozen=True, slots=True)
class BailRow(OfASuspect):
    """One suspect on bail. Days are London days; `ends_on` is FAR_FUTURE while the bail stands still."""

    key: UUID
    at: datetime
    bail_id: UUID
    case_id: UUID
    force_id: int
    reference: str
    number: int
    surname: str
    forenames: str
    officer: str
    unit: str
    conditions: str
    authority: str
    state: str
    ends_on: date
    still_since: date | None
    days_used: int
    next_words: str
    next_rank: str
    next_months: int | None
    today: date
    links: tuple[Link, ...] = ()

    @property
    def state_words(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def short_state(self) -> str:
        """The state in a word or two, for a tag."""
        return {RUNNING: "Running", LAPSED: "Lapsed", STILL: "Stands still", PASSED: "Date passed"}[self.state]

    @property
    def colour(self) -> str:
        """The colour of the state's tag."""
        return COLOURS[self.state]

    @property
    def when(self) -> str:
        """When it ends, in words: "26 November (4 days)"; since when it stands still."""
        if self.still_since is not None:
            return f"no day while it stands still, since {day_text(self.still_since)}"
        return due_in_words(self.ends_on, self.today)


def facts_of(bails: Iterable[UUID]) -> Mapping[UUID, BailFact]:
    """Return the facts of bails that the person has been shown to see, in two queries."""
    keys = list(bails)
    found = bail_facts(m.Bail.objects.filter(pk__in=keys), m.BailEvent.objects.filter(bail__in=keys))
    return {fact.id: fact for _, fact in found}


def rows_of(found: QuerySet[Any]) -> list[BailRow]:
    """Read bail as rows of the diary."""
    return _rows(list(found.values(*COLUMNS)))


def _rows(read: list[dict[str, Any]]) -> list[BailRow]:
    keys = [row["bail_id"] for row in read]
    facts, conditions = facts_of(keys), dict(m.Bail.objects.filter(pk__in=keys).values_list("pk", "conditions"))
    now = clock.now()
    return [_row(row, facts[row["bail_id"]], conditions[row["bail_id"]], now) for row in read]


def _row(found: Mapping[str, Any], fact: BailFact, conditions: str, now: datetime) -> BailRow:
    step, state = pace.next_step(fact), state_of(fact, now)
    still = clock.london_day(fact.suspended_since) if fact.suspended_since else None
    return BailRow(
        key=found["id"],
        at=found["at"],
        bail_id=found["bail_id"],
        case_id=found["case_id"],
        force_id=found["force_id"],
        reference=found["reference"],
        number=found["number"],
        surname=found["surname"],
        forenames=found["forenames"],
        officer=found["officer"] or "",
        unit=found["unit"] or "",
        conditions=conditions,
        authority=m.Authority(fact.authority).label,
        state=state,
        ends_on=FAR_FUTURE if still else fact.ends_on(),
        still_since=still,
        days_used=fact.days_used(now),
        next_words=next_words(fact),
        next_rank=str(step.authority.label) if step else "",
        next_months=step.months if step else None,
        today=clock.london_day(now),
    )


def state_of(fact: BailFact, now: datetime) -> str:
    """Return how the bail stands, a key of STATES."""
    if fact.passed_not_known:
        return PASSED
    if fact.suspended_since is not None:
        return STILL
    return LAPSED if fact.lapsed(now) else RUNNING


def next_words(fact: BailFact) -> str:
    """Return who must authorise more: "6 months, by an inspector or above (s.47ZD)"."""
    step = pace.next_step(fact)
    return f"{step.words} ({step.source})" if step else "The law knows no longer bail"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the diary, with who answers on it."""

    words: str
    past: bool
    rows: tuple[BailRow, ...]


def by_day(rows: Iterable[BailRow], user: User | None = None, back: str = "") -> list[Day]:
    """Return the rows under their days, in their order, with the acts that this person may do on each; each leads to `back`."""
    days: dict[str, list[BailRow]] = {}
    for row in rows:
        days.setdefault(_heading(row), []).append(_with_links(row, user, back) if user else row)
    return [Day(words, found[0].state in {LAPSED, PASSED}, tuple(found)) for words, found in days.items()]


def _with_links(row: BailRow, user: User, back: str) -> BailRow:
    about = f"suspect {row.number} of {row.reference}"
    return replace(row, links=act_links(user, ACTS_IN[row.state], row.case_id, row.bail_id, about=about, back=back))


def _heading(row: BailRow) -> str:
    if row.state == STILL:
        return "Stands still while with the CPS: no day"
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[row.ends_on.weekday()]
    distance = (row.ends_on - row.today).days
    away = {0: ", today", 1: ", tomorrow"}.get(distance, f", in {distance} days" if distance > 0 else "")
    return f"{weekday} {day_text(row.ends_on)}{away}{': its day has passed' if distance < 0 else ''}"


def list_of(reader: User, found: QuerySet[Any], *, after: str = "", before: str = "") -> Page[BailRow]:
    """Return one page of rows, who answers soonest first. Raises BadCursor for a cursor that is none of this reader's."""
    return page_of(found.values(*COLUMNS), Order("at", "bail", reader.pk), ROWS_ON_A_PAGE, after=after, before=before).shown_as(_rows)


def all_of(found: QuerySet[Any]) -> list[BailRow]:
    """Return every row, who answers soonest first. Raises NotPossible when there are more than MOST_ROWS."""
    rows = rows_of(found.order_by("at", "id")[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        raise NotPossible(f"There are more than {MOST_ROWS:,} suspects on bail here. Choose a unit, an officer or days.")
    return rows
