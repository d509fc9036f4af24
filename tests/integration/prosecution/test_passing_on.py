"""A case that passes to another prosecutor: what named the one before names her or him from then on."""

from accounts.roles import Role
from cases import models as m
from cases.services.handover import hand_over
from cases.services.roles import assign_person
from prosecution.models import EarlyAdvice, Referral
from tests.factories import SOUTH_WEST, World, acting_as, make_user
from tests.integration.prosecution.making import accepted_advice, accepted_referral, brought_case


def test_open_work_goes_with_the_case_when_it_is_handed_over(world: World) -> None:
    case = brought_case(world)
    row = accepted_referral(world, case)
    other = make_user(SOUTH_WEST, Role.PROSECUTOR)
    with acting_as(world.cps_manager):
        hand_over(actor=world.cps_manager, case_id=case.pk, from_id=world.prosecutor.pk, to_id=other.pk, roles=[m.CaseRole.PROSECUTOR])
        assert Referral.objects.get(pk=row.pk).prosecutor_id == other.pk


def test_open_work_goes_with_the_case_when_somebody_else_is_named(world: World) -> None:
    case = brought_case(world)
    row = accepted_advice(world, case)
    other = make_user(SOUTH_WEST, Role.PROSECUTOR)
    with acting_as(world.cps_manager):
        assign_person(actor=world.cps_manager, case_id=case.pk, user_id=other.pk, role=m.CaseRole.PROSECUTOR)
        assert EarlyAdvice.objects.get(pk=row.pk).prosecutor_id == other.pk


def test_another_role_takes_nothing_with_it(world: World) -> None:
    case = brought_case(world)
    row = accepted_referral(world, case)
    with acting_as(world.cps_manager):
        assign_person(actor=world.cps_manager, case_id=case.pk, user_id=world.vlo.pk, role=m.CaseRole.VICTIM_LIAISON)
        assert Referral.objects.get(pk=row.pk).prosecutor_id == world.prosecutor.pk
