"""Where a suspect and a case stand: every line of the derivation, in its order."""

from datetime import timedelta
from uuid import UUID

import pytest

from cases.derive.facts import CaseFacts, Position, SuspectFacts
from cases.derive.states import (
    OPEN_STAGES,
    SETTLED,
    SETTLED_STATUSES,
    SUSPECT_STATUS,
    Stage,
    Status,
    case_stage,
    standing,
    suspect_status,
    suspect_words,
    turns,
)
from tests.unit.cases.support import arrest, bail, case, day, event, outcome, situation, suspect

NOW = day(40)
RELEASED = arrest(1, 2, "bail")


@pytest.mark.parametrize("code", range(1, 23))
def test_every_outcome_settles(code: int) -> None:
    status = suspect_status(suspect(outcomes=(outcome(5, code),)), NOW)

    assert status == SETTLED[code]
    assert status in SETTLED_STATUSES


def test_the_groups_of_outcomes_are_those_of_the_design() -> None:
    groups = {status: {code for code, one in SETTLED.items() if one == status} for status in SETTLED_STATUSES}

    assert groups[Status.CHARGED] == {1}
    assert groups[Status.OTHER_DISPOSAL] == {2, 3, 4, 6, 7, 8, 19, 20, 22}
    assert groups[Status.CANNOT_PROCEED] == {5, 11, 12}
    assert groups[Status.NO_FURTHER_ACTION] == set(range(1, 23)) - {1, 2, 3, 4, 6, 7, 8, 19, 20, 22, 5, 11, 12}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (suspect(), Status.IDENTIFIED),
        (suspect(no_arrest=(day(3),)), Status.NOT_TO_BE_ARRESTED),
        (suspect(interviews=(day(4),)), Status.INTERVIEWED),
        (suspect(interviews=(day(4),), no_arrest=(day(3),)), Status.INTERVIEWED),
        (suspect(arrests=(arrest(1, imported=True),)), Status.RELEASED_NOT_KNOWN),
        (suspect(arrests=(arrest(1, imported=True),), interviews=(day(1),)), Status.RELEASED_NOT_KNOWN),
        (suspect(arrests=(arrest(1, 2),)), Status.UNDER_INVESTIGATION),
        (suspect(arrests=(RELEASED,), bails=(bail(2),)), Status.ON_BAIL),
        (suspect(arrests=(RELEASED,), bails=(bail(2, own=day(30).date()),)), Status.BAIL_LAPSED),
        (suspect(arrests=(RELEASED,), bails=(bail(2, event("suspended", 20), own=day(30).date()),)), Status.ON_BAIL),
        (suspect(arrests=(RELEASED,), bails=(bail(2, own=day(30).date(), passed=True),)), Status.BAIL_PASSED_NOT_KNOWN),
        (suspect(bails=(bail(2, event("breached", 35), own=day(30).date(), passed=True),)), Status.BAIL_PASSED_NOT_KNOWN),
        (suspect(bails=(bail(2, event("extended", 35, own=day(60).date()), own=day(30).date(), passed=True),)), Status.ON_BAIL),
        (suspect(arrests=(RELEASED,), bails=(bail(2, event("ended", 9, to="under_investigation")),)), Status.UNDER_INVESTIGATION),
        (suspect(arrests=(arrest(1),)), Status.IN_CUSTODY),
        (suspect(arrests=(RELEASED, arrest(20)), bails=(bail(2),)), Status.IN_CUSTODY),
        (suspect(situations=(situation(3),)), Status.WANTED),
        (suspect(situations=(situation(3, kind="abroad"),)), Status.ABROAD),
        (suspect(situations=(situation(3, kind="prison"),)), Status.PRISON),
        (suspect(situations=(situation(3, 9),)), Status.IDENTIFIED),
        (suspect(situations=(situation(3),), arrests=(arrest(5),)), Status.IN_CUSTODY),
        (suspect(situations=(situation(3, kind="prison"),), interviews=(day(5),)), Status.PRISON),
        (suspect(situations=(situation(3),), position=Position.ACTION_PLAN), Status.ACTION_PLAN),
        (suspect(arrests=(arrest(1),), position=Position.WITH_CPS), Status.WITH_CPS),
        (suspect(position=Position.FINALISED), Status.ADMINISTRATIVELY_FINALISED),
        (suspect(position=Position.WITH_CPS, outcomes=(outcome(5, 1),)), Status.CHARGED),
        (suspect(arrests=(arrest(20, imported=True),), outcomes=(outcome(5),)), Status.NO_FURTHER_ACTION),
        (suspect(outcomes=(outcome(5, reopened=9),)), Status.IDENTIFIED),
        (suspect(outcomes=(outcome(5, reopened=9), outcome(12, 1))), Status.CHARGED),
        (suspect(arrests=(arrest(1, 2, "outcome"),), outcomes=(outcome(2, reopened=9),)), Status.UNDER_INVESTIGATION),
    ],
)
def test_the_first_line_that_applies(facts: SuspectFacts, status: Status) -> None:
    assert suspect_status(facts, NOW) == status


def test_every_line_says_in_words_when_it_applies() -> None:
    assert all(line.words for line in SUSPECT_STATUS)
    assert suspect_status(suspect(), NOW) == SUSPECT_STATUS[-1].applies(suspect(), NOW)


def test_bail_is_in_time_on_its_last_day_and_lapsed_from_the_next() -> None:
    facts = suspect(bails=(bail(2, own=day(30).date()),))
    midnight = day(30).replace(hour=23)  # 1 April 2026 is in summer time: London's day ends at 23:00

    assert suspect_status(facts, midnight - timedelta(seconds=1)) == Status.ON_BAIL
    assert suspect_status(facts, midnight) == Status.BAIL_LAPSED


def test_a_live_situation_or_lapsed_bail_is_added_to_an_open_status_only() -> None:
    wanted = (situation(3),)
    lapsed = (bail(2, own=day(30).date()),)

    assert suspect_words(suspect(situations=wanted, position=Position.WITH_CPS), NOW) == "With the CPS, wanted"
    assert suspect_words(suspect(bails=lapsed, position=Position.WITH_CPS), NOW) == "With the CPS, bail lapsed"
    assert suspect_words(suspect(situations=wanted), NOW) == "Wanted"
    assert suspect_words(suspect(situations=wanted, outcomes=(outcome(9),)), NOW) == "No further action"


ONE, TWO, THREE = UUID(int=11), UUID(int=12), UUID(int=13)
CHARGED = suspect(key=ONE, outcomes=(outcome(5, 1),))
NFA = suspect(key=TWO, outcomes=(outcome(6, 15),))


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (case(), Stage.RECORDED),
        (case(offences=(None,)), Stage.RECORDED),
        (case(has_enquiries=True), Stage.INVESTIGATING),
        (case(offences=(None, 18)), Stage.INVESTIGATING),
        (case(suspect(), offences=(None,)), Stage.INVESTIGATING),
        (case(suspect(position=Position.WITH_CPS), offences=(None,)), Stage.WITH_CPS),
        (case(suspect(position=Position.ACTION_PLAN), offences=(None,)), Stage.AWAITING_POLICE),
        (case(suspect(position=Position.FINALISED), offences=(None,)), Stage.ADMINISTRATIVELY_FINALISED),
        (case(suspect(key=ONE), suspect(key=TWO, position=Position.WITH_CPS)), Stage.INVESTIGATING),
        (case(suspect(key=ONE, position=Position.ACTION_PLAN), suspect(key=TWO, position=Position.WITH_CPS)), Stage.AWAITING_POLICE),
        (case(suspect(key=ONE, position=Position.FINALISED), suspect(key=TWO, position=Position.WITH_CPS)), Stage.WITH_CPS),
        (case(CHARGED, suspect(key=TWO, position=Position.WITH_CPS), offences=(1,)), Stage.WITH_CPS),
        (case(CHARGED, NFA, offences=(1,)), Stage.CHARGED),
        (case(NFA, offences=(15,)), Stage.NO_FURTHER_ACTION),
        (case(NFA, offences=(15, None)), Stage.INVESTIGATING),
        (case(offences=(18,)), Stage.NO_FURTHER_ACTION),
        (case(offences=(1,)), Stage.CHARGED),
        (case(CHARGED, recorded_in_error=True), Stage.RECORDED_IN_ERROR),
        (case(CHARGED, merged=True), Stage.MERGED),
    ],
)
def test_the_least_finished_suspect_decides_the_stage(facts: CaseFacts, stage: Stage) -> None:
    assert case_stage(facts, NOW) == stage


def test_open_stages() -> None:
    assert {Stage.RECORDED, Stage.INVESTIGATING, Stage.WITH_CPS, Stage.AWAITING_POLICE} == OPEN_STAGES


def test_where_a_case_stands_in_words_and_whose_move_it_is() -> None:
    facts = case(CHARGED, suspect(key=TWO, position=Position.WITH_CPS), suspect(key=THREE, situations=(situation(3),)))

    assert standing(facts, NOW) == "1 charged · 1 with the CPS · 1 wanted"
    assert turns(facts, NOW) == (1, 1)
    assert turns(case(CHARGED, NFA, offences=(1,)), NOW) == (0, 0)
    assert turns(case(), NOW) == (1, 0)
    assert turns(case(suspect(position=Position.WITH_CPS)), NOW) == (0, 1)
    assert standing(case(), NOW) == "No suspect recorded"
