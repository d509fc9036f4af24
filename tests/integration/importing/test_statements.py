"""How many statements a case costs, and that facts known beforehand are the facts read back."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.context import acting_as_system
from cases.extract.fold import FoldedCase, fold
from cases.extract.reader import Extract
from cases.importing import take_in as module
from cases.importing.fresh import facts_of_new
from cases.importing.places import Places
from cases.importing.run import Importing, force_of
from cases.importing.taking import Taking
from cases.selectors_telling import everything_of
from core.scope import scope, system
from tests.factories import AVON
from tests.integration.importing.support import AS_OF, csv_of, take

DATA = Path(__file__).parents[2] / "data"
NEW, CHANGED, UNCHANGED = 60, 102, 10
"""The most statements; a case that changed reads back everything that clocks are derived from."""


def worst_case() -> list[dict[str, str]]:
    """The records of the case with the most of them: three suspects, two victims, an outcome."""
    by_case: dict[str, list[dict[str, str]]] = {}
    with (DATA / "rms-extract.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            by_case.setdefault(row["crime_reference"], []).append(row)
    return max(by_case.values(), key=len)


def folded(tmp_path: Path, records: list[dict[str, str]]) -> FoldedCase:
    """The records as one folded case."""
    path = tmp_path / "one.csv"
    path.write_bytes(csv_of(*records))
    with Extract(path, as_of=AS_OF) as extract:
        return fold(next(iter(extract.cases())).accepted)


@pytest.mark.django_db
def test_the_worst_case_of_the_extract_takes_a_bounded_number_of_statements(tmp_path: Path) -> None:
    """New, changed in every way at once, and the same again; transaction and scope included."""
    records = worst_case()
    assert len(records) == 6
    other = {
        "risk": "standard",
        "outcome_code": "18",
        "arrested_at": "2026-06-20T10:00",
        "interviewed_at": "2026-06-20T15:00",
        "bail_status": "rui",
    }
    other |= {"suspect_surname": "Other", "offence_from": "2020-01-02", "urn": "52AB1234526", "supervisor_number": "9", "unit": "Elsewhere"}
    other |= {"victim_surname": "Other", "contact_interval_days": "9", "last_contact_at": "2026-11-21", "supports_prosecution": "undecided"}
    changed = [{**row, **other, "isva_service": "Another service"} for row in records]
    counted = []
    with acting_as_system(reason="test"):
        places = Places(force_of("52"))
        for rows in (records, changed, changed):
            case = folded(tmp_path, rows)
            places.prepare(case)
            with CaptureQueriesContext(connection) as queries, scope(system(AVON)):
                module.take_in(case, force_id=AVON, places=places, as_of=AS_OF)
            counted.append(len(queries))
    new, all_changed, unchanged = counted
    assert new <= NEW
    assert all_changed <= CHANGED
    assert unchanged <= UNCHANGED


@pytest.mark.django_db
def test_the_facts_of_a_new_case_are_those_that_would_be_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a good part of the dirty extract: known in memory equals read from the database."""
    known = []

    def remember(taking: Taking, live_from: object) -> object:
        facts = facts_of_new(taking, live_from)  # type: ignore[arg-type]
        known.append((taking.case, facts))
        return facts

    def compare(importing: Importing) -> None:
        while known:
            case, facts = known.pop()
            assert facts == replace(everything_of(case), as_of=None)

    monkeypatch.setattr(module, "facts_of_new", remember)
    with (DATA / "rms-extract-dirty.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))[:150]
    take(*rows, in_step=compare)
