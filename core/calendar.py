"""Working days, and when something is due. Pure: no database, no network, no system clock.

A deadline has two faces. `due_on` is the London date people read. `due_at` is the UTC moment from which
it is overdue: overdue when now >= due_at. For a clock counted in days or months, `due_at` is the start
of the London day after `due_on`, so the whole of `due_on` is in time.

Nothing here overflows: dates past the end of the calendar are held at FAR_FUTURE, moments at FAR_FUTURE_AT.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Self, assert_never

from core.clock import LONDON, as_utc, day_start, london_day

FAR_FUTURE = date(9999, 12, 31)
"""The last date there is, and the project's sign for "nothing due"."""

FAR_FUTURE_AT = datetime(9999, 12, 31, tzinfo=UTC)
"""The last London midnight there is; no `due_at` is later."""

WARNING_DAYS = 120
"""How long before the table of bank holidays ends someone is told, in calendar days."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Written out, because strftime follows the locale of the machine."""


class Unit(StrEnum):
    """What a clock counts in."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class Due:
    """When something is due: overdue from `due_at` (aware UTC, exclusive); `due_on` is its London date."""

    due_at: datetime
    due_on: date


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday except bank holidays, all dates London dates.

    The table of bank holidays is complete up to and including `known_until`. Beyond that day, and before
    the first holiday in the table, only weekends are taken out: a count that runs past the end may
    therefore come out early, never late, which is why `warning_due` speaks up beforehand.

    Raises ValueError if a holiday lies beyond `known_until`.
    """

    holidays: frozenset[date]
    known_until: date

    def __post_init__(self) -> None:
        if self.holidays and max(self.holidays) > self.known_until:
            raise ValueError("a bank holiday lies beyond the end of the table")

    @classmethod
    def from_table(cls, holidays: Iterable[date], known_until: date | None = None) -> Self:
        """Working days from any table of dates; it ends at its last date unless `known_until` says later.

        Raises ValueError if the table is empty and `known_until` is not given.
        """
        table = frozenset(holidays)
        if known_until is None:
            if not table:
                raise ValueError("an empty table of bank holidays needs an end")
            known_until = max(table)
        return cls(table, known_until)

    @cached_property
    def _closed(self) -> tuple[int, ...]:
        """The holidays that fall on Monday to Friday, as ordinals, in order."""
        return tuple(sorted(day.toordinal() for day in self.holidays if day.weekday() < 5))

    def _count_to(self, ordinal: int) -> int:
        """Working days from 1 January of year 1, a Monday and ordinal 1, to this ordinal inclusive."""
        weeks, rest = divmod(ordinal, 7)
        return weeks * 5 + min(rest, 5) - bisect_right(self._closed, ordinal)

    def is_working_day(self, day: date) -> bool:
        """Whether the day is neither a Saturday, a Sunday nor a known bank holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is day 0 whether or not it is a working day itself.

        0 gives `day` back. Held at FAR_FUTURE. Raises ValueError if n is negative.
        """
        if n < 0:
            raise ValueError("working days are counted forwards only")
        start, end = day.toordinal(), FAR_FUTURE.toordinal()
        wanted = self._count_to(start) + n
        if wanted > self._count_to(end):
            return FAR_FUTURE
        return date.fromordinal(bisect_left(range(end + 1), wanted, lo=start, key=self._count_to))

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if `end` is the earlier."""
        return self._count_to(end.toordinal()) - self._count_to(start.toordinal())

    def corrected(self, rows: Iterable[tuple[date, bool]]) -> Self:
        """The same table with days added (True) or taken out (False), a later row before an earlier one.

        A day added beyond the end of the table moves its end there.
        """
        table, known_until = set(self.holidays), self.known_until
        for day, closed in rows:
            if closed:
                table.add(day)
                known_until = max(known_until, day)
            else:
                table.discard(day)
        if table == self.holidays and known_until == self.known_until:
            return self
        return type(self)(frozenset(table), known_until)

    def last_day_known(self) -> date:
        """The last day for which the bank holidays are known."""
        return self.known_until

    def warning_due(self, today: date) -> bool:
        """Whether the table ends within WARNING_DAYS calendar days of today, or has ended."""
        return (self.known_until - today).days <= WARNING_DAYS


@lru_cache(maxsize=1)
def england_and_wales() -> WorkingDays:
    """Working days of England and Wales, from the copy of GOV.UK's list bundled with govuk-bank-holidays.

    Source: https://www.gov.uk/bank-holidays.json, division england-and-wales; substitute days and one-off
    holidays are in it, days that fall on a weekend are not. Never goes to the network. The table is
    taken to end at the last holiday listed.
    """
    # The package carries no types; read here so that whoever only compares dates does not load it.
    from govuk_bank_holidays.bank_holidays import (  # type: ignore[import-untyped, unused-ignore]
        BankHolidays,
    )

    listed = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    return WorkingDays.from_table(holiday["date"] for holiday in listed)


def due(started: datetime, amount: int, unit: Unit, working: WorkingDays) -> Due:
    """When something that started at an aware moment is due, `amount` units later.

    minutes, hours   time that really passes, so a change of the clocks shifts the London hour, not the
                     length; `due_on` is the London date of `due_at`
    days             London date of the start plus the amount
    working_days     London date of the start is day 0; the amount is counted over the working days after
    months           see `months_end_on`

    Raises ValueError if the start has no zone or the amount is negative.
    """
    if amount < 0:
        raise ValueError("a clock runs forwards only")
    started = as_utc(started)
    event_on = london_day(started)
    match unit:
        case Unit.MINUTES:
            return _due_after(started, amount * 60)
        case Unit.HOURS:
            return _due_after(started, amount * 3600)
        case Unit.DAYS:
            return due_by_end_of(_plus_days(event_on, amount))
        case Unit.WORKING_DAYS:
            return due_by_end_of(working.add_working_days(event_on, amount))
        case Unit.MONTHS:
            return due_by_end_of(months_end_on(event_on, amount))
        case _:
            assert_never(unit)


def after_working_hours(started: datetime, hours: int, working: WorkingDays, *, opens: int = 9, closes: int = 17) -> datetime:
    """When so many working hours have passed since an aware moment: `opens` to `closes` o'clock in London on working days.

    Time outside them does not count: 4 hours from a Friday at 3pm end on the next working day at 11am. 0 hours, or a start
    outside working hours, count from the next moment inside. Held at FAR_FUTURE_AT.
    Raises ValueError for a start without a zone, a negative number of hours, or a day that closes before it opens.
    """
    if hours < 0:
        raise ValueError("a clock runs forwards only")
    if not 0 <= opens < closes <= 24:
        raise ValueError("a working day opens before it closes, within one day")
    started, left = as_utc(started), timedelta(hours=hours)
    day = london_day(started)
    while day < FAR_FUTURE:
        if working.is_working_day(day):
            begins, ends = max(started, _hour_of(day, opens)), _hour_of(day, closes)
            if begins < ends and left <= ends - begins:
                return begins + left
            left -= max(ends - begins, timedelta())
        day = working.add_working_days(day, 1)
    return FAR_FUTURE_AT


def _hour_of(day: date, hour: int) -> datetime:
    """The moment at which London's clocks show this full hour of a day; 24 is the start of the next."""
    if hour == 24:
        return day_start(_plus_days(day, 1))
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).astimezone(UTC)


def due_by_end_of(day: date) -> Due:
    """Due by the end of a London day: the last of it is in time, the first of the next is not.

    For dates that people set, as well as for clocks counted in days.
    """
    return Due(min(day_start(_plus_days(day, 1)), FAR_FUTURE_AT), day)


def months_end_on(event_on: date, months: int) -> date:
    """The last day of a period of months that begins the day after an event.

    Rule (Police and Criminal Evidence Act 1984, s.47ZB(1) and (4)(a), as amended in 2022): the period is
    "3 months beginning with the person's bail start date", and that is the day after the arrest. A period
    of months beginning with a day ends the day before the corresponding date of the later month; where
    that month has no such date, with its last day (design, "Due").

        event 10 Jan 2026, 3 months: begins 11 Jan; corresponding date 11 Apr; ends 10 Apr 2026
        event 29 Nov 2025, 3 months: begins 30 Nov; there is no 30 Feb;         ends 28 Feb 2026
        event 30 Nov 2025, 3 months: begins  1 Dec; corresponding date  1 Mar; ends 28 Feb 2026
        event 28 Feb 2026, 3 months: begins  1 Mar; corresponding date  1 Jun; ends 31 May 2026

    Each extension counts from the same event: 6 months is not 3 and then 3 more. Held at FAR_FUTURE.
    Raises ValueError if months is negative.
    """
    if months < 0:
        raise ValueError("months are counted forwards only")
    if event_on == FAR_FUTURE:
        return FAR_FUTURE
    begins = event_on + timedelta(days=1)
    year, month_index = divmod(begins.year * 12 + begins.month - 1 + months, 12)
    if year > FAR_FUTURE.year:
        return FAR_FUTURE
    month = month_index + 1
    last = monthrange(year, month)[1]
    if begins.day > last:
        return date(year, month, last)
    return date.fromordinal(date(year, month, begins.day).toordinal() - 1)


def due_in_words(due_on: date, today: date) -> str:
    """A due date as people read it: the date and the calendar days to it or past it; both London dates.

    "26 November (4 days)", "today", "21 November (1 day over)"; the year is said where it is not this one, and
    FAR_FUTURE is "nothing due". Speaks of days only: a clock of hours that ran out earlier today still reads "today".
    This is how the whole service says when something is due.
    """
    if due_on == FAR_FUTURE:
        return "nothing due"
    days = (due_on - today).days
    if days == 0:
        return "today"
    count = f"{abs(days):,} {'day' if abs(days) == 1 else 'days'}"
    written = f"{due_on.day} {MONTH_NAMES[due_on.month - 1]}"
    if due_on.year != today.year:
        written += f" {due_on.year}"
    return f"{written} ({count})" if days > 0 else f"{written} ({count} over)"


def _plus_days(day: date, amount: int) -> date:
    """The day this many calendar days later, held at FAR_FUTURE."""
    return date.fromordinal(min(day.toordinal() + amount, FAR_FUTURE.toordinal()))


def _due_after(started: datetime, seconds: int) -> Due:
    """Due exactly this many seconds after a UTC moment, held at FAR_FUTURE_AT."""
    try:
        due_at = min(started + timedelta(seconds=seconds), FAR_FUTURE_AT)
    except OverflowError:
        due_at = FAR_FUTURE_AT
    return Due(due_at, london_day(due_at))
