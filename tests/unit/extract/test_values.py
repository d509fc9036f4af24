"""The readers of single cells."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.extract.columns import COLUMNS, NAME_COLUMNS, OFFENCES
from cases.extract.records import read_cell
from cases.extract.spreadsheet import as_written, harmless
from cases.extract.values import Moment, Refusal
from tests.unit.extract.support import AS_OF


def reason(column: str, text: str) -> str:
    with pytest.raises(Refusal) as refusal:
        read_cell(column, text, AS_OF)
    assert refusal.value.column == column
    return refusal.value.reason


def moment(text: str) -> Moment:
    value = read_cell("arrested_at", text, AS_OF)
    assert isinstance(value, Moment)
    return value


@pytest.mark.parametrize(
    ("text", "utc", "day_only"),
    [
        ("2026-11-20", "2026-11-20T00:00", True),
        ("2026-11-20T14:05", "2026-11-20T14:05", False),
        ("2026-11-20T14:05:30", "2026-11-20T14:05:30", False),
        ("20/11/2026", "2026-11-20T00:00", True),
        ("20/11/2026 14:05", "2026-11-20T14:05", False),
        ("20/07/2026 14:05", "2026-07-20T13:05", False),
        ("2026-07-20", "2026-07-19T23:00", True),
        ("2026-10-25T01:30", "2026-10-25T00:30", False),
        ("2026-03-29T01:30", "2026-03-29T01:30", False),
        ("\u00a0\t2026-11-20 ", "2026-11-20T00:00", True),
    ],
)
def test_moments(text: str, utc: str, day_only: bool) -> None:
    assert moment(text) == Moment(dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC), day_only)


def test_a_skipped_hour_is_moved_forward_on_the_london_clock() -> None:
    assert moment("2026-03-29T01:30") == moment("2026-03-29T02:30")
    assert moment("2026-03-29T01:30").day == dt.date(2026, 3, 29)


def test_a_day_in_summer_keeps_its_day() -> None:
    assert moment("2026-07-20").day == dt.date(2026, 7, 20)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2026-02-30", "exists"),
        ("2026-11-20T24:00", "exists"),
        ("2026-11-20T10:60", "exists"),
        ("31/11/2026", "exists"),
        ("0000-01-01", "year"),
        ("9999-12-31", "year"),
        ("1899-12-31T10:00", "year"),
        ("2026-11-23", "future"),
        ("2026-11-20 14:05", "form"),
        ("2026-11-20T14:05Z", "form"),
        ("1/2/2026", "form"),
        ("11/20/2026", "exists"),
        ("٢٠٢٦-١١-٢٠", "form"),
        ("45000", "form"),
    ],
)
def test_days_refused(text: str, word: str) -> None:
    assert word in reason("arrested_at", text)


def test_today_is_past_to_its_last_minute_and_bail_may_end_later() -> None:
    assert moment("2026-11-22T23:59").day == AS_OF
    assert read_cell("bail_expires_on", "2027-04-10", AS_OF) == dt.date(2027, 4, 10)


@pytest.mark.parametrize("word", ["NULL", "n/a", " N/A\u00a0", "\t", ""])
def test_blanks(word: str) -> None:
    assert read_cell("unit", word, AS_OF) is None
    assert "blank" in reason("risk", word)


@pytest.mark.parametrize("column", NAME_COLUMNS)
def test_null_is_a_surname(column: str) -> None:
    assert read_cell(column, " Null\t", AS_OF) == "Null"


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("crime_reference", " 52/ab-1 ", "52/AB-1"),
        ("urn", "52d49817126", "52D49817126"),
        ("offence_code", "19c", "19C"),
        ("risk", "HIGH", "high"),
        ("bail_status", "RUI", "rui"),
        ("contact_method", "VIA isva", "via ISVA"),
        ("supports_prosecution", "Undecided", "undecided"),
        ("contact_interval_days", "365", 365),
        ("outcome_code", "01", 1),
        ("victim_email", "siân.o'neill+x@mail.example.org", "siân.o'neill+x@mail.example.org"),
        ("unit", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_values(column: str, text: str, value: object) -> None:
    assert read_cell(column, text, AS_OF) == value


@pytest.mark.parametrize("code", OFFENCES)
def test_every_offence(code: str) -> None:
    assert read_cell("offence_code", code.lower(), AS_OF) == code


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("crime_reference", "ab"),
        ("crime_reference", "a" * 31),
        ("crime_reference", "AB 12"),
        ("crime_reference", "ÀB12"),
        ("urn", "52-A1-1"),
        ("urn", "52D498171２6"),
        ("offence_code", "999Z"),
        ("risk", "low"),
        ("contact_interval_days", "0"),
        ("contact_interval_days", "366"),
        ("contact_interval_days", "-3"),
        ("contact_interval_days", "7.0"),
        ("contact_interval_days", "9" * 5000),
        ("outcome_code", "0"),
        ("outcome_code", "23"),
        ("victim_email", "not an address"),
        ("victim_email", "a@b"),
        ("victim_email", "a@b..uk"),
        ("victim_email", "a@b.uk\nBcc: c@d.uk"),
        ("victim_email", "a" * 250 + "@b.uk"),
        ("unit", "x" * 101),
        ("suspect_surname", "a\x00b"),
        ("suspect_surname", "a\udcffb"),
        ("suspect_surname", "a\x07b"),
        ("suspect_surname", "a\x85b"),
        ("offence_description", "\x1b[31m"),
    ],
)
def test_refused(column: str, text: str) -> None:
    assert reason(column, text)


def test_a_reason_never_repeats_the_cell() -> None:
    for column in COLUMNS:
        if column in {"crime_reference", "urn", "risk", "victim_email", "contact_method"}:
            assert "Zebedee" not in reason(column, "Zebedee Q. Zebedee")


@given(st.sampled_from(COLUMNS), st.text() | st.text("0123456789-/T: ", max_size=20))
def test_any_cell_is_read_or_refused(column: str, cell: str) -> None:
    with contextlib.suppress(Refusal):
        read_cell(column, cell, AS_OF)


@given(st.text("'=+-@\t\r\n\x00 ＝1a") | st.text())
def test_harmless_loses_nothing(text: str) -> None:
    assert as_written(harmless(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1"])
def test_formulas_are_marked(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-3", "O'Neill", "'tis", "a=b", "", "07700 900123"])
def test_other_text_is_not(text: str) -> None:
    assert harmless(text) == text
