"""Dates and London times as people type them."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from core.formfields import GovDateField, GovDateTimeField, london_moments, month_number, time_of_day
from core.widgets import DateParts, DateTimeParts, GovDateInput, GovDateTimeInput


def refusal(field: GovDateField, value: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The code of the error that the value gets, and the parts it names."""
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    assert isinstance(caught.value.params, dict)
    return caught.value.code, caught.value.params["parts"]


@pytest.mark.parametrize("month", ["11", "nov", "November", "NOV."])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert GovDateField().clean(DateParts("22", month, "2026")) == date(2026, 11, 22)


def test_sept_is_september_and_two_letters_are_nothing() -> None:
    assert month_number("sept") == 9
    assert month_number("ma") is None


@pytest.mark.parametrize(
    ("typed", "code", "parts"),
    [
        (("", "", ""), "required", ("day", "month", "year")),
        (("22", "", "2026"), "missing", ("month",)),
        (("22", "", ""), "missing", ("month", "year")),
        (("22", "11", "26"), "year", ("year",)),
        (("22", "11", "٢٠٢٦"), "year", ("year",)),
        (("30", "2", "2026"), "invalid", ("day", "month", "year")),
        (("29", "2", "2026"), "invalid", ("day", "month", "year")),
        (("22", "brumaire", "2026"), "invalid", ("month",)),
        (("x", "11", "2026"), "invalid", ("day", "month", "year")),
        (("0", "11", "2026"), "invalid", ("day", "month", "year")),
        (("31", "12", "9999"), "latest", ("day", "month", "year")),
        (("31", "12", "1899"), "earliest", ("day", "month", "year")),
        (("1", "1", "0000"), "invalid", ("day", "month", "year")),
    ],
)
def test_a_date_that_is_none_is_refused_and_the_inputs_named(typed: tuple[str, str, str], code: str, parts: tuple[str, ...]) -> None:
    assert refusal(GovDateField(), DateParts(*typed)) == (code, parts)


def test_29_february_of_a_leap_year_and_the_last_day_of_all_are_dates() -> None:
    assert GovDateField().clean(DateParts("29", "2", "2028")) == date(2028, 2, 29)
    assert GovDateField(latest=date.max).clean(DateParts("31", "12", "9999")) == date.max


def test_limits_are_inclusive_and_may_be_functions() -> None:
    field = GovDateField(earliest=date(2026, 11, 1), latest=lambda: date(2026, 11, 22))

    assert field.clean(DateParts("22", "11", "2026")) == date(2026, 11, 22)
    assert field.clean(DateParts("1", "11", "2026")) == date(2026, 11, 1)
    assert refusal(field, DateParts("23", "11", "2026"))[0] == "latest"
    assert refusal(field, DateParts("31", "10", "2026"))[0] == "earliest"


def test_an_empty_optional_date_is_none() -> None:
    assert GovDateField(required=False).clean(DateParts()) is None
    assert GovDateTimeField(required=False).clean(DateTimeParts()) is None
    assert GovDateField(required=False).clean(None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:05", time(14, 5)),
        ("14.05", time(14, 5)),
        ("1405", time(14, 5)),
        ("2:05pm", time(14, 5)),
        ("2 p.m.", time(14)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("0:00", time(0)),
        ("24:00", None),
        ("13pm", None),
        ("0am", None),
        ("14:60", None),
        ("14", None),
        ("١٤:٠٥", None),
        ("noonish", None),
    ],
)
def test_times_of_day(text: str, expected: time | None) -> None:
    assert time_of_day(text) == expected


def test_a_london_time_is_kept_in_utc() -> None:
    field = GovDateTimeField()

    assert field.clean(DateTimeParts("1", "7", "2026", "14:05")) == datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
    assert field.clean(DateTimeParts("1", "12", "2026", "14:05")) == datetime(2026, 12, 1, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("29", "3", "2026", "01:30"), "gap"),
        (("29", "3", "2026", "01:00"), "gap"),
        (("25", "10", "2026", "01:30"), "fold"),
        (("25", "10", "2026", "01:00"), "fold"),
        (("22", "11", "2026", ""), "missing_time"),
        (("22", "11", "2026", "25:00"), "invalid_time"),
        (("", "", "", "14:05"), "missing"),
        (("22", "", "2026", "14:05"), "missing"),
        (("", "", "", ""), "required"),
    ],
)
def test_a_time_that_cannot_be_placed_is_refused(typed: tuple[str, str, str, str], code: str) -> None:
    assert refusal(GovDateTimeField(), DateTimeParts(*typed))[0] == code


def test_the_hours_beside_a_gap_and_a_fold_are_accepted() -> None:
    assert london_moments(date(2026, 3, 29), time(0, 59)) == [datetime(2026, 3, 29, 0, 59, tzinfo=UTC)]
    assert london_moments(date(2026, 3, 29), time(2)) == [datetime(2026, 3, 29, 1, tzinfo=UTC)]
    assert london_moments(date(2026, 10, 25), time(0, 59)) == [datetime(2026, 10, 24, 23, 59, tzinfo=UTC)]
    assert london_moments(date(2026, 10, 25), time(2)) == [datetime(2026, 10, 25, 2, tzinfo=UTC)]


def test_the_messages_of_gap_and_fold_say_what_to_do() -> None:
    messages = GovDateTimeField().error_messages

    assert messages["gap"] == "That time never happened, because the clocks went forward: choose another"
    assert messages["fold"] == "That time happened twice, because the clocks went back: choose another"


def test_a_moment_is_shown_as_london_time_and_has_not_changed_when_sent_back() -> None:
    moment = datetime(2026, 7, 1, 13, 5, 59, tzinfo=UTC)
    shown = GovDateTimeInput().decompress(moment)

    assert shown == DateTimeParts("1", "7", "2026", "14:05")
    assert not GovDateTimeField().has_changed(moment, shown)
    assert GovDateTimeField().has_changed(moment, DateTimeParts("1", "7", "2026", "14:06"))
    assert GovDateTimeField().has_changed(None, shown)
    with pytest.raises(ValueError, match="zone"):
        GovDateTimeInput().decompress(datetime(2026, 7, 1, 13, 5))


def test_a_date_has_changed_only_when_it_means_something_else() -> None:
    field = GovDateField()

    assert not field.has_changed(date(2026, 7, 1), DateParts("01", "jul", "2026"))
    assert field.has_changed(date(2026, 7, 1), DateParts("32", "7", "2026"))
    assert not GovDateField(required=False).has_changed(None, DateParts())
    assert not GovDateField(disabled=True).has_changed(date(2026, 7, 1), DateParts("2", "7", "2026"))


def test_what_is_typed_is_trimmed_and_cut_and_what_is_not_sent_is_empty() -> None:
    widget = GovDateInput()

    assert widget.value_from_datadict({"d_day": " 2 ", "d_month": "x" * 99}, None, "d") == ("2", "x" * 20, "")
    assert widget.value_omitted_from_data({"other": "1"}, {}, "d")
    assert not widget.value_omitted_from_data({"d_day": ""}, {}, "d")
    assert widget.id_for_label("id_d") == "id_d_day"
