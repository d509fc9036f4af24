"""Why early advice is not sought: once, with a reason of the list and in words."""

import pytest

from core.scope import scope, system
from prosecution.models import EarlyAdviceNotSought
from prosecution.services.advice import advice_not_sought
from tests.factories import AVON, World
from tests.integration.cases.asking import refused
from tests.integration.prosecution.making import do, drafted_advice, police_case


@pytest.mark.django_db
def test_why_it_is_not_sought_is_recorded_once(world: World) -> None:
    case = police_case(world)
    do(world.investigator, advice_not_sought, case, reason="not_needed", text="Two witnesses saw it")
    with refused("on record already"):
        do(world.investigator, advice_not_sought, case, reason="not_needed", text="Two witnesses saw it ")
    with refused("Enter why in your own words", "text"):
        do(world.investigator, advice_not_sought, case, reason="too_early", text=" ")
    with refused("Select why", "reason"):
        do(world.investigator, advice_not_sought, case, reason="because", text="x")
    with scope(system(AVON)):
        assert EarlyAdviceNotSought.objects.filter(case=case).count() == 1
    drafted_advice(world, case)
    with refused("Request 1 asks for it"):
        do(world.investigator, advice_not_sought, case, reason="too_early", text="x")
