"""Which clients a person of a support service sees: every read of the ISVA's pages begins here.

The database admits the live clients of the service (victims/grants.py); whose client it is within the service is decided
here. Nobody is seen by default: without consent given and not withdrawn there is no client.
"""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from accounts.roles import WORKS_WITH_CLIENTS, Role
from cases.querysets import standing_in_for

if TYPE_CHECKING:
    from accounts.models import User


class SupportReferralQuerySet(models.QuerySet[Any]):
    """Referrals to support, narrowed to who may see them."""

    def live(self) -> Self:
        """Return the referrals by which a service has a client: accepted, consent given and not withdrawn."""
        return self.filter(state="accepted", consent_given_on__isnull=False, consent_withdrawn_at__isnull=True)

    def visible_to(self, user: "User") -> Self:
        """Return a person's clients: an ISVA's own and those of whom she or he covers today, a manager's all of the service."""
        if not user.is_active or user.role not in WORKS_WITH_CLIENTS:
            return self.none()
        clients = self.live().filter(service_id=user.agency_id)
        return clients if user.role == Role.ISVA_MANAGER else clients.filter(isva__in=standing_in_for(user))
