"""Clients of support services to test on, made by the services that the screens use."""

from typing import Any
from uuid import UUID

from accounts.models import Agency, User
from accounts.roles import Role
from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.telling import open_to_tell
from core import clock
from core.scope import Kind, Scope, scope, system
from notifications.models import Notice
from tests.factories import AVON, SERVICE, World, acting_as, ago, make_user
from tests.integration.cases.making import do, fresh, make_case, suspect_of
from victims.models import SupportReferral, TellRequest, Victim
from victims.services import tell_requests
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


def told_of(user: User) -> list[str]:
    with scope(system(user.agency_id)):
        return sorted(Notice.objects.filter(user=user).values_list("subject", flat=True))


def as_isva(user: User, service: Any, case: m.Case, **arguments: Any) -> Any:
    with acting_as(user):
        return service(actor=user, complainant_id=complainant_of(case).pk, **arguments)


def row_of(model: Any, case: m.Case) -> Any:
    with scope(system(case.force_id)):
        return model.objects.get(case=case)


def clients_of(user: User) -> set[Any]:
    with acting_as(user):
        return set(SupportReferral.objects.visible_to(user).values_list("complainant_id", flat=True))


def arrested(world: World, case: m.Case) -> str:
    """Let the suspect be arrested, which the complainant is to be told, and return the thing to tell."""
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=3))
    with acting_as(world.investigator):
        found = open_to_tell(fresh(case), complainant_of(case))
    return next(one.key for one in found if one.about == "told_arrest")


def ask_to_tell(world: World, case: m.Case, **facts: Any) -> TellRequest:
    thing = facts.pop("thing", None) or arrested(world, case)
    given = {"thing": thing, "words": "There has been an arrest.", **facts}
    return do(world.investigator, tell_requests.ask_isva_to_tell, case, referral_id=row_of(SupportReferral, case).pk, **given)
