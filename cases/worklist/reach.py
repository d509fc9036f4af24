"""Whose cases the worklist is about: one's own (and those of people one stands in for), the unit's, the force's or the Area's."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.states import OPEN_STAGES
from cases.listing import is_cps
from cases.looking import changed_for
from cases.querysets import standing_in_for


class View(StrEnum):
    """Whose cases."""

    MINE = "mine"
    UNIT = "unit"
    ALL = "all"


FIRST: dict[str, View] = {
    Role.SERGEANT: View.UNIT,
    Role.SUPERVISOR: View.UNIT,
    Role.CPS_MANAGER: View.ALL,
    Role.CPS_DIRECT: View.ALL,
}
"""`[DESIGN]` What each role opens on; everybody else on the own cases. Somebody without a unit opens on the widest view."""


def views_of(user: User) -> dict[View, str]:
    """Return the views a person has, with their words."""
    found = {View.MINE: "My cases"}
    if user.role in {Role.SERGEANT, Role.SUPERVISOR} and user.unit_id:
        found[View.UNIT] = "My unit"
    if user.role == Role.SUPERVISOR:
        found[View.ALL] = "My force"
    if is_cps(user):
        found[View.ALL] = "CPS Direct" if user.role == Role.CPS_DIRECT else "My Area"
    return found


def first_view(user: User) -> View:
    """Return the view a person's worklist opens on."""
    offered = views_of(user)
    wanted = FIRST.get(user.role, View.MINE)
    return wanted if wanted in offered else list(offered)[-1]


@dataclass(frozen=True, slots=True)
class Reach:
    """The open cases that one list is about, before anything is asked of them."""

    user: User
    view: View
    changed: bool = False

    @property
    def cps(self) -> bool:
        """Whether the reader works for the CPS."""
        return is_cps(self.user)

    def cases(self) -> QuerySet[m.Case]:
        """Return the open cases; what waits without a date is of one of them."""
        return self._mine().filter(stage__in=OPEN_STAGES)

    def with_clocks(self) -> QuerySet[m.Case]:
        """Return the open cases, and the closed ones in which something is still owed: closing ends no telling."""
        owed = Q(next_due_police__lt=m.NOTHING_DUE) | Q(next_due_cps__lt=m.NOTHING_DUE)
        return self._mine().filter(Q(stage__in=OPEN_STAGES) | owed)

    def _mine(self) -> QuerySet[m.Case]:
        rows: Any = m.Case.objects.visible_to(self.user)
        if self.view is View.MINE:
            mine = m.CasePerson.objects.filter(case=OuterRef("pk"), until__isnull=True, user__in=standing_in_for(self.user))
            rows = rows.filter(Exists(mine))
        elif self.view is View.UNIT:
            rows = rows.filter(unit_id=self.user.unit_id)
        return rows.filter(changed_for(self.user)) if self.changed else rows  # type: ignore[no-any-return]

    def covered(self) -> frozenset[UUID]:
        """Return the people whom this person stands in for today. One query."""
        return frozenset(row["pk"] for row in standing_in_for(self.user)) - {self.user.pk}
