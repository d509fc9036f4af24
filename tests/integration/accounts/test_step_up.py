"""Before a change the person is asked who it is; when two change the same thing at once, the second is told. Nothing is half done."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import Accreditation, Unit, User
from accounts.roles import Role
from core import clock
from tests.factories import AVON, World, make_user
from tests.integration.accounts.administering import ASKED, PEOPLE, act, browser_of, date, fresh, give_accreditation, logged
from tests.integration.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(world: World) -> Client:
    """The administrator's browser, confirmed."""
    return browser_of(world.administrator)


# --- step-up ---------------------------------------------------------------------------------------------------------------


def changes(world: World) -> list[tuple[str, dict[str, Any]]]:
    """Every address that changes something, with what would change it."""
    person, today = f"{PEOPLE}{world.colleague.pk}/", clock.today()
    return [
        (f"{PEOPLE}new/", {"name": "New Person", "role": "analyst"}),
        (f"{person}details/", {"name": "Another Name"}),
        (f"{person}role/", {"role": "analyst"}),
        (f"{person}unit/", {"unit": str(world.south.pk)}),
        (f"{person}invite/", {"email": "another@test.example"}),
        (f"{person}accredit/", {"kind": "pip2", "in_training": "on"}),
        (f"{person}end-sessions/", {}),
        (f"{person}reset-second-factor/", {}),
        (f"{person}leave/", {}),
        ("/administration/units/new/", {"name": "Another Unit"}),
        (f"/administration/units/{world.south.pk}/", {"name": "Renamed"}),
        ("/administration/services/new/", {"kind": "support", "name": "Another Service"}),
        (
            "/administration/settings/clocks/arrest-high/",
            {"amount": "3", "unit": "days", "source_note": "x", "latest": "1", "confirmed": "on", **date("in_force_from", today)},
        ),
        (
            "/administration/settings/bank-holidays/new/",
            {"closed": "yes", "name": "x", "source_note": "x", "confirmed": "on", **date("day", today)},
        ),
    ]


def state() -> tuple[Any, ...]:
    return (
        sorted(map(str, User.objects.values_list("name", "role", "unit_id", "email", "is_active", "grade"))),
        sorted(map(str, Unit.objects.values_list("name", "cps_area_id"))),
        Accreditation.objects.count(),
        Authenticator.objects.count(),
    )


def test_without_confirming_nothing_is_changed_anywhere(world: World) -> None:
    Authenticator.objects.create(user_id=world.colleague.pk, type="totp", data={})
    browser, before = browser_of(world.administrator, confirmed=False), state()
    for address, sent in changes(world):
        answer = browser.post(address, sent)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, ASKED), address
        assert state() == before, address


def test_what_was_sent_is_done_once_the_password_was_given(world: World) -> None:
    browser = browser_of(world.administrator, confirmed=False)
    answer = browser.post(f"{PEOPLE}{world.colleague.pk}/details/", {"name": "DC Renamed", "collar_number": "R1"})
    wrong = browser.post(answer["Location"], {"password": "not the password"})
    assert wrong.status_code == 200
    assert fresh(world.colleague).name != "DC Renamed"
    done = browser.post(answer["Location"], {"password": PASSWORD, "next": f"{PEOPLE}{world.colleague.pk}/details/"})
    assert (done.status_code, done["Location"]) == (302, f"{PEOPLE}{world.colleague.pk}/")
    assert fresh(world.colleague).name == "DC Renamed"
    assert logged(world.auditor, "name, grade or collar number changed") == 1


def test_a_refusal_after_confirming_comes_back_to_its_own_form(world: World) -> None:
    browser, address = browser_of(world.administrator, confirmed=False), f"{PEOPLE}{world.colleague.pk}/details/"
    asked = browser.post(address, {"name": "DC Renamed", "collar_number": world.sergeant.collar_number})
    answer = browser.post(asked["Location"], {"password": PASSWORD, "next": address})
    assert answer.status_code == 400
    assert f'action="{address}"' in answer.content.decode()
    assert "has this collar number" in answer.content.decode()


def test_five_minutes_later_it_is_asked_again(world: World) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        browser = browser_of(world.administrator)
        assert act(browser, world.colleague, "details", name="First").status_code == 302
        traveller.shift(299)
        assert act(browser, world.colleague, "details", name="Second")["Location"].startswith(PEOPLE)
        traveller.shift(2)
        assert act(browser, world.colleague, "details", name="Third")["Location"].startswith(ASKED)
    assert fresh(world.colleague).name == "Second"


# --- two at once -----------------------------------------------------------------------------------------------------------

SENT: dict[str, dict[str, str]] = {
    "details": {"name": "Mine", "collar_number": "X"},
    "role": {"role": "sergeant"},
    "unit": {"unit": ""},
    "invite": {"email": "mine@test.example"},
    "reset-second-factor": {},
    "leave": {},
}


@pytest.mark.parametrize("name", sorted(SENT))
def test_the_second_administrator_is_told_who_was_first(world: World, browser: Client, name: str) -> None:
    Authenticator.objects.create(user_id=world.colleague.pk, type="totp", data={})
    other = make_user(AVON, Role.ADMINISTRATOR, name="Ottoline Firstcomer")
    address = f"{PEOPLE}{world.colleague.pk}/{name}/"
    seen = browser.get(address).context["form"].initial["seen"]
    assert act(browser_of(other), world.colleague, "details", name="Theirs", collar_number="T").status_code == 302
    answer = browser.post(address, {"seen": seen, **SENT[name]})
    assert answer.status_code == 409
    assert "Ottoline Firstcomer" in answer.content.decode()
    now = fresh(world.colleague)
    assert (now.name, now.role, now.is_active, now.email) == ("Theirs", "investigator", True, world.colleague.email)
    assert EmailAddress.objects.filter(email="mine@test.example").count() == 0
    assert Authenticator.objects.count() == 1


def test_an_older_accreditation_page_is_told_too(world: World, browser: Client) -> None:
    day = clock.today() + timedelta(days=10)
    give_accreditation(world.colleague, day)
    held = Accreditation.objects.get(user=world.colleague)
    address = f"{PEOPLE}{world.colleague.pk}/accreditations/{held.pk}/"
    seen = browser.get(address).context["form"].initial["seen"]
    assert browser.post(address, {"seen": seen, **date("expires_on", day + timedelta(days=1))}).status_code == 302
    assert browser.post(address, {"seen": seen, **date("expires_on", day + timedelta(days=2))}).status_code == 409
