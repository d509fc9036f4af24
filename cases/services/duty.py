"""Who is on duty for a case when something cannot wait for the list of the morning: its inspector, else supervisors outwards."""

from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.changing import Changing
from core.scope import scope, system
from notifications.services import tell


def duty_supervisors(case: m.Case, *, but: User | None = None) -> list[User]:
    """Return the inspector of the case, else the supervisors of its unit, else those of the force; nobody who is excluded.

    Of a restricted case nobody beyond its inspector hears. Called in the system scope of the case's force.
    """
    excluded = m.Exclusion.objects.filter(case=case, lifted_at__isnull=True).values("user")
    people = User.objects.filter(agency_id=case.force_id, is_active=True).exclude(pk__in=excluded).order_by("name", "pk")
    if but is not None:
        people = people.exclude(pk=but.pk)
    inspectors = m.CasePerson.objects.filter(case=case, role=m.CaseRole.INSPECTOR, until__isnull=True).values("user")
    found = list(people.filter(pk__in=inspectors))
    if found or case.restricted:
        return found
    supervisors = people.filter(role=Role.SUPERVISOR)
    near = list(supervisors.filter(unit_id=case.unit_id)) if case.unit_id else []
    return near or list(supervisors)


def tell_duty_supervisors(change: Changing, subject: str, key: UUID) -> None:
    """Tell whoever is on duty for the case, but who does it, in the same transaction. `key` makes it the same thing."""
    with scope(system(change.case.force_id)):
        for person in duty_supervisors(change.case, but=change.user):
            tell(user=person, subject=subject, key=str(key), case_id=change.case.pk, done_by=change.user)
