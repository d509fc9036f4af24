"""Somebody leaves and nobody has taken over: her or his roles on open cases end, and the cases stand as unallocated."""

from uuid import UUID

from accounts.models import User
from accounts.roles import KIND_OF_ROLE
from cases import models as m
from cases.derive.states import OPEN_STAGES
from cases.services.changing import Actor, Extract, changing
from cases.services.roles import current, end
from core.scope import Kind, Scope, scope, system


def leave_unallocated(person: User, actor: User | None) -> None:
    """End every role a person has on open cases, each case with its entry in the timeline. For accounts.holdings.

    Who acts sees no case and learns none: it runs inside the system scope of each case's force, cases in the order of
    their keys, and is part of the service that lets the person leave, which checks who may.
    """
    for force_id, case_id in sorted(_held(person)):
        by: Actor = actor if actor is not None else Extract(force_id, name="System")
        with scope(system(force_id)):
            case = m.Case.objects.select_for_update().get(pk=case_id)
            with changing(case_id, actor=by, locked=case) as change:
                for row in current(case).filter(user=person).order_by("pk"):
                    end(change, row)


def _held(person: User) -> set[tuple[int, UUID]]:
    """Return force and key of the open cases on which the person has a role."""
    kind = KIND_OF_ROLE.get(person.role)
    if kind is Kind.CPS:
        # The system works one force at a time; whose cases an Area holds is read as the Area.
        with scope(Scope(kind=Kind.CPS, cps_area_id=person.agency_id, agency_id=person.agency_id)):
            return _rows(person)
    return _rows(person) if kind is Kind.POLICE else set()


def _rows(person: User) -> set[tuple[int, UUID]]:
    rows = m.CasePerson.objects.filter(user=person, until__isnull=True, case__stage__in=OPEN_STAGES)
    return set(rows.values_list("force_id", "case_id"))
