"""No safe channel at present: an inspector's review, with the way through the ISVA tried where there is one."""

import pytest

from cases import models as m
from tests.factories import AVON, World
from tests.integration.cases.asking import live_since, refused
from tests.integration.cases.making import do
from tests.integration.victims.contacting import card
from tests.integration.victims.knowing import complainant_of, known_case
from tests.integration.victims.supporting import make_manager, refer
from victims.services.safe_contact import review_safe_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    """A case recorded ten days ago, its victim entered."""
    live_since(AVON, days=100)
    return known_case(world)[0]


def test_the_way_through_the_isva_is_tried_where_there_is_one(world: World, case: m.Case) -> None:
    card(world.investigator, case, no_safe_channel=True, channels=[])
    complainant = complainant_of(case)
    untried = {"complainant_id": complainant.pk, "isva_route_tried": False, "decision": "Ask again on Monday"}
    do(world.supervisor, review_safe_channel, case, **untried)
    make_manager()
    refer(world, case)
    with refused("through the ISVA first", "isva_route_tried"):
        do(world.supervisor, review_safe_channel, case, **untried)
    do(world.supervisor, review_safe_channel, case, **{**untried, "isva_route_tried": True})
