"""Who may do what with people and units. Each rule as a question (`may_…`) and as a demand that gives the reason (`check_…`)."""

from accounts.models import Agency, User
from accounts.roles import AGENCIES_OF_ROLE, Role
from audit import context as audit_context
from core.exceptions import NotAllowed, NotPossible

LEADS_PEOPLE = frozenset({Role.SERGEANT, Role.SUPERVISOR, Role.CPS_MANAGER, Role.ISVA_MANAGER, Role.ADMINISTRATOR})


def may_administer(actor: User | None, agency_id: int) -> bool:
    """Say whether the actor may invite, move and end people of an agency: its administrator, or the system (None) with a reason."""
    if actor is None:
        context = audit_context.current()
        return context is not None and context.is_system
    return actor.is_active and actor.role == Role.ADMINISTRATOR and actor.agency_id == agency_id


def check_may_administer(actor: User | None, agency_id: int) -> None:
    """Raise NotAllowed unless `may_administer`."""
    if not may_administer(actor, agency_id):
        raise NotAllowed("Only an administrator of the person’s own agency may do this.")


def check_not_oneself(actor: User | None, person: User) -> None:
    """Raise NotAllowed when somebody would change her or his own standing: a second administrator does that."""
    if actor is not None and actor.pk == person.pk:
        raise NotAllowed("You cannot change your own role or standing. Ask another administrator.")


def may_arrange_absence(actor: User | None, person: User) -> bool:
    """Say whether the actor may enter an absence or cover: the person, who leads people in the same agency, or the system."""
    if actor is None:
        return may_administer(None, person.agency_id)
    return actor.is_active and (actor.pk == person.pk or (actor.agency_id == person.agency_id and actor.role in LEADS_PEOPLE))


def check_may_arrange_absence(actor: User | None, person: User) -> None:
    """Raise NotAllowed unless `may_arrange_absence`."""
    if not may_arrange_absence(actor, person):
        raise NotAllowed("Only the person, a supervisor or an administrator of the same agency may do this.")


def check_may_accredit(actor: User | None, person: User) -> None:
    """Raise NotAllowed unless the actor leads people in the person's agency and is not the person."""
    leads = may_arrange_absence(actor, person) and (actor is None or actor.role in LEADS_PEOPLE)
    if not leads or (actor is not None and actor.pk == person.pk):
        raise NotAllowed("Only a supervisor or an administrator of the same agency may record an accreditation.")


def check_role_fits(role: str, agency: Agency) -> None:
    """Raise NotPossible, beside the field `role`, when an agency of this kind has nobody in this role."""
    if agency.kind not in AGENCIES_OF_ROLE[role]:
        raise NotPossible(f"{Role(role).label} is not a role of {agency.name}.", field="role")
