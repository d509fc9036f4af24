"""Reading a file through without writing anything: what it holds, what is refused and why."""

import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, BinaryIO, Final

from cases import models as m
from cases.extract.fold import fold
from cases.extract.reader import CaseBatch, Extract
from cases.extract.refused import RefusedWriter
from cases.extract.tally import Tally

REASONS_SHOWN: Final = 40
_AT_ONCE: Final = 500


@dataclass
class Preview:
    """What a file holds. `refused_file` is the refused records as a file that can be mended."""

    tally: Tally = field(default_factory=Tally)
    batches: int = 0
    cases: int = 0
    known: int = 0
    suspects: int = 0
    complainants: int = 0
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused_file: bytes = b""

    def as_json(self) -> dict[str, Any]:
        """Return the counts as an import run keeps them: numbers and reasons, no cell of the file."""
        return {
            "read": self.tally.read,
            "repeated": self.tally.repeated,
            "refused": self.tally.refused,
            "cases": self.cases,
            "known": self.known,
            "suspects": self.suspects,
            "complainants": self.complainants,
            "reasons": [[column, reason, times] for (column, reason), times in self.reasons.most_common(REASONS_SHOWN)],
        }


def preview(source: BinaryIO, *, force_id: int, as_of: date) -> Preview:
    """Read the whole file. The caller acts under a scope that sees the force's cases. Raises FileRefused."""
    found = Preview()
    with Extract(source, as_of=as_of) as extract:
        refused = io.BytesIO()
        writer = RefusedWriter(refused, extract.header)
        references: list[str] = []
        for batch in extract.cases():
            _count(found, batch, references)
            for one in batch.refused:
                found.reasons[one.column, reason_without_numbers(one.reason)] += 1
                writer.write(one)
            if len(references) >= _AT_ONCE:
                found.known += known(force_id, references)
        found.known += known(force_id, references)
    found.refused_file = refused.getvalue() if found.tally.refused else b""
    return found


def _count(found: Preview, batch: CaseBatch, references: list[str]) -> None:
    found.batches += 1
    found.tally.add(batch)
    if batch.accepted:
        folded = fold(batch.accepted)
        found.cases += 1
        found.suspects += len(folded.suspects)
        found.complainants += len(folded.complainants)
        references.append(batch.crime_reference)


def known(force_id: int, references: list[str]) -> int:
    """Return how many of the references the force has already, and empty the list."""
    number = m.Case.objects.filter(force_id=force_id, crime_reference__in=references).count() if references else 0
    references.clear()
    return int(number)


def reason_without_numbers(reason: str) -> str:
    """A reason as it is counted: which earlier record it conflicts with does not matter here."""
    head, _, _ = reason.partition(" with record ")
    return f"{head} with another record of the same case" if head != reason else reason


def digest_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of a file, in constant memory."""
    digest = sha256()
    stream.seek(0)
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()
