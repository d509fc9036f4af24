"""The kind follows the role, the keys follow the agency."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Unit, User
from accounts.roles import AGENCIES_OF_ROLE, KIND_OF_ROLE, Role
from accounts.scopes import scope_of
from core.scope import Kind


def person(role: Role, agency_id: int) -> User:
    return User(role=role, agency_id=agency_id, name="X", is_active=True)


def test_every_role_has_a_kind_and_an_agency() -> None:
    assert set(KIND_OF_ROLE) == set(AGENCIES_OF_ROLE) == set(Role)


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.SERGEANT, Role.SUPERVISOR, Role.ANALYST])
def test_police_act_for_their_force(role: Role) -> None:
    user = person(role, 52)
    found = scope_of(user)
    assert (found.kind, found.force_id, found.cps_area_id, found.agency_id, found.user_id) == (Kind.POLICE, 52, 0, 52, user.id)


@pytest.mark.parametrize(
    ("role", "agency"), [(Role.PROSECUTOR, 110), (Role.CPS_MANAGER, 110), (Role.LIAISON_OFFICER, 110), (Role.CPS_DIRECT, 115)]
)
def test_the_cps_acts_for_its_area(role: Role, agency: int) -> None:
    found = scope_of(person(role, agency))
    assert (found.kind, found.force_id, found.cps_area_id, found.agency_id) == (Kind.CPS, 0, agency, agency)


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.ISVA, Kind.ISVA),
        (Role.ISVA_MANAGER, Kind.ISVA),
        (Role.AUDITOR, Kind.OVERSIGHT),
        (Role.ADMINISTRATOR, Kind.OVERSIGHT),
        (Role.PANEL_MEMBER, Kind.PANEL),
    ],
)
def test_everybody_else_acts_for_no_force_and_no_area(role: Role, kind: Kind) -> None:
    found = scope_of(person(role, 52))
    assert (found.kind, found.force_id, found.cps_area_id, found.agency_id) == (kind, 0, 0, 52)


def test_a_role_that_does_not_exist_has_no_scope() -> None:
    with pytest.raises(KeyError):
        scope_of(User(role="nobody", agency_id=52))


def test_people_see_nobody_unless_signed_in_and_active() -> None:
    left = person(Role.INVESTIGATOR, 52)
    left.is_active = False
    for nobody in (None, AnonymousUser(), left):
        assert User.objects.visible_to(nobody).query.is_empty()
        assert Unit.objects.visible_to(nobody).query.is_empty()
