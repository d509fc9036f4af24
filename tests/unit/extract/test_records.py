"""The rules that look at several columns of one record."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.extract import columns
from cases.extract.records import CaseFacts, Record, Refused, SuspectFacts, VictimFacts, read_record
from tests.unit.extract.support import AS_OF, Read, row


def test_the_columns_are_complete() -> None:
    def names(kind: type) -> tuple[str, ...]:
        return tuple(field.name for field in dataclasses.fields(kind))

    assert names(CaseFacts) == columns.CASE_COLUMNS
    assert names(SuspectFacts) == columns.SUSPECT_LEVEL
    assert names(VictimFacts) == columns.VICTIM_LEVEL
    assert len(columns.COLUMNS) == len(set(columns.COLUMNS)) == 37
    assert set(columns.CASE_COLUMNS) - set(columns.CASE_LEVEL) == {
        "crime_reference",
        "offence_description",
    }


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"offence_from": "2026-09-07"}, "offence_from"),
        ({"offence_from": "2026-09-05", "offence_to": "2026-09-04"}, "offence_to"),
        ({"suspect_identified_at": ""}, "suspect_identified_at"),
        ({"arrested_at": "2026-09-07T20:41"}, "arrested_at"),
        ({"interviewed_at": "06/09/2026"}, "interviewed_at"),
        ({"outcome_code": "16"}, "outcome_on"),
        ({"outcome_on": "2026-10-01"}, "outcome_code"),
        ({"outcome_code": "16", "outcome_on": "2026-09-05"}, "outcome_on"),
        ({"risk": ""}, "risk"),
        ({"offence_code": "NULL"}, "offence_code"),
        ({"recorded_at": "2026-11-23"}, "recorded_at"),
        ({"last_contact_at": "2026-11-23T00:00"}, "last_contact_at"),
    ],
)
def test_refused(read: Read, cells: dict[str, str], column: str) -> None:
    refused = read(**cells)
    assert isinstance(refused, Refused)
    assert refused.column == column


@pytest.mark.parametrize(
    "cells",
    [
        {"offence_from": "2026-09-06", "offence_to": "2026-09-08"},
        {"offence_to": "2026-09-08"},
        {"arrested_at": "2026-09-07"},
        {"suspect_identified_at": "07/09/2026", "interviewed_at": "2026-09-07T00:05"},
        {"arrested_at": "2026-09-07T20:42"},
        {"outcome_code": "16", "outcome_on": "2026-09-06"},
        {"outcome_code": "NULL", "outcome_on": "N/A"},
    ],
)
def test_accepted(read: Read, cells: dict[str, str]) -> None:
    assert isinstance(read(**cells), Record)


def blank(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "")


def test_who_is_known(read: Read) -> None:
    nobody = read(**blank(*columns.SUSPECT_LEVEL, *columns.VICTIM_LEVEL))
    assert isinstance(nobody, Record)
    assert nobody.suspect is None
    assert nobody.victim is None
    unnamed = read(**blank(*columns.SUSPECT_LEVEL) | {"suspect_identified_at": "2026-09-07"})
    assert isinstance(unnamed, Record)
    assert unnamed.suspect is not None
    bail = read(**blank(*columns.SUSPECT_LEVEL) | {"bail_status": "bail"})
    assert isinstance(bail, Refused)
    assert bail.column == "suspect_identified_at"


def test_a_missing_column_is_blank() -> None:
    raw = {name: cell for name, cell in row().items() if name in columns.MANDATORY}
    assert isinstance(read_record(raw, 1, 2, AS_OF), Record)


any_cell = st.text(max_size=30) | st.sampled_from(["2026-11-20", "20/11/2026 01:30", "NULL", "yes", "16", "high", "\ud800", "\x00", "'=1"])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(columns.COLUMNS), any_cell))
def test_any_cells_are_read_or_refused(cells: dict[str, str]) -> None:
    read = read_record(row(**cells), 7, 9, AS_OF)
    assert (read.number, read.line) == (7, 9)
    if isinstance(read, Refused):
        assert read.column in columns.COLUMNS
        assert read.reason
