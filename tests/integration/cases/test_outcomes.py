"""Outcomes of suspects and of recorded crimes, and the acts that open them again."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_interview, record_release
from cases.services.bails import grant_bail
from cases.services.outcomes import record_crime_outcome, record_outcome, reopen, reopen_crime
from cases.services.plans import plan_arrest
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from tests.factories import World, ago
from tests.integration.cases.asking import deadline, refused, status, texts
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of, timeline
from tests.integration.cases.withdrawing import withdrew

pytestmark = pytest.mark.usefixtures("nfa_at_once")


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, "Invented")


def crime_of(case: m.Case) -> m.Offence:
    with scope(system(case.force_id)):
        return m.Offence.objects.get(case=case)


def record(actor: User, case: m.Case, code: int, *, number: int = 1, **more: Any) -> m.SuspectOutcome:
    given = {"on": clock.today(), "reasons": "" if code == 1 else "Tested", **more}
    plan_tellings(case)
    if code == 16:
        withdrew(case)
    return do(actor, record_outcome, case, suspect_id=suspect_of(case, number).pk, code=code, **given)


def of_crime(actor: User, case: m.Case, code: int, **more: Any) -> m.Offence:
    given = {"on": clock.today(), "reasons": "Tested", **more}
    plan_tellings(case)
    return do(actor, record_crime_outcome, case, offence_id=crime_of(case).pk, code=code, **given)


def open_again(actor: User, case: m.Case, basis: str = "review", reason: str = "Overturned") -> m.SuspectOutcome:
    return do(actor, reopen, case, suspect_id=suspect_of(case).pk, basis=basis, reason=reason)


@pytest.mark.parametrize(
    ("code", "projected", "side"),
    [
        (1, "charged", "cps"),
        (9, "no_further_action", "cps"),
        (10, "no_further_action", "police"),
        (16, "no_further_action", "police"),
        (5, "cannot_proceed", "police"),
        (22, "other_disposal", "police"),
    ],
)
def test_an_outcome_settles_and_ends_the_clocks(world: World, case: m.Case, code: int, projected: str, side: str) -> None:
    made = record(world.investigator, case, code)

    assert (status(case), made.side) == (projected, side)
    assert deadline(case, "arrest").ended_at is not None


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"code": 14}, "no suspect was identified", "code"),
        ({"code": 18}, "no suspect was identified", "code"),
        ({"code": 23}, "Select an outcome", "code"),
        ({"code": 15, "reasons": " "}, "Enter the reasons", "reasons"),
        ({"code": 16, "reasons": ""}, "what the victim said", "reasons"),
        ({"code": 1, "side": "police"}, "decision of the CPS", "side"),
        ({"code": 21, "side": "cps"}, "decision of the police", "side"),
        ({"code": 15, "side": "court"}, "whose decision", "side"),
        ({"code": 1, "days_ago": -1}, "today or in the past", "on"),
        ({"code": 1, "days_ago": 11}, "after the crime was recorded", "on"),
        ({"code": 1, "days_ago": 10}, "identified", "on"),
    ],
)
def test_an_outcome_that_contradicts_itself_or_the_facts_is_refused(
    world: World, case: m.Case, more: dict[str, Any], words: str, field: str
) -> None:
    on = clock.today() - timedelta(days=more.get("days_ago", 0))
    with refused(words, field):
        record(world.investigator, case, **{"on": on, **{name: value for name, value in more.items() if name != "days_ago"}})
    assert status(case) == "identified"


def test_an_outcome_is_not_before_the_interview(world: World, case: m.Case) -> None:
    do(world.investigator, record_interview, case, suspect_id=suspect_of(case).pk, at=ago(days=1), manner="voluntary", protection="x")

    with refused("last interviewed", "on"):
        record(world.investigator, case, 15, on=clock.today() - timedelta(days=5))


def test_one_outcome_at_a_time_and_from_custody_with_the_release(world: World, case: m.Case) -> None:
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=5))
    with refused("record the release, and the outcome with it"):
        record(world.investigator, case, 1)
    plan_tellings(case)
    do(world.investigator, record_release, case, suspect_id=suspect_of(case).pk, at=ago(hours=4), to="outcome", code=1)
    with refused("has an outcome already"):
        record(world.investigator, case, 15)


def test_an_outcome_ends_live_bail_and_a_planned_arrest(world: World, case: m.Case) -> None:
    key = suspect_of(case).pk
    do(world.investigator, record_arrest, case, suspect_id=key, at=ago(days=3))
    do(world.investigator, record_release, case, suspect_id=key, at=ago(days=2.9), to="under_investigation")
    do(world.investigator, grant_bail, case, suspect_id=key, granted_at=ago(days=2), authority="custody_officer")
    do(world.investigator, plan_arrest, case, suspect_id=key, planned_for=clock.now() + timedelta(days=1))
    record(world.investigator, case, 15)

    with scope(system(case.force_id)):
        assert m.BailEvent.objects.get(case=case).ended_to == "outcome"
        assert m.PlannedArrest.objects.get(case=case).state == "cancelled"


def test_a_case_closes_when_every_suspect_and_every_crime_has_an_outcome(world: World, case: m.Case) -> None:
    record(world.investigator, case, 15)
    assert fresh(case).stage == "investigating"
    of_crime(world.investigator, case, 15)
    assert fresh(case).stage == "no_further_action"


def test_the_same_outcome_may_go_to_crimes_alleged_against_nobody_else(world: World) -> None:
    alone = make_case(world.investigator, "Invented")
    record(world.investigator, alone, 1, also_crimes=True)
    assert (crime_of(alone).outcome_code, fresh(alone).stage) == (1, "charged")

    two = make_case(world.investigator, "Invented", "Another", reference="52/TEST/2")
    record(world.investigator, two, 1, also_crimes=True)
    assert (crime_of(two).outcome_code, fresh(two).stage) == (None, "investigating")


def test_outcomes_of_crimes_fit_whom_they_are_alleged_against(world: World, case: m.Case) -> None:
    for code in (14, 18):
        with refused("alleged against one", "code"):
            of_crime(world.investigator, case, code)
    with refused("Enter the reasons", "reasons"):
        of_crime(world.investigator, case, 15, reasons="")
    with refused("today or in the past", "on"):
        of_crime(world.investigator, case, 15, on=clock.today() + timedelta(days=1))
    of_crime(world.investigator, case, 15)
    with refused("outcome already"):
        of_crime(world.investigator, case, 16)

    nobody = make_case(world.investigator, reference="52/TEST/2", named="no")
    for code in (1, 15, 16):
        with refused("needs a suspect", "code"):
            of_crime(world.investigator, nobody, code)
    with refused("what the victim said", "reasons"):
        of_crime(world.investigator, nobody, 14, reasons="")
    of_crime(world.investigator, nobody, 18)
    assert fresh(nobody).stage == "no_further_action"


def test_reopening_is_the_only_way_back_and_takes_the_crimes_along(world: World, case: m.Case) -> None:
    with refused("no outcome to reopen"):
        open_again(world.investigator, case)
    record(world.investigator, case, 15, also_crimes=True)
    outcome = open_again(world.investigator, case)

    assert (outcome.reopened_basis, status(case), fresh(case).stage) == ("review", "identified", "investigating")
    assert crime_of(case).outcome_code is None
    assert deadline(case, "arrest").ended_at is None
    assert timeline(case)[-2:] == ["outcome_reopened", "crime_outcome_reopened"]
    record(world.investigator, case, 1)
    assert status(case) == "charged"


def test_a_basis_holds_or_is_refused(world: World, case: m.Case) -> None:
    record(world.investigator, case, 15)
    with refused("on what basis", "basis"):
        open_again(world.supervisor, case, "hunch")
    with refused("Enter the reason", "reason"):
        open_again(world.supervisor, case, reason=" ")
    with refused("does not support", "basis"):
        open_again(world.supervisor, case, "supports_again")
    with pytest.raises(NotAllowed):
        open_again(world.sergeant, case, "new_evidence")
    open_again(world.supervisor, case, "new_evidence", "A second report")
    record(world.investigator, case, 16, reasons="Told DC Invented today")
    with refused("Record first that she or he supports", "basis"):
        open_again(world.investigator, case, "supports_again", "She told DC Invented today")
    assert status(case) == "no_further_action"


def test_a_crime_stays_charged_while_somebody_else_is(world: World) -> None:
    case = make_case(world.investigator, "Invented", "Another")
    record(world.investigator, case, 1)
    record(world.investigator, case, 1, number=2)
    of_crime(world.investigator, case, 1, reasons="")
    open_again(world.supervisor, case)

    assert crime_of(case).outcome_code == 1
    assert fresh(case).stage == "investigating"


def test_a_supervisor_takes_the_outcome_of_a_crime_back(world: World) -> None:
    case = make_case(world.investigator, reference="52/TEST/2", named="no")
    of_crime(world.investigator, case, 18)
    key = crime_of(case).pk
    with pytest.raises(NotAllowed):
        do(world.sergeant, reopen_crime, case, offence_id=key, reason="A name was given")
    do(world.supervisor, reopen_crime, case, offence_id=key, reason="A name was given")

    assert fresh(case).stage == "recorded"
    assert texts(case, "crime_outcome_reopened")[0].endswith("no suspect identified. A name was given")
    with refused("has no outcome"):
        do(world.supervisor, reopen_crime, case, offence_id=key, reason="Again")
