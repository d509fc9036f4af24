"""Whom a message between police and a support service is told: ids alone, in the system scope; what was said stays where it is."""

from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as cases
from cases.services.duty import duty_supervisors
from core.scope import scope, system
from notifications.services import tell
from victims.models import SupportReferral


def tell_officer(case: cases.Case, subject: str, key: UUID, *, done_by: User | None, inspector_too: bool = False) -> None:
    """Tell the officer in the case, else its inspector or supervisors; `inspector_too` tells these beside the officer."""
    with scope(system(case.force_id)):
        rows = cases.CasePerson.objects.filter(case=case, role=cases.CaseRole.OFFICER, until__isnull=True, user__is_active=True)
        people = [row.user for row in rows.select_related("user")]
        if inspector_too or not people:
            people += [one for one in duty_supervisors(case) if one not in people]
        for person in people:
            tell(user=person, subject=subject, key=str(key), case_id=case.pk, done_by=done_by)


def tell_isva(referral: SupportReferral, subject: str, key: UUID, *, done_by: User | None) -> None:
    """Tell the allocated ISVA, whose cover hears too; where nobody is allocated the managers of the service."""
    isva = referral.isva
    for person in [isva] if isva is not None and isva.is_active else managers_of(referral.service_id):
        tell(user=person, subject=subject, key=str(key), done_by=done_by)


def tell_managers(service_id: int | None, subject: str, key: UUID, *, done_by: User | None) -> None:
    """Tell the managers of a service."""
    for person in managers_of(service_id):
        tell(user=person, subject=subject, key=str(key), done_by=done_by)


def managers_of(service_id: int | None) -> list[User]:
    """Return the managers of a service; nobody for none."""
    if service_id is None:
        return []
    return list(User.objects.filter(agency_id=service_id, role=Role.ISVA_MANAGER, is_active=True).order_by("name", "pk"))
