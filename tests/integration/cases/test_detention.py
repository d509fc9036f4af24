"""The detention clock: entered once, made longer on authority."""

from datetime import timedelta

import pytest

from cases import models as m
from cases.services.arrests import record_arrest, record_release
from cases.services.detention import enter_detention, extend_detention
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import deadline, live_since, refused, texts
from tests.integration.cases.making import do, make_case, suspect_of


@pytest.fixture
def held(world: World) -> m.Case:
    live_since(AVON, days=30)
    case = make_case(world.investigator, "Invented")
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=20))
    return case


def enter(world: World, case: m.Case, hours: float = 19) -> m.Detention:
    return do(world.investigator, enter_detention, case, suspect_id=suspect_of(case).pk, began_at=ago(hours=hours))


def extend(world: World, case: m.Case, hours: int, by: str = "Supt Invented") -> m.Detention:
    return do(world.investigator, extend_detention, case, suspect_id=suspect_of(case).pk, hours=hours, authorised_by=by)


def test_24_hours_run_from_the_relevant_time_until_release(world: World, held: m.Case) -> None:
    made = enter(world, held)
    assert deadline(held, "detention").due_at == made.began_at + timedelta(hours=24)

    do(world.investigator, record_release, held, suspect_id=suspect_of(held).pk, at=ago(hours=1), to="under_investigation")
    assert deadline(held, "detention").met_at is not None


def test_longer_detention_goes_by_the_steps_of_the_law(world: World, held: m.Case) -> None:
    with refused("Enter when detention began first"):
        extend(world, held, 36)
    made = enter(world, held)
    with refused("next length", "hours"):
        extend(world, held, 72)
    with refused("who authorised", "authorised_by"):
        extend(world, held, 36, by=" ")
    extend(world, held, 36)
    assert deadline(held, "detention").due_at == made.began_at + timedelta(hours=36)
    extend(world, held, 72, by="Bristol magistrates")
    extend(world, held, 96, by="Bristol magistrates")
    with refused("no longer detention"):
        extend(world, held, 96)
    assert texts(held, "detention_extended")[0] == "36 hours, authorised by Supt Invented"


def test_detention_is_entered_once_and_near_the_arrest(world: World, held: m.Case) -> None:
    for hours in (21, -1):
        with refused("Enter", "began_at"):
            enter(world, held, hours)
    enter(world, held)
    with refused("entered already"):
        enter(world, held)


def test_only_somebody_in_custody_is_detained(world: World) -> None:
    case = make_case(world.investigator, "Invented")

    with refused("not in custody"):
        enter(world, case)
    with refused("not in custody"):
        extend(world, case, 36)


def test_time_that_has_run_out_is_not_made_longer(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=30))
    enter(world, case, 29)

    with refused("run out", "hours"):
        extend(world, case, 36)
