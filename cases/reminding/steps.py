"""The rungs of reminding: for each kind of clock, which running deadlines have come to which step. Pure.

A chaser counts months from the start of a clock and no days to its due moment: it is a ladder of its own beside the other.

A step of a day (soon, today, chaser) begins with the London day: it is in the inbox before anybody's shift and in that morning's
e-mail. Overdue begins at the due moment, escalated when the clock is critically overdue by the table of clocks.

Only the latest step that has come is looked for, so after an outage nobody gets the steps that were missed one by one. A
step that had come before the deadline was there, or before this service first reminded anybody, is nobody's surprise: the
morning report counts it. So neither an import of a thousand overdue cases nor the first sweep floods an inbox.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cases.derive.clocks import CLOCKS, Clock, Kind
from core import clock
from core.calendar import FAR_FUTURE_AT

TODAY, OVERDUE, ESCALATED, CHASER = "today", "overdue", "escalated", "chaser"
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
    is `days` before the due day, or where that is None, `over` after the due moment. A chaser comes at the start of the day
    that is `months` after the day of the start, and its range is that of starts: after `begun_after` up to `begun_by`.
    """

    kind: str
    step: str
    low: datetime
    high: datetime
    first: date
    last: date
    days: int | None = None
    over: timedelta = timedelta()
    months: int | None = None
    begun_after: datetime = clock.EARLIEST
    begun_by: datetime = FAR_FUTURE_AT

    @property
    def stands(self) -> bool:
        """Say whether any deadline can stand on it."""
        return self.low < self.high and self.first <= self.last and self.begun_after < self.begun_by


def rungs(at: Moment, table: Mapping[str, Clock] = CLOCKS) -> list[Rung]:
    """Return every rung that any deadline can stand on at this moment."""
    return [rung for row in table.values() for rung in (*_of_kind(row, at), *_chasers(row, at)) if rung.stands]


def critically_overdue(kind: str, due_at: datetime, now: datetime) -> bool:
    """Say whether a running deadline has come to the step of escalation, whenever that was."""
    return now - due_at >= timedelta(days=CLOCKS[kind].critical_after)


def _of_kind(row: Clock, at: Moment) -> Iterator[Rung]:
    kind = str(row.kind)
    today, since_on = clock.london_day(at.now), clock.london_day(at.since)
    over = [row.critical_after, *sorted(row.escalations)]
    for number, days in enumerate(over):
        came = timedelta(days=days)
        later = at.now - timedelta(days=over[number + 1]) if number + 1 < len(over) else clock.EARLIEST
        step = ESCALATED if not number else f"{ESCALATED}_{days}"
        yield Rung(kind, step, max(at.since - came - INSTANT, later), at.now - came, date.min, date.max, over=came)
    yield Rung(kind, OVERDUE, at.since - INSTANT, at.now, date.min, date.max)
    yield Rung(kind, TODAY, at.now, clock.day_start(today + DAY), max(today, since_on + DAY), today, days=0)
    before = 0
    for days in sorted(set(row.reminders)) if row.kind not in SOON_TOLD_ELSEWHERE else ():
        first, last = today + timedelta(days=before + 1), today + timedelta(days=days)
        first = max(first, since_on + timedelta(days=days + 1))
        yield Rung(kind, f"soon_{days}", clock.day_start(first) - INSTANT, clock.day_start(last + DAY), first, last, days=days)
        before = days


def _chasers(row: Clock, at: Moment) -> Iterator[Rung]:
    """Each chaser is for the clocks that began at least its months ago, and not those of the next one."""
    today, since_on = clock.london_day(at.now), clock.london_day(at.since)
    months = sorted(row.chasers)
    for number, after in enumerate(months):
        first = began_by(since_on, after)
        if number + 1 < len(months):
            first = max(first, began_by(today, months[number + 1]))
        begun_after, begun_by = (clock.day_start(day + DAY) - INSTANT for day in (first, began_by(today, after)))
        yield Rung(
            str(row.kind),
            f"{CHASER}_{after}",
            clock.EARLIEST,
            FAR_FUTURE_AT,
            date.min,
            date.max,
            months=after,
            begun_after=begun_after,
            begun_by=begun_by,
        )


def began_by(day: date, months: int) -> date:
    """Return the last day from which so many months were over on `day`: 31 January for a month on 28 February."""
    found = _months_after(day, -months)
    while _months_after(found + DAY, months) <= day:
        found += DAY
    return found


def _months_after(day: date, months: int) -> date:
    """Return the same day of the month, so many months on; the last one of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
