"""The rungs of reminding: for each kind of clock, which running deadlines have come to which step. Pure.

A step of a day (soon, today) begins with the London day: it is in the inbox before anybody's shift and in that morning's
e-mail. Overdue begins at the due moment, escalated when the clock is critically overdue by the table of clocks.

Only the latest step that has come is looked for, so after an outage nobody gets the steps that were missed one by one. A
step that had come before the deadline was there, or before this service first reminded anybody, is nobody's surprise: the
morning report counts it. So neither an import of a thousand overdue cases nor the first sweep floods an inbox.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cases.derive.clocks import CLOCKS, Clock, Kind
from core import clock

TODAY, OVERDUE, ESCALATED = "today", "overdue", "escalated"
SOON_TOLD_ELSEWHERE: Final = frozenset({Kind.BAIL_EXPIRY})
"""The daily run tells of bail that ends soon, because it names the rank that is needed next (reports/bail/reminders.py)."""
INSTANT: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a sweep looks, and since when this service reminds: what came before is not told."""

    now: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of one kind: the range of deadlines for which it is the latest that has come, and came since we remind.

    Due moments after `low` up to `high`; due days `first` to `last` (London). The step comes at the start of the day that
    is `days` before the due day, or where that is None, `over` after the due moment.
    """

    kind: str
    step: str
    low: datetime
    high: datetime
    first: date
    last: date
    days: int | None = None
    over: timedelta = timedelta()


def rungs(at: Moment, table: Mapping[str, Clock] = CLOCKS) -> list[Rung]:
    """Return every rung that any deadline can stand on at this moment."""
    return [rung for row in table.values() for rung in _of_kind(row, at) if rung.low < rung.high and rung.first <= rung.last]


def critically_overdue(kind: str, due_at: datetime, now: datetime) -> bool:
    """Say whether a running deadline has come to the step of escalation, whenever that was."""
    return now - due_at >= timedelta(days=CLOCKS[kind].critical_after)


def _of_kind(row: Clock, at: Moment) -> Iterator[Rung]:
    kind, critical = str(row.kind), timedelta(days=row.critical_after)
    today, since_on = clock.london_day(at.now), clock.london_day(at.since)
    yield Rung(kind, ESCALATED, at.since - critical - INSTANT, at.now - critical, date.min, date.max, over=critical)
    yield Rung(kind, OVERDUE, at.since - INSTANT, at.now, date.min, date.max)
    yield Rung(kind, TODAY, at.now, clock.day_start(today + DAY), max(today, since_on + DAY), today, days=0)
    before = 0
    for days in sorted(set(row.reminders)) if row.kind not in SOON_TOLD_ELSEWHERE else ():
        first, last = today + timedelta(days=before + 1), today + timedelta(days=days)
        first = max(first, since_on + timedelta(days=days + 1))
        yield Rung(kind, f"soon_{days}", clock.day_start(first) - INSTANT, clock.day_start(last + DAY), first, last, days=days)
        before = days
