"""One database with canaries in it for every test of the folder: committed, so that the owner reads what the application wrote."""

from collections.abc import Iterator
from typing import Any

import pytest
from celery.signals import before_task_publish
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from tests import database
from tests.canary.planted import Planted, plant

LEAF_TABLES = "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"


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


@pytest.fixture
def owner() -> Iterator[Any]:
    """Read as the owner with row-level security out of the way, in a transaction that is rolled back."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(LEAF_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"alter table {table} no force row level security")
        yield cursor
        transaction.set_rollback(True, using="owner")
