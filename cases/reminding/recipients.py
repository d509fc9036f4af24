"""Whom a step reminds: by who owes the deadline, from the roles of the case outwards; never somebody excluded from it.

[DESIGN] No rule says whom to remind. The first of these that names anybody: the roles on the case, the unit's, the
force's or Area's. A restricted case reminds only people with a role on it: nobody else may learn that it is there. Apps
above answer for owers that they know by `register()` in AppConfig.ready(): the ISVA's stand in `victims`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.clocks import Kind, Owes
from cases.models import CaseRole

SUPERVISORS_DUTY: Final = frozenset({Kind.SUPERVISOR_REVIEW, Kind.SAFE_CHANNEL_REVIEW, Kind.REOPENING_REVIEW, Kind.NFA_CHECK})
"""Owed by the police, done by a supervisor: the case's inspector is reminded, not its officer."""
MANAGERS_DUTY: Final = frozenset({Kind.TRIAGE, Kind.FINALISE_PROPOSED, Kind.SECOND_CHECK})
"""Owed by the CPS, done by a legal manager. A second check is anybody's but the prosecutor's who proposed the decision."""
BETWEEN_THE_TWO: Final = frozenset({Kind.ACTION_ITEM})
"""Owed by the police to the CPS: brought to the inspector and to the Area's legal managers (District Crown Prosecutors) together."""
OF_FORCE: Final = (Role.SERGEANT, Role.SUPERVISOR, Role.AUDITOR)
OF_AREA: Final = (Role.CPS_MANAGER, Role.CPS_DIRECT)


@dataclass(frozen=True, slots=True)
class Running:
    """A running deadline whose step has come: what the choice of recipients looks at, and nothing of what it is about."""

    id: UUID
    force_id: int
    case_id: UUID
    kind: str
    owes: str
    due_on: date
    about_complainant: bool
    area_id: int
    unit_id: UUID | None
    restricted: bool


Finder = Callable[[Sequence[Running], bool], Mapping[UUID, Collection[UUID]]]
"""Deadlines, and whether it is the step of escalation → by deadline, whom to remind. A fixed number of queries."""
_finders: dict[str, Finder] = {}


_of_kinds: dict[str, Finder] = {}


def register(owes: str, finder: Finder) -> None:
    """Let an app above say who is reminded of what an ower owes. Again with the same ower replaces."""
    _finders[owes] = finder


def register_kind(kind: str, finder: Finder) -> None:
    """Let an app above say who alone is reminded of one kind, whoever owes it: nobody of the case's own line is."""
    _of_kinds[kind] = finder


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of a force or an Area who is reminded when nobody is named on the case."""

    id: UUID
    agency_id: int
    unit_id: UUID | None
    role: str


class Recipients:
    """Who is reminded of some deadlines of one force, read once for all of them: three queries, and those of the finders."""

    def __init__(self, force_id: int, rows: Sequence[Running]) -> None:
        """Read in the system scope of the force."""
        cases = {row.case_id for row in rows}
        agencies = {force_id, *(row.area_id for row in rows)}
        self._force = force_id
        self._roles: dict[tuple[UUID, str], UUID] = {}
        named = m.CasePerson.objects.filter(case__in=cases, until__isnull=True, user__is_active=True)
        for case_id, role, user_id in named.values_list("case_id", "role", "user_id"):
            self._roles[case_id, role] = user_id
        people = User.objects.filter(is_active=True, agency_id__in=agencies, role__in=(*OF_FORCE, *OF_AREA)).order_by("pk")
        self._staff = [Colleague(*one) for one in people.values_list("pk", "agency_id", "unit_id", "role")]
        excluded = m.Exclusion.objects.filter(case__in=cases, lifted_at__isnull=True)
        self._excluded = set(excluded.values_list("case_id", "user_id"))
        self._found = {escalated: self._ask(rows, escalated) for escalated in (False, True)}

    @staticmethod
    def _ask(rows: Sequence[Running], escalated: bool) -> dict[UUID, list[UUID]]:
        answers: dict[UUID, list[UUID]] = {}
        asked = [(finder, [row for row in rows if row.owes == owes]) for owes, finder in _finders.items()]
        asked += [(finder, [row for row in rows if _of_kinds.get(row.kind) is finder]) for finder in dict.fromkeys(_of_kinds.values())]
        for finder, theirs in asked:
            if theirs:
                answers.update({key: sorted(found) for key, found in finder(theirs, escalated).items()})
        return answers

    def owners(self, row: Running) -> list[UUID]:
        """Return whom the steps before and at the due moment remind."""
        if row.kind in _of_kinds:
            return self._allowed(row, self._found[False].get(row.id, []))
        if row.owes in _finders:
            return self._found[False].get(row.id, [])
        if row.owes == Owes.CPS and row.kind in MANAGERS_DUTY:
            return self._managers(row)
        if row.owes == Owes.CPS:
            named = self._named(row, CaseRole.VICTIM_LIAISON) if row.about_complainant else []
            return named or self._named(row, CaseRole.PROSECUTOR) or self._of_area(row)
        if row.owes == Owes.AUDIT:
            return self._of_force(row, Role.AUDITOR)
        return self._police(row)

    def above(self, row: Running) -> list[UUID]:
        """Return whom a critically overdue deadline is brought to."""
        if row.kind in _of_kinds:
            return self._allowed(row, self._found[True].get(row.id, []))
        if row.owes in _finders:
            return self._found[True].get(row.id, [])
        if row.owes == Owes.CPS:
            return self._of_area(row)
        if row.owes == Owes.AUDIT:
            return self._of_force(row, Role.AUDITOR)
        inspector = self._named(row, CaseRole.INSPECTOR) or self._of_unit(row, Role.SUPERVISOR) or self._of_force(row, Role.SUPERVISOR)
        return sorted({*inspector, *self._of_area(row)}) if row.kind in BETWEEN_THE_TWO else inspector

    def higher(self, row: Running) -> list[UUID]:
        """Return whom a deadline is brought to that is overdue for longer still: everybody above, and every supervisor of the force.

        No role of this service stands for a superintendent or a senior District Crown Prosecutor: the force's supervisors and the
        Area's legal managers bring it to theirs.
        """
        if row.kind in _of_kinds:
            return self.above(row)
        return sorted({*self.above(row), *self._of_force(row, Role.SUPERVISOR)})

    def _managers(self, row: Running) -> list[UUID]:
        """Return the Area's legal managers; of a second check without the case's own prosecutor where somebody else is left."""
        managers = self._of_area(row)
        own = self._named(row, CaseRole.PROSECUTOR) if row.kind == Kind.SECOND_CHECK else []
        return [one for one in managers if one not in own] or managers

    def _police(self, row: Running) -> list[UUID]:
        if row.owes != Owes.POLICE:
            return []
        first = (CaseRole.OFFICER, CaseRole.LIAISON) if row.about_complainant else (CaseRole.OFFICER,)
        own = [] if row.kind in SUPERVISORS_DUTY else self._named(row, *first)
        line = own or self._named(row, CaseRole.INSPECTOR) or self._named(row, CaseRole.SERGEANT)
        return line or self._of_unit(row, Role.SERGEANT, Role.SUPERVISOR) or self._of_force(row, Role.SUPERVISOR)

    def _named(self, row: Running, *roles: CaseRole) -> list[UUID]:
        """Return who has one of these roles on the case."""
        found = (self._roles.get((row.case_id, role)) for role in roles)
        return self._allowed(row, (one for one in found if one is not None))

    def _of_unit(self, row: Running, *roles: Role) -> list[UUID]:
        if row.restricted or row.unit_id is None:
            return []
        return self._allowed(row, (one.id for one in self._staff if one.unit_id == row.unit_id and one.role in roles))

    def _of_force(self, row: Running, role: Role) -> list[UUID]:
        if row.restricted and role != Role.AUDITOR:
            return []
        return self._allowed(row, (one.id for one in self._staff if one.agency_id == self._force and one.role == role))

    def _of_area(self, row: Running) -> list[UUID]:
        """Return the Area's legal managers; of CPS Direct, which has none, everybody on call."""
        theirs = [one for one in self._staff if row.area_id and one.agency_id == row.area_id]
        managers = [one.id for one in theirs if one.role == Role.CPS_MANAGER]
        return self._allowed(row, managers or [one.id for one in theirs if one.role == Role.CPS_DIRECT])

    def _allowed(self, row: Running, people: Iterable[UUID]) -> list[UUID]:
        return sorted({one for one in people if (row.case_id, one) not in self._excluded})
