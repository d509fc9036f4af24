"""Opening files, cutting them into records, and reading them case by case."""

import contextlib
import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.extract import reader, scan
from cases.extract.columns import COLUMNS
from cases.extract.reader import Extract
from cases.extract.scan import FileRefused
from tests.unit.extract.support import AS_OF, DATA, as_csv, batches, refusals, row

HEADER = ",".join(COLUMNS).encode() + b"\r\n"


def refused_file(source: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        batches(source)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "names none"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "names none"),
        (b"PK\x03\x04\x14\x00\x06\x00", "no text has"),
        (as_csv(row()).decode().encode("utf-16"), "no text has"),
        (HEADER.replace(b"\r\n", b"\r") + b"x,y\r", "line break"),
        (HEADER.replace(b",", b";"), "commas"),
        (HEADER.replace(b",risk,", b",Gef\xe4hrdung,"), "UTF-8"),
        (HEADER.replace(b",risk,", b",danger,"), "missing: risk"),
        (HEADER.replace(b",unit,", b",risk,"), "twice: risk"),
        (HEADER + b'52/1,"open\r\n' + b"a,b\r\n" * 9, "line 2"),
        (HEADER[:-2] + b"," + b"x" * (1 << 21) + b"\r\n", "longer"),
    ],
)
def test_files_refused(source: bytes, word: str) -> None:
    assert word in refused_file(source)


def test_a_path_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(FileRefused):
            Extract(path, as_of=AS_OF)


def test_a_stream_that_cannot_be_read_twice() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with pytest.raises(FileRefused):
        Extract(Pipe(as_csv(row())), as_of=AS_OF)


def test_with_and_without_byte_order_mark_and_from_a_path(tmp_path: Path) -> None:
    plain = as_csv(row())
    (tmp_path / "x.csv").write_bytes(plain)
    assert batches(plain) == batches(b"\xef\xbb\xbf" + plain) == batches(tmp_path / "x.csv")
    assert len(batches(plain)[0].accepted) == 1


def test_a_stream_handed_in_stays_open() -> None:
    stream = io.BytesIO(as_csv(row()))
    with Extract(stream, as_of=AS_OF) as extract:
        assert extract.records == 1
    assert not stream.closed


def test_columns_in_any_order_case_and_company() -> None:
    cells = row()
    names = [*reversed(COLUMNS), "station", "", ""]
    line = ",".join([cells[name] for name in reversed(COLUMNS)] + ["x", "y", "z"])
    source = ",".join(f" {name.upper()}\u00a0" for name in names) + "\n" + line
    assert batches(source.encode())[0].accepted[0].case.risk == "high"


def test_only_the_mandatory_columns() -> None:
    source = b"crime_reference,recorded_at,offence_code,risk\n52/1,2026-09-06,19C,high\n"
    assert batches(source)[0].accepted[0].suspect is None


def test_lines_are_physical_lines() -> None:
    story = row(crime_reference="A/1", offence_description='One,\r\n"two"\nthree')
    bad = row(crime_reference="A/2", risk="low")
    source = as_csv(story, bad).replace(b"\r\nA/2", b"\r\n\r\n\nA/2")
    found = batches(source)
    assert found[0].accepted[0].case.offence_description == 'One,\r\n"two"\nthree'
    assert [(r.number, r.line) for r in refusals(found)] == [(2, 7)]


def test_a_wrong_number_of_cells_refuses_the_record_alone() -> None:
    good = as_csv(row())
    found = batches(good + b"52260000001/26,too,few\r\n" + good[len(HEADER) :][:-2] + b",many\r\n")
    assert sum(len(batch.accepted) for batch in found) == 1
    assert [(r.number, r.column) for r in refusals(found)] == [(2, ""), (3, "")]
    assert all("cells" in r.reason for r in refusals(found))


@pytest.mark.parametrize("size", [200_000, 3_000_000])
def test_a_huge_cell_refuses_the_record_alone(size: int) -> None:
    huge = row(crime_reference="A/1", offence_description="x,\n" * (size // 3))
    found = batches(as_csv(row(crime_reference="A/0"), huge, row(crime_reference="A/2")))
    assert [b.crime_reference for b in found] == ["A/0", "A/2", ""]
    (refused,) = refusals(found)
    assert (refused.number, refused.line) == (2, 3)
    assert "long" in refused.reason


def test_bad_bytes_refuse_a_record_and_throughout_the_file() -> None:
    bad = [row(crime_reference=f"A/{n}", unit="Ärger") for n in range(30)]
    source = as_csv(*bad[:2], row()).decode().encode("latin-1")
    found = batches(source)
    assert [(r.number, r.column) for r in refusals(found)] == [(1, "unit"), (2, "unit")]
    assert "throughout" in refused_file(as_csv(*bad, row()).decode().encode("latin-1"))


def test_one_reference_throughout_is_a_wrong_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "RECORDS_OF_A_CASE", 2)
    rows = [row(victim_nominal=f"N{n}") for n in range(3)]
    assert "same crime_reference" in refused_file(as_csv(*rows))


def test_a_case_is_gathered_from_all_over_the_file() -> None:
    rows = [
        row(crime_reference="b/1", victim_nominal="V1"),
        row(crime_reference="A/1"),
        row(crime_reference=" B/1 ", victim_nominal="V2"),
        row(crime_reference="?"),
        row(crime_reference="A/1", victim_nominal="V3", risk="low"),
        row(crime_reference="C/1", risk="low"),
    ]
    found = batches(as_csv(*rows))
    assert [b.crime_reference for b in found] == ["B/1", "A/1", "C/1", ""]
    assert [[r.number for r in b.accepted] for b in found] == [[1, 3], [2], [], []]
    assert [[r.number for r in b.refused] for b in found] == [[], [5], [6], [4]]


def test_the_same_record_twice_is_repeated() -> None:
    bad = row(victim_nominal="N9", risk="low")
    (batch,) = batches(as_csv(row(), row(unit=" NULL"), bad, bad, row(oic_name="DC Pike")))
    assert [r.number for r in batch.accepted] == [1, 5]
    assert [r.number for r in batch.refused] == [3]
    assert batch.repeated == 2


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("urn", "52D49817126", "52D49817127"),
        ("recorded_at", "2026-09-06T20:42", "2026-09-06T20:43"),
        ("offence_code", "19C", "19D"),
        ("offence_from", "2026-09-01", "2026-09-02"),
        ("offence_to", "2026-09-03", "2026-09-04"),
        ("unit", "North", "South"),
        ("oic_number", "1", "2"),
        ("oic_name", "DC Pike", "DC Pugh"),
        ("supervisor_number", "1", "2"),
        ("supervisor_name", "DI Pike", "DI Pugh"),
        ("risk", "high", "medium"),
        ("outcome_code", "16", "15"),
        ("outcome_on", "2026-10-01", "2026-10-02"),
    ],
)
def test_conflicts(column: str, first: str, second: str) -> None:
    both = {"outcome_code": "16", "outcome_on": "2026-10-01"} if "outcome" in column else {}
    rows = [
        row(victim_nominal="V0") | both | {column: "?" * 200},
        row(victim_nominal="V1") | both | {column: first},
        row(victim_nominal="V2") | both | {column: second},
        row(victim_nominal="V3") | both | {column: first},
    ]
    (batch,) = batches(as_csv(*rows))
    assert [r.number for r in batch.accepted] == [2, 4]
    assert [(r.number, r.column) for r in batch.refused] == [(1, column), (3, column)]
    assert "conflict" in batch.refused[1].reason
    assert "record 2 " in batch.refused[1].reason


def test_no_conflict() -> None:
    rows = [
        row(victim_nominal="V1", unit="North", offence_description="One"),
        row(victim_nominal="V2", unit="", offence_description="Two", recorded_at="06/09/2026 20:42"),
        row(victim_nominal="V3", unit="North", risk="HIGH", offence_code="19c"),
    ]
    (batch,) = batches(as_csv(*rows))
    assert len(batch.accepted) == 3


def test_a_file_that_changes_meanwhile_is_refused() -> None:
    source = as_csv(row(crime_reference="A/1"), row(crime_reference="A/2"))
    for change in (source.replace(b"A/2", b"A/3"), source[: source.index(b"A/2")], source[:-9]):
        stream = io.BytesIO(source)
        with Extract(stream, as_of=AS_OF) as extract:
            stream.seek(0)
            stream.truncate()
            stream.write(change)
            with pytest.raises(FileRefused):
                list(extract.cases())


crumbs = st.lists(st.sampled_from([b'"', b",", b"\r", b"\n", b"a", b"\x00", b"\xff", b"52/1", b"high", b"19C"]))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary() | crumbs.map(b"".join), st.booleans(), st.booleans())
def test_no_bytes_crash_the_reader(body: bytes, headed: bool, short: bool) -> None:
    head = b"crime_reference,recorded_at,offence_code,risk\n" if short else HEADER
    with contextlib.suppress(FileRefused):
        found = batches(head + body if headed else body)
        assert all(batch.refused or batch.accepted for batch in found)


@settings(deadline=None)
@given(crumbs.map(b"".join).map(lambda body: body.replace(b"\r", b"")), st.integers(1, 9))
def test_records_are_cut_as_the_csv_module_cuts_them(body: bytes, chunk: int) -> None:
    before, scan._CHUNK = scan._CHUNK, chunk
    try:
        ours = [scan.cells_of(piece) for piece in scan.pieces(io.BytesIO(body), 0, 1)]
    except FileRefused:
        return
    finally:
        scan._CHUNK = before
    text = io.StringIO(body.decode("utf-8", "surrogateescape"), newline="")
    assert ours == [tuple(cells) for cells in csv.reader(text) if cells]


HEADER_SHORT = b"crime_reference,recorded_at,offence_code,risk,victim_nominal,offence_description\n"


def peak_of(path: Path, records: int) -> int:
    with path.open("wb") as stream:
        stream.write(HEADER_SHORT)
        for n in range(records):
            stream.write(b'A/%07d,2026-09-06,19C,high,V%d,"%b"\n' % (n // 4, n % 4, b"x\n" * 9))
    cases = read = 0
    tracemalloc.start()
    try:
        with Extract(path, as_of=AS_OF) as extract:
            for batch in extract.cases():
                cases += 1
                read += len(batch.accepted)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (cases, read) == (records // 4, records)
    return peak


@pytest.mark.slow
def test_memory_is_constant(tmp_path: Path) -> None:
    # Ten lines a record: 20,000 and 200,000 lines.
    small, large = (peak_of(tmp_path / "x.csv", records) for records in (2_000, 20_000))
    assert large < 2_000_000
    assert large < small + 200_000


def test_the_files_are_read_alike_from_memory() -> None:
    path = DATA / "rms-extract-dirty.csv"
    assert batches(path) == batches(path.read_bytes())


def test_records_without_a_case_come_in_small_batches() -> None:
    source = b"crime_reference,recorded_at,offence_code,risk\n" + b",2026-09-06,19C,high\n" * 450
    assert [(b.crime_reference, len(b.refused), b.repeated) for b in batches(source)] == [("", 200, 0), ("", 200, 0), ("", 50, 0)]
