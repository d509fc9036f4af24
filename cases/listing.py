"""The list of cases: which ones, in what order, from where. Every read begins with `visible_to(user)`; nothing is counted.

Pages are keyset pages over an index that begins with the scope column and ends with the id, so page 4,000 costs what
page 1 does. A cursor is sealed: it holds a value of the sort, which may be a crime reference.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role
from cases import models as m
from cases.states import OPEN_STAGES
from core import clock
from core.sealed import Unreadable, seal, unseal

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
}
"""Sorts offered, with the column (blank: the next due date of the reader's side) and the words."""
DEFAULT_SORT = "next_due"
ANY = "any"
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

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(
            self.stage or self.turn or self.risk or self.unit or self.officer or self.overdue or self.unallocated or self.no_decision
        )


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list, with opaque cursors for the pages before and after it."""

    cases: list[m.Case]
    next_cursor: str | None = None
    previous_cursor: str | None = None
    matched: Mapping[UUID, str] = field(default_factory=dict)
    cut: bool = False

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.next_cursor is not None

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.previous_cursor is not None


class BadCursor(ValueError):
    """The place in the list that the address names cannot be read."""


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
        (filters.overdue, lambda: Exists(_overdue(filters.overdue))),
        (filters.unallocated, lambda: Q(stage__in=OPEN_STAGES) & ~Q(Exists(_holders(user)))),
        (filters.no_decision, lambda: Exists(undecided_suspects().filter(case=OuterRef("pk")))),
    )
    return [condition() for wanted, condition in offered if wanted]


def _turn(sides: Sequence[str]) -> Q:
    wanted = Q()
    for side in sides:
        wanted |= Q(turn_cps__gt=0) if side == m.Side.CPS else Q(turn_police__gt=0)
    return wanted


def officer_role(user: User) -> str:
    """Return the case role that this person's side calls its own: officer in the case, or prosecutor."""
    return m.CaseRole.PROSECUTOR if is_cps(user) else m.CaseRole.OFFICER


def _holders(user: User) -> QuerySet[m.CasePerson]:
    return m.CasePerson.objects.filter(case=OuterRef("pk"), role=officer_role(user), until__isnull=True)


def _overdue(kind: str) -> QuerySet[m.Deadline]:
    late = running_deadlines().filter(case=OuterRef("pk"), due_at__lte=clock.now())
    return late if kind == ANY else late.filter(kind=kind)


def running_deadlines() -> QuerySet[m.Deadline]:
    """Return the clocks that run: neither met, ended, cancelled nor standing in a list of their own."""
    return m.Deadline.objects.filter(met_at__isnull=True, ended_at__isnull=True, cancelled=False, paused_since__isnull=True)


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


def page_of(user: User, filters: Filters, sort: str, *, after: str = "", before: str = "") -> ListPage:
    """Return one page, in one query. Raises BadCursor."""
    column, down = column_of(user, sort), sort.startswith("-")
    backwards = bool(before)
    rows = seen(user, filters).select_related("unit", "force")
    cursor = after or before
    if cursor:
        rows = rows.filter(_beyond(column, _read_cursor(user, sort, cursor), smaller=down != backwards))
    sign = "-" if down != backwards else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}id")[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    return ListPage(
        cases=found,
        next_cursor=_cursor(user, sort, found[-1]) if found and (more or backwards) else None,
        previous_cursor=_cursor(user, sort, found[0]) if found and (more if backwards else bool(after)) else None,
    )


def _beyond(column: str, place: tuple[Any, UUID], *, smaller: bool) -> Q:
    """Return the condition "after this place": the first part lets the index find it, the second is exact."""
    value, key = place
    way = "lt" if smaller else "gt"
    return Q(**{f"{column}__{way}e": value}) & (Q(**{f"{column}__{way}": value}) | Q(**{f"id__{way}": key}))


def _purpose(user: User, sort: str) -> str:
    return f"case list {user.pk} {sort}"


def _cursor(user: User, sort: str, case: m.Case) -> str:
    value = getattr(case, column_of(user, sort))
    return seal([value.isoformat() if isinstance(value, datetime) else value, str(case.pk)], purpose=_purpose(user, sort))


def _read_cursor(user: User, sort: str, letters: str) -> tuple[Any, UUID]:
    try:
        value, key = unseal(letters, purpose=_purpose(user, sort))
    except Unreadable as error:
        raise BadCursor from error
    if column_of(user, sort) in {"next_due_police", "next_due_cps", "recorded_at"}:
        value = datetime.fromisoformat(value)
    return value, UUID(key)
