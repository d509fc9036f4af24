"""Where the records of each case lie in a file, on disk and not in memory.

The scratch file is an unnamed SQLite database that vanishes when closed. It holds no crime
reference, only a hash of it under a key that is made for this run and never stored.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Position:
    """A record's number, the byte at which it begins, and its first physical line."""

    number: int
    offset: int
    line: int


class PositionIndex:
    """Crime reference → positions, in constant memory."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._scratch = sqlite3.connect("", isolation_level=None)
        for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000"):
            self._scratch.execute(f"PRAGMA {setting}")
        self._scratch.execute("CREATE TABLE place (number INTEGER PRIMARY KEY, key BLOB, offset INT, line INT)")

    def key(self, reference: str) -> bytes:
        """The hash under which a reference is kept during this run."""
        return blake2b(reference.encode(), key=self._salt, digest_size=16).digest()

    def fill(self, places: Iterable[tuple[Position, str | None]]) -> None:
        """Take in all positions, each with its reference, or None when that is unreadable."""
        self._scratch.execute("BEGIN")
        self._scratch.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?)",
            ((at.number, self.key(reference) if reference else None, at.offset, at.line) for at, reference in places),
        )
        self._scratch.execute("CREATE INDEX by_key ON place (key, number)")
        self._scratch.execute("COMMIT")

    def largest(self) -> int:
        """How many records the case with the most has."""
        query = "SELECT COUNT(*) FROM place WHERE key IS NOT NULL GROUP BY key ORDER BY COUNT(*) DESC LIMIT 1"
        row = self._scratch.execute(query).fetchone()
        return int(row[0]) if row else 0

    def case_keys(self) -> Iterator[bytes]:
        """The key of every case, in order of first appearance."""
        query = "SELECT key FROM place WHERE key IS NOT NULL GROUP BY key ORDER BY MIN(number)"
        for (key,) in self._scratch.execute(query):
            yield key

    def positions(self, key: bytes | None) -> Iterator[Position]:
        """The records of one case, or those that belong to none, in file order."""
        query = "SELECT number, offset, line FROM place WHERE key IS ? ORDER BY number"
        for number, offset, line in self._scratch.execute(query, (key,)):
            yield Position(number, offset, line)

    def close(self) -> None:
        """Let the scratch file go."""
        self._scratch.close()
