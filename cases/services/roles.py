"""Who does what on a case: police roles by sergeants and supervisors, CPS roles by the Area's legal manager."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Unit, User
from accounts.roles import WORKS_CASES_POLICE, Role
from accounts.services.writing import stays
from cases import models as m
from cases import permissions
from cases.accredited import INVESTIGATIVE_ROLES, SENTENCES, lacking
from cases.services.changing import Changing, changing
from cases.services.passing_on import pass_on
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from notifications.services import tell

CPS_ROLE_OF: dict[str, frozenset[Role]] = {
    m.CaseRole.PROSECUTOR: frozenset({Role.PROSECUTOR, Role.CPS_MANAGER, Role.CPS_DIRECT}),
    m.CaseRole.VICTIM_LIAISON: frozenset({Role.LIAISON_OFFICER}),
}


def assign_person(*, actor: User, case_id: UUID, user_id: UUID, role: str, version: int | None = None) -> str:
    """Give somebody a role on the case; whoever had it until now has it no longer. Returns a warning, or "" for none.

    Police roles go to people of the force who work cases, given by a sergeant or supervisor; CPS roles to people of the
    Area that holds the case, given by its legal manager. The warning says what the person lacks for the role (domain.md
    section 9); it stops nothing. Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ALLOCATE_CPS if role in m.CPS_CASE_ROLES else permissions.ALLOCATE)
        person = somebody_for(change.case, user_id, role)
        before = current(change.case).filter(role=role).values_list("user", flat=True).first()
        give_role(change, person, role)
        pass_on(change, role, before, person)
        tell_new_owner(change, person)
        return accreditation_warning(person, role, clock.today(change.now))


def take_over(*, actor: User, case_id: UUID, role: str = m.CaseRole.OFFICER, version: int | None = None) -> str:
    """Give oneself a role on the case, as supervisors may. Returns a warning as `assign_person` does."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        change.allow(permissions.ALLOCATE)
        person = somebody_for(change.case, actor.pk, role)
        give_role(change, person, role)
        return accreditation_warning(person, role, clock.today(change.now))


def end_role(*, actor: User, case_id: UUID, person_id: UUID, version: int | None = None) -> m.CasePerson:
    """End somebody's role; `person_id` is the key of the role's row. Without an officer the case is unallocated.

    Raises NotAllowed, NotPossible when it has ended already, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row = change.get(m.CasePerson, person_id)
        change.allow(permissions.ALLOCATE_CPS if row.role in m.CPS_CASE_ROLES else permissions.ALLOCATE)
        if row.until is not None:
            raise NotPossible("This role has ended already.")
        end(change, row)
        return row


def move_to_unit(*, actor: User, case_id: UUID, unit_id: UUID, keep_officer: bool = True, version: int | None = None) -> m.Case:
    """Move the case to another unit of the force, whose sergeants are told. Without `keep_officer` it arrives there unallocated.

    Raises NotAllowed, NotPossible for the unit it is in or one of another agency, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ALLOCATE)
        unit = Unit.objects.filter(pk=unit_id, agency_id=change.case.force_id).first()
        if unit is None:
            raise NotPossible("Choose a unit of this force", field="unit_id")
        if unit.pk == change.case.unit_id:
            raise NotPossible("The case is in this unit already", field="unit_id")
        change.case.unit = unit
        change.case.save(update_fields=["unit"])
        change.put_in_timeline("moved_to_unit", text=unit.name)
        _tell_sergeants(change, unit)
        if not keep_officer:
            for row in current(change.case).filter(role__in=INVESTIGATIVE_ROLES):
                end(change, row)
        return change.case


def tell_new_owner(change: Changing, person: User) -> None:
    """Tell somebody that a case came to her or him, unless she or he took it."""
    if person != change.user:
        tell(user=person, subject="case_handed_over", key=f"{change.case.pk}:{change.case.version}", case_id=change.case.pk)


def _tell_sergeants(change: Changing, unit: Unit) -> None:
    """Tell the sergeants of a unit that a case came to it, but for those who may never see it."""
    excluded = m.Exclusion.objects.filter(case=change.case, lifted_at__isnull=True).values("user")
    for person in User.objects.filter(unit=unit, role=Role.SERGEANT, is_active=True).exclude(pk__in=excluded):
        tell_new_owner(change, person)


def current(case: m.Case) -> QuerySet[m.CasePerson]:
    """Return the rows of everybody who has a role on the case now."""
    return m.CasePerson.objects.filter(case=case, until__isnull=True)


def give_role(change: Changing, person: User, role: str) -> m.CasePerson:
    """Write the role, ending that of whoever had it. Raises NotPossible when this person has it already."""
    before = current(change.case).filter(role=role).first()
    if before is not None and before.user_id == person.pk:
        raise NotPossible(f"{person.name} has this role already", field="user_id")
    if not stays(person):
        raise NotPossible("This person has left meanwhile", field="user_id")
    with writing_role(change, role):
        if before is not None:
            before.until = change.now
            before.save(update_fields=["until"])
        row = change.add(m.CasePerson, user=person, role=role, since=change.now)
    change.put_in_timeline("person_assigned", text=f"{m.CaseRole(role).label}: {person.name}")
    return row


def end(change: Changing, row: m.CasePerson) -> None:
    """Write the end of a role."""
    with writing_role(change, row.role):
        row.until = change.now
        row.save(update_fields=["until"])
    name = User.objects.values_list("name", flat=True).get(pk=row.user_id)
    change.put_in_timeline("person_unassigned", text=f"{m.CaseRole(row.role).label}: {name}")


@contextmanager
def writing_role(change: Changing, role: str) -> Iterator[None]:
    """A CPS role is written by the system of the force, after sight was proved: no Area writes a force's rows."""
    if role in m.CPS_CASE_ROLES:
        with scope(system(change.case.force_id)):
            yield
    else:
        yield


def somebody_for(case: m.Case, user_id: UUID, role: str) -> User:
    """Return the person if she or he can have this role: of the right agency and sort, not excluded from the case."""
    if role not in m.CaseRole.values:
        raise NotPossible("Choose a role", field="role")
    if role in m.CPS_CASE_ROLES and not case.brought:
        raise NotPossible("Bring the case to the CPS first.")
    agency = case.cps_area_scope if role in m.CPS_CASE_ROLES else case.force_id
    roles = CPS_ROLE_OF.get(role, WORKS_CASES_POLICE)
    person = User.objects.filter(pk=user_id, agency_id=agency, is_active=True, role__in=roles).first()
    if person is None:
        raise NotPossible("Choose somebody who works cases for this agency", field="user_id")
    if m.Exclusion.objects.filter(case=case, user=person, lifted_at__isnull=True).exists():
        raise NotPossible("This person cannot have a role on this case", field="user_id")
    return person


def accreditation_warning(person: User, role: str, today: date) -> str:
    """Say what the person lacks to investigate such a case (domain.md section 9), or "" when nothing."""
    if role not in INVESTIGATIVE_ROLES:
        return ""
    lack = lacking([person.pk], today).get(person.pk)
    return SENTENCES[lack].format(person.name) if lack else ""
