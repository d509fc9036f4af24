"""Rows of a report as a file that a spreadsheet opens and none can be made to run.

Every record begins with its marking, so that a record copied out of the file still carries it and the first line stays
the header that programs read. Names are left out: reference and number say which suspect it is to whoever may open the
case, and nothing to anybody else.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from cases.extract.spreadsheet import harmless
from reports.overdue import OverdueArrest

MARKING = "OFFICIAL-SENSITIVE"
OVERDUE_COLUMNS = (
    "marking", "crime_reference", "suspect_number", "risk", "identified", "first_due", "due", "days_over", "eased",
    "reason", "event", "officer", "unit",
)  # fmt: skip


def day(value: date | None) -> str:
    """Return a day as 2026-11-22; None is empty."""
    return value.isoformat() if value else ""


def overdue_record(row: OverdueArrest) -> tuple[str, ...]:
    """Return one record, in the order of OVERDUE_COLUMNS. Days are London days, `eased` the day the due date was made later."""
    return (
        MARKING,
        row.reference,
        str(row.number),
        row.risk,
        day(row.identified_on),
        day(row.first_due_on),
        day(row.due_on),
        str(row.days_over),
        day(row.eased_on),
        row.reason,
        row.event,
        row.officer,
        row.unit,
    )


def csv_text(columns: Sequence[str], records: Iterable[Sequence[str]], *, line_end: str = "\r\n") -> str:
    """Return comma-separated values, by default with the line ends of RFC 4180, and no cell that is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in record] for record in records)
    return out.getvalue()


def overdue_csv(rows: Iterable[OverdueArrest]) -> str:
    """Return the overdue arrests as a file."""
    return csv_text(OVERDUE_COLUMNS, (overdue_record(row) for row in rows))
