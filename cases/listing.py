"""The list of cases: which ones, in what order, from where. Every read begins with `visible_to(user)`; nothing is counted.

Pages are keyset pages (core.keyset) over an index that begins with the scope column and ends with the id.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role
from cases import models as m
from cases.derive.clocks import Owes
from cases.derive.states import OPEN_STAGES
from cases.looking import changed_for
from cases.querysets import DeadlineQuerySet
from core import clock, keyset
from core.keyset import Order, Page

PAGE_SIZE = 25
SORTS: Mapping[str, tuple[str, str]] = {
    "next_due": ("", "Next due, soonest first"),
    "-next_due": ("", "Next due, latest first"),
    "-recorded": ("recorded_at", "Recorded, newest first"),
    "recorded": ("recorded_at", "Recorded, oldest first"),
    "risk": ("risk", "Risk, high first"),
    "-risk": ("risk", "Risk, standard first"),
    "reference": ("crime_reference", "Crime reference, A to Z"),
    "-reference": ("crime_reference", "Crime reference, Z to A"),
    "stage": ("stage", "Stage, A to Z"),
    "-stage": ("stage", "Stage, Z to A"),
    "-turn": ("turn_cps", "Turn, with the CPS first"),
    "turn": ("turn_cps", "Turn, with the police first"),
}
"""Sorts offered, with the column (blank: the next due date of the reader's side) and the words."""
DEFAULT_SORT = "next_due"
ANY = "any"
BOTH = "both"
TURNS: Mapping[str, Q] = {
    m.Side.POLICE: Q(turn_police__gt=0),
    m.Side.CPS: Q(turn_cps__gt=0),
    BOTH: Q(turn_police__gt=0, turn_cps__gt=0),
}
"""Whose turn a case may be: a side’s, whoever else’s too; or both sides’ at once."""
NONE = "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. Empty means not narrowed."""

    stage: Sequence[str] = ()
    turn: Sequence[str] = ()
    risk: Sequence[str] = ()
    unit: str = ""
    officer: str = ""
    overdue: str = ""
    unallocated: bool = False
    no_decision: bool = False
    changed: bool = False

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(
            self.stage
            or self.turn
            or self.risk
            or self.unit
            or self.officer
            or self.overdue
            or self.unallocated
            or self.no_decision
            or self.changed
        )


def is_cps(user: User) -> bool:
    """Say whether this person reads cases for the CPS."""
    return user.role in WORKS_CASES_CPS


def working_roles(user: User) -> frozenset[Role]:
    """Return the roles of those who work cases on this person's side."""
    return WORKS_CASES_CPS if is_cps(user) else WORKS_CASES_POLICE


def seen(user: User, filters: Filters) -> QuerySet[m.Case]:
    """Return the cases this person sees that the filters leave."""
    rows: QuerySet[m.Case] = m.Case.objects.visible_to(user)
    for condition in _conditions(user, filters):
        rows = rows.filter(condition)
    return rows


def _conditions(user: User, filters: Filters) -> list[Q | Exists]:
    """Return a condition for each filter that is set."""
    offered: tuple[tuple[object, Callable[[], Q | Exists]], ...] = (
        (filters.stage, lambda: Q(stage__in=filters.stage)),
        (filters.turn, lambda: _turn(filters.turn)),
        (filters.risk, lambda: Q(risk__in=filters.risk)),
        (filters.unit, lambda: Q(unit__isnull=True) if filters.unit == NONE else Q(unit=filters.unit)),
        (filters.officer, lambda: Exists(_holders(user).filter(user=UUID(filters.officer)))),
        (filters.overdue, lambda: Exists(_overdue(filters.overdue, user))),
        (filters.unallocated, lambda: Q(stage__in=OPEN_STAGES) & ~Q(Exists(_holders(user)))),
        (filters.no_decision, lambda: Exists(undecided_suspects().filter(case=OuterRef("pk")))),
        (filters.changed, lambda: changed_for(user)),
    )
    return [condition() for wanted, condition in offered if wanted]


def _turn(sides: Sequence[str]) -> Q:
    wanted = Q()
    for side in sides:
        wanted |= TURNS[side]
    return wanted


def officer_role(user: User) -> str:
    """Return the case role that this person's side calls its own: officer in the case, or prosecutor."""
    return m.CaseRole.PROSECUTOR if is_cps(user) else m.CaseRole.OFFICER


def _holders(user: User) -> QuerySet[m.CasePerson]:
    return m.CasePerson.objects.filter(case=OuterRef("pk"), role=officer_role(user), until__isnull=True)


def _overdue(kind: str, user: User) -> QuerySet[m.Deadline]:
    late = running_deadlines().shown_to(user).filter(case=OuterRef("pk"), due_at__lte=clock.now())
    return late.exclude(owes=Owes.AUDIT) if kind == ANY else late.filter(kind=kind)


def running_deadlines() -> DeadlineQuerySet:
    """Return the clocks that run: neither met, ended, cancelled nor standing in a list of their own. Listed: `shown_to(user)`."""
    rows: DeadlineQuerySet = m.Deadline.objects.filter(
        met_at__isnull=True, ended_at__isnull=True, cancelled=False, paused_since__isnull=True
    )
    return rows


def undecided_suspects() -> QuerySet[m.Suspect]:
    """Return suspects identified with neither arrest, interview under caution, approved decision not to arrest, nor outcome."""
    mine = OuterRef("pk")
    return m.Suspect.objects.filter(
        ~Q(Exists(m.Arrest.objects.filter(suspect=mine))),
        ~Q(Exists(m.Interview.objects.filter(suspect=mine))),
        ~Q(Exists(m.ArrestDecision.objects.filter(suspect=mine, answer=m.ArrestDecision.Answer.APPROVED))),
        ~Q(Exists(m.SuspectOutcome.objects.filter(suspect=mine, reopened_at__isnull=True))),
        recorded_in_error_at__isnull=True,
    )


def column_of(user: User, sort: str) -> str:
    """Return the column a sort orders by."""
    return SORTS[sort][0] or ("next_due_cps" if is_cps(user) else "next_due_police")


def page_of(user: User, filters: Filters, sort: str, *, after: str = "", before: str = "") -> Page[m.Case]:
    """Return one page, in one query. Raises BadCursor."""
    order = Order(column_of(user, sort), "cases", user.pk, descending=sort.startswith("-"))
    return keyset.page_of(seen(user, filters).select_related("unit", "force"), order, PAGE_SIZE, after=after, before=before)
