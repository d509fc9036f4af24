"""The worklist as one page: a fixed number of queries, however many cases and whatever they need.

Clocks come a page at a time, the most pressing first, from after a sealed place; what waits without a date stands on the
first page, the oldest few of each source, each source with a page of its own. Groups follow from the rank of each row.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.derive.clocks import Owes
from cases.looking import changed_among
from cases.pages.many import finders_of
from cases.pages.needs import Finder
from cases.worklist.asked import Asked
from cases.worklist.ranks import Rank, ranked
from cases.worklist.reach import Reach
from cases.worklist.rows import Found, Owner, Row, found, holder, owner_of_clock, placed
from cases.worklist.sources import ANSWER, OTHERS, QUESTION, Source, sources_for
from core import clock, keyset

PAGE_SIZE = 50
OF_A_SOURCE, OF_ONE_SOURCE = 10, 100
GROUPS: dict[str, str] = {
    "custody": "In custody",
    "critical": "Critically overdue",
    "overdue": "Overdue",
    "today": "Due today",
    ANSWER: "Waiting for an answer",
    QUESTION: "To be settled",
    "soon": "Due soon",
    "supervisor": "Waiting for a supervisor",
    OTHERS: "Waiting for the other agency",
    "later": "Later",
}
GROUP_OF: dict[int, str] = {
    Rank.CUSTODY: "custody",
    Rank.CRITICAL: "critical",
    Rank.OVERDUE: "overdue",
    Rank.TODAY: "today",
    Rank.SOON: "soon",
    Rank.SUPERVISOR: "supervisor",
    Rank.OTHERS: OTHERS,
    Rank.LATER: "later",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the list under one heading. `more` leads to the rows of sources that have more than stand here."""

    key: str
    title: str
    rows: list[Row]
    more: list[tuple[str, str]]

    @property
    def tagged(self) -> bool:
        """Whether its rows say how urgent each is, because the heading does not."""
        return self.key in {"custody", "supervisor", OTHERS}

    @property
    def folded(self) -> bool:
        """Whether it opens only when asked for."""
        return self.key == "later"

    def holds(self, place: "int | str | None") -> bool:
        """Say whether a row, by key or number, stands in this group."""
        return place is not None and any(place in {row.key, row.number} for row in self.rows)


@dataclass(frozen=True, slots=True)
class Work:
    """The page. `said_at` is the number of the row before which the outcome of an act is told; None: at the top."""

    asked: Asked
    groups: list[Group]
    next_address: str
    cases: dict[UUID, m.Case]
    said_at: int | None

    @property
    def rows(self) -> list[Row]:
        """Every row in order."""
        return [row for group in self.groups for row in group.rows]


def work_of(user: User, asked: Asked) -> Work:
    """Return the worklist of a person, as the address asks for it."""
    reach, now = Reach(user, asked.view, asked.changed), clock.now()
    dated, cursor = ([], "") if asked.only else _dated(reach, asked, now)
    waiting = [] if asked.after and not asked.only else _waiting(reach, asked)
    cases = {row.case_id: row.case for row in dated} | {_case_of(row).pk: _case_of(row) for _, rows in waiting for row in rows}
    finders, covered = finders_of(cases.values(), user), reach.covered()
    shown: dict[str, list[Found]] = {key: [] for key in GROUPS}
    for row in dated:
        finder = finders[row.case_id]
        group = GROUP_OF[row.rank]
        shown[group].append(found("deadline", row.pk, finder, finder.clock(row), group, owner_of_clock(finder, row, covered)))
    more: dict[str, list[tuple[str, str]]] = {key: [] for key in GROUPS}
    for source, rows in waiting:
        shown[source.group] += _described(source, rows[: _most(asked)], finders, reach, covered)
        if len(rows) > _most(asked) and not asked.only:
            more[source.group].append((source.words, asked.address(only=source.name, after="")))
    changed = changed_among(user, list(cases))
    return _page(asked, shown, more, changed, cases, asked.address(after=cursor) if cursor else "")


def _most(asked: Asked) -> int:
    return OF_ONE_SOURCE if asked.only else OF_A_SOURCE


def _page(
    asked: Asked,
    shown: dict[str, list[Found]],
    more: dict[str, list[tuple[str, str]]],
    changed: frozenset[UUID],
    cases: dict[UUID, m.Case],
    next_address: str,
) -> Work:
    groups, number = [], 0
    for key, title in GROUPS.items():
        rows = [placed(one, number + place, asked, changed) for place, one in enumerate(shown[key])]
        number += len(rows)
        if rows:
            groups.append(Group(key, title, rows, more[key]))
    return Work(asked, groups, next_address, cases, _said_at(asked, groups, number))


def _said_at(asked: Asked, groups: list[Group], total: int) -> int | None:
    """Return where the row was that something was done in: the row itself, or the one that has taken its place."""
    if asked.number is None or not total:
        return None
    own = next((row.number for group in groups for row in group.rows if row.key == asked.at), None)
    return min(asked.number, total - 1) if own is None else own


def _dated(reach: Reach, asked: Asked, now: datetime) -> tuple[list[Any], str]:
    rows: QuerySet[Any] = _ranked(reach, now).filter(case__in=reach.with_clocks())
    purpose = f"worklist {reach.user.pk} {reach.view}"
    if asked.after:
        rows = rows.filter(_beyond(asked.after, purpose))
    loaded = list(rows.select_related("case__force", "case__unit")[: PAGE_SIZE + 1])
    here = loaded[:PAGE_SIZE]
    if len(loaded) == len(here):
        return here, ""
    last = here[-1]
    return here, keyset.written([last.rank, last.due_at, last.pk], purpose=purpose)


def _ranked(reach: Reach, now: datetime) -> QuerySet[Any]:
    # To the CPS everything of the police is one group, whoever of them settles it.
    rows = ranked(now, Owes.CPS if reach.cps else Owes.POLICE, supervises=reach.cps or permissions.SUPERVISE.holds(reach.user))
    return rows.shown_to(reach.user)


def _beyond(sealed: str, purpose: str) -> Q:
    """Return "after this place" in the order of rank, due moment and key; a place that cannot be read is the beginning."""
    try:
        rank, at, key = keyset.read(sealed, purpose=purpose, length=3)
    except keyset.BadCursor:
        return Q()
    return Q(rank__gt=rank) | Q(rank=rank, due_at__gt=at) | Q(rank=rank, due_at=at, id__gt=key)


def _waiting(reach: Reach, asked: Asked) -> list[tuple[Source, list[Any]]]:
    """Return the first rows of each source, one more than is shown; one query a source."""
    loaded = []
    for source in sources_for(reach):
        if asked.only in {"", source.name}:
            rows = source.find(reach)
            related = ("force", "unit") if issubclass(rows.model, m.Case) else ("case__force", "case__unit")
            loaded.append((source, list(rows.select_related(*related)[: _most(asked) + 1])))
    return loaded


def _case_of(row: Any) -> m.Case:
    return row if isinstance(row, m.Case) else row.case


def _described(source: Source, rows: list[Any], finders: Any, reach: Reach, covered: frozenset[UUID]) -> list[Found]:
    described = []
    for row in rows:
        finder: Finder = finders[_case_of(row).pk]
        need = source.describe(finder, row)
        if need is not None:
            role = m.CaseRole.PROSECUTOR if reach.cps else m.CaseRole.OFFICER
            owner = Owner(source.owner) if source.owner else holder(finder, role, "Not allocated", covered)
            described.append(found(source.name, row.pk, finder, need, source.group, owner))
    return described
