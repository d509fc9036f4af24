"""Two administrators, or one who leaves and one who is given a case, at the same moment: never a fault, never half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection

from accounts import services
from cases import models as m
from cases.services.roles import assign_person
from core.exceptions import Conflict, NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as
from tests.integration.accounts.administering import fresh
from tests.integration.cases.making import do, make_case
from tests.integration.cases.setting_making import add


@pytest.mark.parametrize("seen", [1, None], ids=["from one page", "without a version"])
def test_two_at_once(committed: str, seen: int | None) -> None:
    world = World.make()
    together = Barrier(2)

    def send(amount: int) -> Any:
        try:
            together.wait(10)
            return add(world.administrator, amount, latest_seen=seen).version
        except Conflict as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(send, (4, 5)))
    if seen is None:
        assert sorted(results) == [2, 3]
    else:
        assert sum(isinstance(one, Conflict) for one in results) == 1
        assert 2 in results


def test_leaving_and_being_given_a_case_at_once(committed: str) -> None:
    """Either the case is given first and leaving is refused anew, or the person has left and gets none. Never a fault, never stuck."""
    world = World.make()
    first, second = (make_case(world.investigator, "Invented", reference=f"52/RACE/{number}") for number in (1, 2))
    do(world.sergeant, assign_person, second, user_id=world.colleague.pk, role=m.CaseRole.OFFICER)
    together = Barrier(2)

    def leave() -> Any:
        with acting_as(world.administrator):
            together.wait(10)
            return services.deactivate(actor=world.administrator, person=world.investigator, leave_unallocated=True)

    def give() -> Any:
        together.wait(10)
        return do(world.sergeant, assign_person, second, user_id=world.investigator.pk, role=m.CaseRole.OFFICER)

    def run(one: Any) -> Any:
        try:
            return one()
        except NotPossible as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, (leave, give)))
    assert not any(isinstance(one, OperationalError) for one in results)
    with scope(system(AVON)):
        left = not fresh(world.investigator).is_active
        held = m.CasePerson.objects.filter(user=world.investigator, until__isnull=True, case__in=[first, second]).count()
    assert (left, held) in {(True, 0), (False, 2)}, "nobody who has left holds a case, and a refusal leaves everything as it was"
    assert left == (not isinstance(results[0], NotPossible))
