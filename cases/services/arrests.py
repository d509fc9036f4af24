"""Arrest, release, attempts, interviews, plans and reasons for delay."""

from datetime import datetime
from uuid import UUID

from cases import permissions, policies
from cases import models as m
from cases.services.changing import Actor, Changing, changing


def record_arrest(*, actor: Actor, case_id: UUID, suspect_id: UUID, at: datetime, note: str = "", new_evidence: bool = False, version: int | None = None) -> m.Arrest:
    """Record an arrest: stops the arrest clock, ends wanted or abroad, and closes a planned arrest as made.

    Raises NotAllowed, NotPossible (in custody, has an outcome, before identification, in the future), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.may_be_arrested(facts)
        policies.not_before_identified(facts, at)
        change.not_in_future(at)
        return write_arrest(change, suspect, at=at, note=note, new_evidence=new_evidence)


def write_arrest(change: Changing, suspect: m.Suspect, *, at: datetime, note: str = "", new_evidence: bool = False, imported: bool = False) -> m.Arrest:
    """Write the fact, for the screen's service and for the importer, which asks no policy."""
    arrest = change.add(m.Arrest, suspect=suspect, at=at, note=note, new_evidence=new_evidence, imported=imported)
    m.PlannedArrest.objects.filter(suspect=suspect, state=m.PlannedArrest.State.PLANNED).update(state=m.PlannedArrest.State.MADE)
    change.put_in_timeline("arrested", at=at, suspect=suspect, text=note)
    return arrest
