"""Support for the prosecution from the extract: yes, no or undecided, without a day.

The first word of an extract counts from the day the crime was recorded, so that whatever a person dates later stands; a
changed one counts from when the extract said so. What a person entered is never overtaken: the difference is listed.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from cases import models as m
from cases.importing.takers import TAKERS, Column, Heard, Taker
from cases.importing.taking import Taking
from cases.services.changing import Changing
from core.exceptions import NotPossible

COLUMN: Final = "supports_prosecution"
LABEL: Final = "Support for the prosecution"
MEANS: Final = {"yes": m.Supports.SUPPORTS, "no": m.Supports.DOES_NOT, "undecided": m.Supports.UNDECIDED}
"""The extract's words → what she or he said."""

TOLD_TO: Final = "The force’s records system"


def take(taking: Taking, heard: Sequence[Heard]) -> None:
    """Write what is new as a further row; where a person's own entry says otherwise, list the difference."""
    standing = _standing(taking)
    for one in heard:
        said, stands = MEANS[one.facts.supports_prosecution or "undecided"], standing.get(one.complainant.pk)
        if stands is None:
            _write(taking, one.complainant, said, first=True)
        elif stands.supports != said and stands.imported:
            _write(taking, one.complainant, said, first=False)
        elif stands.supports != said:
            here = m.Supports(stands.supports).label
            taking.disagree(COLUMN, here=str(here), extract=str(said.label), complainant=one.complainant)


def _standing(taking: Taking) -> dict[UUID, m.SupportChange]:
    """Return, by complainant, what was said last."""
    if taking.fresh:
        return {}
    rows = m.SupportChange.objects.filter(case=taking.case).order_by("at", "created_at")
    return {row.complainant_id: row for row in rows}


def _write(taking: Taking, complainant: m.Complainant, said: m.Supports, *, first: bool) -> None:
    at = min(taking.case.recorded_at, taking.now) if first else taking.now
    taking.add(m.SupportChange, complainant=complainant, supports=said, at=at, told_to=TOLD_TO, imported=True)
    if not taking.fresh:
        taking.happened("extract_changed", at=at, complainant=complainant, text=f"{LABEL}: {said.label}")


def answer(change: Changing, row: m.Disagreement, take: bool) -> None:
    """Write the extract's word as said now, where it is taken. Raises NotPossible for a difference that names nobody."""
    if not take:
        return
    if row.complainant is None:
        raise NotPossible("This difference names no complainant.")
    supports = {str(one.label): one for one in m.Supports}[row.extract]
    change.add(m.SupportChange, complainant=row.complainant, supports=supports, at=change.now, told_to=TOLD_TO, imported=True)


def register() -> None:
    """Take the column for `cases`."""
    columns = {COLUMN: Column(LABEL, identifies=False)}
    TAKERS.register(Taker(name="support", columns=columns, tables=(m.SupportChange,), take=take, answer=answer))
