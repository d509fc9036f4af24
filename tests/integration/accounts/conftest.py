"""People with passwords, and pages to be refused by."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.factories import World

PASSWORD = "lantern-gravel-teaspoon"


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    """Keep the counters of attempts in this process and begin with none."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "accounts"}}
    cache.clear()


@pytest.fixture
def with_password() -> Callable[[User], User]:
    """Give a person a password, as the application's login does."""

    def give(user: User) -> User:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        return user

    return give


@pytest.fixture
def investigator(world: World, with_password: Callable[[User], User]) -> User:
    """A person who works cases, with a password."""
    return with_password(world.investigator)


@pytest.fixture
def signed_in(investigator: User) -> Client:
    """A browser that has gone through the sign-in page."""
    browser = Client()
    assert browser.post("/accounts/login/", {"login": investigator.email, "password": PASSWORD}).status_code == 302
    return browser
