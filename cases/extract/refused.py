"""Writing the refused records so that they can be mended and imported again.

The file has the source's own columns and then `record`, `line`, `column`, `reason`. What was
written is kept, with three exceptions that the reader knows and that keep the file readable:

* a cell that a spreadsheet would run is marked with an apostrophe (`spreadsheet`), which the
  reader takes away again because it knows the file by its four added columns;
* a cell that a record lacked is written as `MISSING_CELL`, and the reader refuses it until it is
  mended, so that a row cut short is never taken for a complete one; cells too many stand after
  the reason, where they make the row too long again;
* bytes that were not UTF-8 become U+FFFD, so that the file itself is UTF-8; the reader refuses
  that character in such a file.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import BinaryIO, Final

from cases.extract.columns import REFUSED_COLUMNS
from cases.extract.records import Refused
from cases.extract.spreadsheet import harmless

MISSING_CELL: Final = "(no cell)"
LOST_CHARACTER: Final = "\ufffd"

_NOT_UTF8 = re.compile("[\ud800-\udfff]")


def is_refused_file(header: Sequence[str]) -> bool:
    """Whether a file with these columns was written by `RefusedWriter`."""
    return set(REFUSED_COLUMNS) <= set(header)


class RefusedWriter:
    """Writes UTF-8 with a byte-order mark, as spreadsheets need, to a binary stream."""

    def __init__(self, stream: BinaryIO, header: Sequence[str]) -> None:
        self._stream = stream
        self._width = len(header)
        again = is_refused_file(header)
        self._kept = [place for place, name in enumerate(header) if not (again and name in REFUSED_COLUMNS)]
        stream.write(b"\xef\xbb\xbf")
        self._row([header[place] for place in self._kept] + list(REFUSED_COLUMNS))

    def write(self, refused: Refused) -> None:
        """Write one refused record."""
        cells = refused.cells
        row = [cells[at] if at < len(cells) else MISSING_CELL for at in self._kept]
        row += [str(refused.number), str(refused.line), refused.column, refused.reason]
        self._row(row + list(cells[self._width :]))

    def _row(self, cells: Sequence[str]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL).writerow([harmless(cell) for cell in cells])
        self._stream.write(_encoded(text.getvalue()))


def _encoded(text: str) -> bytes:
    return _NOT_UTF8.sub(LOST_CHARACTER, text).encode()
