"""Who is shown a victim's identity (design section 7), and proving sight of one complainant.

Shown to: officer in the case, sexual offences liaison officer, whoever covers one of them, the case's sergeant and
supervisors, the named victim liaison officer, the allocated prosecutor; on the ISVA's pages the allocated ISVA. Nobody
else, and nobody who sees the case by emergency access alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from accounts.models import User
from accounts.roles import Role
from cases import models as cases
from cases.querysets import standing_in_for
from cases.sight import by_emergency_alone, see_or_404
from victims import permissions

ROLES_SHOWN = frozenset({
    cases.CaseRole.OFFICER, cases.CaseRole.LIAISON, cases.CaseRole.SERGEANT, cases.CaseRole.INSPECTOR,
    cases.CaseRole.PROSECUTOR, cases.CaseRole.VICTIM_LIAISON,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A complainant of a case that somebody sees, and whether identity is shown to her or him."""

    case: cases.Case
    complainant: cases.Complainant
    identity: bool


def shown_with(user: User, case: cases.Case, roles: Collection[str]) -> bool:
    """Say the same of somebody whose roles on the case are known, her or his own and those she or he covers. No query."""
    if not permissions.SEE_IDENTITY.holds(user) or by_emergency_alone(case):
        return False
    return user.role == Role.SUPERVISOR or not ROLES_SHOWN.isdisjoint(roles)


def identity_shown(user: User, case: cases.Case) -> bool:
    """Say whether this person, who sees the case, is shown who its victims are. One query for most roles, none for supervisors."""
    if user.role == Role.SUPERVISOR or not permissions.SEE_IDENTITY.holds(user):
        return shown_with(user, case, ())
    roles = cases.CasePerson.objects.filter(case=case, until__isnull=True, user__in=standing_in_for(user))
    return shown_with(user, case, frozenset(roles.values_list("role", flat=True)))


def see_complainant_or_404(user: User, complainant_id: UUID) -> Seen:
    """Return the complainant with the case, if this person sees it. Raises Http404 otherwise, the same as for nothing."""
    row = cases.Complainant.objects.filter(pk=complainant_id).first()
    # A complainant who is not there costs as many queries as one out of sight.
    case = see_or_404(user, row.case_id if row else UUID(int=0))
    if row is None:
        raise Http404
    return Seen(case, row, identity_shown(user, case))
