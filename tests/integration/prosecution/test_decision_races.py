"""Two prosecutors at once: one decision stands, the other is told who decided when and keeps the text. Never a fault."""

from functools import partial
from typing import Any

import pytest

from accounts.models import User
from cases import models as m
from core.exceptions import Conflict, NotPossible
from core.scope import scope, system
from prosecution.models import ProposedState as D
from prosecution.services.direct_decisions import enter_direct_decision
from prosecution.services.publishing import publish_decision
from tests.factories import AVON, World, ago
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import CHARGE, act, prepared
from tests.integration.prosecution.making import do, fresh, suspect_of
from tests.integration.racing import ROUNDS, at_once, refusals


def _check_one_stands(case: m.Case, losers: list[Exception], winner: User) -> None:
    made = deciding.decisions(case)
    assert (len(made), len(losers)) == (1, 1)
    assert made[0].decided_by_name == winner.name
    with scope(system(AVON)):
        assert m.SuspectOutcome.objects.filter(case=case, reopened_at__isnull=True).count() == 1


@pytest.mark.parametrize("with_version", [True, False], ids=["from one page", "without a version"])
def test_two_prosecutors_publish_at_once(committed: str, with_version: bool) -> None:
    world = World.make()
    for number in range(ROUNDS):
        case = deciding.with_cps(world, reference=f"52/RACE/{number}")
        first, second = prepared(world, case), prepared(world, case, by=world.cps_manager, **CHARGE | {"charges": ["19C"]})
        more: dict[str, Any] = {"version": fresh(case).version} if with_version else {}
        results = at_once(
            partial(act, world.prosecutor, publish_decision, case, first, **more),
            partial(act, world.cps_manager, publish_decision, case, second, **more),
        )
        lost = refusals(results)
        winner = world.cps_manager if isinstance(results[0], Exception) else world.prosecutor
        _check_one_stands(case, lost, winner)
        assert isinstance(lost[0], Conflict if with_version else NotPossible)
        assert winner.name in str(lost[0])
        loser = deciding.again(first if winner == world.cps_manager else second)
        assert loser.state == D.OVERTAKEN
        assert loser.charges == (["19C", "20A"] if winner == world.cps_manager else ["19C"]), "nothing of what was typed is lost"


def test_one_form_sent_twice_publishes_once(committed: str) -> None:
    world = World.make()
    for number in range(ROUNDS):
        case = deciding.with_cps(world, reference=f"52/TWICE/{number}")
        row, version = prepared(world, case), fresh(case).version
        send = partial(act, world.prosecutor, publish_decision, case, row, version=version)
        results = at_once(send, send)
        _check_one_stands(case, refusals(results), world.prosecutor)


def test_a_decision_of_cps_direct_is_entered_while_another_is_published(committed: str) -> None:
    world = World.make()
    for number in range(ROUNDS):
        case = deciding.with_cps(world, reference=f"52/DIRECT/{number}")
        row = prepared(world, case)
        key, at = suspect_of(case).pk, ago(minutes=5)
        direct: dict[str, Any] = {"suspect_id": key, "decided_at": at, "decided_by": "Petra Nightingdale", "test": "full_code"}
        direct |= {"decision": "charge", "charges": ["19C"]}
        results = at_once(
            partial(act, world.prosecutor, publish_decision, case, row),
            partial(do, world.investigator, enter_direct_decision, case, **direct),
        )
        assert len(refusals(results)) == len(deciding.decisions(case)) == 1
