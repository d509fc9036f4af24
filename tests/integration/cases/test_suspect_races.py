"""Two people, or one form sent twice, at the same moment: one does it, the other is told. Never a fault."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.decisions import propose_no_arrest
from cases.services.outcomes import record_outcome
from cases.services.plans import plan_arrest
from cases.services.situations import begin_situation
from cases.services.suspects import add_suspect
from core import clock
from core.exceptions import Conflict, NotPossible
from tests.factories import World, ago
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of

pytestmark = pytest.mark.usefixtures("nfa_at_once")

Act = tuple[Callable[..., Any], dict[str, Any]]


def acts_on(case: m.Case) -> dict[str, Act]:
    key = {"suspect_id": suspect_of(case).pk}
    return {
        "arrest": (record_arrest, {**key, "at": ago(days=1)}),
        "plan": (plan_arrest, {**key, "planned_for": clock.now().replace(year=clock.now().year + 1, day=1)}),
        "decision": (propose_no_arrest, {**key, "rationale": "x", "protection": "x"}),
        "situation": (begin_situation, {**key, "kind": "wanted", "since": ago(days=1), "note": "x"}),
        "outcome": (record_outcome, {**key, "code": 15, "on": clock.today(), "reasons": "x"}),
        "suspect": (add_suspect, {"surname": "Newcomer"}),
    }


@pytest.mark.parametrize("name", ["arrest", "plan", "decision", "situation", "outcome", "suspect"])
@pytest.mark.parametrize("with_version", [True, False], ids=["from one page", "without a version"])
def test_one_does_it_and_the_other_is_told(committed: str, name: str, with_version: bool) -> None:
    world = World.make()
    case = make_case(world.investigator, "Invented")
    plan_tellings(case)
    service, arguments = acts_on(case)[name]
    if with_version:
        arguments["version"] = fresh(case).version
    together = Barrier(2)

    def send(_: int) -> Any:
        try:
            together.wait(10)
            return do(world.supervisor, service, case, **arguments)
        except (Conflict, NotPossible) as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(send, range(2)))

    told = [one for one in results if isinstance(one, Exception)]
    assert len(told) == 1
    assert isinstance(told[0], Conflict if with_version else NotPossible)
