"""A prosecutor hands her or his own work on a case to a colleague: what goes with it, who is told, who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import EarlyAdvice, Referral
from prosecution.services.handing_on import hand_on
from tests.factories import SOUTH_WEST, World, acting_as, make_user
from tests.integration.cases.making import fresh
from tests.integration.prosecution.making import accepted_advice, accepted_referral, brought_case, do, sent_referral

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def other(world: World) -> User:
    """Another prosecutor of the Area."""
    return make_user(SOUTH_WEST, Role.PROSECUTOR)


def hand(actor: User, case: m.Case, person: User, note: str = "The phone is awaited.") -> Any:
    """Hand over."""
    return do(actor, hand_on, case, prosecutor_id=person.pk, note=note)


def test_the_role_and_the_open_work_go_to_the_colleague_and_the_timeline_says_where_it_stands(world: World, other: User) -> None:
    case = brought_case(world)
    referral, request = accepted_referral(world, case), accepted_advice(world, case)
    hand(world.prosecutor, case, other)
    with acting_as(world.cps_manager):
        assert Referral.objects.get(pk=referral.pk).prosecutor_id == other.pk
        assert EarlyAdvice.objects.get(pk=request.pk).prosecutor_id == other.pk
        assert m.CasePerson.objects.get(case=case, role=m.CaseRole.PROSECUTOR, until__isnull=True).user_id == other.pk
        text = m.TimelineEvent.objects.filter(case=case, kind="handed_over").get().text
    assert text == f"Prosecutor: from {world.prosecutor.name} to {other.name}. The phone is awaited."
    with acting_as(other):
        assert Notice.objects.filter(user=other, subject="case_handed_over", case_id=case.pk).count() == 1
    with acting_as(world.cps_manager):
        assert Notice.objects.filter(user=world.cps_manager, subject="prosecutor_handed_on", case_id=case.pk).count() == 1


def test_only_what_is_ones_own(world: World, other: User) -> None:
    case = brought_case(world)
    accepted_referral(world, case)
    with pytest.raises(NotPossible, match="Nothing on this case is yours"):
        hand(other, case, other)
    with pytest.raises(NotAllowed):
        hand(world.investigator, case, other)


def test_a_referral_that_names_somebody_who_is_not_the_prosecutor_of_the_case(world: World, other: User) -> None:
    case = brought_case(world)
    referral = accepted_referral(world, case)
    third = make_user(SOUTH_WEST, Role.PROSECUTOR)
    with scope(system(case.force_id)):
        Referral.objects.filter(pk=referral.pk).update(prosecutor=other)
    hand(other, fresh(case), third)
    with acting_as(world.cps_manager):
        assert Referral.objects.get(pk=referral.pk).prosecutor_id == third.pk
        assert m.CasePerson.objects.get(case=case, role=m.CaseRole.PROSECUTOR, until__isnull=True).user_id == world.prosecutor.pk


@pytest.mark.parametrize(("to", "note", "field"), [("self", "x", "prosecutor_id"), ("area", "x", "prosecutor_id"), ("other", " ", "note")])
def test_refused_beside_the_field(world: World, other: User, to: str, note: str, field: str) -> None:
    case = brought_case(world)
    accepted_referral(world, case)
    person = {"self": world.prosecutor, "area": world.other_area, "other": other}[to]
    with pytest.raises(NotPossible) as refused:
        hand(world.prosecutor, case, person, note)
    assert refused.value.field == field


def test_the_button_stands_in_ones_own_rows_alone(world: World, other: User, sign_in: SignIn) -> None:
    case = brought_case(world)
    accepted_referral(world, case)
    assert f"/cases/{case.pk}/hand-on/" in sign_in(world.prosecutor).get("/prosecution/mine/").content.decode()
    assert "hand-on" not in sign_in(world.cps_manager).get("/prosecution/overview/").content.decode()
    assert "hand-on" not in sign_in(other).get(f"/cases/{case.pk}/").content.decode()


def test_a_case_is_offered_to_another_area_from_the_managers_rows(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    sent_referral(world, case)
    assert f"/cases/{case.pk}/offer-to-area/" in sign_in(world.cps_manager).get("/prosecution/triage/").content.decode()
    assert "offer-to-area" not in sign_in(world.prosecutor).get("/prosecution/mine/").content.decode()
