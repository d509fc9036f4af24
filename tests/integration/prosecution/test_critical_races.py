"""Every critical act between police and CPS by two at one moment: one winner, one told, and the record says one thing.

`RASSO_RACE_ROUNDS=200` runs each two hundred times; every round is a case of its own.
"""

from typing import Final

import pytest

from cases import models as m
from cases.services.reconcile import reconcile
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.prosecution import races_asking as asking
from tests.integration.prosecution import races_deciding as decided
from tests.integration.prosecution.racing import Race
from tests.integration.racing import ROUNDS, at_once

RACES: Final[dict[str, Race]] = {
    "send advice": asking.send_advice,
    "accept advice": asking.accept_advice,
    "give advice": asking.give_advice,
    "send referral": asking.send_referral,
    "accept referral": asking.accept_referral,
    "accept and withdraw a referral": asking.accept_and_withdraw,
    "send plan": decided.send_plan,
    "approve a plan and send it back": decided.approve_and_send_back,
    "take item": decided.take_item,
    "take an item and do not": decided.take_and_not,
    "sweep and answer": decided.sweep_and_answer,
    "two sweeps": decided.two_sweeps,
    "publish decision": decided.publish,
    "publish and outcome of the police": decided.publish_and_outcome,
    "publish and send a plan": decided.publish_and_plan,
    "check decision": decided.check_decision,
    "finalise": decided.finalise,
    "finalise and item done": decided.finalise_and_done,
    "enter direct decision": decided.enter_direct,
    "accept transfer": asking.accept_transfer,
    "accept transfer and draft a plan": asking.accept_transfer_and_plan,
    "accept transfer and withdraw the offer": asking.withdrawn_transfer,
}


@pytest.mark.parametrize("name", RACES)
def test_one_does_it_and_the_other_is_told(committed: str, name: str) -> None:
    world = World.make()
    for number in range(ROUNDS):
        case, steps, check = RACES[name](world, f"52/RACE/{number}")
        check(at_once(*steps))
        rebuilt_alike(case)


def rebuilt_alike(case: m.Case) -> None:
    """Check that what is derived of the case is what its facts say: a reconcile from nothing changes no clock of it."""
    with scope(system(AVON)):
        before = list(m.Deadline.objects.filter(case=case).order_by("pk").values_list("pk", "met_at", "ended_at", "cancelled"))
        row = m.Case.objects.get(pk=case.pk)
        reconcile(row, reason="changed", actor_name="Test", now=clock.now())
        assert list(m.Deadline.objects.filter(case=case).order_by("pk").values_list("pk", "met_at", "ended_at", "cancelled")) == before
