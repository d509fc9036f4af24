"""Emergency access in tests: taken and reviewed as the screens do, and what it leaves behind."""

from typing import Any

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.services.emergency import review_emergency_access, take_emergency_access
from core.scope import Kind, Scope, scope, system
from notifications.models import Notice
from tests.factories import AVON, acting_as

REASON = "Somebody is in danger now: threats heard"


def take(actor: User, reference: str = "52/TEST/1", reason: str = REASON) -> m.EmergencyAccess:
    """Take emergency access as a person."""
    with acting_as(actor):
        return take_emergency_access(actor=actor, crime_reference=reference, reason=reason)


def review(auditor: User, access: m.EmergencyAccess, **changes: str) -> m.EmergencyReview:
    """Review a use as an auditor."""
    answers = {"answer": "justified", "note": "Threats were on record"} | changes
    with acting_as(auditor):
        return review_emergency_access(actor=auditor, access_id=access.pk, **answers)


def log(agency_id: int = AVON) -> list[AccessLog]:
    """Return what the auditor of an agency reads, oldest first."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)):
        return list(AccessLog.objects.of_agency(agency_id).order_by("at", "id"))


def review_clock(case: m.Case) -> m.Deadline:
    """Return the auditor's clock."""
    with scope(system(case.force_id)):
        return m.Deadline.objects.get(case=case, kind="break_glass_review")


def told() -> set[Any]:
    """Return who was told."""
    with scope(system(AVON)):
        return set(Notice.objects.filter(subject="emergency_access").values_list("user_id", flat=True))
