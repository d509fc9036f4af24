"""How a charge ended at court: a line, by either side, only for who is charged."""

from datetime import timedelta

import pytest

from cases import models as m
from core import clock
from prosecution.models import CourtOutcome
from prosecution.services.court import record_court_outcome
from tests.factories import World
from tests.integration.cases.asking import count, refused, texts
from tests.integration.prosecution import deciding
from tests.integration.prosecution.making import do, suspect_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    case = deciding.with_cps(world, suspects=2)
    deciding.published(world, case)
    return case


@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor", "cps_manager", "vlo"])
def test_either_side_records_it(world: World, case: m.Case, who: str) -> None:
    do(getattr(world, who), record_court_outcome, case, suspect_id=suspect_of(case).pk, on=clock.today(), result="Found guilty")
    assert texts(case, "court_outcome_recorded") == ["Found guilty"]


def test_what_cannot_be(world: World, case: m.Case) -> None:
    key = {"suspect_id": suspect_of(case).pk}
    with refused("today or in the past", "on"):
        do(world.investigator, record_court_outcome, case, **key, on=clock.today() + timedelta(days=1), result="x")
    with refused("after the charge", "on"):
        do(world.investigator, record_court_outcome, case, **key, on=clock.today() - timedelta(days=1), result="x")
    with refused("how it ended", "result"):
        do(world.investigator, record_court_outcome, case, **key, on=clock.today(), result=" ")
    with refused("not charged"):
        do(world.investigator, record_court_outcome, case, suspect_id=suspect_of(case, 2).pk, on=clock.today(), result="x")
    do(world.investigator, record_court_outcome, case, **key, on=clock.today(), result="Found guilty")
    with refused("recorded already", "result"):
        do(world.prosecutor, record_court_outcome, case, **key, on=clock.today(), result="Found guilty")
    do(world.prosecutor, record_court_outcome, case, **key, on=clock.today(), result="Sentenced")
    assert count(CourtOutcome, case) == 2
