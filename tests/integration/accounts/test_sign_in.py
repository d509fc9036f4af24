"""Signing in: what a stranger can learn (nothing), where it leads (this service only), how often it may be tried."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import User
from core.scope import scope, system
from tests.factories import World, acting_as
from tests.integration.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def body(content: bytes, *addresses: str) -> bytes:
    """A page without what differs between any two drawings of it: the token, and the address typed."""
    for address in addresses:
        content = content.replace(address.encode(), b"ADDRESS")
    return TOKEN.sub(b"TOKEN", content)


def attempt(email: str, password: str) -> tuple[int, bytes]:
    response = Client().post(SIGN_IN, {"login": email, "password": password})
    return response.status_code, body(response.content, email)


def test_the_right_password_signs_in_and_leads_home(investigator: User, client: Client) -> None:
    response = client.post(SIGN_IN, {"login": str(investigator.email).upper(), "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_unknown_inactive_and_wrong_password_look_the_same(world: World, with_password: Callable[[User], User]) -> None:
    left, here = with_password(world.colleague), with_password(world.investigator)
    with scope(system(52)):
        User.objects.filter(pk=left.pk).update(is_active=False)
    answers = {
        attempt("nobody@test.example", PASSWORD),
        attempt(str(left.email), PASSWORD),
        attempt(str(left.email), "something-else-here"),
        attempt(str(here.email), "something-else-here"),
    }
    assert len(answers) == 1
    status, page = answers.pop()
    assert status == 200
    assert b"The email address or the password is not correct" in page


def test_a_person_from_an_extract_cannot_sign_in(world: World, client: Client) -> None:
    for address in ("", "None", "null"):
        assert client.post(SIGN_IN, {"login": address, "password": "!"}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["signup", "email", "inactive", "login/code", "phone/change", "2fa/webauthn/signup"])
def test_pages_that_this_service_does_not_have_are_not_there(world: World, sign_in: Callable[[User], Client], path: str) -> None:
    assert sign_in(world.investigator).get(f"/accounts/{path}/").status_code == 404


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "http://testserver/accounts/2fa/",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
        "/%0d%0aSet-Cookie:x=1\r\n",
        "///evil.example",
        "data:text/html,x",
        "evil.example",
        "",
        "/" + "a" * 600,
    ],
)
def test_next_leads_nowhere_but_here(investigator: User, client: Client, target: str) -> None:
    response = client.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD, "next": target})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_next_leads_on_within_the_service(investigator: User, client: Client) -> None:
    response = client.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD, "next": "/accounts/2fa/?a=1"})
    assert response["Location"] == "/accounts/2fa/?a=1"


def test_the_sixth_wrong_password_in_five_minutes_is_not_even_looked_at(investigator: User) -> None:
    for _ in range(5):
        attempt(str(investigator.email), "something-else-here")
    status, page = attempt(str(investigator.email), PASSWORD)
    assert status == 200
    assert b"Too many attempts to sign in" in page


def test_thirty_sign_ins_a_minute_from_one_place_are_enough(db: None) -> None:
    statuses = [Client().post(SIGN_IN, {"login": f"a{number}@test.example", "password": "x"}).status_code for number in range(31)]
    assert statuses[-1] == 429


def test_without_redis_nobody_signs_in_and_everybody_else_goes_on(investigator: User, signed_in: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    refused = Client().post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})
    assert refused.status_code == 503
    assert b"you cannot do this at the moment" in refused.content
    assert Client().get(SIGN_IN).status_code == 200
    assert signed_in.get("/accounts/password/change/").status_code == 200


def test_a_link_for_a_new_password_works_once_and_says_nothing_to_strangers(
    investigator: User, signed_in: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    answers = set()
    for address in (str(investigator.email), "nobody@test.example"):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/accounts/password/reset/", {"email": address})
        answers.add((response.status_code, response["Location"]))
    assert len(answers) == 1
    assert len(mail.outbox) == 1
    message = mail.outbox[0]
    assert message.subject == "Choose a new password"
    assert investigator.name not in str(message.body)
    (path,) = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", str(message.body))
    form = client.get(path, follow=True)
    fresh = "marble-kettle-orchard"
    address = form.redirect_chain[-1][0]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"password1": fresh, "password2": fresh}).status_code == 302
    assert b"This link cannot be used" in Client().get(path, follow=True).content
    assert signed_in.get("/accounts/password/change/").status_code == 302
    assert attempt(str(investigator.email), fresh)[0] == 302
    assert mail.outbox[-1].subject == "A change to your account"


def test_a_mail_server_that_fails_tells_a_stranger_nothing(
    investigator: User, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for address in (str(investigator.email), "nobody@test.example"):
        with django_capture_on_commit_callbacks(execute=True):
            response = Client().post("/accounts/password/reset/", {"email": address})
        assert (response.status_code, response["Location"]) == (302, "/accounts/password/reset/done/")


@pytest.mark.parametrize("weak", ["short", "avonandsomerset-52", "x" * 129, "1qaz2wsx3edc4rfv"])
def test_weak_passwords_are_refused(signed_in: Client, weak: str) -> None:
    response = signed_in.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert response.status_code == 200
    assert b"There is a problem" in response.content


def test_a_change_of_password_is_written_down(world: World, signed_in: Client) -> None:
    fresh = "marble-kettle-orchard"
    signed_in.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    from audit.models import AccessLog

    with acting_as(world.auditor):
        row = AccessLog.objects.latest("id")
    assert (row.act, row.what, row.actor_id) == ("alteration", "password changed", world.investigator.id)
    assert str(world.investigator.id) in row.purpose
