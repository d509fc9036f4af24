"""What the extract says now against what the previous one said: a keyed hash a column, never the value.

Only columns that are stored here are hashed. What the extract says of a complainant's identity and contact is checked
and let go, so that a later version which stores it finds no hash, takes the column for changed and fills it from the
same file.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cases.extract.columns import CASE_LEVEL, SUSPECT_LEVEL
from cases.extract.fold import Entity, FoldedCase, column_values
from core.vault import keyed_hashes

PAIRS: Final = "pairs"
"""Not a column: which suspect stands in one record with which complainant."""

CASE_STORED: Final = frozenset({*CASE_LEVEL, "offence_description"})
SUSPECT_STORED: Final = frozenset(SUSPECT_LEVEL)
COMPLAINANT_STORED: Final[frozenset[str]] = frozenset()
"""Nothing yet: identity, contact, support and the support service are `victims/`'s, which keeps its own."""

STORED: Final[Mapping[str, frozenset[str]]] = {"case": CASE_STORED, "suspect": SUSPECT_STORED, "complainant": COMPLAINANT_STORED}
CASE: Final = Entity("case", "")

Hashes = dict[str, tuple[str, ...]]
"""Column → the hash of its value under every key, the one that writes first."""


def said_now(folded: FoldedCase, case_id: UUID) -> dict[Entity, Hashes]:
    """Return the hashes of every stored column that is not blank, by what it is about."""
    texts: dict[tuple[Entity, str], str] = {(CASE, PAIRS): repr(sorted(folded.pairs))}
    texts |= {(entity, column): text for (entity, column), text in column_values(folded).items() if column in STORED[entity.kind]}
    said: dict[Entity, Hashes] = {CASE: {}, **{Entity("suspect", suspect.key): {} for suspect in folded.suspects}}
    for (entity, column), text in texts.items():
        said[entity][column] = keyed_hashes(text, about=f"extract column|{case_id}|{column}")
    return said


def changed(now: Hashes, before: Mapping[str, str]) -> frozenset[str]:
    """Return the columns that say something else than before, or say something for the first time."""
    return frozenset(column for column, hashes in now.items() if before.get(column) not in hashes)


def remembered(now: Hashes, before: Mapping[str, str]) -> dict[str, str]:
    """Return what to keep: a column that the file leaves blank is remembered as it was, since a blank says nothing."""
    kept = dict(before)
    for column in changed(now, before):
        kept[column] = now[column][0]
    return kept


def source_keys(case_id: UUID, kind: str, key: str) -> tuple[str, ...]:
    """Return the keyed hashes by which a person of a case is known again, the one that writes first."""
    return keyed_hashes(key, about=f"extract {kind}|{case_id}")
