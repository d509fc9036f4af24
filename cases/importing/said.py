"""What the extract says now against what the previous one said: a keyed hash a column, never the value.

Only columns that are stored are hashed: those of `cases`, and of a complainant those that an app above takes. A column
that nobody takes is checked and let go, so that a later version which stores it finds no hash, takes the column for
changed and fills it from the same file.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cases import models as m
from cases.extract.columns import CASE_LEVEL, SUSPECT_LEVEL
from cases.extract.fold import Entity, FoldedCase, column_values
from cases.importing.takers import TAKERS, Heard
from cases.services.changing import Changing
from core.exceptions import NotPossible
from core.scope import scope, system
from core.vault import keyed_hashes

PAIRS: Final = "pairs"
"""Not a column: which suspect stands in one record with which complainant."""

CASE_STORED: Final = frozenset({*CASE_LEVEL, "offence_description"})
SUSPECT_STORED: Final = frozenset(SUSPECT_LEVEL)
CASE: Final = Entity("case", "")

Hashes = dict[str, tuple[str, ...]]
"""Column → the hash of its value under every key, the one that writes first."""


def said_now(folded: FoldedCase, case_id: UUID) -> dict[Entity, Hashes]:
    """Return the hashes of every stored column that is not blank, by what it is about."""
    stored = {"case": CASE_STORED, "suspect": SUSPECT_STORED, "complainant": TAKERS.columns()}
    texts: dict[tuple[Entity, str], str] = {(CASE, PAIRS): repr(sorted(folded.pairs))}
    texts |= {(entity, column): text for (entity, column), text in column_values(folded).items() if column in stored[entity.kind]}
    said: dict[Entity, Hashes] = {CASE: {}}
    said |= {Entity("suspect", one.key): {} for one in folded.suspects}
    said |= {Entity("complainant", one.key): {} for one in folded.complainants}
    for (entity, column), text in texts.items():
        said[entity][column] = _hashes(case_id, column, text)
    return said


def _hashes(case_id: UUID, column: str, text: str) -> tuple[str, ...]:
    return keyed_hashes(text, about=f"extract column|{case_id}|{column}")


def came_from_extract(heard: Heard, column: str, text: str) -> bool:
    """Say whether a text that stands here is what the previous extract said: if not, somebody entered it on screen since."""
    before = heard.before.get(column)
    return before is not None and before in _hashes(heard.complainant.case_id, column, text)


def let_next_extract_overwrite(change: Changing, complainant_id: UUID, column: str, here: str) -> None:
    """Remember what stands here as what the extract said last: the next extract that says otherwise is taken.

    For a column that identifies a victim: what the extract says of it is kept nowhere, so it is taken when it comes again.
    """
    with scope(system(change.case.force_id)):
        entry = m.ExtractEntry.objects.filter(case=change.case, complainant_id=complainant_id).select_for_update().first()
        if entry is None:
            raise NotPossible("No extract says anything of this complainant any longer.")
        entry.hashes = {name: kept for name, kept in entry.hashes.items() if name != column}
        if here:
            entry.hashes[column] = _hashes(change.case.pk, column, here)[0]
        entry.save(update_fields=["hashes"])


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
