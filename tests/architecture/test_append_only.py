"""What is written once stays: refused to police, CPS and system by grants, to the owner by triggers.

What is sealed about victims is sealed anew when a key is changed: by the system alone, and those columns alone.
"""

from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from core.scope import Kind, Scope, scope
from core.sealedfield import sealed_fields
from tests.architecture import catalogue
from tests.architecture.filled import fill
from tests.architecture.grants import APPEND_ONLY, GRANTS, OF_A_PANEL
from tests.factories import AVON, SOUTH_WEST, World
from victims import grants as victims

STATEMENTS = ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE")
SEALED = {model._meta.db_table: [field.column for field in sealed_fields(model)] for model in apps.get_models()}
RESEALED = tuple(sorted({*victims.RESEALED, *victims.VERSIONS}))
"""Tables that the system may update at all: triggers say which columns."""


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("kind", [Kind.POLICE, Kind.CPS, Kind.SYSTEM, Kind.ISVA])
def test_no_kind_changes_what_was_written(table: str, kind: Kind) -> None:
    area = SOUTH_WEST if kind is Kind.CPS else 0
    reseals = kind is Kind.SYSTEM and table in RESEALED
    with scope(Scope(kind=kind, force_id=AVON, cps_area_id=area, agency_id=area or AVON)):
        for statement in STATEMENTS[1:] if reseals else STATEMENTS:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(table, owner_of(table)))


def test_only_the_system_may_update_a_table_that_is_resealed() -> None:
    for table in RESEALED:
        kinds = {kind for kind, rule in GRANTS[table].items() if "UPDATE" in rule.commands}
        assert kinds == {str(Kind.SYSTEM)}, table


@pytest.mark.django_db
@pytest.mark.parametrize("table", RESEALED)
def test_the_trigger_leaves_open_what_is_sealed_and_nothing_else(table: str) -> None:
    _, definition = catalogue.triggers(table)["append_only"]
    arguments = definition.partition("append_only(")[2].rstrip(")")
    assert sorted(arguments.replace("'", "").split(", ")) == sorted(SEALED[table]) or (not arguments and not SEALED[table])


@pytest.mark.django_db
def test_the_system_reseals_and_changes_no_fact(world: World) -> None:
    who = {"officer": world.investigator, "supervisor": world.supervisor, "prosecutor": world.prosecutor}
    fill(force_id=AVON, area=SOUTH_WEST, **who, reference="52/1")
    with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)), connection.cursor() as cursor:
        for table in RESEALED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0], f"{table} is empty: nothing is proved of it"
            for column in SEALED[table]:
                cursor.execute(f"UPDATE {table} SET {column} = {column} || '\\x00'::bytea")
            key = "pgh_id = pgh_id + 1000000" if table.endswith("version") else "id = gen_random_uuid()"
            with pytest.raises(ProgrammingError, match="never changed or taken away"), transaction.atomic():
                cursor.execute(f"UPDATE {table} SET {key}")


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_owner_is_refused_too(table: str) -> None:
    """Even with the table's security and keys lifted for one transaction, a row that stands is neither changed nor taken away."""
    name, owner = sql.Identifier(table), sql.Identifier(owner_of(table))
    key = "pgh_id" if table.endswith("version") else "id"
    with catalogue.owner() as session:
        catalogue.loosened(session, table)
        session.execute(
            sql.SQL("INSERT INTO {} ({}, {}) VALUES (%s, 52)").format(name, sql.Identifier(key), owner), [first_key(session, table, key)]
        )
        for statement in ("UPDATE {0} SET {1} = 46", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed or taken away"), session.transaction():
                session.execute(sql.SQL(statement).format(name, owner))
        if "cps_area_scope" in columns_of(session, table):
            session.execute(sql.SQL("UPDATE {} SET cps_area_scope = 110").format(name))
        session.rollback()


def owner_of(table: str) -> str:
    """Return the column that says whose a row is: the force of a case, or the agency that organises a panel."""
    return "agency_id" if table in OF_A_PANEL else "force_id"


def columns_of(session: psycopg.Connection[object], table: str) -> set[str]:
    """Return the names of a table's columns."""
    rows = session.execute("select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", [table]).fetchall()
    return {str(row[0]) for row in rows}  # type: ignore[index]


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
