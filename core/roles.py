"""The logins and roles of the database, in SQL: what `bootstrap_roles` prepares and what a safe start demands.

Two logins. The owner migrates: it owns the tables and may create databases (for tests), nothing else. The application
serves: it owns nothing and inherits nothing, and acts only by taking on a kind of user for one transaction.
"""

from dataclasses import dataclass
from typing import Any, LiteralString, Protocol

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from core.scope import Kind

COLUMNS = {
    "SUPERUSER": "rolsuper",
    "BYPASSRLS": "rolbypassrls",
    "CREATEROLE": "rolcreaterole",
    "REPLICATION": "rolreplication",
    "LOGIN": "rolcanlogin",
    "CREATEDB": "rolcreatedb",
    "INHERIT": "rolinherit",
}
NEVER = dict.fromkeys(("SUPERUSER", "BYPASSRLS", "CREATEROLE", "REPLICATION"), False)
"""What none of our roles may have. A role that is made has none of it; a role that is found may."""


@dataclass(frozen=True, slots=True)
class Login:
    """A login as an address names it. Its password is kept out of its text form."""

    name: str
    password: str
    database: str

    def __repr__(self) -> str:
        """Say which login it is, and no more."""
        return f"Login({self.name!r} in {self.database!r})"

    @classmethod
    def of(cls, url: str) -> "Login":
        """Read a login from a database address. Raises ValueError when the address has no user or no database."""
        try:
            parts = conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            raise ValueError("a database address cannot be read") from None
        name, database = parts.get("user"), parts.get("dbname")
        if not name or not database:
            raise ValueError("a database address must name a user and a database")
        return cls(str(name), str(parts.get("password") or ""), str(database))


class RoleProblem(Exception):
    """The two addresses cannot be served as they are; the message says why, without a password."""


def prepare(admin_url: str, owner_url: str, application_url: str) -> list[str]:
    """Prepare a server for both logins and return what was done. Doing it again changes nothing.

    Raises RoleProblem when the addresses contradict each other, psycopg.Error when the administrator may not.
    """
    owner, application = Login.of(owner_url), Login.of(application_url)
    if owner.name == application.name:
        raise RoleProblem("The owner and the application must be two logins.")
    if owner.database != application.database:
        raise RoleProblem("The owner and the application must name the same database.")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        if _administrator(admin) in {owner.name, application.name}:
            raise RoleProblem("The administrator's login cannot be the owner's or the application's.")
        done = _prepare_roles(admin, owner, application)
        done += _prepare_database(admin, owner)
    with psycopg.connect(make_conninfo(admin_url, dbname=owner.database), autocommit=True) as inside:
        _prepare_rights(inside, owner, application)
    return done


def _administrator(admin: psycopg.Connection[Any]) -> str:
    """Return the name that the administrator connected under."""
    row = admin.execute("select session_user").fetchone()
    return str(row[0]) if row else ""


def _prepare_roles(admin: psycopg.Connection[Any], owner: Login, application: Login) -> list[str]:
    """Make or correct the kinds and the two logins, and let the logins take on the kinds without inheriting from them.

    The owner inherits, or before PostgreSQL 16 it could create nothing in a database of its own (the tests').
    """
    done = []
    for kind in Kind:
        done += _role(admin, kind.value, LOGIN=False, CREATEDB=False, INHERIT=False)
    done += _role(admin, owner.name, LOGIN=True, CREATEDB=True, INHERIT=True)
    done += _role(admin, application.name, LOGIN=True, CREATEDB=False, INHERIT=False)
    for login in (owner, application):
        _set_password(admin, login)
        for kind in Kind:
            statement = "GRANT {} TO {} WITH INHERIT FALSE, SET TRUE" if _version(admin) >= 160000 else "GRANT {} TO {}"
            _run(admin, statement, sql.Identifier(kind.value), sql.Identifier(login.name))
    return done


def _role(admin: psycopg.Connection[Any], name: str, **attributes: bool) -> list[str]:
    """Make a role, or change only what differs: an administrator who is no superuser may not even confirm NOSUPERUSER."""
    wanted = {**NEVER, **attributes}
    columns = sql.SQL(", ").join(sql.Identifier(COLUMNS[word]) for word in wanted)
    row = admin.execute(sql.SQL("select {} from pg_roles where rolname = %s").format(columns), [name]).fetchone()
    if row is None:
        words = [word if value else f"NO{word}" for word, value in attributes.items()]
        _run(admin, "CREATE ROLE {} " + " ".join(words), sql.Identifier(name))
        return [f"role {name} created"]
    differing = [(word if value else f"NO{word}") for (word, value), present in zip(wanted.items(), row, strict=True) if value != present]
    if not differing:
        return []
    _run(admin, "ALTER ROLE {} " + " ".join(differing), sql.Identifier(name))
    return [f"role {name} corrected: {' '.join(differing)}"]


def _set_password(admin: psycopg.Connection[Any], login: Login) -> None:
    """Give a login the password of its address, hashed here so that the server's log never has it."""
    if login.password:
        hashed = admin.pgconn.encrypt_password(login.password.encode(), login.name.encode(), b"scram-sha-256").decode()
        _run(admin, "ALTER ROLE {} PASSWORD {}", sql.Identifier(login.name), sql.Literal(hashed))


def _prepare_database(admin: psycopg.Connection[Any], owner: Login) -> list[str]:
    """Make the database, or hand it to its owner."""
    if not _is_superuser(admin):
        options = " WITH INHERIT TRUE, SET TRUE" if _version(admin) >= 160000 else ""
        _run(admin, "GRANT {} TO CURRENT_USER" + options, sql.Identifier(owner.name))
    query = "select pg_get_userbyid(datdba) from pg_database where datname = %s"
    row = admin.execute(query, [owner.database]).fetchone()
    names = sql.Identifier(owner.database), sql.Identifier(owner.name)
    if row is None:
        _run(admin, "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'", *names)
        return [f"database {owner.database} created"]
    if row[0] == owner.name:
        return []
    _run(admin, "ALTER DATABASE {} OWNER TO {}", *names)
    return [f"database {owner.database} handed to {owner.name}"]


def _prepare_rights(inside: psycopg.Connection[Any], owner: Login, application: Login) -> None:
    """Let only the two logins in, and only the owner create anything."""
    database, owns, serves = sql.Identifier(owner.database), sql.Identifier(owner.name), sql.Identifier(application.name)
    _run(inside, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    _run(inside, "GRANT CONNECT ON DATABASE {} TO {}", database, serves)
    _run(inside, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    _run(inside, "REVOKE CREATE ON SCHEMA public FROM {}", serves)
    _run(inside, "GRANT USAGE, CREATE ON SCHEMA public TO {}", owns)
    for role in (serves, *(sql.Identifier(kind.value) for kind in Kind)):
        _run(inside, "GRANT USAGE ON SCHEMA public TO {}", role)


def _run(connection: psycopg.Connection[Any], statement: LiteralString, *parts: sql.Composable) -> None:
    """Run one statement with quoted names put in."""
    connection.execute(sql.SQL(statement).format(*parts))


def _version(connection: psycopg.Connection[Any]) -> int:
    """Return the server's version as a number: 160002 is 16.2."""
    return connection.info.server_version


def _is_superuser(connection: psycopg.Connection[Any]) -> bool:
    """Say whether the administrator is a superuser."""
    row = connection.execute("select rolsuper from pg_roles where rolname = session_user").fetchone()
    return bool(row and row[0])


class HasCursor(Protocol):
    """A connection of psycopg or of Django."""

    def cursor(self) -> Any:
        """Open a cursor, which is its own context."""


UNSAFE: tuple[tuple[str, str], ...] = (
    ("is a superuser", "select 1 from pg_roles where rolname = session_user and rolsuper"),
    ("bypasses row-level security", "select 1 from pg_roles where rolname = session_user and rolbypassrls"),
    ("may create roles", "select 1 from pg_roles where rolname = session_user and rolcreaterole"),
    ("may create databases", "select 1 from pg_roles where rolname = session_user and rolcreatedb"),
    ("may replicate", "select 1 from pg_roles where rolname = session_user and rolreplication"),
    (
        "owns tables",
        "select 1 from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = session_user and c.relpersistence <> 't' limit 1",
    ),
    ("owns the database", "select 1 from pg_database d where datname = current_database() and pg_get_userbyid(datdba) = session_user"),
    (
        "may create objects in the public schema",
        "select 1 from pg_namespace where nspname = 'public' and has_schema_privilege(session_user, oid, 'CREATE')",
    ),
)
MEMBERSHIPS = """
    select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, {inherits}, m.admin_option
    from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles me on me.oid = m.member
    where me.rolname = session_user order by 1
"""


def unsafe_rights(connection: HasCursor) -> list[str]:
    """Name every right that the connected login has beyond what the application needs; an empty list is what is wanted."""
    with connection.cursor() as cursor:
        found = []
        for words, query in UNSAFE:
            cursor.execute(query)
            if cursor.fetchone():
                found.append(words)
        cursor.execute("select current_setting('server_version_num')::int >= 160000")
        inherits = "m.inherit_option" if cursor.fetchone()[0] else "me.rolinherit"
        cursor.execute(MEMBERSHIPS.format(inherits=inherits))
        for row in cursor.fetchall():
            found += _unsafe_membership(*row)
    return found


def _unsafe_membership(name: str, superuser: bool, bypasses: bool, creates_roles: bool, inherits: bool, administers: bool) -> list[str]:
    """Name what is unsafe about belonging to one role."""
    if name not in set(Kind):
        return [f"is a member of {name}"]
    found = [f"inherits the rights of {name}"] if inherits else []
    if superuser or bypasses or creates_roles:
        found.append(f"may become {name}, which has rights of an administrator")
    if administers:
        found.append(f"may give {name} to others")
    return found
