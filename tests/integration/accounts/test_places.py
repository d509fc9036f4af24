"""The administrators' first page, units and services."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Agency, Unit, User
from accounts.roles import Role
from accounts.services import add_first_administrator, change_unit_details
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from notifications.models import Heartbeat
from tests.factories import AVON, SERVICE, World, acting_as, make_unit, make_user
from tests.integration.accounts.administering import browser_of, logged

pytestmark = pytest.mark.django_db
UNITS, SERVICES = "/administration/units/", "/administration/services/"
METROPOLITAN = 1


@pytest.fixture
def browser(world: World) -> Client:
    """The administrator's browser, confirmed."""
    return browser_of(world.administrator)


def test_the_first_page_says_what_waits(world: World, browser: Client) -> None:
    assert browser.get("/")["Location"] == "/administration/"
    make_unit(AVON, "Deserted")
    text = browser.get("/administration/").content.decode()
    assert "without a second factor" in text
    assert "invited, never signed in" in text
    assert "Deserted: nobody in this unit" in text
    assert "Test North: nobody" not in text
    assert "None ends within 60 days" in text
    assert "never shown a sign of life" in text


@pytest.mark.parametrize(("minutes", "word"), [(1, "Running"), (9, "Quiet")])
def test_it_says_whether_the_scheduler_lives(world: World, browser: Client, minutes: int, word: str) -> None:
    with scope(system(AVON)):
        Heartbeat.objects.create(name="beat", at=clock.now() - timedelta(minutes=minutes))
    panel = next(one for one in browser.get("/administration/").context["panels"] if one.title == "What runs by itself")
    assert [line.tag for line in panel.lines] == [word]


def test_a_unit_is_added_and_renamed(world: World, browser: Client) -> None:
    assert browser.post(f"{UNITS}new/", {"name": "RASSO East"}).status_code == 302
    unit = Unit.objects.get(name="RASSO East")
    assert unit.agency_id == AVON
    assert browser.post(f"{UNITS}new/", {"name": "RASSO East"}).status_code == 302
    assert Unit.objects.filter(name="RASSO East").count() == 1
    seen = browser.get(f"{UNITS}{unit.pk}/").context["form"].initial["seen"]
    assert browser.post(f"{UNITS}{unit.pk}/", {"name": "Test North", "seen": seen}).status_code == 400, "the name is taken"
    assert browser.post(f"{UNITS}{unit.pk}/", {"name": "RASSO West", "seen": seen}).status_code == 302
    assert browser.post(f"{UNITS}{unit.pk}/", {"name": "RASSO Late", "seen": seen}).status_code == 409, "the page was older"
    assert Unit.objects.get(pk=unit.pk).name == "RASSO West"
    assert logged(world.auditor, "unit changed") == 1


def test_units_of_another_agency_are_not_there(world: World, browser: Client) -> None:
    elsewhere = make_unit(46, "Elsewhere")
    assert browser.get(f"{UNITS}{elsewhere.pk}/").status_code == 404
    assert browser.post(f"{UNITS}{elsewhere.pk}/", {"name": "x"}).status_code == 404
    assert b"Elsewhere" not in browser.get(UNITS).content
    with acting_as(world.administrator), pytest.raises(NotAllowed):
        change_unit_details(actor=world.administrator, unit=elsewhere, name="x")


def test_only_a_force_with_several_areas_names_one(world: World, browser: Client) -> None:
    assert "cps_area" not in browser.get(f"{UNITS}new/").context["form"].fields
    unit = make_unit(METROPOLITAN, "South team")
    theirs = browser_of(make_user(METROPOLITAN, Role.ADMINISTRATOR))
    assert theirs.post(f"{UNITS}{unit.pk}/", {"name": "South team", "cps_area": "105"}).status_code == 302
    assert Unit.objects.get(pk=unit.pk).cps_area_id == 105
    assert theirs.post(f"{UNITS}{unit.pk}/", {"name": "South team", "cps_area": "52"}).status_code == 400
    with acting_as(world.administrator), pytest.raises(NotPossible):
        change_unit_details(actor=world.administrator, unit=world.north, name="x", cps_area=Agency.objects.get(pk=105))


def test_a_service_is_added_and_gets_its_first_administrator(
    world: World, browser: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert browser.post(f"{SERVICES}new/", {"kind": "support", "name": "Beacon Centre"}).status_code == 302
    agency = Agency.objects.get(name="Beacon Centre")
    assert b"Beacon Centre" in browser.get(SERVICES).content
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(f"{SERVICES}{agency.pk}/administrator/", {"name": "Isolde Firsthand", "email": "isolde@test.example"})
    assert answer.status_code == 302
    person = User.objects.get(email="isolde@test.example")
    assert (person.agency_id, person.role) == (agency.pk, Role.ADMINISTRATOR)
    assert [message.to for message in mail.outbox] == [["isolde@test.example"]]
    again = browser.post(f"{SERVICES}{agency.pk}/administrator/", {"name": "Second", "email": "second@test.example"})
    assert again.status_code == 400
    assert not User.objects.filter(email="second@test.example").exists()


def test_an_administrator_is_named_for_an_empty_support_service_only(world: World, browser: Client) -> None:
    assert browser.get(f"{SERVICES}46/administrator/").status_code == 404, "a force is no service"
    assert browser.post(f"{SERVICES}{SERVICE}/administrator/", {"name": "x", "email": "x@test.example"}).status_code == 400
    assert browser.post(f"{SERVICES}new/", {"kind": "oversight", "name": "Board"}).status_code == 302
    board = Agency.objects.get(name="Board")
    assert browser.get(f"{SERVICES}{board.pk}/administrator/").status_code == 404, "an oversight body sets for everybody"
    with acting_as(world.supervisor), pytest.raises(NotAllowed):
        add_first_administrator(
            actor=world.supervisor, agency=Agency.objects.get(pk=SERVICE), name="x", email="x@test.example", sign_in_url="x"
        )


@pytest.mark.parametrize("value", ["", " ", "x" * 500, "a\x00b", "a\u202eb", "<script>", "’; drop table"])
def test_bad_names(browser: Client, value: str) -> None:
    for address in (f"{UNITS}new/", f"{SERVICES}new/"):
        assert browser.post(address, {"name": value, "kind": "support"}).status_code in {302, 400}, address
