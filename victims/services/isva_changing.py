"""How a support service's people change what concerns a client: prove sight as an ISVA, then as every service does.

    with isva_changing(complainant_id, actor=user) as change:
        change.add(IsvaMessage, complainant_id=change.client.complainant_id, ...)
        change.put_in_timeline("isva_asked")

The ISVA's kind has no grant on a case, suspect or timeline. The case's row is read and locked in the system scope of its
force and handed on for its keys alone; facts are written under the ISVA's own kind; timeline, deadlines and the access
log's row follow on the way out in the system scope.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.models import User
from cases import models as cases
from cases import policies
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible
from core.scope import scope, system
from victims import permissions
from victims.models import SupportReferral, VictimRow

Row = TypeVar("Row", bound=VictimRow)
CLOSED = "This record takes no more entries. Ask the officer in the case."
"""Said of a case that takes no changes: why is nothing that an ISVA learns."""


@dataclass(frozen=True, slots=True)
class IsvaChange:
    """A client's record being changed by the service. `change` is for what runs in the system scope (`as_system`) alone."""

    client: SupportReferral
    change: Changing
    user: User

    @property
    def now(self) -> datetime:
        """One moment for the whole change."""
        return self.change.now

    def add(self, model: type[Row], **facts: Any) -> Row:
        """Insert one row about the client, under the ISVA's own kind, and return it."""
        return self.change.add(model, complainant_id=self.client.complainant_id, **facts)

    def own(self, model: type[Row], pk: UUID, **service: Any) -> Row:
        """Return a row about this client, locked. `service` narrows it to what is between this service and the police.

        Raises Http404 for any other, the same as for nothing.
        """
        rows = model._default_manager.select_for_update().filter(complainant_id=self.client.complainant_id, pk=pk, **service)
        row = rows.first()
        if row is None:
            raise Http404
        return row

    def put_in_timeline(self, kind: str) -> None:
        """Say on the timeline that something happened: never what was said, nor about whom but by label."""
        with self.as_system():
            complainant = cases.Complainant.objects.get(pk=self.client.complainant_id)
        self.change.put_in_timeline(kind, complainant=complainant)

    @contextmanager
    def as_system(self) -> Iterator[Changing]:
        """Run the block in the system scope of the case's force: for the ending steps that an ISVA has no right to."""
        with scope(system(self.client.force_id)):
            yield self.change


def see_client_or_404(user: User, complainant_id: UUID) -> SupportReferral:
    """Return the referral by which this person has the client, in one query. Raises Http404 otherwise, the same as for nothing."""
    rows = SupportReferral.objects.visible_to(user).filter(complainant_id=complainant_id)
    found: SupportReferral | None = rows.select_related("isva__covered_by", "service").first()
    if found is None:
        raise Http404
    return found


@contextmanager
def isva_changing(complainant_id: UUID, *, actor: User) -> Iterator[IsvaChange]:
    """Change what concerns one client, in one transaction. Raises Http404 for nobody's or somebody else's client, NotAllowed,

    NotPossible where the case takes no changes; whatever the body raises, nothing is written.
    """
    permissions.SEE_CLIENTS.check(actor)
    with transaction.atomic():
        client = see_client_or_404(actor, complainant_id)
        case = _locked(client)
        client = see_client_or_404(actor, complainant_id)  # consent or allocation may have ended while we waited for the lock
        with changing(case.pk, actor=actor, locked=case) as change:
            yield IsvaChange(client=client, change=change, user=actor)


def _locked(client: SupportReferral) -> cases.Case:
    with scope(system(client.force_id)):
        case: cases.Case = cases.Case.objects.select_for_update(of=("self",)).get(pk=client.case_id)
        try:
            policies.case_takes_changes(case)
        except NotPossible:
            raise NotPossible(CLOSED) from None
    return case
