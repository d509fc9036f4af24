"""Two of the review unit at once: one act stands, the other person is told how it stands. Never a fault."""

from functools import partial
from typing import Any

import pytest

from cases import models as m
from prosecution.models import ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.services.review_results import answer_out_of_scope, decide_review, withdraw_review
from prosecution.services.review_work import acknowledge_review
from tests.factories import World
from tests.integration.prosecution import reviewing as r
from tests.integration.prosecution.racing import rows
from tests.integration.prosecution.reviewing import DECIDED, work
from tests.integration.racing import ROUNDS, at_once, refusals

ANSWER: dict[str, Any] = {"confirm": True, "reasons_for_victim": "Not covered"}
SAID: dict[str, Any] = {"result_note": "She said so"}


@pytest.mark.parametrize("what", ["acknowledge", "decide and withdraw", "confirm and withdraw", "ask twice"])
def test_two_at_once(committed: str, what: str) -> None:
    world, unit = World.make(), r.make_review_unit("police")
    for number in range(ROUNDS):
        case = r.decided_case(world, reference=f"52/RACE/{number}")
        if what == "ask twice":
            lost = refusals(at_once(partial(r.lodged, world, case), partial(r.lodged, world, case, by=world.supervisor)))
            assert rows(ReviewRequest, case) == rows(m.TimelineEvent, case, kind="review_asked") == 1
        else:
            lost = refusals(at_once(*_steps(world, case, unit, what)))
            assert rows(m.TimelineEvent, case, kind="review_completed") == (0 if what == "acknowledge" else 1)
        assert len(lost) == 1
        assert str(lost[0])


def _steps(world: World, case: m.Case, unit: r.ReviewUnit, what: str) -> tuple[Any, Any]:
    if what == "acknowledge":
        row = r.in_state(world, case, unit, V.ASKED)
        return partial(work, unit.reviewer, acknowledge_review, case, row), partial(work, unit.second, acknowledge_review, case, row)
    withdraw = partial(work, service=withdraw_review, case=case, **SAID)
    if what == "decide and withdraw":
        row = r.in_state(world, case, unit, V.ALLOCATED)
        decide = partial(work, unit.reviewer, decide_review, case, row, result="overturned", **DECIDED)
        return decide, partial(withdraw, unit.second, row=row)
    row = r.in_state(world, case, unit, V.OUT_PROPOSED)
    return partial(work, unit.second, answer_out_of_scope, case, row, **ANSWER), partial(withdraw, unit.reviewer, row=row)
