"""Told before the release, tried, or not told: asked with every release and every change of bail, of each complainant it concerns.

What is said here is about the time before. Told then, she or he is told; otherwise it is still to be told, and the duty
supervisor hears at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases import models as m
from cases.models.telling import NotToldBecause
from cases.selectors_telling import complainants_of
from cases.services.changing import Changing
from cases.services.telling import Thing, not_tell_in, tell_in
from core.exceptions import NotPossible

TOLD, TRIED, NOT_TOLD = "told", "tried", "not_told"


@dataclass(frozen=True, slots=True)
class Before:
    """What was done before a release for one complainant: told at a time by a way, tried by a way, or not told and why."""

    complainant_id: UUID
    said: str
    at: datetime | None = None
    how: str = ""
    because: str = ""
    note: str = ""


def concerned(case: m.Case, suspect_id: UUID) -> list[tuple[UUID, str]]:
    """Return key and label of each complainant whose recorded crime names a suspect, in order of labels."""
    return [(one.id, one.label) for one in complainants_of(case) if suspect_id in one.suspects]


def write_before(
    change: Changing, suspect: m.Suspect, things: Sequence[Thing], telling: Sequence[Before], *, happened_at: datetime
) -> None:
    """Write what was done before, for complainants whom the suspect concerns; the rows told of stand already.

    Raises NotPossible (somebody it does not concern, no answer, told after it happened, no way, no reason).
    """
    labels = dict(concerned(change.case, suspect.pk)) if telling else {}
    for one in telling:
        if one.complainant_id not in labels:
            raise NotPossible("No recorded crime of this complainant names the suspect")
        complainant = change.get(m.Complainant, one.complainant_id)
        try:
            _write(change, complainant, things, one, happened_at)
        except NotPossible as refused:
            raise NotPossible(refused.reason, field=field_of(labels[one.complainant_id], refused.field)) from refused


def _write(change: Changing, complainant: m.Complainant, things: Sequence[Thing], one: Before, happened_at: datetime) -> None:
    if one.said == TOLD:
        if one.at is None or one.at > happened_at:
            raise NotPossible("Enter a time before it happened", field="told_at")
        tell_in(change, complainant=complainant, things=things, at=one.at, how=one.how, before_release=True)
    elif one.said in {TRIED, NOT_TOLD}:
        because = NotToldBecause.TRIED if one.said == TRIED else one.because
        not_tell_in(change, complainant=complainant, things=things, because=because, note=one.note, how=one.how, before_release=True)
    else:
        raise NotPossible("Select whether she or he was told before", field="said")


FIELDS = {"told_at": "at", "how": "how", "because": "because", "note": "note", "said": "said"}


def field_of(label: str, field: str | None) -> str | None:
    """Return the name of a complainant's own field in the form of the act."""
    return f"telling_{label}_{FIELDS[field]}" if field in FIELDS else None
