"""Days that an administrator adds to the table of bank holidays or takes out of it."""

from datetime import date

import pytest

from core.calendar import FAR_FUTURE, WorkingDays, england_and_wales

CHRISTMAS, BOXING_DAY, EXTRA = date(2026, 12, 25), date(2026, 12, 28), date(2027, 6, 7)
TABLE = WorkingDays(frozenset({CHRISTMAS, BOXING_DAY}), date(2026, 12, 31))


def test_a_day_added_is_closed_and_one_inside_the_table_does_not_move_its_end() -> None:
    fixed = TABLE.corrected([(date(2026, 12, 24), True)])
    assert fixed == WorkingDays(frozenset({CHRISTMAS, BOXING_DAY, date(2026, 12, 24)}), date(2026, 12, 31))
    assert not fixed.is_working_day(date(2026, 12, 24))


def test_a_day_added_beyond_the_end_moves_it_there() -> None:
    assert TABLE.corrected([(EXTRA, True)]) == WorkingDays(frozenset({CHRISTMAS, BOXING_DAY, EXTRA}), EXTRA)


def test_a_day_taken_out_is_open_and_the_end_stays() -> None:
    fixed = TABLE.corrected([(BOXING_DAY, False)])
    assert fixed == WorkingDays(frozenset({CHRISTMAS}), date(2026, 12, 31))
    assert fixed.is_working_day(BOXING_DAY)


def test_what_is_not_in_the_table_is_taken_out_of_it_without_complaint() -> None:
    assert TABLE.corrected([(EXTRA, False)]) is TABLE


def test_a_later_row_goes_before_an_earlier_one() -> None:
    assert TABLE.corrected([(CHRISTMAS, False), (CHRISTMAS, True)]) is TABLE
    assert TABLE.corrected([(EXTRA, True), (EXTRA, False)]).holidays == TABLE.holidays
    assert TABLE.corrected([(EXTRA, True), (EXTRA, False)]).known_until == EXTRA, "it was known up to that day"


def test_nothing_corrected_is_the_same_table() -> None:
    assert TABLE.corrected([]) is TABLE
    assert TABLE.corrected([(CHRISTMAS, True)]) is TABLE


def test_somebody_is_told_120_days_before_the_table_ends() -> None:
    table = WorkingDays(frozenset(), date(2027, 5, 1))
    assert not table.warning_due(date(2026, 12, 31)), "121 days before"
    assert table.warning_due(date(2027, 1, 1))


def test_the_last_working_day_there_is_stands_before_a_holiday_at_the_end_of_the_calendar() -> None:
    closed = WorkingDays(frozenset({FAR_FUTURE}), FAR_FUTURE)
    assert closed.add_working_days(date(9999, 12, 29), 1) == date(9999, 12, 30)
    assert closed.add_working_days(date(9999, 12, 29), 2) == FAR_FUTURE, "there is no other"


def test_the_bundled_table_is_read_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for bank holidays")

    monkeypatch.setattr("govuk_bank_holidays.bank_holidays.requests.get", asked)
    assert date(2026, 12, 28) in england_and_wales.__wrapped__().holidays
