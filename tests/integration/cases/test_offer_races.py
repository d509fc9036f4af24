"""Two people answer one offer at the same moment: one does it, the other is told, and both rows say the same."""

from typing import Any

import pytest

from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.offers import decline_offer, withdraw_offer
from core.scope import scope, system
from tests.factories import KENT, World, acting_as, ago
from tests.integration.cases.making import do, fresh, make_case, suspect_of
from tests.integration.cases.offering import accept, clocks, offer, second_of_kent, states
from tests.integration.racing import at_once, one_was_told
from tests.properties.invariants import holds


def cases_of_kent() -> int:
    with scope(system(KENT)):
        return m.Case.objects.count()


def test_two_supervisors_accept(committed: str) -> None:
    world = World.make()
    case, second = make_case(world.investigator, "Invented"), second_of_kent()
    before = clocks(case)
    offered = offer(world, case)
    results = at_once(
        lambda: accept(world.kent_supervisor, offered, world.kent, crime_reference="46/FIRST/1"),
        lambda: accept(second, offered, world.kent, crime_reference="46/SECOND/1"),
    )
    assert "accepted already" in str(one_was_told(results))
    assert cases_of_kent() == 1
    new = next(one for one in results if not isinstance(one, Exception)).case
    assert clocks(new) == before
    assert states(offered) == ("accepted", "accepted")


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_answer_and_a_withdrawal(committed: str, answer: str) -> None:
    world = World.make()
    case = make_case(world.investigator, "Invented")
    offered = offer(world, case)

    def decline() -> Any:
        with acting_as(world.kent_supervisor):
            return decline_offer(actor=world.kent_supervisor, offer_id=offered.offer_key, reason="Not ours")

    results = at_once(
        (lambda: accept(world.kent_supervisor, offered, world.kent)) if answer == "accept" else decline,
        lambda: do(world.supervisor, withdraw_offer, case, offer_id=offered.pk, reason="Ours after all"),
    )
    told = str(one_was_told(results))
    sender, receiver = states(offered)
    assert sender == receiver
    assert sender in told or "went on" in told
    assert cases_of_kent() == (1 if sender == "accepted" else 0)
    assert fresh(case).open == (sender != "accepted")


def test_an_arrest_is_recorded_while_the_case_goes(committed: str) -> None:
    """It is here before the case goes, and goes with it, or is refused and nowhere: never lost."""
    world = World.make()
    case = make_case(world.investigator, "Invented")
    offered = offer(world, case)
    results = at_once(
        lambda: accept(world.kent_supervisor, offered, world.kent),
        lambda: do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=1)),
    )
    new = results[0].case
    with scope(system(KENT)):
        there = m.Arrest.objects.filter(case=new).count()
    assert there == (0 if isinstance(results[1], Exception) else 1)
    holds(new.pk, KENT)
    holds(case.pk, case.force_id)
