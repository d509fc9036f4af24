"""The figures above the diary: how many answer when, how many have lapsed or stand still, by unit. Two queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from core import clock
from reports.arrests import Reach
from reports.bail.clocks import FORTNIGHT, Filter, live, passed

NO_UNIT = "No unit"


@dataclass(frozen=True, slots=True)
class Figures:
    """Suspects on bail. `fortnight` holds those of `week`, and both those of today."""

    running: int = 0
    lapsed: int = 0
    week: int = 0
    fortnight: int = 0
    still: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Return the sums."""
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands around the diary, after the reader's unit and officer; `units` and `officers` are what can be chosen."""

    figures: Figures
    passed: int
    by_unit: tuple[tuple[str, Figures], ...]
    units: tuple[tuple[str, str], ...]
    officers: tuple[tuple[str, str], ...]


def totals_of(reach: Reach, asked: Filter) -> Totals:
    """Return the figures of a unit and an officer, whatever days and state are asked for; the choices are those of all in reach."""
    groups = [_Group(*row) for row in _grouped(reach)]
    kept = [group for group in groups if group.within(asked)]
    by_unit: dict[str, Figures] = {}
    for group in kept:
        by_unit[group.unit] = by_unit.get(group.unit, Figures()) + group.figures
    return Totals(
        figures=sum((group.figures for group in kept), Figures()),
        passed=asked.on(passed(reach)).count(),
        by_unit=tuple(sorted(by_unit.items(), key=lambda one: one[0].casefold())),
        units=_choices((group.unit_id, group.unit) for group in groups),
        officers=_told_apart(groups),
    )


def _grouped(reach: Reach) -> Iterable[Any]:
    now, today = clock.now(), clock.today()
    runs, ahead = Q(paused_since__isnull=True), Q(paused_since__isnull=True, due_at__gt=now)
    rows = live(reach).order_by().values_list("unit_id", "unit", "officer_id", "officer")
    grouped: QuerySet[Any, Any] = rows.annotate(
        running=Count("pk", filter=ahead),
        lapsed=Count("pk", filter=runs & Q(due_at__lte=now)),
        week=Count("pk", filter=ahead & Q(due_on__lt=today + timedelta(days=7))),
        fortnight=Count("pk", filter=ahead & Q(due_on__lte=today + timedelta(days=FORTNIGHT))),
        still=Count("pk", filter=Q(paused_since__isnull=False)),
    )
    return grouped


class _Group:
    """The figures of one officer in one unit."""

    def __init__(self, unit_id: Any, unit: str | None, officer_id: Any, officer: str | None, *figures: int) -> None:
        self.unit_id, self.unit = str(unit_id or ""), unit or NO_UNIT
        self.officer_id, self.officer = str(officer_id or ""), officer or ""
        self.figures = Figures(*figures)

    def within(self, asked: Filter) -> bool:
        return asked.unit in {"", self.unit_id} and asked.officer in {"", self.officer_id}


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({pair for pair in pairs if pair[0]}, key=lambda pair: (pair[1].casefold(), pair[0])))


def _told_apart(groups: list[_Group]) -> tuple[tuple[str, str], ...]:
    """Return the officers as choices; those of one name are told apart by the units of their cases."""
    names = Counter(name for _, name in {(group.officer_id, group.officer) for group in groups})
    units: dict[str, set[str]] = {}
    for group in groups:
        units.setdefault(group.officer_id, set()).add(group.unit)
    return _choices(
        (one.officer_id, one.officer if names[one.officer] == 1 else f"{one.officer} ({', '.join(sorted(units[one.officer_id]))})")
        for one in groups
    )
