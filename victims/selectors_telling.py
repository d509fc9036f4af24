"""Readers of what stands beside a plan of telling, and of the service that supports a victim."""

from collections.abc import Collection, Mapping
from uuid import UUID

from cases import models as cases
from victims.models import SupportReferral, TellingArrangement


def service_of(complainant: cases.Complainant) -> str:
    """Return the name of the support service that she or he consented to, the latest; empty for none. One query."""
    live = SupportReferral.objects.filter(
        complainant=complainant, state="accepted", consent_given_on__isnull=False, consent_withdrawn_at__isnull=True
    )
    row = live.select_related("service").order_by("-created_at").first()
    return row.service.name if row is not None and row.service is not None else ""


def arrangements_of(plans: Collection[UUID]) -> Mapping[UUID, TellingArrangement]:
    """Return plan → who is with her or him and where the letter goes, sealed until read inside `consulting`. One query."""
    return {row.plan_id: row for row in TellingArrangement.objects.filter(plan__in=plans)}
