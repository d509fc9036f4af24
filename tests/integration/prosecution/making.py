"""Cases between police and CPS to test on: shared and with their people, written directly because the screens have tests of their own."""

from typing import Any

from cases import models as m
from cases.services.reconcile import keys_of
from core.scope import scope, system
from tests.factories import SOUTH_WEST, World, ago
from tests.integration.cases.making import do as do
from tests.integration.cases.making import fresh as fresh
from tests.integration.cases.making import make_case
from tests.integration.cases.making import suspect_of as suspect_of

SUSPECTS = ("Smith", "Jones", "Brown")


def police_case(world: World, *, suspects: int = 1, **facts: Any) -> m.Case:
    """Return a case of the police alone: officer, sergeant and inspector have their roles, nobody of the CPS sees it."""
    case = make_case(world.investigator, *SUSPECTS[:suspects], **facts)
    roles = {
        m.CaseRole.OFFICER: world.investigator,
        m.CaseRole.SERGEANT: world.sergeant,
        m.CaseRole.INSPECTOR: world.supervisor,
    }
    return _with_roles(case, roles)


def brought_case(world: World, *, suspects: int = 1, prosecutor: bool = True, **facts: Any) -> m.Case:
    """Return a case shared with South West, with `world.prosecutor` named unless told otherwise. Nothing is asked of the CPS yet."""
    case = police_case(world, suspects=suspects, **facts)
    with scope(system(case.force_id)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=SOUTH_WEST)
    return _with_roles(fresh(case), {m.CaseRole.PROSECUTOR: world.prosecutor} if prosecutor else {})


def _with_roles(case: m.Case, roles: dict[Any, Any]) -> m.Case:
    """Give each person her or his role from yesterday on; one who has it already keeps it."""
    with scope(system(case.force_id)):
        for role, user in roles.items():
            m.CasePerson.objects.filter(case=case, role=role, until__isnull=True).exclude(user=user).update(until=ago(days=1))
            if not m.CasePerson.objects.filter(case=case, role=role, user=user, until__isnull=True).exists():
                m.CasePerson.objects.create(**keys_of(case), user=user, role=role, since=ago(days=1))
    return fresh(case)
