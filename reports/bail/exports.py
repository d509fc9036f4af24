"""The bail diary as a file. Names and the text of conditions are left out: conditions often say whom to keep away from, and where."""

from collections.abc import Iterable

from reports.bail.rows import BailRow
from reports.exports import MARKING, csv_text, day

COLUMNS = (
    "marking", "crime_reference", "suspect_number", "state", "ends", "stands_still_since", "days_used", "authorised_by",
    "next_months", "next_authority", "conditions", "officer", "unit",
)  # fmt: skip


def record(row: BailRow) -> tuple[str, ...]:
    """Return one record, in the order of COLUMNS. Days are London days; bail that stands still has no end."""
    return (
        MARKING,
        row.reference,
        str(row.number),
        row.state_words,
        "" if row.still_since else day(row.ends_on),
        day(row.still_since),
        str(row.days_used),
        row.authority,
        str(row.next_months or ""),
        row.next_rank,
        "yes" if row.conditions else "no",
        row.officer,
        row.unit,
    )


def bail_csv(rows: Iterable[BailRow]) -> str:
    """Return the diary as a file."""
    return csv_text(COLUMNS, (record(row) for row in rows))
