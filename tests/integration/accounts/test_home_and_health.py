"""The first page, and what a load balancer may ask."""

from collections.abc import Callable

import pytest
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from rasso import health
from tests.factories import World

pytestmark = pytest.mark.django_db


def test_people_without_a_page_yet_are_told_what_their_role_reaches(world: World, sign_in: Callable[[User], Client]) -> None:
    for person, words in ((world.analyst, b"no case"), (world.auditor, b"who looked at")):
        response = sign_in(person).get("/")
        assert response.status_code == 200
        assert words in response.content
        assert b"This list shows what the cases need" not in response.content


def test_a_support_services_people_begin_with_their_clients(world: World, sign_in: Callable[[User], Client]) -> None:
    assert sign_in(world.isva).get("/")["Location"] == "/clients/"


def test_people_who_work_cases_begin_with_what_their_cases_need(world: World, sign_in: Callable[[User], Client]) -> None:
    for person in (world.investigator, world.prosecutor):
        response = sign_in(person).get("/")
        assert response.status_code == 200
        assert b"<title>Worklist" in response.content


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_the_frame_says_when_the_session_will_end(world: World, sign_in: Callable[[User], Client]) -> None:
    content = sign_in(world.auditor).get("/").content
    assert b'data-idle-seconds="840"' in content
    assert b'data-keepalive-url="/session/keep-alive/"' in content


def test_live_asks_nothing(client: Client, django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        response = client.get("/health/live")
    assert (response.status_code, response.content) == (200, b"live\n")
    assert client.post("/health/live").status_code == 405


def test_ready_says_yes_and_no_more(client: Client) -> None:
    response = client.get("/health/ready")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.parametrize("needed", sorted(health.NEEDED))
def test_ready_says_no_and_not_why(client: Client, monkeypatch: pytest.MonkeyPatch, needed: str) -> None:
    monkeypatch.setitem(health.NEEDED, needed, lambda: False)
    response = client.get("/health/ready")
    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.mark.parametrize("wished", sorted(health.WISHED))
def test_a_warning_alone_does_not_say_no(client: Client, monkeypatch: pytest.MonkeyPatch, wished: str) -> None:
    monkeypatch.setitem(health.WISHED, wished, lambda: False)
    assert client.get("/health/ready").status_code == 200


def test_without_redis_it_is_not_ready(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    assert not health.redis_answers()


def test_a_migration_that_is_missing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.migrations_are_applied()

    class Behind(MigrationLoader):
        def build_graph(self) -> None:
            super().build_graph()
            self.applied_migrations.pop(("audit", "0001_initial"))

    monkeypatch.setattr(health, "MigrationLoader", Behind)
    assert not health.migrations_are_applied()
