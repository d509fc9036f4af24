"""A charge on the Threshold Test: its conditions and its day are asked for; then the Full Code Test, once."""

from datetime import timedelta

import pytest
from django.http import Http404

from cases import models as m
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import ChargingDecision
from prosecution.services.threshold import review_threshold
from tests.factories import AVON, World
from tests.integration.cases.asking import deadline, refused, status, texts
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import CHARGE, CONDITIONS, act

pytestmark = pytest.mark.django_db
THRESHOLD = CHARGE | {"test": "threshold", "conditions": CONDITIONS}


@pytest.fixture
def case(world: World) -> m.Case:
    return deciding.with_cps(world)


def charged(world: World, case: m.Case) -> ChargingDecision:
    return deciding.published(world, case, **THRESHOLD, review_on=clock.today() + timedelta(days=14))


def test_its_conditions_and_its_day_are_published_with_it(world: World, case: m.Case) -> None:
    row = charged(world, case)
    assert [f"Because {number}" in row.conditions_met for number in range(1, 6)] == [True] * 5
    assert row.review_on == clock.today() + timedelta(days=14)
    running = deadline(case, "threshold_review")
    assert (running.owes, running.due_on, running.subject_id) == ("cps", row.review_on, row.pk)


def test_the_day_is_not_past_when_it_is_published(world: World, case: m.Case) -> None:
    row = deciding.prepared(world, case, **THRESHOLD, review_on=clock.today() - timedelta(days=1))
    from prosecution.services.publishing import publish_decision

    with refused("a day from today on"):
        act(world.prosecutor, publish_decision, case, row)


@pytest.mark.parametrize(("result", "words"), [("met", "The Full Code Test is met"), ("discontinued", "Discontinued")])
def test_the_full_code_test_ends_the_clock_and_leaves_the_charge(world: World, case: m.Case, result: str, words: str) -> None:
    row = charged(world, case)
    act(world.prosecutor, review_threshold, case, row, result=result, note="The phone was read")
    assert deadline(case, "threshold_review").met_at is not None
    assert status(case) == "charged"
    assert texts(case, "threshold_reviewed") == [f"{words}: The phone was read"]
    with scope(system(AVON)):
        assert Notice.objects.filter(user=world.investigator, subject="threshold_reviewed").count() == 1
    with refused("applied to this charge already"):
        act(world.prosecutor, review_threshold, case, row, result="met", note="Again")


def test_what_is_no_review(world: World, case: m.Case) -> None:
    row = charged(world, case)
    with refused("what the Full Code Test came to", "result"):
        act(world.prosecutor, review_threshold, case, row, result="", note="x")
    with refused("the reasons", "note"):
        act(world.prosecutor, review_threshold, case, row, result="met", note=" ")
    for person in (world.investigator, world.supervisor, world.vlo):
        with pytest.raises(NotAllowed):
            act(person, review_threshold, case, row, result="met", note="x")
    with pytest.raises(Http404):
        act(world.other_area, review_threshold, case, row, result="met", note="x")


def test_a_charge_on_the_full_code_test_has_none(world: World, case: m.Case) -> None:
    row = deciding.published(world, case)
    with refused("no charge on the Threshold Test"):
        act(world.prosecutor, review_threshold, case, row, result="met", note="x")
