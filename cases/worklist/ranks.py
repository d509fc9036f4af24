"""How pressing a running clock is, said in SQL the way cases.derive.clocks.urgency says it in Python: a test holds the two together."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import IntEnum

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from cases.acts import ACTS
from cases.derive.clocks import CLOCKS, Clock, Kind, Owes
from cases.derive.told_rules import TOLD_KINDS
from cases.listing import running_deadlines
from cases.permissions import SUPERVISE
from cases.querysets import DeadlineQuerySet
from cases.settling import settled_by
from core import clock


class Rank(IntEnum):
    """The groups of clocks in the order of the list."""

    CUSTODY = 0
    CRITICAL = 1
    OVERDUE = 2
    TODAY = 3
    SOON = 4
    SUPERVISOR = 5
    OTHERS = 6
    LATER = 7


def of_supervisors() -> list[str]:
    """Return the kinds of clock that only a supervisor settles: the first act that settles them is a supervisor's.

    So is the second look at no further action, by whichever rank the force asks for.
    """
    own = [kind for kind in CLOCKS if (slugs := settled_by(kind)) and ACTS[slugs[0]].permission is SUPERVISE]
    return [*own, Kind.NFA_CHECK]


def ranked(now: datetime, own: Owes, *, supervises: bool) -> DeadlineQuerySet:
    """Return the clocks that run and are owed by police or CPS, each with its `rank` as one side reads it, most pressing first.

    Somebody in custody comes before everything else, however long other things are overdue: that clock has hours, not days.
    To somebody who does not supervise, what only a supervisor settles is one group of its own as soon as it is due soon.
    """
    today = clock.london_day(now)
    sides = {Owes.POLICE, Owes.CPS}
    soon = _by_kind(lambda row: max(row.reminders, default=1), lambda days: Q(due_on__lte=today + timedelta(days=days)))
    rank = Case(
        When(~Q(owes=own), then=Value(Rank.OTHERS)),
        When(kind=Kind.DETENTION, then=Value(Rank.CUSTODY)),
        *([] if supervises else [When(soon & Q(kind__in=of_supervisors()), then=Value(Rank.SUPERVISOR))]),
        When(_by_kind(lambda row: row.critical_after, lambda days: Q(due_at__lte=now - timedelta(days=days))), then=Value(Rank.CRITICAL)),
        When(due_at__lte=now, then=Value(Rank.OVERDUE)),
        When(due_on__lte=today, then=Value(Rank.TODAY)),
        When(soon, then=Value(Rank.SOON)),
        default=Value(Rank.LATER),
        output_field=IntegerField(),
    )
    rows = running_deadlines().filter(~_told_with_another(), kind__in=list(CLOCKS), owes__in=sides)
    found: DeadlineQuerySet = rows.annotate(rank=rank).order_by("rank", "due_at", "id")
    return found


def _told_with_another() -> Q:
    """Return a condition on clocks that have no row of their own: what a complainant is told sooner stands for all she or he is told."""
    same = running_deadlines().filter(
        case=OuterRef("case"), complainant=OuterRef("complainant"), owes=OuterRef("owes"), kind__in=TOLD_KINDS
    )
    sooner = same.filter(Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), id__lt=OuterRef("pk")))
    return Q(Exists(sooner), kind__in=TOLD_KINDS)


def _by_kind(number: Callable[[Clock], int], condition: Callable[[int], Q]) -> Q:
    """Return a condition that depends on a number of the clock's kind: kinds with the same number share a line."""
    kinds: dict[int, list[str]] = defaultdict(list)
    for kind, row in CLOCKS.items():
        kinds[number(row)].append(kind)
    return _any(Q(kind__in=same) & condition(days) for days, same in sorted(kinds.items()))


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for one in conditions:
        found |= one
    return found
