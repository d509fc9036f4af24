"""What PostgreSQL's own catalogue says of tables, policies, grants and triggers. Read as any login: nothing here is secret."""

from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

NAME_LENGTH = 63
"""The longest name PostgreSQL keeps; a longer one is cut short without a word."""


@dataclass(frozen=True, slots=True)
class Security:
    """Whether a table's row-level security is switched on, and forced on its owner too."""

    enabled: bool
    forced: bool


def rows(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Run a query about the catalogue and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(query, list(parameters))
        return [tuple(row) for row in cursor.fetchall()]


def tables() -> set[str]:
    """Return every table of the public schema but the monthly parts of a partitioned one."""
    found = rows(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition"
    )
    return {name for (name,) in found}


def tables_with(column: str) -> set[str]:
    """Return the tables that have a column of this name."""
    query = (
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = %s and not a.attisdropped"
    )
    return {name for (name,) in rows(query, column)}


def security() -> dict[str, Security]:
    """Return how each table's row-level security is set."""
    query = (
        "select relname, relrowsecurity, relforcerowsecurity from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
    )
    return {name: Security(enabled, forced) for name, enabled, forced in rows(query)}


def policies(table: str) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """Return a table's policies by (role, command): what USING and WITH CHECK say. One policy names one role."""
    found = {}
    for roles, command, permissive, using, check in rows(
        "select roles::text[], cmd, permissive, qual, with_check from pg_policies where schemaname = 'public' and tablename = %s", table
    ):
        assert len(roles) == 1, f"a policy of {table} is for {roles}: one kind a policy"
        assert permissive == "PERMISSIVE"
        assert (roles[0], command) not in found, f"{table} has two policies for {roles[0]} {command}"
        found[roles[0], command] = (using, check)
    return found


def grants(table: str) -> set[tuple[str, str]]:
    """Return who may do what with a table, as (role, right); its owner left out. A right on columns reads "SELECT(a,b)"."""
    whole = rows(
        "select coalesce(r.rolname, 'PUBLIC'), x.privilege_type from pg_class c cross join lateral aclexplode(c.relacl) x"
        " left join pg_roles r on r.oid = x.grantee where c.oid = %s::regclass and x.grantee <> c.relowner",
        table,
    )
    columns = rows(
        "select coalesce(r.rolname, 'PUBLIC'), x.privilege_type || '(' || string_agg(a.attname, ',' order by a.attname) || ')'"
        " from pg_class c join pg_attribute a on a.attrelid = c.oid cross join lateral aclexplode(a.attacl) x"
        " left join pg_roles r on r.oid = x.grantee where c.oid = %s::regclass and x.grantee <> c.relowner"
        " group by r.rolname, x.privilege_type",
        table,
    )
    return {(who, what) for who, what in [*whole, *columns]}


def triggers(table: str) -> dict[str, tuple[str, str]]:
    """Return a table's own enabled triggers by name: (the function called, the whole definition)."""
    query = (
        "select t.tgname, p.proname, pg_get_triggerdef(t.oid) from pg_trigger t join pg_proc p on p.oid = t.tgfoid"
        " where t.tgrelid = %s::regclass and not t.tgisinternal and t.tgenabled = 'O'"
    )
    return {name: (function, definition) for name, function, definition in rows(query, table)}


def foreign_keys(table: str) -> dict[str, str]:
    """Return a table's foreign keys by name with their definitions."""
    return dict(rows("select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and contype = 'f'", table))


def names_of_constraints_and_indexes() -> set[str]:
    """Return every name of a constraint, index or trigger that stands in the public schema."""
    query = (
        "select conname from pg_constraint where connamespace = 'public'::regnamespace union"
        " select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('i', 'I') union"
        " select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where c.relnamespace = 'public'::regnamespace and not t.tgisinternal"
    )
    return {name for (name,) in rows(query)}


def owner() -> psycopg.Connection[Any]:
    """Return a connection of the owner's login to the database of this test, for what only the owner could try."""
    settings = connections["owner"].settings_dict
    keep = {key: settings.get(key.upper()) or None for key in ("host", "port", "user", "password")}
    named = {key: str(value) for key, value in keep.items() if value}
    return psycopg.connect(make_conninfo(dbname=connections["default"].settings_dict["NAME"], **named))


def loosened(session: psycopg.Connection[Any], table: str) -> None:
    """As the owner and until rollback: lift from a table what keeps an empty row out, so that its triggers can be tried alone."""
    name = sql.Identifier(table)
    session.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))
    found = session.execute("select conname from pg_constraint where conrelid = %s::regclass and contype in ('f', 'c')", [table]).fetchall()
    for (constraint,) in found:
        session.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(constraint)))
    needed = session.execute(
        "select attname from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and attnotnull and not attisdropped and attidentity = ''"
        " and not exists (select from pg_constraint where conrelid = attrelid and contype = 'p' and attnum = any(conkey))",
        [table],
    ).fetchall()
    for (column,) in needed:
        session.execute(sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL").format(name, sql.Identifier(column)))
