"""One database with canaries in it for every test of the folder: committed, so that the owner reads what the application wrote."""

from collections.abc import Iterator

import pytest
from celery.signals import before_task_publish
from pytest_django import DjangoDbBlocker

from tests import database
from tests.canary.planted import Planted, plant


@pytest.fixture(scope="package")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[Planted]:
    """Plant everything once. Nobody else uses the copy meanwhile: the tests of a folder run one after another."""
    published: list[str] = []

    def keep(sender: object = None, body: object = None, headers: object = None, **_: object) -> None:
        published.append(f"{sender} {body} {headers}")

    before_task_publish.connect(keep)
    try:
        with django_db_blocker.unblock(), database.copy(worker_id):
            made = plant()
            made.published = published
            yield made
    finally:
        before_task_publish.disconnect(keep)


@pytest.fixture(autouse=True)
def _own_sessions(planted: Planted) -> None:
    """Let everybody sign in anew: a test's sessions end with its transaction."""
    planted.house.browsers.clear()
