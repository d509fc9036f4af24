"""The test database: made and migrated by the owner's login, used by the application's, with nothing but what it was granted.

Ordinary tests run in a transaction that is rolled back. Tests that must commit (races, workers, browsers) ask for
`committed`, which works on a copy of the migrated database and throws it away.
"""

import os
import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from tests import database
from tests.factories import World, acting_as


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """Make the test database once a worker; the first of a run makes the template that all are copied from."""
    with django_db_blocker.unblock():
        names = database.create(worker_id)
        try:
            yield
        finally:
            database.drop(names)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of the worker where tests run side by side, else "one", or what RASSO_TEST_WORKER says."""
    alone = os.environ.get("RASSO_TEST_WORKER", "one")
    return str(getattr(request.config, "workerinput", {}).get("workerid", alone))


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[str]:
    """Give a database of its own whose commits last for the test; its name is the value."""
    with django_db_blocker.unblock(), database.copy(worker_id) as name:
        yield name


@pytest.fixture
def world(db: None) -> World:
    """Two forces, two Areas and a person in every role, with nothing recorded yet."""
    return World.make()


@pytest.fixture
def nfa_at_once(settings: Any) -> None:
    """No further action is recorded at once, as a force may set it: for tests of what follows from an outcome, however it came."""
    settings.NFA_CHECK = ["none"]


@pytest.fixture
def as_user() -> Callable[[User], AbstractContextManager[None]]:
    """Run a block as a person: her or his scope in the database and in the log."""
    return acting_as


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """Return a browser signed in as a person (without going through the sign-in page)."""

    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _no_stray_scope(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a scope behind."""
    yield
    from core import scope

    assert scope.current() == scope.NOBODY, "a test left a scope behind"


def pytest_configure(config: pytest.Config) -> None:
    """Name the run before there are workers, which inherit the name."""
    if not hasattr(config, "workerinput"):
        os.environ[database.RUN] = secrets.token_hex(4)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Drop what the workers shared when the process that started them has ended them all."""
    yield
    if not hasattr(session.config, "workerinput") and not database.kept():
        database.drop_templates()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark browser tests by their folder."""
    for item in items:
        if "/tests/browser/" in str(item.fspath):
            item.add_marker(pytest.mark.browser)
