"""Opening an extract and reading it case by case.

Pass one, when the file is opened, refuses what is no extract and notes where each record lies.
Pass two yields the cases in order of first appearance, seeking in the file. Neither keeps more
than one case in memory.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from os import PathLike
from types import TracebackType
from typing import BinaryIO, Final, Self

from cases.extract.columns import COLUMNS
from cases.extract.header import read_header
from cases.extract.index import Position, PositionIndex
from cases.extract.records import (
    Record,
    Refused,
    case_level_texts,
    first_disagreement,
    read_cell,
    read_record,
)
from cases.extract.refused import LOST_CHARACTER, MISSING_CELL, is_refused_file
from cases.extract.scan import (
    FileRefused,
    Piece,
    RecordUnreadable,
    cells_of,
    pieces,
    undecodable,
)
from cases.extract.spreadsheet import as_written
from cases.extract.values import Refusal, trim

RECORDS_OF_A_CASE: Final = 5000
_LOOSE_AT_ONCE: Final = 200
_CHANGED: Final = "The file changed while it was being read"
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class CaseBatch:
    """The records of one case; `crime_reference` is empty for records that belong to none."""

    crime_reference: str
    accepted: tuple[Record, ...]
    refused: tuple[Refused, ...]
    repeated: int


class Extract:
    """An extract that has passed pass one. Use it in a `with` block."""

    def __init__(self, source: BinaryIO | str | PathLike[str], *, as_of: date) -> None:
        self._as_of = as_of
        self._closing = contextlib.ExitStack()
        try:
            self._open(source)
        except BaseException:
            self._closing.close()
            raise

    def _open(self, source: BinaryIO | str | PathLike[str]) -> None:
        if isinstance(source, (str, PathLike)):
            try:
                self._stream: BinaryIO = self._closing.enter_context(open(source, "rb"))  # noqa: SIM115 - closed by close()
            except OSError as error:
                raise FileRefused(f"The file cannot be opened: {error.strerror}") from None
        else:
            self._stream = source
        if not self._stream.seekable():
            raise FileRefused("The file must be read twice, which this source does not allow")
        self._index = PositionIndex()
        self._closing.callback(self._index.close)
        self.header, start, line = self._read_header()
        self._mends = is_refused_file(self.header)
        self._read = 0
        self._bad_bytes = 0
        self._index.fill(self._places(start, line))
        self._check_whole()

    @property
    def records(self) -> int:
        """How many records the file has; known once it is open."""
        return self._read

    def cases(self) -> Iterator[CaseBatch]:
        """Each case in order of first appearance, then the records that belong to none."""
        for key in self._index.case_keys():
            yield self._batch(key)
        loose: list[Refused] = []
        for position in self._index.positions(None):
            read, _ = self._record(position)
            if isinstance(read, Record):
                raise FileRefused(_CHANGED)
            loose.append(read)
            if len(loose) == _LOOSE_AT_ONCE:
                yield CaseBatch("", (), tuple(loose), 0)
                loose.clear()
        if loose:
            yield CaseBatch("", (), tuple(loose), 0)

    def close(self) -> None:
        """Close what was opened here; a stream that was handed in stays open."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read_header(self) -> tuple[tuple[str, ...], int, int]:
        self._stream.seek(0)
        start = len(_BOM) if self._stream.read(len(_BOM)) == _BOM else 0
        first = next(pieces(self._stream, start, 1), None)
        header = read_header(first)
        after = self._stream.tell()
        return header, after, first.last_line + 1 if first else 1

    def _places(self, start: int, line: int) -> Iterator[tuple[Position, str | None]]:
        for number, piece in enumerate(pieces(self._stream, start, line), 1):
            self._read = number
            yield Position(number, piece.offset, piece.line), self._pass_one(piece)

    def _pass_one(self, piece: Piece) -> str | None:
        try:
            cells = self._cells(piece)
        except RecordUnreadable:
            return None
        self._bad_bytes += undecodable(cells)
        return self._reference(cells)

    def _reference(self, cells: tuple[str, ...]) -> str | None:
        try:
            raw = self._by_column(cells)
            return str(read_cell("crime_reference", raw["crime_reference"], self._as_of))
        except (RecordUnreadable, Refusal):
            return None

    def _check_whole(self) -> None:
        if self._bad_bytes > max(10, self._read // 10):
            raise FileRefused("The file is not in UTF-8: records throughout hold other bytes")
        if self._index.largest() > RECORDS_OF_A_CASE:
            raise FileRefused(
                f"More than {RECORDS_OF_A_CASE:,} records have the same crime_reference; that column does not hold what it should"
            )

    def _cells(self, piece: Piece) -> tuple[str, ...]:
        cells = cells_of(piece)
        return tuple(as_written(cell) for cell in cells) if self._mends else cells

    def _by_column(self, cells: tuple[str, ...]) -> dict[str, str]:
        if len(cells) != len(self.header):
            raise RecordUnreadable(
                f"The record has {len(cells)} cells where the first line has {len(self.header)}; "
                "a comma or a quotation mark may be missing or too many"
            )
        return dict(zip(self.header, cells, strict=True))

    def _record(self, at: Position) -> tuple[Record | Refused, tuple[str, ...]]:
        piece = next(pieces(self._stream, at.offset, at.line), None)
        if piece is None:
            raise FileRefused(_CHANGED)
        cells: tuple[str, ...] = ()
        try:
            cells = self._cells(piece)
            raw = self._by_column(cells)
            if self._mends:
                _refuse_unmended(raw)
        except RecordUnreadable as fault:
            return Refused(at.number, at.line, "", str(fault), cells), cells
        except Refusal as refusal:
            return Refused(at.number, at.line, refusal.column, refusal.reason, cells), cells
        known = {column: raw[column] for column in COLUMNS if column in raw}
        read = read_record(known, at.number, at.line, self._as_of)
        return (replace(read, cells=cells) if isinstance(read, Refused) else read), cells

    def _batch(self, key: bytes) -> CaseBatch:
        accepted: list[Record] = []
        refused: list[Refused] = []
        repeated = 0
        reference = ""
        seen: set[bytes] = set()
        stated: dict[str, tuple[str, int]] = {}
        for position in self._index.positions(key):
            read, cells = self._record(position)
            reference = self._reference(cells) or ""
            if self._index.key(reference) != key:
                raise FileRefused(_CHANGED)
            mark = _fingerprint(dict(zip(self.header, cells, strict=True)))
            if mark in seen:
                repeated += 1
                continue
            seen.add(mark)
            if isinstance(read, Record):
                read = _against_earlier(read, cells, stated)
            if isinstance(read, Record):
                accepted.append(read)
            else:
                refused.append(read)
        return CaseBatch(reference, tuple(accepted), tuple(refused), repeated)


def _against_earlier(record: Record, cells: tuple[str, ...], stated: dict[str, tuple[str, int]]) -> Record | Refused:
    """The record, or its refusal if it differs from what an accepted one stated of the case."""
    clash = first_disagreement(record.case, stated)
    if clash is not None:
        column, earlier = clash
        reason = f"conflicts with record {earlier} of the same case, which was accepted"
        return Refused(record.number, record.line, column, reason, cells)
    for column, text in case_level_texts(record.case).items():
        stated.setdefault(column, (text, record.number))
    return record


def _refuse_unmended(raw: Mapping[str, str]) -> None:
    for column, cell in raw.items():
        if cell.strip() == MISSING_CELL:
            raise Refusal(column, "stands for a cell that the record lacked; mend it")
        if LOST_CHARACTER in cell:
            raise Refusal(column, "holds a character that was lost; type it again")


def _fingerprint(raw: Mapping[str, str]) -> bytes:
    """Equal for two records that say the same in every column that is read."""
    texts = (trim(column, raw.get(column, "")) for column in COLUMNS)
    return blake2b("\x1f".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
