"""Allocating clients to the ISVAs of a service, by its manager. The one before sees nothing from the next request on."""

from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from core.exceptions import NotPossible
from victims import permissions
from victims.models import SupportReferral
from victims.services.isva_changing import isva_changing
from victims.services.notices import tell_isva


def allocate_client(*, actor: User, complainant_id: UUID, isva_id: UUID) -> SupportReferral:
    """Allocate a client to an ISVA of the own service. Raises Http404, NotAllowed, NotPossible (nobody of the service, the same)."""
    permissions.ALLOCATE_CLIENTS.check(actor)
    with isva_changing(complainant_id, actor=actor) as change:
        isva = User.objects.filter(pk=isva_id, agency_id=actor.agency_id, role=Role.ISVA, is_active=True).first()
        if isva is None:
            raise NotPossible("Select an ISVA of your service", field="isva_id")
        row = change.client
        if row.isva_id == isva.pk:
            raise NotPossible("This client is allocated to her or him already", field="isva_id")
        row.isva, row.allocated_at = isva, change.now
        row.save(update_fields=["isva", "allocated_at"])
        change.put_in_timeline("isva_allocated")
        tell_isva(row, "client_allocated", row.pk, done_by=actor)
        return row
