"""Handing cases over from one person to others, many at once: each case by itself, all in one go.

A case that somebody else changed meanwhile, or that the receiver cannot have, stays where it is and is told; the others are
handed over. Cases are taken in the order of their keys, so that two people handing over the same ones never wait for each
other in a ring.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from accounts.models import User
from accounts.services.writing import stays
from cases import models as m
from cases import permissions
from cases.services.changing import Changing, changing
from cases.services.passing_on import pass_on
from cases.services.roles import current, somebody_for, tell_new_owner, writing_role
from core.components import london_text
from core.exceptions import Conflict, NotPossible

NOTE = 1_000
"""The longest note with one case (characters)."""
GONE = "This case is no longer among those you see."


@dataclass(frozen=True, slots=True)
class Move:
    """One case to hand over: to whom, with which note, and the version the form was made from."""

    case_id: UUID
    to_id: UUID
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one move: `reason` is empty when it was done."""

    move: Move
    reason: str = ""


def hand_over_all(*, actor: User, from_id: UUID, roles: Collection[str], moves: Iterable[Move]) -> list[Handed]:
    """Hand over each case, and say of each whether it was done, else why not. Raises NotAllowed when the actor may none of it."""
    return [_one(actor, from_id, roles, move) for move in sorted(moves, key=lambda one: str(one.case_id))]


def _one(actor: User, from_id: UUID, roles: Collection[str], move: Move) -> Handed:
    try:
        hand_over(actor=actor, case_id=move.case_id, from_id=from_id, to_id=move.to_id, roles=roles, note=move.note, version=move.version)
    except NotPossible as refused:
        return Handed(move, refused.reason)
    except Conflict as conflict:
        return Handed(move, f"{conflict.change.who} {conflict.change.what} meanwhile, {london_text(conflict.change.at)}.")
    except Http404:
        return Handed(move, GONE)
    return Handed(move)


def hand_over(
    *, actor: User, case_id: UUID, from_id: UUID, to_id: UUID, roles: Collection[str], note: str = "", version: int | None = None
) -> list[m.CasePerson]:
    """Hand a person's roles on one case to another, with a note for the timeline. Everything or nothing.

    Police roles by a sergeant or supervisor, CPS roles by the Area's legal manager. Raises NotAllowed, NotPossible (no
    role, no longer in any of these roles, to herself or himself, somebody who cannot have it, a note too long), Conflict,
    Http404.
    """
    if len(note) > NOTE:
        raise NotPossible(f"A note has {NOTE:,} characters or fewer", field="note")
    if from_id == to_id:
        raise NotPossible("Choose somebody else", field="to_id")
    with changing(case_id, actor=actor, version=version) as change:
        for role in roles:
            change.allow(permissions.ALLOCATE_CPS if role in m.CPS_CASE_ROLES else permissions.ALLOCATE)
        rows = list(current(change.case).filter(user=from_id, role__in=list(roles)).select_related("user").order_by("role"))
        if not rows:
            raise NotPossible("The person no longer has this role on the case.")
        moved = [move_role(change, row, to_id, note) for row in rows]
        tell_new_owner(change, moved[0].user)
        return moved


def move_role(change: Changing, row: m.CasePerson, to_id: UUID, note: str) -> m.CasePerson:
    """End one role and begin it for the other, in one act on the timeline."""
    person = somebody_for(change.case, to_id, row.role)
    if not stays(person):
        raise NotPossible("This person has left meanwhile", field="to_id")
    with writing_role(change, row.role):
        row.until = change.now
        row.save(update_fields=["until"])
        new = change.add(m.CasePerson, user=person, role=row.role, since=change.now)
    said = f"{m.CaseRole(row.role).label}: from {row.user.name} to {person.name}."
    change.put_in_timeline("handed_over", text=" ".join(filter(None, [said, note.strip()])))
    pass_on(change, row.role, row.user_id, person)
    return new
