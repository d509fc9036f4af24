"""States and clocks where two facts meet in one moment, or where a fact says less than it mostly does."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from cases.derive import clock_rules, clocks, told_rules
from cases.derive.facts import EmergencyFact, OutcomeFact, Position
from cases.derive.kinds import Kind
from cases.derive.states import standing, suspect_words, turns, words_for
from cases.derive.told_rules import Duty, duties
from core import calendar, clock
from tests.unit.cases.support import CASE, DAY0, SUSPECT, arrest, bail, case, clock_of, day, event, outcome, situation, suspect
from tests.unit.cases.telling import known, she
from tests.unit.cases.telling import suspect as told_of

NOW = day(40)
LAPSED = suspect(arrests=(arrest(1, 2, "bail"),), bails=(bail(2, own=day(30).date()),))
WANTED = suspect(key=UUID(int=3), situations=(situation(3),))
CHARGED = suspect(key=UUID(int=4), outcomes=(outcome(5, 1),))


def start_of(number: int) -> datetime:
    return clock.day_start(day(number).date())


def test_the_rules_are_registered_under_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "_rules", {})
    monkeypatch.setattr(clocks, "_loads", {})
    clock_rules.register()
    told_rules.register()
    assert clocks._rules == {"investigation": clock_rules.investigation, "telling": told_rules.telling}
    assert clocks._loads == {}


def test_bail_is_looked_at_as_of_the_moment_asked_about() -> None:
    facts = case(LAPSED, WANTED, CHARGED)
    assert [suspect_words(LAPSED, day(number)) for number in (20, 40)] == ["On bail", "Bail lapsed"]
    assert standing(facts, day(20)) == "1 on bail · 1 wanted · 1 charged"
    assert standing(facts, day(40)) == "1 bail lapsed · 1 wanted · 1 charged"
    assert turns(facts, NOW) == (2, 0)


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ((Position.WITH_CPS, Position.FINALISED), (0, 1)),
        ((Position.WITH_CPS, Position.WITH_CPS), (0, 2)),
        ((Position.WITH_CPS, Position.NONE, Position.ACTION_PLAN), (2, 1)),
    ],
)
def test_whose_move_it_is_counts_suspects_who_are_not_settled(positions: tuple[Position, ...], expected: tuple[int, int]) -> None:
    found = [suspect(key=UUID(int=10 + number), position=position) for number, position in enumerate(positions)]
    assert turns(case(*found, CHARGED), NOW) == expected


def test_a_case_whose_suspects_are_settled_is_the_polices_while_a_crime_is_open() -> None:
    assert turns(case(CHARGED, offences=(1, None)), NOW) == (1, 0)


def test_statuses_by_value_in_words() -> None:
    assert words_for(["wanted", "with_cps"]) == ["Wanted", "With the CPS"]


def test_bail_by_an_authority_that_is_not_known_runs_for_the_shortest_period() -> None:
    assert bail(2, authority="", arrested=0).ends_on() == date(2026, 6, 2)


def test_an_extension_to_nothing_gives_no_month() -> None:
    assert bail(2, event("extended", 9), arrested=0).ends_on() == date(2026, 3, 2)


def test_an_arrest_at_the_moment_a_situation_begins_ends_it() -> None:
    facts = suspect(arrests=(arrest(3, 4),), situations=(situation(3),))
    assert facts.situation_ended_at(facts.situations[0]) == day(3)
    assert facts.live_situation() is None


def test_an_outcome_reopened_at_the_moment_of_the_release_to_it_begins_no_investigation() -> None:
    at_once = suspect(arrests=(arrest(1, 2, "outcome"),), outcomes=(outcome(2, reopened=2),))
    later = suspect(arrests=(arrest(1, 2, "outcome"),), outcomes=(outcome(2, reopened=2.01),))
    assert at_once.under_investigation() == ()
    assert later.under_investigation() == ((day(2.01), None),)
    charged = suspect(arrests=(arrest(1, 2, "charged"),), outcomes=(outcome(2, 1, reopened=3),))
    assert charged.under_investigation() == ((day(3), None),), "a charge that is taken back leaves her or him under investigation too"


def test_interviews_without_rows_are_not_told() -> None:
    facts = known(she(), suspects=(told_of(interviews=(day(1), day(2)), interview_ids=(UUID(int=70),)),))
    assert list(duties(facts, facts.complainants[0])) == [
        Duty(Kind.TOLD_CRIME_RECORDED, CASE, DAY0),
        Duty(Kind.TOLD_INTERVIEW, UUID(int=70), day(1), SUSPECT),
    ]


STARTED, WENT_ON = day(3), day(9)
RUNS = clocks.Wanted(
    "arrest",
    SUSPECT,
    started_at=STARTED,
    due=calendar.due_by_end_of(date(2026, 4, 1)),
    owes="police",
    suspect_id=SUSPECT,
    sequence=2,
    setting_version=3,
    paused_since=day(4),
)


def test_what_still_runs_ends_when_another_force_takes_the_case_over() -> None:
    assert clocks.until_taken_over(RUNS, WENT_ON) == replace(RUNS, ended_at=WENT_ON, paused_since=None)
    assert clocks.until_taken_over(RUNS, day(1)) == replace(RUNS, ended_at=STARTED, paused_since=None)
    assert clocks.until_taken_over(RUNS, None) == RUNS


@pytest.mark.parametrize("stopped", [{"met_at": day(5)}, {"ended_at": day(5)}])
def test_what_had_stopped_before_stays_as_it_was(stopped: dict[str, datetime]) -> None:
    one = replace(RUNS, **stopped)  # type: ignore[arg-type]
    assert clocks.until_taken_over(one, WENT_ON) == one


def test_every_clock_of_a_case_that_went_on_ends_then_but_the_auditors_own() -> None:
    looked = EmergencyFact(UUID(int=80), day(4))
    facts = case(suspect(), emergencies=(looked,), went_on_at=WENT_ON)
    assert clock_of(facts, Kind.ARREST).ended_at == WENT_ON
    assert clock_of(facts, Kind.BREAK_GLASS_REVIEW).ended_at is None


@pytest.mark.parametrize("gone", ["recorded_in_error", "merged"])
def test_what_an_auditor_reviews_outlives_the_case(gone: str) -> None:
    looked = EmergencyFact(UUID(int=80), day(4))
    facts = replace(case(suspect(), emergencies=(looked,)), **{gone: True})  # type: ignore[arg-type]
    assert [one.kind for one in clocks.wanted(facts, clocks.Editions()).values()] == [Kind.BREAK_GLASS_REVIEW]


def test_a_release_to_something_else_begins_no_investigation_however_it_goes_on() -> None:
    facts = suspect(arrests=(arrest(1, 2, "bail"),), outcomes=(outcome(5, reopened=9),))
    assert facts.under_investigation() == ()


def test_what_comes_at_the_moment_of_the_release_does_not_end_the_investigation() -> None:
    arrested = suspect(arrests=(arrest(1, 2), arrest(2)))
    bailed = suspect(arrests=(arrest(1, 2),), bails=(bail(2),))
    assert arrested.under_investigation() == ((day(2), None),)
    assert bailed.under_investigation() == ((day(2), None),)


def test_a_case_was_closed_while_every_suspect_had_an_outcome_and_not_before() -> None:
    one = suspect(key=UUID(int=11), outcomes=(outcome(4, reopened=9),))

    def spells_with(*outcomes: OutcomeFact) -> tuple[tuple[datetime, datetime | None], ...]:
        return case(one, suspect(key=UUID(int=12), outcomes=outcomes)).closed_spells()

    assert spells_with(outcome(6)) == ((start_of(6), day(9)),)
    assert spells_with(outcome(12)) == ()
    assert spells_with(outcome(2, reopened=3)) == ()
    assert spells_with(outcome(2, reopened=5)) == ((start_of(4), day(5)),)


def test_an_outcome_of_the_day_begins_at_its_first_moment() -> None:
    at_midnight = OutcomeFact(15, day(4).date(), start_of(9))
    facts = case(suspect(key=UUID(int=11), outcomes=(at_midnight,)), suspect(key=UUID(int=12), outcomes=(outcome(9),)))
    assert facts.closed_spells() == ((start_of(9), start_of(9)),)
