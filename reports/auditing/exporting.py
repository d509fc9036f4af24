"""The log as a file: marked records, no cell that is a formula, at most 10,000 rows."""

from collections.abc import Iterable

from core.clock import LONDON
from reports.auditing.log import Line
from reports.exports import MARKING, csv_text

COLUMNS = (
    "marking", "at", "person", "role", "agency", "act", "what", "page", "case_references", "more_cases", "rows_shown",
    "purpose", "recipients", "searched", "request", "session",
)  # fmt: skip


def record(line: Line) -> tuple[str, ...]:
    """Return one record in the order of COLUMNS; `at` is London time with its distance from UTC."""
    return (
        MARKING,
        line.at.astimezone(LONDON).isoformat(timespec="milliseconds"),
        line.who,
        line.role,
        line.agency,
        line.act,
        line.what,
        line.page,
        "; ".join(line.cases),
        str(line.more),
        "" if line.row_count is None else str(line.row_count),
        line.purpose,
        line.recipients,
        "yes" if line.searched else "",
        str(line.request_id),
        line.session,
    )


def log_csv(lines: Iterable[Line]) -> str:
    """Return the rows as comma-separated values."""
    return csv_text(COLUMNS, (record(line) for line in lines))
