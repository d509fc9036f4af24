"""What is written once stays: refused to police, CPS and system by grants, to the owner by triggers."""

from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from core.scope import Kind, Scope, scope
from tests.architecture import catalogue
from tests.architecture.grants import APPEND_ONLY
from tests.factories import AVON, SOUTH_WEST

STATEMENTS = ("UPDATE {} SET force_id = force_id", "DELETE FROM {}", "TRUNCATE {} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("kind", [Kind.POLICE, Kind.CPS, Kind.SYSTEM])
def test_no_kind_changes_what_was_written(table: str, kind: Kind) -> None:
    area = SOUTH_WEST if kind is Kind.CPS else 0
    with scope(Scope(kind=kind, force_id=AVON, cps_area_id=area, agency_id=area or AVON)):
        for statement in STATEMENTS:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(table))


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_owner_is_refused_too(table: str) -> None:
    """Even with the table's security and keys lifted for one transaction, a row that stands is neither changed nor taken away."""
    name = sql.Identifier(table)
    key = "pgh_id" if table.endswith("version") else "id"
    with catalogue.owner() as session:
        catalogue.loosened(session, table)
        session.execute(
            sql.SQL("INSERT INTO {} ({}, force_id, cps_area_scope) VALUES (%s, 52, 0)").format(name, sql.Identifier(key)),
            [first_key(session, table, key)],
        )
        for statement in ("UPDATE {} SET force_id = 46", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed or taken away"), session.transaction():
                session.execute(sql.SQL(statement).format(name))
        session.execute(sql.SQL("UPDATE {} SET cps_area_scope = 110").format(name))
        session.rollback()


def first_key(session: psycopg.Connection[object], table: str, key: str) -> object:
    """Return a value of the key's type."""
    row = session.execute(
        "select format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass and attname = %s", [table, key]
    ).fetchone()
    assert row is not None
    return uuid4() if row[0] == "uuid" else 1  # type: ignore[index]


@pytest.mark.django_db
def test_the_access_log_refuses_the_owner() -> None:
    with catalogue.owner() as session:
        for statement in ("UPDATE audit_accesslog SET what = 'x'", "DELETE FROM audit_accesslog", "TRUNCATE audit_accesslog"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), session.transaction():
                session.execute(statement)
        session.rollback()
