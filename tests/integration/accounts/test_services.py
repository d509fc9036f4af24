"""People and units: who may change what, what is refused and why, and what the log says."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts import holdings, services
from accounts.models import Accreditation, Agency, Unit, User
from accounts.roles import AgencyKind, Grade, Role
from audit.context import AnonymousAct, acting_as_system
from audit.models import AccessLog
from core.exceptions import NotAllowed, NotPossible
from tests.factories import World, acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_administrator(world: World) -> Iterator[None]:
    with acting_as(world.administrator):
        yield


def logged(world: World) -> list[str]:
    """What the log says of the administrator's force, oldest first."""
    with acting_as(world.auditor):
        return list(AccessLog.objects.order_by("id").values_list("what", flat=True))


def avon() -> Agency:
    return Agency.objects.get(pk=52)


def test_a_person_is_added_and_invited(world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    person = services.create_person(
        actor=world.administrator, agency=avon(), name="DC New", role=Role.INVESTIGATOR, unit=world.north, collar_number="7001"
    )
    assert not person.may_sign_in
    with django_capture_on_commit_callbacks(execute=True):
        person = services.invite(
            actor=world.administrator, person=person, email=" New.Officer@Test.example ", sign_in_url="https://tracker.test/accounts/login/"
        )
    assert person.email == "new.officer@test.example"
    assert person.may_sign_in
    assert list(EmailAddress.objects.filter(user_id=person.id).values_list("email", "verified", "primary")) == [(person.email, True, True)]
    (message,) = mail.outbox
    assert "https://tracker.test/accounts/login/" in str(message.body)
    assert "DC New" not in str(message.body)
    assert logged(world) == ["person added", "person invited"]


def test_inviting_again_replaces_the_address(world: World) -> None:
    services.invite(actor=world.administrator, person=world.colleague, email="first@test.example", sign_in_url="x")
    services.invite(actor=world.administrator, person=world.colleague, email="second@test.example", sign_in_url="x")
    assert list(EmailAddress.objects.filter(user_id=world.colleague.id).values_list("email", flat=True)) == ["second@test.example"]


def test_an_address_or_number_that_somebody_has_is_refused_without_saying_whose(world: World) -> None:
    with pytest.raises(NotPossible) as refused:
        services.invite(actor=world.administrator, person=world.colleague, email=str(world.kent.email), sign_in_url="x")
    assert refused.value.field == "email"
    with pytest.raises(NotPossible) as refused:
        services.create_person(
            actor=world.administrator,
            agency=avon(),
            name="DC Twice",
            role=Role.INVESTIGATOR,
            collar_number=world.investigator.collar_number,
        )
    assert refused.value.field == "collar_number"
    assert not User.objects.filter(name="DC Twice").exists()


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.ISVA, Role.CPS_DIRECT, Role.PANEL_MEMBER])
def test_a_force_has_no_role_of_another_agency(world: World, role: Role) -> None:
    with pytest.raises(NotPossible) as refused:
        services.create_person(actor=world.administrator, agency=avon(), name="X", role=role)
    assert refused.value.field == "role"
    with pytest.raises(NotPossible):
        services.change_role(actor=world.administrator, person=world.investigator, role=role)


ADMINISTRATION: dict[str, Callable[[World, User], object]] = {
    "create": lambda world, actor: services.create_person(actor=actor, agency=avon(), name="X", role=Role.INVESTIGATOR),
    "invite": lambda world, actor: services.invite(actor=actor, person=world.colleague, email="a@test.example", sign_in_url="x"),
    "role": lambda world, actor: services.change_role(actor=actor, person=world.colleague, role=Role.SERGEANT),
    "unit": lambda world, actor: services.change_unit(actor=actor, person=world.colleague, unit=None),
    "deactivate": lambda world, actor: services.deactivate(actor=actor, person=world.colleague),
    "reactivate": lambda world, actor: services.reactivate(actor=actor, person=world.colleague),
    "sessions": lambda world, actor: services.end_sessions(actor=actor, person=world.colleague),
    "add unit": lambda world, actor: services.add_unit(actor=actor, agency=avon(), name="X"),
}


@pytest.mark.parametrize("act", ADMINISTRATION)
def test_only_the_administrator_of_the_agency_may(world: World, act: str) -> None:
    for actor in (world.supervisor, world.auditor, world.kent_supervisor, world.prosecutor, world.investigator):
        with pytest.raises(NotAllowed):
            ADMINISTRATION[act](world, actor)
    ADMINISTRATION[act](world, world.administrator)


def test_an_administrator_has_no_say_in_another_force(world: World) -> None:
    with pytest.raises(NotAllowed):
        services.deactivate(actor=world.administrator, person=world.kent)
    with pytest.raises(NotPossible):
        services.change_unit(actor=world.administrator, person=world.colleague, unit=Unit(agency_id=46, name="X"))


def test_nobody_changes_her_or_his_own_standing(world: World) -> None:
    me = world.administrator
    with pytest.raises(NotAllowed):
        services.change_role(actor=me, person=me, role=Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        services.change_unit(actor=me, person=me, unit=world.north)
    with pytest.raises(NotAllowed):
        services.deactivate(actor=me, person=me)


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """The investigator owns two open cases."""
    monkeypatch.setattr(holdings, "_registered", [])
    holdings.register(lambda person: ["Officer in the case in 2 open cases."] if person.pk == world.investigator.pk else [])


@pytest.mark.usefixtures("holding")
def test_nobody_leaves_or_moves_while_work_would_be_without_an_owner(world: World) -> None:
    actor, person, reason = world.administrator, world.investigator, "Officer in the case in 2 open cases"
    with pytest.raises(NotPossible, match=reason):
        services.deactivate(actor=actor, person=person)
    with pytest.raises(NotPossible, match=reason):
        services.change_unit(actor=actor, person=person, unit=world.south)
    with pytest.raises(NotPossible, match=reason):
        services.change_role(actor=actor, person=person, role=Role.ANALYST)
    assert (
        services.change_role(actor=world.administrator, person=world.investigator, role=Role.SERGEANT, grade=Grade.SERGEANT).role
        == Role.SERGEANT
    )
    assert services.change_unit(actor=world.administrator, person=world.investigator, unit=world.north).unit_id == world.north.id
    assert not services.deactivate(actor=world.administrator, person=world.colleague).is_active


def test_a_holding_registered_twice_counts_once(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr(holdings, "_registered", [])

    def once(person: User) -> list[str]:
        return ["One."]

    holdings.register(once)
    holdings.register(once)
    assert holdings.of(world.investigator) == ["One."]


def test_somebody_who_left_is_not_invited(world: World) -> None:
    services.deactivate(actor=world.administrator, person=world.colleague)
    with pytest.raises(NotPossible):
        services.invite(actor=world.administrator, person=world.colleague, email="a@test.example", sign_in_url="x")
    assert services.reactivate(actor=world.administrator, person=world.colleague).is_active


def test_absence_and_cover(world: World) -> None:
    day = date(2026, 11, 22)
    person = services.set_away(
        actor=world.investigator, person=world.investigator, away_from=day, away_to=day + timedelta(days=7), covered_by=world.colleague
    )
    assert person.covered_by_id == world.colleague.id
    assert [person.is_away(day + timedelta(days=shift)) for shift in (-1, 0, 7, 8)] == [False, True, True, False]
    person = services.set_cover(actor=world.supervisor, person=person, covered_by=None)
    assert person.covered_by_id is None
    open_ended = services.set_away(actor=world.sergeant, person=person, away_from=day, away_to=None)
    assert open_ended.is_away(day + timedelta(days=400))
    assert not services.set_away(actor=world.administrator, person=person, away_from=None, away_to=None).is_away(day)


def test_what_an_absence_cannot_be(world: World) -> None:
    day = date(2026, 11, 22)
    me = world.investigator
    for away_from, away_to, cover in (
        (day, day - timedelta(days=1), None),
        (None, day, None),
        (None, None, world.colleague),
        (day, day, me),
        (day, day, world.kent),
    ):
        with pytest.raises(NotPossible):
            services.set_away(actor=me, person=me, away_from=away_from, away_to=away_to, covered_by=cover)
    for actor in (world.colleague, world.kent_supervisor, world.auditor):
        with pytest.raises(NotAllowed):
            services.set_away(actor=actor, person=me, away_from=day, away_to=day)


def test_accreditations(world: World) -> None:
    day = date(2026, 1, 5)
    training = services.add_accreditation(
        actor=world.supervisor, person=world.investigator, kind=Accreditation.Kind.SSAIDP, awarded_on=None
    )
    assert training.in_training
    held = services.add_accreditation(
        actor=world.supervisor, person=world.investigator, kind=Accreditation.Kind.SSAIDP, awarded_on=day, expires_on=date(2029, 1, 5)
    )
    assert (held.pk, held.in_training) == (training.pk, False)
    with pytest.raises(NotPossible):
        services.add_accreditation(
            actor=world.supervisor, person=world.investigator, kind=Accreditation.Kind.PIP2, awarded_on=day, expires_on=day
        )
    for actor in (world.investigator, world.kent_supervisor):
        with pytest.raises(NotAllowed):
            services.add_accreditation(actor=actor, person=world.investigator, kind=Accreditation.Kind.PIP2, awarded_on=day)
    with pytest.raises(NotAllowed):
        services.add_accreditation(actor=world.supervisor, person=world.supervisor, kind=Accreditation.Kind.PIP3, awarded_on=day)


def test_agencies_and_units(world: World) -> None:
    service = services.add_agency(actor=world.administrator, kind=AgencyKind.SUPPORT, name="Example Centre")
    assert 1001 <= service.id < 2001
    assert services.add_agency(actor=world.administrator, kind=AgencyKind.SUPPORT, name="Example Centre") == service
    assert services.add_agency(actor=world.administrator, kind=AgencyKind.OVERSIGHT, name="Example Body").id >= 2001
    with pytest.raises(NotPossible):
        services.add_agency(actor=world.administrator, kind=AgencyKind.POLICE, name="A 45th force")
    with pytest.raises(NotAllowed):
        services.add_agency(actor=world.supervisor, kind=AgencyKind.SUPPORT, name="Y")
    unit = services.add_unit(actor=world.administrator, agency=avon(), name="RASSO West")
    assert services.add_unit(actor=world.administrator, agency=avon(), name="RASSO West") == unit
    with pytest.raises(NotPossible):
        services.add_unit(actor=world.administrator, agency=avon(), name="Z", cps_area=Agency.objects.get(pk=104))


def test_units_of_a_force_with_two_areas_name_theirs(world: World) -> None:
    metropolitan, north = Agency.objects.get(pk=1), Agency.objects.get(pk=104)
    with acting_as_system(reason="test"):
        assert services.add_unit(actor=None, agency=metropolitan, name="Sapphire North", cps_area=north).cps_area_id == 104
        with pytest.raises(NotPossible):
            services.add_unit(actor=None, agency=metropolitan, name="Sapphire Kent", cps_area=Agency.objects.get(pk=46))


def test_nobody_acts_as_the_system_from_within_a_request(world: World) -> None:
    with pytest.raises(NotAllowed):
        services.create_person(actor=None, agency=avon(), name="X", role=Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "Capital@test.example"},
        {"email": ""},
        {"away_to": date(2026, 1, 1)},
        {"away_from": date(2026, 1, 2), "away_to": date(2026, 1, 1)},
    ],
)
def test_the_database_refuses_what_services_never_write(world: World, wrong: dict[str, object]) -> None:
    from core.scope import scope, system

    with pytest.raises(IntegrityError), scope(system(52)), transaction.atomic():
        User.objects.filter(pk=world.colleague.pk).update(**wrong)


def test_services_record_or_do_not_act(world: World) -> None:
    from audit import context

    with context.acting(None), pytest.raises((AnonymousAct, NotAllowed)):
        services.officer_from_extract(agency_id=52, collar_number="1", name="X Y", role=Role.INVESTIGATOR)
    with context.acting(None), pytest.raises(AnonymousAct):
        services.deactivate(actor=world.administrator, person=world.colleague)
    world.colleague.refresh_from_db()
    assert world.colleague.is_active
