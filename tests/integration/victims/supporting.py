"""Clients of support services to test on, made by the services that the screens use."""

from typing import Any
from uuid import UUID

from accounts.models import Agency, User
from accounts.roles import Role
from cases import models as m
from core import clock
from core.scope import Kind, Scope, scope, system
from tests.factories import AVON, SERVICE, World, acting_as, make_user
from tests.integration.cases.making import do, make_case
from victims.models import SupportReferral, Victim
from victims.services.allocating import allocate_client
from victims.services.referrals import refer_to_support

OTHER_SERVICE = 1002
NAME = ("Zenobia", "Wexcombe-Thrale")
CONSENT = {"answer": "accepted", "consent_scope": "What she was told", "consent_witnessed_by": "Her sister"}


def make_manager(service: int = SERVICE) -> User:
    """Make the manager of a service, and the service where it is not there."""
    with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)):
        Agency.objects.get_or_create(pk=service, defaults={"kind": "support", "name": f"Service {service}"})
    return make_user(service, Role.ISVA_MANAGER)


def complainant_of(case: m.Case, label: str = "A") -> m.Complainant:
    """Return a complainant of the case."""
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case, label=label)


def refer(world: World, case: m.Case, *, service: int = SERVICE, label: str = "A", **facts: Any) -> SupportReferral:
    """Refer a complainant, with consent, by the officer."""
    given = {**CONSENT, "service_id": service, "consent_given_on": clock.today(), **facts}
    return do(world.investigator, refer_to_support, case, complainant_id=complainant_of(case, label).pk, **given)


def name_victim(case: m.Case, names: tuple[str, str] = NAME, label: str = "A", **facts: Any) -> None:
    """Record who a complainant is."""
    row = complainant_of(case, label)
    with scope(system(case.force_id)):
        victim = Victim(case=case, force_id=case.force_id, complainant=row, **facts)
        victim.forenames, victim.surname = names
        victim.save(force_insert=True)


def allocate(manager: User, complainant_id: UUID, isva: User) -> None:
    """Allocate a client, as the manager of the service."""
    with acting_as(manager):
        allocate_client(actor=manager, complainant_id=complainant_id, isva_id=isva.pk)


def make_client(
    world: World, manager: User, *surnames: str, reference: str = "52/CLIENT/1", isva: User | None = None, names: tuple[str, str] = NAME
) -> m.Case:
    """Make a case of the officer's whose complainant A is a client of the service, allocated to its ISVA."""
    case = make_case(world.investigator, *surnames, reference=reference, unit_id=world.north.pk)
    name_victim(case, names)
    referral = refer(world, case, service=manager.agency_id)
    allocate(manager, referral.complainant_id, isva or world.isva)
    return case
