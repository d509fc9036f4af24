"""Who sees which case: every read of a case begins with `visible_to(user)`. The first of the two belts.

The second is row-level security, which knows only agencies; unit, assignment, restriction and exclusion are decided
here. Nobody is seen by default.
"""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.querysets import away_on
from accounts.roles import WORKS_CASES_CPS, Role
from core import clock

if TYPE_CHECKING:
    from accounts.models import User


class CaseQuerySet(models.QuerySet[Any]):
    """Cases, narrowed to who may see them."""

    def visible_to(self, user: "User") -> Self:
        """Return the cases this person may see today: none for a role that works no cases."""
        return self._reached_by(user, Q(_assigned(user)) | Q(_granted(user)) | Q(_in_emergency(user)))

    def seen_lastingly_by(self, user: "User") -> Self:
        """Return the cases this person would see without any emergency access."""
        return self._reached_by(user, Q(_assigned(user)) | Q(_granted(user)))

    def _reached_by(self, user: "User", given: Q) -> Self:
        if not user.is_active:
            return self.none()
        if user.role in {Role.INVESTIGATOR, Role.SERGEANT}:
            reach = self.filter(force_id=user.agency_id).filter(Q(restricted=False, unit_id=user.unit_id) | given)
        elif user.role == Role.SUPERVISOR:
            reach = self.filter(force_id=user.agency_id).filter(Q(restricted=False) | given)
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


OF_THE_CPS_ALONE = ("second_check",)
"""Kinds of clock that the police may not learn of: what they are about is the CPS's alone until it is published."""


OF_THE_POLICE_ALONE = ("nfa_check",)
"""Kinds of clock that the CPS may not learn of: what the police propose among themselves."""


class DeadlineQuerySet(models.QuerySet[Any]):
    """Clocks, narrowed to who may be shown them. The database's own policy says the same (cases/grants.py)."""

    def shown_to(self, user: "User") -> Self:
        """Leave out what the other side keeps to itself: from those who work for the CPS the police’s, from all others the CPS’s."""
        return self.exclude(kind__in=OF_THE_POLICE_ALONE if user.role in WORKS_CASES_CPS else OF_THE_CPS_ALONE)


def standing_in_for(user: "User") -> models.QuerySet[Any]:
    """Return the people this person acts as today: herself or himself, and whom she or he covers.

    Cover holds on London days, the first and the last included; an absence without a last day lasts. Cover of a cover is
    not chained: whoever covers somebody does not act for those whom that person covers.
    """
    from accounts.models import User

    return User.objects.filter(Q(pk=user.pk) | Q(covered_by=user.pk, is_active=True) & away_on(clock.today())).values("pk")


class AbstractionQuerySet(models.QuerySet[Any]):
    """Events that take officers, narrowed to who may see them."""

    def visible_to(self, user: "User") -> Self:
        """Return the editions of the force's entries: for those who enter and count them, supervisors and analysts."""
        if not user.is_active or user.role not in {Role.SUPERVISOR, Role.ANALYST}:
            return self.none()
        return self.filter(force_id=user.agency_id)

    def current(self) -> Self:
        """Return the edition of each entry that counts: the one no later edition has taken the place of."""
        later = self.model._default_manager.filter(edition__gt=OuterRef("edition"))
        entry = Coalesce(OuterRef("first_id"), OuterRef("pk"))
        return self.exclude(Exists(later.filter(first_id=entry)))

    def standing(self) -> Self:
        """Return the latest editions of events that were not called off."""
        return self.current().filter(called_off=False)


def _assigned(user: "User") -> Exists:
    from cases.models import CasePerson

    return Exists(CasePerson.objects.filter(case=OuterRef("pk"), until__isnull=True, user__in=standing_in_for(user)))


def _granted(user: "User") -> Exists:
    from cases.models import CaseAccess

    holder = Q(user=user.pk) | Q(unit=user.unit_id) if user.unit_id else Q(user=user.pk)
    return Exists(CaseAccess.objects.filter(holder, case=OuterRef("pk"), revoked_at__isnull=True, until__gte=clock.today()))


def _in_emergency(user: "User") -> Exists:
    from cases.models import EmergencyAccess

    return Exists(EmergencyAccess.objects.filter(case=OuterRef("pk"), user=user.pk, until__gt=clock.now()))


def _excluded(user: "User") -> Exists:
    from cases.models import Exclusion

    return Exists(Exclusion.objects.filter(case=OuterRef("pk"), user=user.pk, lifted_at__isnull=True))
