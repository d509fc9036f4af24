"""Whom reminders of what an ISVA owes go to: the client's ISVA (her or his cover hears too), then the managers of the service."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases.derive.clocks import Owes
from cases.models import Deadline
from cases.reminding import recipients
from cases.reminding.recipients import Running
from victims.models import TellRequest


def register() -> None:
    """Answer for what ISVAs owe."""
    recipients.register(Owes.ISVA, people)


def people(rows: Sequence[Running], escalated: bool) -> Mapping[UUID, list[UUID]]:
    """Return whom each deadline reminds, in three queries. Consent that ended reminds nobody: the service knows no such client."""
    subjects = dict(Deadline.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "subject_id"))
    asked = TellRequest.objects.filter(pk__in=subjects.values(), referral__consent_withdrawn_at__isnull=True)
    found = {key: (isva, service) for key, isva, service in asked.values_list("pk", "referral__isva_id", "referral__service_id")}
    services = {service for _, service in found.values()}
    staff = User.objects.filter(agency_id__in=services, is_active=True, role__in=(Role.ISVA, Role.ISVA_MANAGER)).order_by("pk")
    known = {key: (agency, role) for key, agency, role in staff.values_list("pk", "agency_id", "role")}
    answer = {}
    for deadline, subject in subjects.items():
        if subject in found:
            isva, service = found[subject]
            managers = [key for key, (agency, role) in known.items() if agency == service and role == Role.ISVA_MANAGER]
            answer[deadline] = [isva] if isva in known and not escalated else managers
    return answer
