"""What the page of handing over reads: who has how much, and which cases of somebody can be handed over."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role
from cases import models as m
from cases.colleagues import Colleague, colleagues
from cases.derive.states import OPEN_STAGES, Risk, Stage
from cases.load import points_of, side_of
from cases.services.roles import CPS_ROLE_OF

MOST = 100
"""The most cases handed over in one go."""


@dataclass(slots=True)
class Held:
    """One live case of somebody, with her or his roles on it."""

    case: m.Case
    points: int
    roles: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The case's key as text."""
        return str(self.case.pk)

    @property
    def stage(self) -> str:
        """The stage in words."""
        return str(Stage(self.case.stage).label)

    @property
    def risk(self) -> str:
        """The risk in words."""
        return str(Risk(self.case.risk).label)

    @property
    def role_words(self) -> str:
        """The roles in words."""
        return ", ".join(str(m.CaseRole(role).label) for role in self.roles)


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody's live cases as far as the reader sees them; `more` when there are others beyond MOST."""

    person: User
    cases: list[Held]
    more: bool

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The roles held, with how many cases each, as choices."""
        numbers = {role: sum(role in held.roles for held in self.cases) for role, _ in m.CaseRole.choices}
        return [(value, f"{label} ({numbers[value]})") for value, label in m.CaseRole.choices if numbers[value]]


def roles_handed_by(user: User) -> frozenset[str]:
    """Return the case roles that somebody of this person's side gives: those of the police, or those of the CPS."""
    if user.role in WORKS_CASES_CPS:
        return frozenset(m.CPS_CASE_ROLES)
    return frozenset(m.CaseRole.values) - m.CPS_CASE_ROLES - {m.CaseRole.WITNESS_CARE}


def people_of(user: User) -> list[Colleague]:
    """Return whom cases can be handed to and from, with load, absence and accreditation."""
    return colleagues(user, receiving_roles(user))


def receiving_roles(user: User) -> frozenset[Role]:
    """Return the roles of those who can have cases on this person's side."""
    cps: frozenset[Role] = frozenset().union(*CPS_ROLE_OF.values())
    return cps & WORKS_CASES_CPS if user.role in WORKS_CASES_CPS else WORKS_CASES_POLICE


def held_by(user: User, key: UUID) -> Holding:
    """Return the live cases that somebody has a role on, of those the reader sees, in the order of their references.

    Two queries. Raises Http404 for nobody of one's own agency. Somebody who has left may still hold cases.
    """
    person = User.objects.visible_to(user).filter(pk=key).first()
    if person is None:
        raise Http404
    rows = m.CasePerson.objects.filter(
        user=person,
        until__isnull=True,
        role__in=roles_handed_by(user),
        case__stage__in=OPEN_STAGES,
        case__in=m.Case.objects.visible_to(user),
    )
    side = side_of(user)
    found: dict[UUID, Held] = {}
    for row in rows.select_related("case").order_by("case__crime_reference", "case", "role"):
        held = found.setdefault(row.case_id, Held(row.case, points_of(side, row.case.stage, row.case.risk)))
        held.roles.append(row.role)
    shown = list(found.values())
    return Holding(person, shown[:MOST], len(shown) > MOST)


def shared_out(cases: list[Held], receivers: list[Colleague]) -> dict[str, str]:
    """Propose who gets which case: each, the heaviest first, to whoever would then have the fewest points."""
    points = {str(one.key): one.load.points for one in receivers}
    proposed: dict[str, str] = {}
    for held in sorted(cases, key=lambda one: (-one.points, one.case.crime_reference)):
        to = min(points, key=lambda key: points[key])
        proposed[held.key] = to
        points[to] += held.points
    return proposed
