"""What the races of critical acts share: who else acts, what is counted, what must have come of it."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from accounts.roles import Grade, Role
from cases import models as m
from core.scope import scope, system
from tests.factories import AVON, SOUTH_WEST, World, make_user
from tests.integration.racing import one_was_told

Steps = tuple[Callable[[], Any], ...]
Check = Callable[[list[Any]], None]
Race = Callable[[World, str], tuple[m.Case, Steps, Check]]


def second(world: World, role: Any = Role.CPS_MANAGER) -> User:
    """Return one more person of South West in a role, the same one in every round."""
    found = User.objects.filter(agency=SOUTH_WEST, role=role, name="Second").first()
    return found or make_user(SOUTH_WEST, role, name="Second", grade=Grade.DISTRICT_CROWN_PROSECUTOR)


def rows(model: Any, case: m.Case, **of: Any) -> int:
    """Return how many rows a case has of a table."""
    with scope(system(AVON)):
        return int(model.objects.filter(case=case, **of).count())


def told(results: list[Any]) -> None:
    """Check that one was told, and the other was not."""
    one_was_told(results)
