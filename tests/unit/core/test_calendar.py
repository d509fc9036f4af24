"""Working days and due dates: the boundaries by example, the rules by property."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import (
    FAR_FUTURE,
    FAR_FUTURE_AT,
    WARNING_DAYS,
    Due,
    Unit,
    WorkingDays,
    due,
    due_by_end_of,
    due_in_words,
    england_and_wales,
    months_end_on,
)
from core.clock import EARLIEST, LATEST, LONDON, day_start, london_day

WORKING = england_and_wales()
DAY_UNITS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS)
ONE_DAY = timedelta(days=1)

near = st.dates(date(2011, 1, 1), date(2031, 12, 31))
moments = st.datetimes(timezones=st.just(UTC))
tables = st.builds(WorkingDays.from_table, st.frozensets(near, min_size=1, max_size=60))


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc, arg-type]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # substitute for Boxing Day, a Saturday
        (date(2026, 11, 30), True),  # St Andrew's Day: Scotland only
        (date(2022, 9, 19), False),  # State Funeral, a one-off
    ],
)
def test_working_days_of_england_and_wales(day: date, works: bool) -> None:
    assert WORKING.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "n", "lands"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from within it: Saturday is day 0 as well
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Easter: four days pass
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas and the substitute day
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # year end
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # leap day, a Tuesday
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_adding_working_days(day: date, n: int, lands: date) -> None:
    assert WORKING.add_working_days(day, n) == lands


def test_working_days_between_counts_the_end_and_not_the_start() -> None:
    assert WORKING.working_days_between(date(2026, 12, 24), date(2026, 12, 29)) == 1
    assert WORKING.working_days_between(date(2026, 12, 29), date(2026, 12, 24)) == -1
    assert WORKING.working_days_between(date(2026, 11, 20), date(2026, 11, 22)) == 0


def test_a_holiday_on_a_weekend_is_not_taken_out_twice() -> None:
    table = WorkingDays.from_table([date(2026, 11, 21)])
    assert table.add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_beyond_the_end_of_the_table_only_weekends_are_taken_out() -> None:
    table = WorkingDays.from_table([date(2026, 12, 28)])
    assert table.is_working_day(date(2028, 12, 25))
    assert not table.is_working_day(date(2028, 12, 24))


def test_the_table_warns_from_120_days_before_its_end() -> None:
    end = WORKING.last_day_known()
    assert not WORKING.warning_due(end - timedelta(days=WARNING_DAYS + 1))
    assert WORKING.warning_due(end - timedelta(days=WARNING_DAYS))
    assert WORKING.warning_due(end + ONE_DAY)
    assert WORKING.warning_due(date.max)
    assert not WORKING.warning_due(date.min)


def test_a_table_may_be_known_further_than_its_last_holiday_but_no_less_far() -> None:
    christmas = date(2026, 12, 25)
    assert WorkingDays.from_table([christmas]).last_day_known() == christmas
    assert WorkingDays.from_table([christmas], date(2026, 12, 31)).last_day_known() == date(2026, 12, 31)
    with pytest.raises(ValueError, match="beyond the end"):
        WorkingDays.from_table([christmas], date(2026, 12, 24))
    with pytest.raises(ValueError, match="empty table"):
        WorkingDays.from_table([])
    assert WorkingDays.from_table([], christmas).is_working_day(christmas)


def test_the_bundled_table_is_read_once_and_covers_2012_to_2028_at_least() -> None:
    assert england_and_wales() is WORKING
    assert min(WORKING.holidays) == date(2012, 1, 2)
    assert WORKING.last_day_known() >= date(2028, 12, 26)


@given(tables, near, st.integers(1, 400))
def test_adding_lands_on_a_working_day_and_between_is_its_inverse(table: WorkingDays, day: date, n: int) -> None:
    lands = table.add_working_days(day, n)
    assert table.is_working_day(lands)
    assert table.working_days_between(day, lands) == n
    assert table.working_days_between(lands, day) == -n


@given(tables, near, near, st.integers(0, 60), st.integers(0, 60))
def test_adding_is_monotone_in_the_day_and_in_the_number(table: WorkingDays, one: date, other: date, few: int, many: int) -> None:
    one, other = sorted((one, other))
    few, many = sorted((few, many))
    assert table.add_working_days(one, many) <= table.add_working_days(other, many)
    assert table.add_working_days(one, few) <= table.add_working_days(one, many)


@given(tables, near, st.integers(0, 60))
def test_between_agrees_with_counting_one_day_at_a_time(table: WorkingDays, start: date, length: int) -> None:
    days = [start + timedelta(days=step) for step in range(1, length + 1)]
    counted = sum(table.is_working_day(day) for day in days)
    assert table.working_days_between(start, start + timedelta(days=length)) == counted


def test_the_whole_of_the_due_day_is_in_time() -> None:
    answer = due(london(2026, 11, 20, 16, 45), 1, Unit.DAYS, WORKING)
    assert answer == Due(due_at=utc(2026, 11, 22), due_on=date(2026, 11, 21))
    assert london(2026, 11, 21, 23, 59) < answer.due_at  # last minute in time
    assert london(2026, 11, 22, 0, 0) >= answer.due_at  # first minute late


def test_the_due_day_is_counted_from_the_london_day_of_the_start() -> None:
    late_evening = utc(2026, 7, 1, 23, 30)  # already 2 July in London
    assert due(late_evening, 7, Unit.DAYS, WORKING).due_on == date(2026, 7, 9)


@pytest.mark.parametrize(
    ("started", "unit", "due_on", "due_at"),
    [
        (london(2026, 3, 28, 12), Unit.DAYS, date(2026, 3, 29), utc(2026, 3, 29, 23)),
        (london(2026, 3, 27, 12), Unit.DAYS, date(2026, 3, 28), utc(2026, 3, 29, 0)),
        (london(2026, 10, 24, 12), Unit.DAYS, date(2026, 10, 25), utc(2026, 10, 26, 0)),
        (london(2026, 10, 23, 12), Unit.DAYS, date(2026, 10, 24), utc(2026, 10, 24, 23)),
        (london(2028, 2, 28, 12), Unit.DAYS, date(2028, 2, 29), utc(2028, 3, 1)),
        (london(2026, 12, 31, 23, 59), Unit.DAYS, date(2027, 1, 1), utc(2027, 1, 2)),
        (london(2026, 12, 24, 9), Unit.WORKING_DAYS, date(2026, 12, 29), utc(2026, 12, 30)),
        (london(2026, 4, 2, 9), Unit.WORKING_DAYS, date(2026, 4, 7), utc(2026, 4, 7, 23)),
    ],
)
def test_one_day_over_clock_changes_leap_days_and_holidays(started: datetime, unit: Unit, due_on: date, due_at: datetime) -> None:
    assert due(started, 1, unit, WORKING) == Due(due_at, due_on)


@given(moments, st.integers(0, 5000), st.sampled_from(DAY_UNITS))
def test_day_clocks_end_at_a_london_midnight_after_the_due_day(started: datetime, amount: int, unit: Unit) -> None:
    answer = due(started, amount, unit, WORKING)
    assert answer.due_at.tzinfo is UTC
    assert answer.due_at == day_start(london_day(answer.due_at))
    if answer.due_on < FAR_FUTURE:
        assert answer.due_at == day_start(answer.due_on + ONE_DAY) > started


@pytest.mark.parametrize(
    ("started", "amount", "unit", "answer"),
    [
        (london(2026, 11, 20, 10), 30, Unit.MINUTES, Due(utc(2026, 11, 20, 10, 30), date(2026, 11, 20))),
        (london(2026, 3, 29, 0, 30), 3, Unit.HOURS, Due(london(2026, 3, 29, 4, 30), date(2026, 3, 29))),
        (london(2026, 10, 25, 0, 30), 3, Unit.HOURS, Due(london(2026, 10, 25, 2, 30), date(2026, 10, 25))),
        (london(2026, 10, 24, 12), 24, Unit.HOURS, Due(london(2026, 10, 25, 11), date(2026, 10, 25))),
        (london(2026, 7, 1, 23), 1, Unit.HOURS, Due(utc(2026, 7, 1, 23), date(2026, 7, 2))),
    ],
)
def test_minutes_and_hours_are_time_that_really_passes(started: datetime, amount: int, unit: Unit, answer: Due) -> None:
    assert due(started, amount, unit, WORKING) == answer


@given(st.datetimes(max_value=datetime(9000, 1, 1), timezones=st.just(UTC)), st.integers(0, 10**6))
def test_minutes_are_exact(started: datetime, amount: int) -> None:
    answer = due(started, amount, Unit.MINUTES, WORKING)
    assert answer.due_at - started == timedelta(minutes=amount)
    assert answer.due_on == london_day(answer.due_at)


@pytest.mark.parametrize(
    ("event_on", "months", "ends"),
    [
        (date(2026, 1, 10), 3, date(2026, 4, 10)),
        (date(2025, 11, 27), 3, date(2026, 2, 27)),
        (date(2025, 11, 28), 3, date(2026, 2, 28)),  # begins 29 November; no 29 February in 2026
        (date(2025, 11, 29), 3, date(2026, 2, 28)),  # begins 30 November
        (date(2025, 11, 30), 3, date(2026, 2, 28)),  # begins 1 December
        (date(2027, 11, 28), 3, date(2028, 2, 28)),  # begins 29 November; 29 February 2028 exists
        (date(2027, 11, 29), 3, date(2028, 2, 29)),
        (date(2026, 2, 28), 3, date(2026, 5, 31)),  # begins 1 March
        (date(2026, 9, 30), 3, date(2026, 12, 31)),  # year end, begins 1 October
        (date(2026, 1, 10), 12, date(2027, 1, 10)),
        (date(2028, 2, 28), 12, date(2029, 2, 28)),  # begins on a leap day
        (date(2026, 1, 10), 0, date(2026, 1, 10)),
    ],
)
def test_months_begin_the_day_after_and_end_before_the_corresponding_date(event_on: date, months: int, ends: date) -> None:
    assert months_end_on(event_on, months) == ends
    started = datetime(event_on.year, event_on.month, event_on.day, 23, 59, tzinfo=LONDON)
    assert due(started, months, Unit.MONTHS, WORKING) == due_by_end_of(ends)


@given(near, st.integers(1, 240))
def test_months_are_never_skipped(event_on: date, months: int) -> None:
    """The period's next day lies in the month that many months on, or is the first of the one after."""
    begins, after = event_on + ONE_DAY, months_end_on(event_on, months) + ONE_DAY
    later = (after.year - begins.year) * 12 + after.month - begins.month
    assert (later, after.day) == (months, begins.day) or (later, after.day) == (months + 1, 1)


@given(near, near, st.integers(0, 240))
def test_months_keep_the_order_of_events_and_grow(one: date, other: date, months: int) -> None:
    one, other = sorted((one, other))
    assert months_end_on(one, months) <= months_end_on(other, months)
    assert months_end_on(one, months) < months_end_on(one, months + 1)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 11, 26), "26 November (4 days)"),
        (date(2026, 11, 23), "23 November (1 day)"),
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "21 November (1 day over)"),
        (date(2030, 1, 1), "1 January 2030 (1,136 days)"),
        (FAR_FUTURE, "nothing due"),
    ],
)
def test_due_in_words(due_on: date, words: str) -> None:
    assert due_in_words(due_on, date(2026, 11, 22)) == words


@given(st.dates(), st.dates())
def test_words_never_raise(due_on: date, today: date) -> None:
    assert due_in_words(due_on, today)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("amount", [1, 10**5, 10**12, 10**30])
@pytest.mark.parametrize("started", [EARLIEST, LATEST, datetime.max.replace(tzinfo=timezone(-ONE_DAY / 2))])
def test_nothing_overflows(started: datetime, amount: int, unit: Unit) -> None:
    answer = due(started, amount, unit, WORKING)
    assert answer.due_at <= FAR_FUTURE_AT
    assert answer.due_on <= FAR_FUTURE
    if started.year == 9999 or amount > 10**10:
        assert answer == Due(FAR_FUTURE_AT, FAR_FUTURE)


def test_adding_past_the_end_is_held_at_the_last_day() -> None:
    assert WORKING.add_working_days(date(9999, 12, 30), 1) == FAR_FUTURE
    assert WORKING.add_working_days(date(9999, 12, 30), 2) == FAR_FUTURE
    assert WORKING.add_working_days(date.min, 1) == date(1, 1, 2)
    assert due_by_end_of(FAR_FUTURE) == Due(FAR_FUTURE_AT, FAR_FUTURE)
    assert months_end_on(date(9999, 1, 10), 1) == date(9999, 2, 10)
    assert due(utc(9999, 12, 30, 23), 2, Unit.HOURS, WORKING) == Due(FAR_FUTURE_AT, FAR_FUTURE)


def test_backwards_and_zoneless_clocks_are_refused() -> None:
    for unit in Unit:
        with pytest.raises(ValueError, match="forwards"):
            due(utc(2026, 1, 1), -1, unit, WORKING)
    with pytest.raises(ValueError, match="forwards"):
        WORKING.add_working_days(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="forwards"):
        months_end_on(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 1, 1), 1, Unit.DAYS, WORKING)
