"""The nightly check of projections: what time alone changes (bail that lapsed), and anything that ever came to differ."""

import logging
from uuid import UUID

from django.db import transaction

from cases import models as m
from cases.derive.states import OPEN_STAGES
from cases.services import known
from cases.services.reconcile import reconcile
from core.scope import scope, system

log = logging.getLogger("rasso.cases")
CHUNK = 500


def refresh_force(force_id: int) -> int:
    """Reconcile every open case of a force, each in a transaction of its own, and return how many were looked at.

    Running it twice, or two at once, changes nothing more: each case is locked and everything written is derived.
    """
    with transaction.atomic():
        known.fill(force_id)
    seen, last = 0, UUID(int=0)
    while keys := _next_keys(force_id, last):
        for key in keys:
            with transaction.atomic(), scope(system(force_id)):
                case = m.Case.objects.select_for_update().get(pk=key)
                reconcile(case, reason="time passed", actor_name="System")
        seen, last = seen + len(keys), keys[-1]
    log.info("projections of a force checked")
    return seen


def _next_keys(force_id: int, after: UUID) -> list[UUID]:
    with transaction.atomic(), scope(system(force_id)):
        rows = m.Case.objects.filter(force_id=force_id, stage__in=OPEN_STAGES, pk__gt=after).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:CHUNK])
