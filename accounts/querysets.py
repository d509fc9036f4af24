"""Which people and units somebody sees in lists. A name in a shared case comes by the case, not by these."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import Unit, User  # noqa: F401 - named in a base class below


def away_on(day: date) -> Q:
    """Return the condition that somebody is away on a London day; an absence without a last day lasts."""
    return Q(away_from__lte=day) & (Q(away_to__isnull=True) | Q(away_to__gte=day))


class PeopleQuerySet(models.QuerySet["User"]):
    """People, scoped."""

    def visible_to(self, user: "User | AnonymousUser | None") -> Self:
        """Return the people of the user's own agency; nobody for somebody not signed in or no longer active."""
        if user is None or isinstance(user, AnonymousUser) or not user.is_active:
            return self.none()
        return self.filter(agency_id=user.agency_id)

    def active(self) -> Self:
        """Return people who have not left."""
        return self.filter(is_active=True)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, scoped."""

    def visible_to(self, user: "User | AnonymousUser | None") -> Self:
        """Return the units of the user's own agency; none for somebody not signed in or no longer active."""
        if user is None or isinstance(user, AnonymousUser) or not user.is_active:
            return self.none()
        return self.filter(agency_id=user.agency_id)
