"""Rows of a report as a file that a spreadsheet opens and none can be made to run.

Every record begins with its marking, so that a record copied out of the file still carries it and the first line stays
the header that programs read. Names are left out: reference and number say which suspect it is to whoever may open the
case, and nothing to anybody else.
"""

from collections.abc import Iterable

from cases.exports import MARKING as MARKING
from cases.exports import csv_text as csv_text
from cases.exports import day as day
from reports.overdue import OverdueArrest

OVERDUE_COLUMNS = (
    "marking", "crime_reference", "suspect_number", "risk", "identified", "first_due", "due", "days_over", "eased",
    "reason", "event", "officer", "unit",
)  # fmt: skip


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


def overdue_csv(rows: Iterable[OverdueArrest]) -> str:
    """Return the overdue arrests as a file."""
    return csv_text(OVERDUE_COLUMNS, (overdue_record(row) for row in rows))
