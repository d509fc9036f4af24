"""Rows of a report as a file that a spreadsheet opens and none can be made to run.

Every record begins with its marking, so that a record copied out of the file still carries it and the first line stays
the header that programs read.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from cases.extract.spreadsheet import harmless

MARKING = "OFFICIAL-SENSITIVE"


def day(value: date | None) -> str:
    """Return a day as 2026-11-22; None is empty."""
    return value.isoformat() if value else ""


def csv_text(columns: Sequence[str], records: Iterable[Sequence[str]], *, line_end: str = "\r\n") -> str:
    """Return comma-separated values, by default with the line ends of RFC 4180, and no cell that is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in record] for record in records)
    return out.getvalue()
