"""What a change of settings does to running clocks: counted beforehand without writing, and the cases it reaches afterwards.

Counts only: an administrator sees no case. What the CPS alone knows of is not counted for anybody: a number would say that a
decision is being prepared. It is applied as everything else is. Every case that could be touched is derived twice, with the
settings as they are and as they would be, by the same functions that reconcile runs; the database narrows which cases those are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from cases import models as m
from cases.derive.clocks import CLOCKS, Edition, Editions, Kind, Wanted, wanted
from cases.querysets import OF_THE_CPS_ALONE
from cases.selectors import editions_of
from cases.selectors_telling import everything_of
from core import clock
from core.calendar import Unit
from core.scope import scope, system

MOST_CASES: Final = 300
RUNNING: Final = Q(met_at__isnull=True, ended_at__isnull=True)
COUNTED: Final = ~Q(kind__in=OF_THE_CPS_ALONE)

Changed = Callable[[int, Editions], Editions]


@dataclass(frozen=True, slots=True)
class Effect:
    """How many running clocks would be due at another time. `cases` could be touched; the first `looked_at` were counted."""

    earlier: int = 0
    later: int = 0
    becomes_overdue: int = 0
    no_longer_overdue: int = 0
    cases: int = 0
    looked_at: int = 0

    @property
    def changed(self) -> int:
        """How many clocks would be due at another time."""
        return self.earlier + self.later

    @property
    def complete(self) -> bool:
        """Whether every case that could be touched was counted."""
        return self.looked_at == self.cases

    def plus(self, other: "Effect") -> "Effect":
        """Return both together."""
        return Effect(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class NewLength:
    """An edition that is to be added."""

    edition: Edition

    def changed(self, force_id: int, before: Editions) -> Editions:
        """Return the settings of a force with it."""
        return before.changed(edition=self.edition)

    def touched(self) -> Q:
        """Return which clocks it can touch: those of its kind that start on its first day or later."""
        return Q(kind=self.edition.kind, started_at__gte=clock.day_start(self.edition.in_force_from))

    @property
    def leaves_out(self) -> bool:
        """Whether it touches clocks that are not counted."""
        return self.edition.kind in OF_THE_CPS_ALONE

    def also(self) -> QuerySet[m.FactCorrection] | None:
        """Return corrections whose cases it can touch beside: the first due date of an arrest counts from every version of a fact."""
        if self.edition.kind != Kind.ARREST:
            return None
        return m.FactCorrection.objects.filter(field="identified_at")


@dataclass(frozen=True, slots=True)
class NewHoliday:
    """A day that is to become a bank holiday, or to be one no longer: for one agency, or for everybody (None)."""

    agency_id: int | None
    day: date
    closed: bool

    def changed(self, force_id: int, before: Editions) -> Editions:
        """Return the settings of a force with it. What a force has said of the same day itself still wins over everybody's."""
        own = m.BankHoliday.objects.filter(agency_id=force_id).order_by("created_at").values_list("day", "closed")
        later = own if self.agency_id is None else []
        return before.changed(working=before.working.corrected([(self.day, self.closed), *later]))

    def touched(self) -> Q:
        """Return which clocks it can touch: those in working days that started before the day and end on it or later."""
        return Q(kind__in=kinds_in_working_days(), started_at__lt=clock.day_start(self.day), due_on__gte=self.day)

    @property
    def leaves_out(self) -> bool:
        """Whether it touches clocks that are not counted: a second check counts in working days."""
        return True

    def also(self) -> None:
        """Nothing beside."""
        return


NewSetting = NewLength | NewHoliday


def kinds_in_working_days() -> list[str]:
    """Return the kinds of clock that count in working days in any edition."""
    first = {kind for kind, row in CLOCKS.items() for length in row.lengths.values() if length.unit is Unit.WORKING_DAYS}
    later = m.ClockSetting.objects.filter(unit=Unit.WORKING_DAYS).values_list("kind", flat=True)
    return sorted({*first, *later})


def effect_of(setting: NewSetting, *, own_agency_id: int, force_id: int | None) -> Effect:
    """Count what a setting would do to the running clocks of one force, or of every force (None). Writes nothing.

    `own_agency_id` is the agency of whoever asks, for the scope in which forces are found. At most MOST_CASES cases are
    derived; Effect.complete says whether those were all.
    """
    found = Effect()
    with scope(system(own_agency_id)):
        rows = m.Deadline.objects.filter(
            RUNNING, COUNTED, setting.touched(), cancelled=False, **({"force_id": force_id} if force_id else {})
        )
        pairs = sorted(rows.values_list("force_id", "case_id").distinct())
    found = replace(found, cases=len(pairs))
    by_force: dict[int, list[UUID]] = {}
    for force, case_id in pairs[:MOST_CASES]:
        by_force.setdefault(force, []).append(case_id)
    for force, keys in by_force.items():
        with scope(system(force)):
            found = found.plus(_effect_in(force, keys, setting.changed))
    return found


def _effect_in(force_id: int, keys: list[UUID], changed: Changed) -> Effect:
    before = editions_of(force_id)
    after, now, found = changed(force_id, before), clock.now(), Effect(looked_at=len(keys))
    for case in m.Case.objects.filter(pk__in=keys):
        facts = everything_of(case)
        old, new = wanted(facts, before), wanted(facts, after)
        for key, one in old.items():
            if one.kind not in OF_THE_CPS_ALONE and one.met_at is None and one.ended_at is None and key in new:
                found = found.plus(_difference(one, new[key], now))
    return found


def _difference(old: Wanted, new: Wanted, now: datetime) -> Effect:
    was, will = old.due.due_at, new.due.due_at
    return Effect(
        earlier=int(will < was),
        later=int(will > was),
        becomes_overdue=int(will <= now < was),
        no_longer_overdue=int(was <= now < will),
    )


def cases_touched(setting: NewSetting, force_id: int, *, counted: bool = False) -> Iterator[UUID]:
    """Yield the cases of one force whose clocks, running or stopped, a saved setting can touch; `counted`: that may be spoken of.

    Called in no scope.

    Another holiday that is applied at the same moment may be moving due dates: a margin of two weeks stands for that.
    """
    with scope(system(force_id)):
        touched = setting.touched()
        if isinstance(setting, NewHoliday):
            margin = setting.day - timedelta(days=14)
            touched = Q(kind__in=kinds_in_working_days(), started_at__lt=clock.day_start(setting.day), due_on__gte=margin)
        which = COUNTED if counted else Q()
        keys = set(m.Deadline.objects.filter(which, touched, force_id=force_id, cancelled=False).values_list("case_id", flat=True))
        also = setting.also()
        if also is not None:
            keys |= set(also.filter(force_id=force_id).values_list("case_id", flat=True))
    yield from sorted(keys)
