"""Saying which support service a name in the force's extract means, once for all: for what was taken in, and what is to come.

Consent is no part of it: the service sees nothing before consent is recorded. What was answered on screen stays as it is.
"""

from typing import Final

from django.db import transaction

from accounts.models import User
from audit.acts import Act
from audit.services import record
from cases.services.changing import Extract, changing
from core.exceptions import Change, Conflict, NotPossible
from core.scope import scope, system
from victims.models import ServiceName, SupportReferral
from victims.service_names import force_of, standing, to_be_applied
from victims.services.referrals import service_called

AT_ONCE: Final = 200
"""How many referrals one run matches, each in a transaction of its own; the next minute goes on."""


def match_name(*, actor: User, name: str, service_id: int | None, seen: str = "") -> ServiceName:
    """Match a name of the own force's extract to a support service. `seen` is the key of the match that the page showed, if any.

    Raises NotAllowed, Conflict (somebody matched it since), NotPossible (no service, matched to it already).
    """
    force_id = force_of(actor)
    service = service_called(service_id)
    if service is None:
        raise NotPossible("Select the service", field="service_id")
    with transaction.atomic(), scope(system(force_id)):
        before = standing(force_id).filter(name=name).first()
        if before is not None and str(before.pk) != seen:
            raise Conflict(Change(who=before.matched_by.name, what="matched this name", at=before.matched_at))
        if before is not None and before.service_id == service.pk:
            raise NotPossible("This name is matched to this service already", field="service_id")
        row = ServiceName.objects.create(force_id=force_id, name=name, service=service, matched_by=actor)
        record(act=Act.ALTERATION, what="support service of the extract matched", owners=(force_id,), purpose=f"service name {row.pk}")
        transaction.on_commit(lambda: _ring(force_id), robust=True)
    return row


def _ring(force_id: int) -> None:
    """Tell a worker to go through what was taken in. When nobody hears it, the sweep of the next minute does."""
    from victims.tasks import apply_service_names as task  # the task calls this module

    task.delay(force_id)


def apply_names(force_id: int) -> int:
    """Give the referrals of a force that name a matched service that service, and return how many got it. Safe to run again."""
    with scope(system(force_id)):
        waiting = list(to_be_applied(force_id).order_by("offered_at", "id").values_list("case_id", "pk")[:AT_ONCE])
    done = 0
    for case_id, referral_id in waiting:
        with scope(system(force_id)), changing(case_id, actor=Extract(force_id, name="Case tracker")) as change:
            found = to_be_applied(force_id).filter(pk=referral_id).first()  # somebody may have answered while we waited
            if found is None:
                continue
            row = change.get(SupportReferral, referral_id)
            row.service_id = found.wanted
            row.save(update_fields=["service"])
            change.put_in_timeline("support_service_matched", complainant=row.complainant)
            done += 1
    return done
