"""The file of refused records: safe in a spreadsheet, mended, imported again."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.extract.columns import COLUMNS, REFUSED_COLUMNS
from cases.extract.reader import Extract
from cases.extract.refused import RefusedWriter
from tests.unit.extract.support import AS_OF, DATA, as_csv, batches, refusals, row


def written(source: bytes) -> bytes:
    out = io.BytesIO()
    with Extract(io.BytesIO(source), as_of=AS_OF) as extract:
        writer = RefusedWriter(out, extract.header)
        for batch in extract.cases():
            for refused in batch.refused:
                writer.write(refused)
    return out.getvalue()


def read_back(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_the_dirty_file_mended_and_imported() -> None:
    source = (DATA / "rms-extract-dirty.csv").read_bytes()
    file = written(source)
    rows = read_back(file)
    assert len(rows) == 29
    assert tuple(rows[0]) == (*COLUMNS, *REFUSED_COLUMNS)
    again = written(file)
    assert [r["reason"] for r in read_back(again) if "conflicts" not in r["reason"]] == [
        r["reason"] for r in rows if "conflicts" not in r["reason"]
    ]
    pigeon = file.replace(b"carrier pigeon", b"mobile")
    assert sum(len(batch.accepted) for batch in batches(pigeon)) == 3  # and the conflict, alone


def test_what_was_written_comes_back() -> None:
    cells = row(
        risk="low",
        unit='=HYPERLINK("http://127.0.0.1/","x")',
        oic_name="'=1",
        victim_phone="+44 7700 900123",
        contact_interval_days="-3",
        offence_description='a "b",\r\nc',
        suspect_surname="  O'Neill\u00a0",
    )
    file = written(as_csv(cells))
    (shown,) = read_back(file)
    assert shown["unit"].startswith("'=")
    assert shown["victim_phone"].startswith("'+")
    assert shown["contact_interval_days"] == "-3"
    (refused,) = refusals(batches(file))
    assert dict(zip(COLUMNS, refused.cells, strict=False)) == cells
    assert written(file) == file


def test_mended_records_keep_their_text() -> None:
    file = written(as_csv(row(risk="low", unit="=1+1", oic_name="'=1")))
    (batch,) = batches(file.replace(b'"low"', b'"high"'))
    assert batch.accepted[0].case.unit == "=1+1"
    assert batch.accepted[0].case.oic_name == "'=1"


def test_an_apostrophe_in_an_ordinary_extract_is_left_alone() -> None:
    (batch,) = batches(as_csv(row(unit="'=1")))
    assert batch.accepted[0].case.unit == "'=1"


def test_a_record_cut_short_stays_refused_until_mended() -> None:
    short = as_csv(row()).rstrip(b"\r\n")[:-1]
    file = written(short)
    (shown,) = read_back(file)
    assert shown["outcome_on"] == "(no cell)"
    assert "36 cells" in shown["reason"]
    (refused,) = refusals(batches(file))
    assert refused.column == "outcome_on"
    (batch,) = batches(file.replace(b"(no cell)", b""))
    assert len(batch.accepted) == 1


def test_a_record_too_long_stays_refused() -> None:
    file = written(as_csv(row()).rstrip(b"\r\n") + b",x,y\r\n")
    (shown,) = read_back(file)
    assert "39 cells" in shown["reason"]
    (refused,) = refusals(batches(file))
    assert "cells" in refused.reason
    assert written(file).count(b'"x","y"') == 1


def test_bad_bytes_become_a_character_that_is_refused() -> None:
    file = written(as_csv(row(unit="Ärger")).decode().encode("latin-1"))
    (shown,) = read_back(file)
    assert shown["unit"] == "\ufffdrger"
    (refused,) = refusals(batches(file))
    assert (refused.column, "lost" in refused.reason) == ("unit", True)


def test_columns_of_the_source_that_are_not_read_are_kept() -> None:
    source = b"risk,crime_reference,station,recorded_at,offence_code\nlow,52/1,=X,2026-09-06,19C\n"
    (shown,) = read_back(written(source))
    assert list(shown) == [
        "risk",
        "crime_reference",
        "station",
        "recorded_at",
        "offence_code",
        *REFUSED_COLUMNS,
    ]
    assert shown["station"] == "'=X"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(st.characters(codec="utf-8"))))
def test_any_text_survives_the_round(cells: dict[str, str]) -> None:
    given_cells = row(risk="low") | {k: v for k, v in cells.items() if k != "risk"}
    file = written(as_csv(given_cells))
    found = refusals(batches(file))
    assert [dict(zip(COLUMNS, r.cells, strict=False)) for r in found] == [given_cells]
