"""Whom a step between police and CPS tells, as prosecution/states.py says it in words. Nobody is told what she or he did."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.changing import Changing
from core.scope import scope, system
from notifications.services import tell


def holders(change: Changing, *roles: str) -> list[User]:
    """Return who has any of these roles on the case now, in the order of the roles."""
    with scope(system(change.case.force_id)):
        rows = m.CasePerson.objects.filter(case=change.case, until__isnull=True, role__in=roles).select_related("user")
        held = {row.role: row.user for row in rows}
    return [held[role] for role in roles if role in held]


def officer(change: Changing) -> list[User]:
    """Return the officer in the case, else the inspector, else nobody."""
    return holders(change, m.CaseRole.OFFICER, m.CaseRole.INSPECTOR)[:1]


def sergeants(change: Changing) -> list[User]:
    """Return the sergeant of the case; else its unit's sergeants; else the inspector of the case."""
    return holders(change, m.CaseRole.SERGEANT) or _of_unit(change, Role.SERGEANT) or holders(change, m.CaseRole.INSPECTOR)


def signs_off(change: Changing) -> list[User]:
    """Return the sergeant and the inspector of the case; where it has neither, its unit's sergeants."""
    return holders(change, m.CaseRole.SERGEANT, m.CaseRole.INSPECTOR) or _of_unit(change, Role.SERGEANT)


def inspectors(change: Changing) -> list[User]:
    """Return the inspector of the case; else its unit's supervisors."""
    return holders(change, m.CaseRole.INSPECTOR) or _of_unit(change, Role.SUPERVISOR)


def prosecutor(change: Changing) -> list[User]:
    """Return the prosecutor who has the case now, if one is named."""
    return holders(change, m.CaseRole.PROSECUTOR)


def managers(of: Changing | int) -> list[User]:
    """Return the legal managers of an Area, or of the one that has the case; for CPS Direct everybody there. Nobody where none has it."""
    area_id = of if isinstance(of, int) else of.case.cps_area_scope
    if not area_id:
        return []
    with scope(system(area_id)):
        rows = User.objects.filter(agency_id=area_id, is_active=True, role__in=(Role.CPS_MANAGER, Role.CPS_DIRECT))
        return list(rows.order_by("pk"))


def barred_of(case: m.Case, area_id: int) -> list[UUID]:
    """Return who of an Area is excluded from a case: what is kept of it there is not for them. Called in the system scope of its force."""
    standing = m.Exclusion.objects.filter(case=case, user__agency=area_id, lifted_at__isnull=True)
    return sorted(set(standing.values_list("user", flat=True)))


def tell_all(change: Changing, people: Iterable[User | None], subject: str, about: object) -> None:
    """Tell people one step: once each, never whoever took it. `about` is the key of what it is about."""
    for person in {one.pk: one for one in people if one is not None}.values():
        if person != change.user:
            key = f"{about}:{change.case.version}"
            tell(user=person, subject=subject, key=key, case_id=change.case.pk, done_by=change.user)


def _of_unit(change: Changing, role: Role) -> list[User]:
    if change.case.unit_id is None:
        return []
    with scope(system(change.case.force_id)):
        return list(User.objects.filter(unit=change.case.unit_id, role=role, is_active=True).order_by("pk"))
