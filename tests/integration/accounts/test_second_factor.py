"""The second factor: nothing opens without one, and its pages need neither inline script nor inline style."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.factories import World
from tests.integration.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
MFA = "/accounts/2fa/"
SIGN_IN = "/accounts/login/"
CODES = f"{MFA}recovery-codes/"
SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*application/json)")


def code_for(secret: str) -> str:
    """The code that an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


@pytest.fixture(autouse=True)
def time_now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def confirm(browser: Client) -> Client:
    """Give the password once more, as every change of a second factor asks."""
    assert browser.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return browser


def set_up(browser: Client) -> str:
    """Set an authenticator app up as a person would, and return its secret."""
    confirm(browser)
    page = browser.get(f"{MFA}totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    assert browser.post(f"{MFA}totp/activate/", {"code": code_for(secret)})["Location"] == CODES
    return str(secret)


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("path", ["/", "/accounts/password/change/", "/accounts/password/set/"])
def test_nothing_opens_without_a_second_factor(signed_in: Client, path: str) -> None:
    response = signed_in.get(path)
    assert (response.status_code, response["Location"]) == (302, MFA)
    assert signed_in.post(path)["Location"] == MFA


@pytest.mark.usefixtures("required")
def test_the_set_up_sign_out_and_staying_signed_in_can_be_reached(signed_in: Client) -> None:
    assert "/accounts/reauthenticate/" in signed_in.get(f"{MFA}totp/activate/")["Location"]
    confirm(signed_in)
    for path in (MFA, f"{MFA}totp/activate/", f"{MFA}webauthn/add/", "/accounts/reauthenticate/", "/health/live"):
        assert signed_in.get(path).status_code == 200, path
    assert b"Set up an authenticator app, a passkey or a security key before you go on" in signed_in.get(MFA).content
    assert signed_in.post("/session/keep-alive/").status_code == 204
    assert signed_in.post("/accounts/logout/").status_code == 302


@pytest.mark.usefixtures("required")
def test_everything_opens_once_it_is_set_up(signed_in: Client, investigator: User) -> None:
    secret = set_up(signed_in)
    assert signed_in.get("/accounts/password/change/").status_code == 200
    assert secret not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def test_the_password_alone_no_longer_signs_in(signed_in: Client, investigator: User, time_now: time_machine.Traveller) -> None:
    secret = set_up(signed_in)
    browser = Client()
    assert browser.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})["Location"] == f"{MFA}authenticate/"
    assert browser.get("/accounts/password/change/").status_code == 302
    assert b"The code is not correct" in browser.post(f"{MFA}authenticate/", {"code": "000000"}).content
    time_now.shift(timedelta(seconds=60))
    code = code_for(secret)
    assert browser.post(f"{MFA}authenticate/", {"code": code})["Location"] == "/"
    assert browser.get("/accounts/password/change/").status_code == 200
    again = Client()
    again.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})
    assert b"The code is not correct" in again.post(f"{MFA}authenticate/", {"code": code}).content


def test_a_recovery_code_lets_in_once(signed_in: Client, investigator: User) -> None:
    set_up(signed_in)
    code = re.findall(rb"<code>(\w+)</code>", signed_in.get(CODES).content)[0].decode()
    for expected in (302, 200):
        browser = Client()
        browser.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})
        assert browser.post(f"{MFA}authenticate/", {"code": code}).status_code == expected


def test_a_new_password_by_link_does_not_go_past_the_second_factor(signed_in: Client, investigator: User) -> None:
    set_up(signed_in)
    signed_in.post("/accounts/logout/")
    investigator.refresh_from_db()
    investigator.set_password("marble-kettle-orchard")
    investigator.save(update_fields=["password"])
    browser = Client()
    response = browser.post(SIGN_IN, {"login": investigator.email, "password": "marble-kettle-orchard"})
    assert response["Location"] == f"{MFA}authenticate/"


def test_changing_a_second_factor_asks_for_the_password_again(signed_in: Client, time_now: time_machine.Traveller) -> None:
    set_up(signed_in)
    time_now.shift(timedelta(minutes=6))
    response = signed_in.post(f"{MFA}totp/deactivate/")
    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]
    assert Authenticator.objects.filter(type="totp").exists()


PAGES = [
    SIGN_IN,
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/abc-def/",
]
OWN_PAGES = [
    "/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/password/change/",
    MFA,
    f"{MFA}totp/activate/",
    f"{MFA}webauthn/",
    f"{MFA}webauthn/add/",
]
LATER_PAGES = [f"{MFA}totp/deactivate/", CODES, f"{CODES}generate/", f"{MFA}reauthenticate/"]


def check_page(response: object) -> None:
    """What every page of this service keeps to."""
    content = response.content  # type: ignore[attr-defined]
    assert response.status_code == 200  # type: ignore[attr-defined]
    assert content.count(b"<h1") == 1
    assert not SCRIPT.search(content)
    assert b"style=" not in content
    assert b'src="data:' not in content
    assert b"placeholder=" not in content
    assert b"RASSO case tracker</title>" in content
    assert response["Cache-Control"].find("no-store") >= 0  # type: ignore[index]


@pytest.mark.parametrize("path", PAGES)
def test_pages_for_strangers_keep_to_the_rules_of_the_house(world: World, path: str) -> None:
    check_page(Client().get(path))


@pytest.mark.parametrize("path", OWN_PAGES)
def test_own_pages_keep_to_the_rules_of_the_house(world: World, signed_in: Client, path: str) -> None:
    browser = confirm(signed_in)
    if path == "/":
        browser = Client()
        browser.force_login(world.auditor)
    check_page(browser.get(path))


@pytest.mark.parametrize("path", LATER_PAGES)
def test_pages_of_somebody_with_a_second_factor_do_too(signed_in: Client, path: str) -> None:
    set_up(signed_in)
    check_page(signed_in.get(path))


def test_the_page_for_the_code_does_too(signed_in: Client, investigator: User) -> None:
    set_up(signed_in)
    browser = Client()
    browser.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})
    check_page(browser.get(f"{MFA}authenticate/"))


def test_keys_are_listed_renamed_and_removed(investigator: User, signed_in: Client) -> None:
    confirm(signed_in)
    key = Authenticator.objects.create(user=investigator, type="webauthn", data={"name": "Blue <b>key</b>", "credential": {}})
    for path in (f"{MFA}webauthn/", f"{MFA}webauthn/keys/{key.pk}/edit/", f"{MFA}webauthn/keys/{key.pk}/remove/"):
        response = signed_in.get(path)
        check_page(response)
        assert b"<b>key" not in response.content
    signed_in.post(f"{MFA}webauthn/keys/{key.pk}/edit/", {"name": "Green key"})
    assert b"Green key" in signed_in.get(f"{MFA}webauthn/").content
    signed_in.post(f"{MFA}webauthn/keys/{key.pk}/remove/")
    assert not Authenticator.objects.exists()


def test_nobody_reaches_the_key_of_somebody_else(world: World, signed_in: Client) -> None:
    confirm(signed_in)
    key = Authenticator.objects.create(user=world.colleague, type="webauthn", data={"name": "Theirs", "credential": {}})
    for path in ("edit", "remove"):
        assert signed_in.get(f"{MFA}webauthn/keys/{key.pk}/{path}/").status_code == 404
        assert signed_in.post(f"{MFA}webauthn/keys/{key.pk}/{path}/").status_code == 404
    assert Authenticator.objects.count() == 1


BAD = [
    "",
    "null",
    "1",
    "[]",
    "{}",
    '{"id": 1}',
    '{"response": null}',
    '{"rawId": "x", "type": "public-key", "response": {}}',
    "[" * 5000,
    "\ud7ff",
    "1e999",
    '"a"',
]


@pytest.mark.parametrize("credential", BAD, ids=range(len(BAD)))
def test_a_credential_that_is_none_is_refused_without_a_fault(signed_in: Client, credential: str) -> None:
    confirm(signed_in)
    for browser, path in ((Client(), "login"), (signed_in, "add"), (signed_in, "reauthenticate")):
        response = browser.post(f"{MFA}webauthn/{path}/", {"credential": credential, "name": "x"})
        assert response.status_code in {200, 302, 400}, path


CODES_THAT_ARE_NONE = ["", "١٢٣٤٥٦", "1" * 5000, "abcdef", "-12345", "\ud7ff", "12 34 56"]


@pytest.mark.parametrize("code", CODES_THAT_ARE_NONE, ids=range(7))
def test_a_code_that_is_none_is_refused_without_a_fault(signed_in: Client, code: str) -> None:
    assert confirm(signed_in).post(f"{MFA}totp/activate/", {"code": code}).status_code == 200
    set_up(signed_in)
    assert signed_in.post(f"{MFA}reauthenticate/", {"code": code}).status_code == 200
