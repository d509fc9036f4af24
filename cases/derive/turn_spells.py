"""Whose turn a case was when: the spells that police and CPS held it, and how long each did in all. Pure.

`[DESIGN]` It is with the CPS while any of its suspects is; otherwise with the police, from the day it was recorded. While it is
closed or finalised administratively it is nobody's. Days are London days: what changes hands during a day is the day's of
whoever gets it, so that the days of both sides make up the days of the case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.derive.facts import CaseFacts, Position, SuspectFacts
from cases.derive.kinds import Owes
from cases.derive.states import Stage, case_stage
from core import clock

Span = tuple[datetime, datetime | None]
"""From when until when (None: still)."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay of one suspect in a position: with the CPS, with the police on an action plan, or finalised."""

    suspect_id: UUID
    position: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell in which one side held the case."""

    side: str
    since: datetime
    until: datetime | None = None

    def days(self, now: datetime) -> int:
        """Return its London days; one that goes on has them up to now."""
        return days_between(self.since, self.until or now)


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a case now ("" for nobody) and since when, and the days that each side held it in all."""

    side: str
    since: datetime | None
    police: int
    cps: int


def days_between(since: datetime, until: datetime) -> int:
    """Return the London days from one moment to another; none where they lie the other way round."""
    return max((clock.london_day(until) - clock.london_day(since)).days, 0)


def spells_of(case: CaseFacts, stays: Iterable[Stay], now: datetime, *, stage: Stage | None = None) -> tuple[Spell, ...]:
    """Return the spells of a case from the day it was recorded, in order; none for what nobody held.

    `stage`: how the case stands, where the facts given do not tell.
    """
    known = list(stays)
    closed = [_not_before(span, known) for span in case.closed_spells()]
    stands = stage or case_stage(case, now)
    if not stands.is_open and stands is not Stage.ADMINISTRATIVELY_FINALISED and (end := case.closed_at()) is not None:
        closed.append(_not_before((end, None), known))
    found: list[Spell] = []
    for since, until in _parts(case.recorded_at, known, closed, now):
        side = _side(case, known, closed, since)
        if found and found[-1].side == side and found[-1].until == since:
            found[-1] = Spell(side, found[-1].since, until)
        elif side:
            found.append(Spell(side, since, until))
    return tuple(found)


def held(spells: Iterable[Spell], now: datetime) -> Held:
    """Return who holds it now, and how long each side did."""
    days = {Owes.POLICE.value: 0, Owes.CPS.value: 0}
    last: Spell | None = None
    for spell in spells:
        days[spell.side] += spell.days(now)
        last = spell if spell.until is None else None
    return Held(last.side if last else "", last.since if last else None, days[Owes.POLICE], days[Owes.CPS])


def _parts(start: datetime, stays: list[Stay], closed: list[Span], now: datetime) -> Iterator[Span]:
    """Yield the time from the start cut wherever anything changed; the last part goes on."""
    spans = [*((stay.since, stay.until) for stay in stays), *closed]
    cuts = sorted({at for span in spans for at in span if at is not None and start < at <= now})
    edges = [start, *cuts]
    yield from zip(edges, [*cuts, None], strict=True)


def _side(case: CaseFacts, stays: list[Stay], closed: list[Span], at: datetime) -> str:
    """Return who held it from a moment on."""
    if any(_within(span, at) for span in closed):
        return ""
    settled = {suspect.id for suspect in case.suspects if any(_within(span, at) for span in _closed(suspect, stays))}
    standing = {
        stay.suspect_id: stay.position for stay in stays if _within((stay.since, stay.until), at) and stay.suspect_id not in settled
    }
    if Position.WITH_CPS in standing.values():
        return Owes.CPS
    known = {suspect.id for suspect in case.suspects if suspect.identified_at <= at} - settled
    finalised = {key for key, position in standing.items() if position == Position.FINALISED}
    return "" if finalised and known <= finalised else Owes.POLICE


def _closed(suspect: SuspectFacts, stays: list[Stay]) -> list[Span]:
    own = [stay for stay in stays if stay.suspect_id == suspect.id]
    return [_not_before(span, own) for span in suspect.closed_spells()]


def _not_before(span: Span, stays: Iterable[Stay]) -> Span:
    """Return a span in which somebody has an outcome, begun when a stay ended that very day: what the CPS got and decided within it."""
    day = clock.london_day(span[0])
    ended = [stay.until for stay in stays if stay.until is not None and clock.london_day(stay.until) == day]
    start = max([span[0], *ended])
    return (start, span[1]) if span[1] is None or start < span[1] else span


def _within(span: Span, at: datetime) -> bool:
    return span[0] <= at and (span[1] is None or at < span[1])
