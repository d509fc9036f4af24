"""Crimes that name nobody: whose investigation ended is told to the one it was done to, and planned before it is recorded."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from cases.derive.clocks import Kind
from cases.derive.facts import ComplainantFacts, CrimeFact, ToldFact
from core import clock
from tests.unit.cases.support import day
from tests.unit.cases.telling import SHE, known, only, she, told_clocks

CRIME = UUID(int=40)
CLOSED = date(2026, 3, 5)


def closed(*told: ToldFact, on: date | None = CLOSED, code: int | None = 18) -> ComplainantFacts:
    return replace(she(*told, names=()), nameless=(CrimeFact(CRIME, code, on),))


def test_the_end_of_an_investigation_in_which_nobody_was_identified_is_told() -> None:
    one = only(known(closed()), Kind.TOLD_NFA)
    assert (one.started_at, one.complainant_id, one.suspect_id) == (clock.day_start(CLOSED), SHE, None)
    assert one.due.due_on == date(2026, 3, 6)


def test_while_it_goes_on_there_is_nothing_to_tell() -> None:
    assert not told_clocks(known(closed(on=None, code=None)), Kind.TOLD_NFA)


def test_of_somebody_elses_crime_she_is_told_nothing() -> None:
    stranger = replace(she(key=UUID(int=21)), label="B")
    found = told_clocks(known(closed(), stranger), Kind.TOLD_NFA)
    assert [one.complainant_id for one in found] == [SHE]


def test_told_once_it_is_told_and_closed_again_it_is_told_again() -> None:
    told = ToldFact(Kind.TOLD_NFA, CRIME, clock.day_start(CLOSED) + timedelta(hours=9))
    assert only(known(closed(told)), Kind.TOLD_NFA).met_at == told.at
    at_once = replace(told, at=clock.day_start(CLOSED))
    assert only(known(closed(at_once)), Kind.TOLD_NFA).met_at == at_once.at
    again = closed(told, on=day(30).date())
    assert only(known(again), Kind.TOLD_NFA).met_at is None
