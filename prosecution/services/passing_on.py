"""A case that passes to another prosecutor takes with it what names the one before: open referrals and requests for advice."""

from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.services import passing_on
from cases.services.changing import Changing
from core.scope import scope, system
from prosecution.choosing import HELD
from prosecution.models import AdviceState, EarlyAdvice, Referral


def register() -> None:
    """Called once from AppConfig.ready()."""
    passing_on.register("prosecution", pass_on)


def pass_on(change: Changing, role: str, before_id: UUID, person: User) -> None:
    """Let the new prosecutor of the case have the open work that names the one before. Two queries."""
    if role != m.CaseRole.PROSECUTOR:
        return
    with scope(system(change.case.force_id)):
        for row in Referral.objects.filter(case=change.case, prosecutor=before_id, state__in=HELD):
            row.prosecutor = person
            row.save(update_fields=["prosecutor"])
        for request in EarlyAdvice.objects.filter(case=change.case, prosecutor=before_id, state=AdviceState.ACCEPTED):
            request.prosecutor = person
            request.save(update_fields=["prosecutor"])
