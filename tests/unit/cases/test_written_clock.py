"""The clock of written reasons: who gets them, the last minute in time, what meets it and what ends it. Days are written by hand."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from cases.derive.clocks import Editions, Kind, Urgency, Wanted, urgency
from cases.derive.facts import CaseFacts, CrimeFact, OutcomeFact, ToldFact
from cases.derive.states import SETTLED, Status
from cases.derive.written_rules import WrittenFact, written_clocks
from cases.outcome_codes import OUTCOMES
from core import clock
from tests.unit.cases.support import SUSPECT
from tests.unit.cases.telling import FACT, OTHER_SUSPECT, SHE, known, she, suspect
from tests.unit.cases.test_told_boundaries import london

MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 11, 2)


def ended(on: date = MONDAY, code: int = 15, side: str = "police", **more: object) -> OutcomeFact:
    return OutcomeFact(code=code, on=on, side=side, id=FACT, **more)  # type: ignore[arg-type]


def a_case(outcome: OutcomeFact, *told: ToldFact, written: tuple[WrittenFact, ...] = (), brought: bool = True) -> CaseFacts:
    found = known(she(*told), suspects=(suspect(outcomes=(outcome,)),), brought=brought)
    return replace(found, beside={"written": written})


def clocks(facts: CaseFacts) -> list[Wanted]:
    return list(written_clocks(facts, Editions()))


@pytest.mark.parametrize("code", sorted(OUTCOMES))
def test_reasons_are_owed_for_no_further_action_and_for_nothing_else(code: int) -> None:
    assert bool(clocks(a_case(ended(code=code)))) is (SETTLED[code] == Status.NO_FURTHER_ACTION)


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 11, 2), "2026-11-09 23:59"),  # Monday to Monday
        (date(2026, 10, 30), "2026-11-06 23:59"),  # Friday
        (date(2026, 12, 23), "2027-01-04 23:59"),  # over Christmas, its substitute, and New Year's Day
        (date(2026, 4, 1), "2026-04-10 23:59"),  # over Easter
    ],
)
def test_the_last_minute_in_time_and_the_first_late(on: date, last: str) -> None:
    (one,) = clocks(a_case(ended(on)))
    assert urgency(one.kind, one.due.due_at, one.due.due_on, london(last)) not in {Urgency.OVERDUE, Urgency.CRITICAL}
    assert urgency(one.kind, one.due.due_at, one.due.due_on, london(last) + MINUTE) == Urgency.OVERDUE


@pytest.mark.parametrize(
    ("side", "brought", "owes"), [("police", True, "police"), ("cps", True, "cps"), ("cps", False, "police"), ("police", False, "police")]
)
def test_whoever_decided_owes_them(side: str, brought: bool, owes: str) -> None:
    (one,) = clocks(a_case(ended(side=side), brought=brought))
    assert (one.kind, one.owes, one.complainant_id, one.suspect_id) == (Kind.WRITTEN_REASONS, owes, SHE, SUSPECT)


def test_reaching_her_meets_it_and_being_told_does_not() -> None:
    told = ToldFact("told_nfa", FACT, clock.day_start(MONDAY))
    (one,) = clocks(a_case(ended(), told))
    assert (one.met_at, one.ended_at) == (None, None)
    day = date(2026, 11, 4)
    (one,) = clocks(a_case(ended(), told, written=(WrittenFact(SHE, FACT, day),)))
    assert (one.met_at, one.ended_at) == (clock.day_start(day), None)


def test_what_reached_another_or_was_about_something_else_does_not_meet_it() -> None:
    others = (WrittenFact(UUID(int=99), FACT, MONDAY), WrittenFact(SHE, UUID(int=98), MONDAY))
    (one,) = clocks(a_case(ended(), written=others))
    assert one.met_at is None


@pytest.mark.parametrize(
    ("because", "ends"), [("asked_not", True), ("harm", True), ("knew", False), ("tried", False), ("no_safe_channel", False)]
)
def test_deciding_not_to_tell_ends_it_and_trying_or_knowing_does_not(because: str, ends: bool) -> None:
    at = london("2026-11-03 10:00")
    (one,) = clocks(a_case(ended(), ToldFact("told_nfa", FACT, at, because)))
    assert (one.met_at, one.ended_at) == (None, at if ends else None)


def test_reopened_it_ends_unless_they_had_reached_her() -> None:
    at = london("2026-11-05 10:00")
    reopened = ended(reopened_at=at)
    (one,) = clocks(a_case(reopened))
    assert (one.met_at, one.ended_at) == (None, at)
    (one,) = clocks(a_case(reopened, written=(WrittenFact(SHE, FACT, date(2026, 11, 4)),)))
    assert one.met_at == clock.day_start(date(2026, 11, 4))


def test_another_suspects_outcome_is_not_hers() -> None:
    facts = known(she(), suspects=(suspect(OTHER_SUSPECT, outcomes=(ended(),)),))
    assert clocks(facts) == []


def test_a_crime_that_names_nobody_owes_them_from_its_day_and_anew_after_it_was_reopened() -> None:
    crime = CrimeFact(FACT, 18, MONDAY)
    facts = replace(known(replace(she(names=()), nameless=(crime,))), beside={"written": (WrittenFact(SHE, FACT, date(2026, 10, 1)),)})
    (one,) = clocks(facts)
    assert (one.started_at, one.met_at, one.owes) == (clock.day_start(MONDAY), None, "police")
