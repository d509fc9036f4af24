"""Small extracts written for a test, and importing them."""

import csv
import io
from datetime import date
from typing import Any

from django.db import connection

from cases.extract.columns import COLUMNS
from cases.extract.reader import Extract
from cases.extract.tally import Tally
from cases.importing.run import Importing, force_of
from core.scope import scope, system
from tests.factories import AVON

AS_OF = date(2026, 11, 22)
BASE = {
    "crime_reference": "52TEST/1",
    "recorded_at": "2026-10-01T09:00",
    "offence_code": "19C",
    "offence_description": "Rape of a female aged 16 or over",
    "unit": "RASSO North",
    "oic_number": "4200",
    "oic_name": "DC Fenwick",
    "supervisor_number": "318",
    "supervisor_name": "DI Ibrahim",
    "risk": "medium",
    "suspect_nominal": "N1",
    "suspect_surname": "Invented",
    "suspect_forenames": "Toby",
    "suspect_dob": "1980-05-04",
    "suspect_relationship": "ex-partner",
    "suspect_identified_at": "2026-10-02T09:00",
    "victim_nominal": "V1",
    "victim_surname": "Madeup",
    "victim_forenames": "Amelia",
    "supports_prosecution": "yes",
    "contact_interval_days": "14",
}


def record(**cells: str) -> dict[str, str]:
    """Return one record; cells given replace or add to those of an everyday case."""
    return {**BASE, **cells}


def csv_of(*records: dict[str, str]) -> bytes:
    """Return the records as a file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()


def take(*records: dict[str, str], force: str = "52", as_of: date = AS_OF, **options: Any) -> Tally:
    """Import the records into a force and return what was counted."""
    importing = Importing(force=force_of(force), as_of=as_of, **options)
    with Extract(io.BytesIO(csv_of(*records)), as_of=as_of) as extract:
        importing.run(extract, lambda refused: None)
    return importing.tally


def mentions(text: str) -> list[str]:
    """The tables that the system kind reads in which some row holds a text."""
    found = []
    with scope(system(AVON)), connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
            " and has_table_privilege(oid, 'select')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{text}%"])
            (rows,) = cursor.fetchone() or (0,)
            if rows:
                found.append(table)
    return found
