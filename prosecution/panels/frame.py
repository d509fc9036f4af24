"""What a panel chooses from: decisions to take no further action, of the agency that organises it, decided in a period.

The frame asks nobody's sight: whoever draws from it gets the same. A restricted case is in none.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases.derive.states import SETTLED, Status
from cases.models import Side, SuspectOutcome
from core import clock
from core.scope import Kind, Scope, current, scope, system

NFA_CODES = frozenset(code for code, status in SETTLED.items() if status == Status.NO_FURTHER_ACTION)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that chooses: what is left empty asks for nothing."""

    code: int | None = None
    unit_id: UUID | None = None
    sent_back: bool = False
    longer_than: int | None = None
    """More days than this from the crime recorded to the decision."""

    @property
    def asks(self) -> bool:
        """Whether it asks for anything at all."""
        return bool(self.code or self.unit_id or self.sent_back or self.longer_than is not None)


def organiser(agency: Agency, user_id: UUID | None = None) -> Scope:
    """Return the scope of an agency that organises panels: of a force the police's, of an Area the CPS's."""
    if agency.kind == AgencyKind.POLICE:
        return Scope(kind=Kind.POLICE, force_id=agency.pk, agency_id=agency.pk, user_id=user_id)
    return Scope(kind=Kind.CPS, cps_area_id=agency.pk, agency_id=agency.pk, user_id=user_id)


def frame(agency: Agency, start: date, end: date) -> QuerySet[SuspectOutcome]:
    """Return the decisions of an agency in a period, both days included, in the order of their keys. In the scope of the agency."""
    mine = Q(force=agency, side=Side.POLICE) if agency.kind == AgencyKind.POLICE else Q(cps_area_scope=agency.pk, side=Side.CPS)
    rows = SuspectOutcome.objects.filter(mine, code__in=NFA_CODES, on__range=(start, end), suspect__recorded_in_error_at__isnull=True)
    standing = rows.filter(case__restricted=False, case__recorded_in_error_at__isnull=True, case__merged_into__isnull=True)
    return standing.order_by("pk")


def by_rule(rows: QuerySet[SuspectOutcome], rule: Rule) -> list[SuspectOutcome]:
    """Return those decisions of a frame that a rule chooses."""
    if rule.code:
        rows = rows.filter(code=rule.code)
    if rule.unit_id:
        rows = rows.filter(case__unit=rule.unit_id)
    found = list(rows.select_related("case", "suspect"))
    if rule.longer_than is not None:
        found = [one for one in found if one.on - clock.london_day(one.case.recorded_at) > timedelta(days=rule.longer_than)]
    if rule.sent_back:
        back = _sent_back(found)
        found = [one for one in found if one.suspect_id in back]
    return found


def _sent_back(rows: list[SuspectOutcome]) -> set[UUID]:
    """Return the suspects about whom a second person sent a proposal or a decision back, whatever became of it. Of the own side."""
    if not rows:
        return set()
    names = ("ProposedNfaVersion",) if rows[0].side == Side.POLICE else ("ProposedDecisionVersion",)
    suspects, found = [one.suspect_id for one in rows], set()
    for force_id in {one.force_id for one in rows}:
        with scope(system(force_id)):
            for name in names:
                versions: Any = apps.get_model("prosecution", name)._default_manager
                found |= set(versions.filter(state="sent_back", suspect__in=suspects).values_list("suspect", flat=True))
    return found


def as_organiser(agency: Agency) -> Any:
    """Run a block in the organiser's scope, whoever acts: how a chair's conclusion reaches what no member reads."""
    return scope(organiser(agency, current().user_id))
