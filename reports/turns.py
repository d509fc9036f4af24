"""How long police and CPS hold cases: open cases by whose turn it is now, and what changed hands month by month.

Only cases that were brought to the CPS are counted. A case is with the CPS while any of its suspects is, otherwise with the
police (cases/derive/turn_spells.py). What was finalised administratively is nobody's turn and no decision: it is counted apart.
Days are London days; the median is a number of days that a case had, the lower of the two in the middle where there are two.

`[DESIGN]` Whoever counts and sees no case is not shown numbers from 1 to 4, nor the days of so few; where one number alone of
a column is kept back, the next smallest goes with it: what is left would give it away.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from statistics import median_low
from typing import Final
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.kinds import Owes
from cases.derive.states import Stage
from cases.derive.turn_spells import Spell, days_between, held
from cases.listing import is_cps
from cases.turns import spells_in
from core import clock
from reports.abstraction import Span, month_after, month_of, month_words
from reports.arrests import Reach
from reports.small import SMALLEST as SMALLEST
from reports.small import hidden

NO_UNIT: Final = "No unit"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, and of their days the median and the most. None: kept back, or of days that there are none."""

    number: int | None
    median: int | None = None
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what is with the police and with the CPS; of a month what was sent to the CPS and what came back."""

    words: str
    police: Figure
    cps: Figure
    finalised: Figure = field(default_factory=lambda: Figure(0))
    """Of what is open now: finalised administratively, with the days since. In neither of the two others."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The report. `small`: small numbers are kept back. `owners`: the forces whose cases it is made of."""

    now: Row
    by_place: list[Row]
    by_month: list[Row]
    small: bool
    owners: frozenset[int]
    cases: int


@dataclass(slots=True)
class Days:
    """The days of both sides as they are gathered."""

    police: list[int] = field(default_factory=list)
    cps: list[int] = field(default_factory=list)
    finalised: list[int] = field(default_factory=list)

    def row(self, words: str) -> Row:
        """Return the line of a table."""
        return Row(words, figure(self.police), figure(self.cps), figure(self.finalised))


@dataclass(frozen=True, slots=True)
class Brought:
    """A case that was brought to the CPS, as far as the report asks."""

    id: UUID
    force_id: int
    recorded_at: datetime
    stage: str
    place: str


def turns_of(user: User, span: Span, unit: UUID | None, now: datetime) -> Turns:
    """Return the figures for one reader: four queries, whatever the number of cases."""
    by_force = is_cps(user)
    rows = Reach.counted_by(user).cases.exclude(cps_area_scope=m.NOT_BROUGHT)
    rows = (rows.filter(unit=unit) if unit else rows).order_by()
    columns = ("id", "force_id", "recorded_at", "stage", "force__name" if by_force else "unit__name")
    read = rows.values_list(*columns)
    cases = [Brought(key, force, at, stage, place or NO_UNIT) for key, force, at, stage, place in read]
    spells = spells_in(cases, rows, now)
    total, places, months = Days(), defaultdict[str, Days](Days), _months(span)
    for case in cases:
        for days in (total, places[case.place]):
            _now(case, spells[case.id], days, now)
        _by_month(spells[case.id], months)
    found = Turns(
        now=total.row("All"),
        by_place=[places[name].row(name) for name in sorted(places, key=lambda name: (name == NO_UNIT, name))],
        by_month=[days.row(month_words(day)) for day, days in sorted(months.items(), reverse=True)],
        small=False,
        owners=frozenset(case.force_id for case in cases),
        cases=len(cases),
    )
    return for_who_counts(found) if user.role == Role.ANALYST else found


def figure(days: Sequence[int]) -> Figure:
    """Return how many there are, their median and the most."""
    return Figure(len(days), median_low(days), max(days)) if days else Figure(0)


def _months(span: Span) -> dict[date, Days]:
    found, day = {}, span.first
    while day <= span.last:
        found[day], day = Days(), month_after(day)
    return found


def _now(case: Brought, spells: tuple[Spell, ...], days: Days, now: datetime) -> None:
    """Add the days for which whoever holds a case has held it, as its page says; or for which it has been finalised."""
    holds = held(spells, now)
    if holds.since is not None and Stage(case.stage).is_open:
        (days.cps if holds.side == Owes.CPS else days.police).append(days_between(holds.since, now))
    elif case.stage == Stage.ADMINISTRATIVELY_FINALISED and spells and spells[-1].until is not None:
        days.finalised.append(days_between(spells[-1].until, now))


def _by_month(spells: tuple[Spell, ...], months: dict[date, Days]) -> None:
    """Add each change of hands to its month, with the days for which the side that gave it had held the case, nobody's left out."""
    before: Spell | None = None
    for spell in spells:
        if spell.side == Owes.CPS:
            gave = before.until if before is not None else None
            sent = months.get(month_of(clock.london_day(spell.since)))
            if sent is not None:
                sent.police.append(days_between(before.since, spell.since) if before is not None and gave == spell.since else 0)
            back = months.get(month_of(clock.london_day(spell.until))) if spell.until is not None else None
            if back is not None and spell.until is not None:
                back.cps.append(days_between(spell.since, spell.until))
        before = spell


def for_who_counts(found: Turns) -> Turns:
    """Return the figures for somebody who counts and sees no case."""
    (now,) = _column_of([found.now])
    return replace(found, now=now, by_place=_column_of(found.by_place), by_month=_column_of(found.by_month), small=True)


def _column_of(rows: Sequence[Row]) -> list[Row]:
    police, cps, finalised = (kept_back(getattr(row, name) for row in rows) for name in ("police", "cps", "finalised"))
    return [Row(row.words, police[place], cps[place], finalised[place]) for place, row in enumerate(rows)]


def kept_back(figures: Iterable[Figure]) -> list[Figure]:
    """Return a column with its small numbers kept back; with one alone, the next smallest too."""
    found = list(figures)
    places = hidden([one.number for one in found])
    return [Figure(None) if place in places else one for place, one in enumerate(found)]
