"""Cutting a CSV file into records: where each begins, on which line, and its bytes.

The csv module reads cells but not positions, and keeps a record of any length in memory. This
module finds the ends of records by the same rules, in bounded memory, so that a second pass can
seek to any record again.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import BinaryIO, Final

RECORD_LIMIT: Final = 1 << 20
"""The most bytes a record may have; of a longer one nothing is kept."""

_CHUNK = 1 << 16
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_MARKS = re.compile(rb'[",\r\n]')


class FileRefused(Exception):
    """The whole file is refused; `reason` is for the person who chose it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RecordUnreadable(Exception):
    """One record cannot be cut into cells; the text of the exception says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one record; `data` is None when it is longer than `RECORD_LIMIT`."""

    offset: int
    line: int
    last_line: int
    data: bytes | None


class _State(Enum):
    FIELD_START = auto()
    IN_FIELD = auto()
    IN_QUOTES = auto()
    QUOTE_IN_QUOTES = auto()


def pieces(stream: BinaryIO, offset: int, line: int) -> Iterator[Piece]:
    """The records from the byte `offset`, which is on physical line `line`; empty lines are none.

    The stream may be read or moved by others only between two runs, not during one.
    """
    stream.seek(offset)
    kept = bytearray()
    state = _State.FIELD_START
    start, first_line, position = offset, line, offset
    while chunk := stream.readline(_CHUNK):
        state = _after(state, chunk)
        position += len(chunk)
        if len(kept) <= RECORD_LIMIT:
            kept += chunk
        if not chunk.endswith(b"\n"):
            continue
        line += 1
        if state is _State.IN_QUOTES:
            continue
        if kept.strip(b"\r\n"):
            yield Piece(start, first_line, line - 1, _within_limit(kept))
        kept.clear()
        state = _State.FIELD_START
        start, first_line = position, line
    if state is _State.IN_QUOTES:
        raise FileRefused(
            f"A quotation mark opened in the record that begins on line {first_line} "
            "is never closed, so the rest of the file cannot be read"
        )
    if kept.strip(b"\r\n"):
        yield Piece(start, first_line, line, _within_limit(kept))


def _within_limit(kept: bytearray) -> bytes | None:
    return bytes(kept) if len(kept) <= RECORD_LIMIT else None


def _after(state: _State, chunk: bytes) -> _State:
    """The state of a csv reader after one more chunk."""
    if b'"' not in chunk:
        if state is _State.IN_QUOTES:
            return state
        return _State.FIELD_START if chunk.endswith(b",") else _State.IN_FIELD
    position = 0
    for mark in _MARKS.finditer(chunk):
        if mark.start() > position and state is not _State.IN_QUOTES:
            state = _State.IN_FIELD
        state = _after_mark(state, mark.group())
        position = mark.end()
    if position < len(chunk) and state is not _State.IN_QUOTES:
        state = _State.IN_FIELD
    return state


def _after_mark(state: _State, mark: bytes) -> _State:
    if mark == b'"':
        if state in (_State.FIELD_START, _State.QUOTE_IN_QUOTES):
            return _State.IN_QUOTES
        return _State.QUOTE_IN_QUOTES if state is _State.IN_QUOTES else state
    if state is _State.IN_QUOTES:
        return state
    return _State.FIELD_START if mark == b"," else _State.IN_FIELD


def cells_of(piece: Piece) -> tuple[str, ...]:
    """The cells of a record. Bytes that are not UTF-8 become lone surrogates."""
    if piece.data is None:
        raise RecordUnreadable(f"The record is longer than {RECORD_LIMIT:,} bytes")
    text = piece.data.decode("utf-8", "surrogateescape")
    try:
        rows = list(csv.reader([text]))
    except csv.Error as error:
        if "limit" in str(error):
            raise RecordUnreadable("A cell is too long to be read") from None
        raise RecordUnreadable("There is a line break outside quotation marks") from None
    return tuple(rows[0]) if rows else ()


def undecodable(cells: tuple[str, ...]) -> bool:
    """Whether any cell holds bytes that are not UTF-8."""
    return any(not cell.isascii() and _NOT_UTF8.search(cell) for cell in cells)
