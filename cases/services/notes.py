"""Notes: shared, for the police alone, for the CPS alone. Whoever may read a note, relevant material must still be revealed."""

from typing import TypeVar
from uuid import UUID

from django.db import transaction

import audit.services
from accounts.models import User
from audit.acts import Act
from cases import models as m
from cases import permissions, policies
from cases.permissions import Permission
from cases.services.changing import changing, see
from cases.services.reconcile import keys_of

Private = TypeVar("Private", m.PoliceNote, m.CpsNote)


def add_note(*, actor: User, case_id: UUID, text: str, version: int | None = None) -> m.Note:
    """Add a note both agencies read; the timeline says so. Raises NotAllowed, NotPossible (merged, in error), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.NOTE)
        note = change.add(m.Note, text=text, author_name=actor.name)
        change.put_in_timeline("note_added")
        return note


def add_police_note(*, actor: User, case_id: UUID, text: str, version: int | None = None) -> m.PoliceNote:
    """Add a note that only the police read. It changes nothing others work on, so no version is compared.

    Raises NotAllowed, NotPossible.
    """
    return _private(m.PoliceNote, permissions.POLICE_NOTE, actor=actor, case_id=case_id, text=text)


def add_cps_note(*, actor: User, case_id: UUID, text: str, version: int | None = None) -> m.CpsNote:
    """Add a note that only the CPS reads. It changes nothing others work on, so no version is compared.

    Raises NotAllowed, NotPossible.
    """
    return _private(m.CpsNote, permissions.CPS_NOTE, actor=actor, case_id=case_id, text=text)


def _private(model: type[Private], permission: Permission, *, actor: User, case_id: UUID, text: str) -> Private:
    """Write a note of one agency. It makes no version and stands on no timeline: the other agency cannot learn of it.

    For the same reason the access log's row is for the actor's agency alone.
    """
    with transaction.atomic():
        case = see(case_id, actor)
        permission.check(actor)
        policies.case_takes_changes(case)
        note = model(**keys_of(case), created_by=actor, text=text, author_name=actor.name)
        note.save(force_insert=True)
        audit.services.record(act=Act.ALTERATION, what=f"{model._meta.verbose_name} added", case_ids=[case.pk])
    return note
