"""What the tests of the extract reader share."""

import csv
import io
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from cases.extract.columns import COLUMNS
from cases.extract.reader import CaseBatch, Extract
from cases.extract.records import Record, Refused

AS_OF = date(2026, 11, 22)
DATA = Path(__file__).parents[2] / "data"

GOOD = {
    "crime_reference": "52260000001/26",
    "recorded_at": "2026-09-06T20:42",
    "offence_code": "19C",
    "risk": "high",
    "suspect_nominal": "N1",
    "suspect_surname": "Fenwick",
    "suspect_forenames": "Rhys",
    "suspect_dob": "1980-04-01",
    "suspect_identified_at": "2026-09-07T20:42",
    "victim_nominal": "N2",
    "victim_surname": "Pike",
    "victim_forenames": "Amelia",
    "victim_dob": "1990-01-02",
}

Read = Callable[..., Record | Refused]


def row(**cells: str) -> dict[str, str]:
    """All 37 cells of a good record with those given instead."""
    return dict.fromkeys(COLUMNS, "") | GOOD | cells


def as_csv(*rows: dict[str, str]) -> bytes:
    """A CSV file of these rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def batches(source: bytes | str | os.PathLike[str], as_of: date = AS_OF) -> list[CaseBatch]:
    """Everything that pass two yields."""
    opened = io.BytesIO(source) if isinstance(source, bytes) else source
    with Extract(opened, as_of=as_of) as extract:
        return list(extract.cases())


def refusals(found: list[CaseBatch]) -> list[Refused]:
    """All refused records in file order."""
    return sorted((r for batch in found for r in batch.refused), key=lambda r: r.number)
