"""The tables of the test models with sealed fields, and rows of them written and read past everything."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from core.sealedfield import opening
from tests import database
from tests.sealed import OLD, TABLES, TRIGGERS, Person

BORN = date(2001, 2, 3)


@pytest.fixture(scope="module")
def tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """Give a database of its own with the tables of the test models, made by the owner and used by the application."""
    with django_db_blocker.unblock(), database.copy(worker_id):
        with connections["owner"].schema_editor() as editor:
            for model in TABLES:
                editor.create_model(model)
                editor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {model._meta.db_table} TO PUBLIC")
                editor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO PUBLIC")
            for trigger in TRIGGERS:
                editor.execute(str(trigger.compile(Person).install_sql), params=None)
        yield


@pytest.fixture
def empty(tables: None, settings: Any) -> None:
    """Begin with no rows and one key."""
    settings.FIELD_KEYS = [OLD]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(model._meta.db_table for model in TABLES)}")


def person(surname: str = "Jones", **more: Any) -> Any:
    """Write a row and return it as it is read again."""
    made = Person.objects.create(surname=surname, forename="Ann", born=BORN, **more)
    return Person.objects.get(pk=made.pk)


def bytes_of(key: UUID, column: str = "surname", table: str = "sealed_person") -> bytes:
    """Return what a column of a row holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def plant(key: UUID, raw: bytes | None, column: str = "surname") -> None:
    """Write bytes past everything, as a database administrator can."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE sealed_person SET {column} = %s WHERE id = %s", [raw, key])


def read(key: UUID, column: str = "surname", model: Any = Person) -> Any:
    """Read a value of a row afresh."""
    with opening("test"):
        return getattr(model.objects.get(pk=key), column)
