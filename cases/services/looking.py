"""Remembering that somebody looked at a case, so that what others changed can be told next time."""

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock

VISIT = timedelta(minutes=30)
"""`[DESIGN]` A visit goes on until half an hour has passed without a look: a reload still shows what had changed."""


def look(*, actor: User, case: m.Case) -> m.CaseLook:
    """Note that this person, who has been proved to see the case, looks at the version loaded; return the row.

    Its `before_version` and `before_at` are those of the visit before (`before_at` None: there was none). A fact about
    the person and not about the case: no timeline, no new version, and the access log has its own row.
    """
    with transaction.atomic():
        mine = m.CaseLook.objects.select_for_update().filter(user=actor, case=case)
        row = mine.first()
        if row is None:
            m.CaseLook.objects.bulk_create([_first(actor, case)], ignore_conflicts=True)
            return mine.get()
        now = clock.now()
        if now - row.at >= VISIT:
            row.before_version, row.before_at = row.version, row.at
        row.version, row.at = max(case.version, row.version), now
        row.save(update_fields=["version", "at", "before_version", "before_at"])
        return row


def _first(actor: User, case: m.Case) -> m.CaseLook:
    return m.CaseLook(**keys_of(case), created_by=actor, user=actor, version=case.version, at=clock.now(), before_version=case.version)
