"""Who sees which case: every read of a case begins with `visible_to(user)`. The first of the two belts.

The second is row-level security, which knows only agencies; unit, assignment, restriction and exclusion are decided
here. Nobody is seen by default.
"""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.roles import WORKS_CASES_CPS, Role
from core import clock

if TYPE_CHECKING:
    from accounts.models import User


class CaseQuerySet(models.QuerySet[Any]):
    """Cases, narrowed to who may see them."""

    def visible_to(self, user: "User") -> Self:
        """Return the cases this person may see today: none for a role that works no cases."""
        if not user.is_active:
            return self.none()
        if user.role in {Role.INVESTIGATOR, Role.SERGEANT}:
            reach = self.filter(force_id=user.agency_id).filter(
                Q(restricted=False, unit_id=user.unit_id) | _assigned(user) | _granted(user)
            )
        elif user.role == Role.SUPERVISOR:
            reach = self.filter(force_id=user.agency_id).filter(Q(restricted=False) | _assigned(user) | _granted(user))
        elif user.role in WORKS_CASES_CPS:
            reach = self.filter(cps_area_scope=user.agency_id)
        else:
            return self.none()
        return reach.exclude(_excluded(user))

    def counted_by(self, user: "User") -> Self:
        """Return the cases this person may count without seeing them: analysts their force's, others what they see."""
        if user.is_active and user.role == Role.ANALYST:
            return self.filter(force_id=user.agency_id)
        return self.visible_to(user)


def standing_in_for(user: "User") -> models.QuerySet[Any]:
    """Return the people this person acts as today: herself or himself, and whom she or he covers."""
    from accounts.models import User

    today = clock.today()
    covered = Q(covered_by=user.pk, away_from__lte=today, away_to__gte=today)
    return User.objects.filter(Q(pk=user.pk) | covered).values("pk")


def _assigned(user: "User") -> Exists:
    from cases.models import CasePerson

    return Exists(CasePerson.objects.filter(case=OuterRef("pk"), until__isnull=True, user__in=standing_in_for(user)))


def _granted(user: "User") -> Exists:
    from cases.models import CaseAccess

    holder = Q(user=user.pk) | Q(unit=user.unit_id) if user.unit_id else Q(user=user.pk)
    return Exists(CaseAccess.objects.filter(holder, case=OuterRef("pk"), revoked_at__isnull=True, until__gte=clock.today()))


def _excluded(user: "User") -> Exists:
    from cases.models import Exclusion

    return Exists(Exclusion.objects.filter(case=OuterRef("pk"), user=user.pk, lifted_at__isnull=True))
