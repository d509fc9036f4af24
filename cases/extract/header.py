"""The first line of a file: is this an extract, and which column stands where."""

from collections import Counter
from collections.abc import Sequence

from cases.extract.columns import COLUMNS, MANDATORY
from cases.extract.refused import is_refused_file
from cases.extract.scan import FileRefused, Piece, RecordUnreadable, cells_of, undecodable
from cases.extract.spreadsheet import as_written
from cases.extract.values import TRIMMED


def read_header(piece: Piece | None) -> tuple[str, ...]:
    """The names of the columns, trimmed and in small letters, or `FileRefused`."""
    if piece is None:
        raise FileRefused("The file is empty")
    if piece.data is not None and b"\x00" in piece.data:
        raise FileRefused("The file is not CSV in UTF-8: it holds bytes that no text has")
    try:
        cells = cells_of(piece)
    except RecordUnreadable as fault:
        raise FileRefused(f"The file is not CSV: its first line cannot be read. {fault}") from None
    if undecodable(cells):
        raise FileRefused("The file is not CSV in UTF-8: its first line holds other bytes")
    header = tuple(cell.strip(TRIMMED).lower() for cell in cells)
    _check_names(header)
    return tuple(as_written(name) for name in header) if is_refused_file(header) else header


def _check_names(header: Sequence[str]) -> None:
    if not set(header) & set(COLUMNS):
        raise FileRefused("The file is not an extract in CSV: its first line names none of the columns. Cells must be separated by commas")
    missing = [name for name in MANDATORY if name not in header]
    if missing:
        raise FileRefused("A mandatory column is missing: " + ", ".join(missing))
    twice = [name for name, times in Counter(header).items() if name and times > 1]
    if twice:
        raise FileRefused("A column is named twice: " + ", ".join(name[:60] for name in twice[:5]))
