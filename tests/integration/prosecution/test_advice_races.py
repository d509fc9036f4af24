"""Early advice at once and twice: one reason why it is not sought, one triage, one sending, whoever comes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution.models import AdviceState as S
from prosecution.models import EarlyAdvice, EarlyAdviceNotSought, Submission
from prosecution.services.advice import advice_not_sought
from prosecution.services.advice_answers import give_advice
from prosecution.services.advice_sending import send_advice
from prosecution.services.advice_triage import accept_advice
from tests.factories import AVON, SOUTH_WEST, World, make_user
from tests.integration.cases.asking import refused
from tests.integration.prosecution import advising
from tests.integration.prosecution.making import accepted_advice, asked, do, drafted_advice, police_case


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


def both(act: Callable[[User], Any], people: list[User]) -> list[Any]:
    """Let both do it at the same moment, each on a connection of her or his own; return what came of it, refusals as they are."""
    together = Barrier(len(people))

    def one(user: User) -> Any:
        try:
            together.wait(30)
            return act(user)
        except NotPossible as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


def one_stands(found: list[Any]) -> None:
    """Assert that one was refused in words and the other was not."""
    (lost,) = [one for one in found if isinstance(one, NotPossible)]
    assert "already. Nothing was changed" in lost.reason


def test_two_sergeants_who_send_at_once_send_once(committed: str) -> None:
    world = World.make()
    case = police_case(world)
    row = drafted_advice(world, case)
    advising.ready(world, case, row)
    one_stands(both(lambda user: do(user, send_advice, case, early_advice_id=row.pk), [world.sergeant, world.supervisor]))
    with scope(system(AVON)):
        assert Submission.objects.filter(advice=row).count() == 1


def test_two_managers_who_triage_at_once_name_one_prosecutor(committed: str) -> None:
    world = World.make()
    second = make_user(SOUTH_WEST, Role.CPS_MANAGER)
    case = police_case(world)
    row = asked(world, case)

    def accept(user: User) -> EarlyAdvice:
        return do(user, accept_advice, case, early_advice_id=row.pk, prosecutor_id=user.pk)

    one_stands(both(accept, [world.cps_manager, second]))
    with scope(system(AVON)):
        (held,) = m.CasePerson.objects.filter(case=case, role=m.CaseRole.PROSECUTOR, until__isnull=True)
    assert advising.again(row).prosecutor_id == held.user_id


def test_two_prosecutors_who_advise_at_once_give_one_advice(committed: str) -> None:
    world = World.make()
    second = make_user(SOUTH_WEST, Role.PROSECUTOR)
    case = police_case(world)
    row = accepted_advice(world, case)

    def advise(user: User) -> EarlyAdvice:
        return do(user, give_advice, case, early_advice_id=row.pk, answers={1: user.name, 2: user.name}, result="advised")

    one_stands(both(advise, [world.prosecutor, second]))
    assert advising.again(row).state == S.ADVISED
    assert len({one.answer for one in advising.questions(row)}) == 1
