"""Proving sight of one case, the same way for every screen: what is outside is the same 404 as what does not exist."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404

import audit.services
from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from audit.acts import Act
from cases import models as m
from cases.permissions import WIDENS_SIGHT, Permission
from core import clock
from core.exceptions import NotAllowed


def see_or_404(user: User, case_id: UUID) -> m.Case:
    """Return the case with its force and unit, in one query. Raises Http404, after the same one query, for no case of this person's."""
    rows = m.Case.objects.visible_to(user).select_related("force", "unit")
    case = with_emergency(rows, user).filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def with_emergency(rows: QuerySet[m.Case], user: User) -> QuerySet[m.Case]:
    """Add to each case, as `emergency_until` and `emergency_reason`, this person's emergency access to it while one lasts.

    `seen_lastingly` says whether she or he would see it without.

    Police only: no other kind reads that table. The cases are the same ones, in the same single query.
    """
    if user.role not in WORKS_CASES_POLICE:
        return rows
    lasting = m.EmergencyAccess.objects.filter(case=OuterRef("pk"), user=user.pk, until__gt=clock.now()).order_by("-until")
    return rows.annotate(
        emergency_until=Subquery(lasting.values("until")[:1]),
        emergency_reason=Subquery(lasting.values("reason")[:1]),
        seen_lastingly=Exists(m.Case.objects.seen_lastingly_by(user).filter(pk=OuterRef("pk"))),
    )


def by_emergency_alone(case: m.Case) -> bool:
    """Say whether the person for whom the case was read sees it by emergency access and by nothing else."""
    return getattr(case, "emergency_until", None) is not None and not getattr(case, "seen_lastingly", True)


def check_lasting(case: m.Case, permission: Permission) -> None:
    """Raise NotAllowed where emergency access alone would be made into sight that does not end, the own or somebody else's."""
    if permission in WIDENS_SIGHT and by_emergency_alone(case):
        raise NotAllowed("Under emergency access you cannot decide who sees or has a case. Ask somebody who sees it without.")


def emergency_purpose(reason: str) -> str:
    """Return what the access log says under "purpose" of everything done under an emergency access taken for this reason."""
    return f"emergency: {reason}" if reason else ""


def purpose_of(case: m.Case) -> str:
    """Return the purpose under which this person, for whom the case was read, looks at it: an emergency, or nothing."""
    return emergency_purpose(getattr(case, "emergency_reason", None) or "")


def record_consultation(case: m.Case, what: str) -> None:
    """Write in the access log that somebody looked at one case, and under which emergency access, if any."""
    audit.services.record(
        act=Act.CONSULTATION, what=what, case_ids=[case.pk], owners=[case.force_id], row_count=1, purpose=purpose_of(case)
    )
