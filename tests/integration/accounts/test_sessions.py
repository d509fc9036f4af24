"""Sessions end: by time, by sign-out, by change of role, unit, password, and when somebody leaves, for good."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts import services
from accounts.middleware import BACKGROUND_HEADER, SEEN_AT
from accounts.models import Session, User
from accounts.roles import Role
from accounts.tasks import delete_expired_sessions
from tests.factories import World, acting_as
from tests.integration.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOME, SIGN_IN = "/accounts/password/change/", "/accounts/login/"


def alive(browser: Client) -> bool:
    """Whether a page for signed-in people opens."""
    return browser.get(HOME).status_code == 200


def cookie_of(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def with_cookie(value: str) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = value
    return browser


@pytest.fixture
def clock(investigator: User) -> object:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(clock: time_machine.Traveller, investigator: User) -> Client:
    browser = Client()
    browser.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})
    assert alive(browser)
    return browser


def test_a_session_lives_while_somebody_is_there(browser: Client, clock: time_machine.Traveller) -> None:
    for _ in range(20):
        clock.shift(timedelta(minutes=14))
        assert alive(browser)


def test_a_session_ends_after_15_minutes_with_nobody_there(browser: Client, clock: time_machine.Traveller) -> None:
    cookie = cookie_of(browser)
    clock.shift(timedelta(minutes=15))
    response = browser.get(HOME)
    assert (response.status_code, response["Location"]) == (302, f"{SIGN_IN}?next={HOME}")
    assert b"signed out because nothing was done" in browser.get(SIGN_IN).content
    assert not alive(with_cookie(cookie))


def test_a_session_ends_after_12_hours_whatever_happens(browser: Client, clock: time_machine.Traveller) -> None:
    for _ in range(12 * 6 - 1):
        clock.shift(timedelta(minutes=10))
        assert alive(browser)
    clock.shift(timedelta(minutes=10))
    assert not alive(browser)
    assert b"signed in for 12 hours" in browser.get(SIGN_IN).content


def test_activity_is_written_at_most_once_a_minute(browser: Client, clock: time_machine.Traveller) -> None:
    first = browser.session[SEEN_AT]
    clock.shift(timedelta(seconds=59))
    browser.get(HOME)
    assert browser.session[SEEN_AT] == first
    clock.shift(timedelta(seconds=1))
    browser.get(HOME)
    assert browser.session[SEEN_AT] == first + 60


def test_a_page_that_asks_by_itself_keeps_no_session_alive(browser: Client, clock: time_machine.Traveller) -> None:
    for _ in range(2):
        clock.shift(timedelta(minutes=7))
        assert browser.get(HOME, headers={BACKGROUND_HEADER: "1"}).status_code == 200
    clock.shift(timedelta(minutes=2))
    assert not alive(browser)


def test_keep_alive_counts_because_somebody_asked(browser: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=14))
    assert browser.post("/session/keep-alive/").status_code == 204
    clock.shift(timedelta(minutes=14))
    assert alive(browser)
    assert browser.get("/session/keep-alive/").status_code == 405


def test_keep_alive_without_a_session_says_so(db: None) -> None:
    assert Client().post("/session/keep-alive/").status_code == 302


def test_a_cookie_is_dead_after_sign_out(signed_in: Client) -> None:
    cookie = cookie_of(signed_in)
    assert alive(with_cookie(cookie))
    assert signed_in.post("/accounts/logout/").status_code == 302
    assert not alive(with_cookie(cookie))


def test_signing_in_gives_a_new_cookie(investigator: User) -> None:
    browser = Client()
    browser.get(SIGN_IN)
    before = cookie_of(browser)
    browser.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})
    assert cookie_of(browser) != before


def deactivate_and_back(actor: User, person: User) -> None:
    services.deactivate(actor=actor, person=person)
    services.reactivate(actor=actor, person=person)


CHANGES: dict[str, Callable[[World], object]] = {
    "deactivate": lambda world: services.deactivate(actor=world.administrator, person=world.investigator),
    "left and back": lambda world: deactivate_and_back(world.administrator, world.investigator),
    "role": lambda world: services.change_role(actor=world.administrator, person=world.investigator, role=Role.SERGEANT),
    "unit": lambda world: services.change_unit(actor=world.administrator, person=world.investigator, unit=world.south),
    "ended": lambda world: services.end_sessions(actor=world.administrator, person=world.investigator),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_standing_ends_every_session_at_once(world: World, signed_in: Client, change: str) -> None:
    second = Client()
    second.post(SIGN_IN, {"login": world.investigator.email, "password": PASSWORD})
    with acting_as(world.administrator):
        CHANGES[change](world)
    assert not Session.objects.filter(user_id=world.investigator.id).exists()
    assert not alive(signed_in)
    assert not alive(second)


def test_somebody_who_left_by_another_way_is_signed_out_for_good(investigator: User, signed_in: Client) -> None:
    from core.scope import scope, system

    with scope(system(52)):
        User.objects.filter(pk=investigator.pk).update(is_active=False)
    assert not alive(signed_in)
    with scope(system(52)):
        User.objects.filter(pk=investigator.pk).update(is_active=True)
    assert not alive(signed_in)


def test_a_new_password_ends_every_session(investigator: User, signed_in: Client) -> None:
    other = Client()
    other.post(SIGN_IN, {"login": investigator.email, "password": PASSWORD})
    fresh = "marble-kettle-orchard"
    response = signed_in.post(HOME, {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert response.status_code == 302
    assert not alive(signed_in)
    assert not alive(other)
    investigator.refresh_from_db()
    assert investigator.check_password(fresh)


def test_the_person_may_sign_out_everywhere(world: World, signed_in: Client) -> None:
    with acting_as(world.investigator):
        assert services.end_sessions(actor=world.investigator, person=world.investigator) == 1
    assert not alive(signed_in)


def test_sessions_whose_time_is_over_are_deleted(browser: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=13))
    delete_expired_sessions()
    assert not Session.objects.exists()
