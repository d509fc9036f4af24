"""What of the cases a person still holds: the open ones in which she or he has a role that somebody must have."""

from django.db.models import Count

from accounts.models import User
from accounts.roles import KIND_OF_ROLE
from cases import models as m
from cases.derive.states import OPEN_STAGES
from core.scope import Kind, Scope, scope
from core.words import inside

HELD = (m.CaseRole.OFFICER, m.CaseRole.LIAISON, m.CaseRole.PROSECUTOR, m.CaseRole.VICTIM_LIAISON)
"""Roles whose work would lie still; a second officer or a gatekeeper leaves nothing without an owner."""


def open_cases_held(person: User) -> list[str]:
    """Return one sentence for each such role, for accounts.holdings. Called in the system scope of the person's agency."""
    kind = KIND_OF_ROLE.get(person.role)
    if kind is Kind.CPS:
        # The system works one force at a time; whose cases an Area holds is read as the Area.
        with scope(Scope(kind=Kind.CPS, cps_area_id=person.agency_id, agency_id=person.agency_id)):
            return _sentences(person)
    return _sentences(person) if kind is Kind.POLICE else []


def _sentences(person: User) -> list[str]:
    rows = (
        m.CasePerson.objects.filter(user=person, until__isnull=True, role__in=HELD, case__stage__in=OPEN_STAGES)
        .values_list("role")
        .annotate(number=Count("id"))
        .order_by("role")
    )
    return [_sentence(m.CaseRole(role), number) for role, number in rows]


def _sentence(role: m.CaseRole, number: int) -> str:
    label = str(role.label)
    return f"{number} open {'case has' if number == 1 else 'cases have'} her or him as {inside(label)}."
