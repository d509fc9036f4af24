"""The two files of the specification, against the figures it states."""

import csv
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cases.extract.fold import FoldedCase, fold
from cases.extract.reader import CaseBatch
from cases.extract.tally import Tally
from tests.unit.extract.support import AS_OF, DATA, batches, refusals

CLEAN = DATA / "rms-extract.csv"
DIRTY = DATA / "rms-extract-dirty.csv"

DIRTY_REFUSED = [
    (14, 15, "urn", "7 digits"),
    (16, 17, "offence_code", "offence codes"),
    (57, 58, "contact_interval_days", "1 to 365"),
    (60, 61, "contact_method", "via police"),
    (66, 67, "arrested_at", "identified"),
    (78, 79, "contact_interval_days", "1 to 365"),
    (84, 85, "contact_interval_days", "1 to 365"),
    (104, 106, "contact_method", "via police"),
    (105, 107, "arrested_at", "identified"),
    (134, 136, "victim_dob", "exists"),
    (137, 139, "victim_email", "e-mail"),
    (167, 169, "victim_email", "e-mail"),
    (183, 185, "crime_reference", "blank"),
    (226, 229, "arrested_at", "identified"),
    (250, 253, "outcome_code", "1 to 22"),
    (258, 261, "urn", "7 digits"),
    (272, 275, "victim_email", "e-mail"),
    (301, 305, "offence_code", "offence codes"),
    (314, 318, "victim_email", "e-mail"),
    (347, 352, "risk", "record 346"),
    (350, 355, "victim_dob", "exists"),
    (364, 369, "crime_reference", "blank"),
    (372, 377, "arrested_at", "identified"),
    (427, 432, "victim_dob", "exists"),
    (455, 461, "urn", "7 digits"),
    (457, 463, "outcome_code", "1 to 22"),
    (459, 465, "crime_reference", "blank"),
    (461, 467, "victim_email", "e-mail"),
    (465, 471, "contact_interval_days", "1 to 365"),
]


def folded(found: list[CaseBatch]) -> list[FoldedCase]:
    return [fold(batch.accepted) for batch in found if batch.accepted]


@pytest.mark.parametrize(
    ("path", "figures"),
    [(CLEAN, (1380, 0, 0, 1200, 1144, 1259)), (DIRTY, (465, 29, 3, 380, 351, 401))],
)
def test_figures(path: Path, figures: tuple[int, ...]) -> None:
    found = batches(path)
    tally = Tally()
    for batch in found:
        tally.add(batch)
    cases = folded(found)
    suspects = sum(len(case.suspects) for case in cases)
    complainants = sum(len(case.complainants) for case in cases)
    assert figures == (
        tally.read,
        tally.refused,
        tally.repeated,
        len(cases),
        suspects,
        complainants,
    )
    assert tally.accepted == tally.read - tally.refused - tally.repeated


def test_each_refusal_of_the_dirty_file() -> None:
    refused = refusals(batches(DIRTY))
    assert [(r.number, r.line, r.column) for r in refused] == [e[:3] for e in DIRTY_REFUSED]
    for record, expected in zip(refused, DIRTY_REFUSED, strict=True):
        assert expected[3] in record.reason


def test_the_dirt_that_is_no_fault() -> None:
    records = {r.number: r for batch in batches(DIRTY) for r in batch.accepted}
    assert records[11].suspect is not None
    assert records[11].suspect.suspect_forenames == "Declan"
    assert records[304].suspect is not None
    assert records[304].suspect.suspect_surname == "Null"
    assert records[82].case.outcome_code is None
    assert records[92].case.offence_description == "Line one\nline two, with a comma"
    assert records[170].victim is not None
    assert records[170].victim.victim_surname == '=HYPERLINK("http://127.0.0.1/","x")'
    assert records[37].case.recorded_at.at == dt.datetime(2026, 10, 11, 23, 52, tzinfo=dt.UTC)
    assert records[62].case.risk == "high"


@pytest.mark.parametrize(("path", "overdue"), [(CLEAN, 169), (DIRTY, 38)])
def test_overdue_arrests(path: Path, overdue: int) -> None:
    allowed = {"high": 1, "medium": 7, "standard": 28}
    london = ZoneInfo("Europe/London")
    seen_from = dt.datetime.combine(AS_OF, dt.time(), london)
    late = 0
    for case in folded(batches(path)):
        for suspect in case.suspects:
            facts = suspect.facts
            if case.facts.outcome_code or facts.arrested_at or facts.interviewed_at:
                continue
            due = facts.suspect_identified_at.day + dt.timedelta(days=allowed[case.facts.risk] + 1)
            late += seen_from >= dt.datetime.combine(due, dt.time(), london)
    assert late == overdue


def test_overdue_arrests_without_our_reader() -> None:
    """The clean file, read by the csv module and text comparison alone."""
    allowed = {"high": 1, "medium": 7, "standard": 28}
    late = set()
    with CLEAN.open(encoding="utf-8-sig", newline="") as stream:
        for cells in csv.DictReader(stream):
            identified = cells["suspect_identified_at"][:10]
            if not identified or cells["outcome_code"]:
                continue
            if cells["arrested_at"] or cells["interviewed_at"]:
                continue
            due = dt.date.fromisoformat(identified) + dt.timedelta(days=allowed[cells["risk"]])
            if due < AS_OF:
                late.add((cells["crime_reference"], cells["suspect_nominal"]))
    assert len(late) == 169


@pytest.mark.parametrize("path", [CLEAN, DIRTY])
def test_overdue_contacts(path: Path) -> None:
    expected = {CLEAN: 335, DIRTY: 113}[path]
    late = 0
    for case in folded(batches(path)):
        for complainant in case.complainants:
            days = complainant.facts.contact_interval_days
            since = complainant.facts.last_contact_at or case.facts.recorded_at
            if days and case.facts.outcome_code is None:
                late += since.day + dt.timedelta(days=days) < AS_OF
    assert late == expected


def test_the_end_of_an_import_in_words() -> None:
    tally = Tally()
    for batch in batches(DIRTY):
        tally.add(batch)
    tally.cases.created, tally.suspects.updated, tally.complainants.unchanged = 380, 351, 1401
    assert tally.cases.total == 380
    assert tally.lines() == [
        "Records read: 465",
        "Cases: 380 created, 0 updated, 0 unchanged",
        "Suspects: 0 created, 351 updated, 0 unchanged",
        "Complainants: 0 created, 0 updated, 1,401 unchanged",
        "Records repeated: 3",
        "Records refused: 29",
    ]
