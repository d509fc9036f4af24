"""Live cases of each person, weighted by stage and risk. Shown where somebody is chosen, and in the report of load.

The weights are `[DESIGN]`: no source sets any. They compare people on one side; a figure of the police and one of the CPS
are not the same thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS
from cases import models as m
from cases.derive.states import OPEN_STAGES, Risk, Stage
from core.words import inside

STAGE_POINTS: Mapping[str, Mapping[str, int]] = {
    m.Side.POLICE: {Stage.RECORDED: 2, Stage.INVESTIGATING: 4, Stage.AWAITING_POLICE: 4, Stage.WITH_CPS: 1},
    m.Side.CPS: {Stage.RECORDED: 1, Stage.INVESTIGATING: 1, Stage.AWAITING_POLICE: 2, Stage.WITH_CPS: 4},
}
"""`[DESIGN]` Points of a live case by its stage, for the side that counts it: most where the next move is that side's."""
RISK_POINTS: Mapping[str, int] = {Risk.STANDARD: 0, Risk.MEDIUM: 1, Risk.HIGH: 2}
"""`[DESIGN]` Points added for the risk."""
OWN_ROLES: Mapping[str, frozenset[str]] = {
    m.Side.POLICE: frozenset({m.CaseRole.OFFICER}),
    m.Side.CPS: frozenset({m.CaseRole.PROSECUTOR, m.CaseRole.VICTIM_LIAISON}),
}
"""The roles whose cases count as somebody's own; her or his other roles are counted beside and weigh nothing."""
LIVE = (Stage.RECORDED, Stage.INVESTIGATING, Stage.AWAITING_POLICE, Stage.WITH_CPS)
"""The open stages, in order."""


def side_of(user: User) -> str:
    """Return the side that a person works for."""
    return m.Side.CPS if user.role in WORKS_CASES_CPS else m.Side.POLICE


def points_of(side: str, stage: str, risk: str) -> int:
    """Return what one live case weighs for a side."""
    return STAGE_POINTS[side].get(stage, 0) + RISK_POINTS[risk]


@dataclass(slots=True)
class Load:
    """The live cases of one person, those that the reader sees."""

    cases: int = 0
    points: int = 0
    others: int = 0
    stages: dict[str, int] = field(default_factory=dict)
    risks: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The load in words, for beside a name."""
        return f"{self.cases} live {'case' if self.cases == 1 else 'cases'}, {self.points} {'point' if self.points == 1 else 'points'}"

    @property
    def stage_words(self) -> str:
        """How many cases in each stage, in words."""
        return ", ".join(f"{self.stages[stage]} {_in_sentence(str(Stage(stage).label))}" for stage in LIVE if self.stages.get(stage))

    @property
    def risk_words(self) -> str:
        """How many cases of each risk, in words, the highest first."""
        return ", ".join(
            f"{self.risks[risk]} {Risk(risk).label.lower()}" for risk in (Risk.HIGH, Risk.MEDIUM, Risk.STANDARD) if self.risks.get(risk)
        )


def _in_sentence(label: str) -> str:
    return inside(label)


def loads_seen_by(user: User) -> dict[UUID, Load]:
    """Return the load of everybody with a role on a live case that this person sees. One query, whatever the data."""
    side = side_of(user)
    rows = m.CasePerson.objects.filter(case__in=m.Case.objects.visible_to(user), until__isnull=True, case__stage__in=OPEN_STAGES)
    found: dict[UUID, Load] = {}
    for key, role, stage, risk, number in rows.values_list("user", "role", "case__stage", "case__risk").annotate(number=Count("pk")):
        load = found.setdefault(key, Load())
        if role not in OWN_ROLES[side]:
            load.others += number
            continue
        load.cases += number
        load.points += number * points_of(side, stage, risk)
        load.stages[stage] = load.stages.get(stage, 0) + number
        load.risks[risk] = load.risks.get(risk, 0) + number
    return found
