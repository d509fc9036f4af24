"""Making, copying and dropping test databases. The owner makes them; the application's login only uses them."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo


@dataclass(frozen=True, slots=True)
class Names:
    """A worker's database and the migrated one that all of its run are copied from."""

    database: str
    template: str


RUN = "RASSO_TEST_RUN"
"""The variable of the environment that names a run of the tests: its workers share what is made once."""


def names_of(worker: str) -> Names:
    """Return the names for one worker of the run. A template that is kept is every later run's too."""
    base = str(connections["default"].settings_dict.setdefault("RASSO_NAME", connections["default"].settings_dict["NAME"]))
    shared = f"test_{base}_{_fingerprint()}" if kept() else f"test_{base}_{os.environ[RUN]}"
    return Names(f"test_{base}_{worker}", shared)


def create(worker: str) -> Names:
    """Make the worker's database, a copy of the template, and point both logins at it."""
    names = names_of(worker)
    _maintain("DROP DATABASE IF EXISTS {}", names.database)
    with _one_at_a_time():
        if not _exists(names.template):
            _make(names.template, _migrate)
        _copy(names.template, names.database)
    point_at(names.database)
    return names


def demonstrated(worker: str, demonstrate: Callable[[str], None]) -> str:
    """Return the template of the demonstration; the first who asks makes it from the migrated one by `demonstrate`."""
    template = names_of(worker).template
    with _one_at_a_time():
        if not _exists(f"{template}_shown"):
            _make(f"{template}_shown", demonstrate, "TEMPLATE " + template)
    return f"{template}_shown"


def kept() -> bool:
    """Say whether the migrated template is kept between runs (RASSO_KEEP_TEST_TEMPLATE=1, for working on one test)."""
    return os.environ.get("RASSO_KEEP_TEST_TEMPLATE") == "1"


def _make(template: str, fill: Callable[[str], None], like: str = "") -> None:
    """Make a template under another name first, so that one that stands is always whole."""
    making = f"{template}_making"
    _maintain("DROP DATABASE IF EXISTS {}", making)
    _maintain("CREATE DATABASE {} " + like, making)
    fill(making)
    _maintain("ALTER DATABASE {} RENAME TO " + template, making)


def _migrate(name: str) -> None:
    """Migrate a new database as the owner."""
    point_at(name)
    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    close()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one process of all that use this server make or copy a template. The lock ends with its session, whatever ends that."""
    with _outside() as maintenance:
        maintenance.execute("SELECT pg_advisory_lock(hashtext('the templates of the tests'))")
        yield


@cache
def _fingerprint() -> str:
    """Return a short hash over every migration of the project, as this session found them: another set is another template."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def drop(names: Names) -> None:
    """Drop the worker's database."""
    close()
    _maintain("DROP DATABASE IF EXISTS {}", names.database)


def drop_templates() -> None:
    """Drop what the workers of a run shared, when all of them have ended. A server that is not there has kept nothing."""
    if "owner" not in connections:
        return
    template = names_of("").template
    with suppress(psycopg.OperationalError):
        for name in (template, f"{template}_making", f"{template}_shown", f"{template}_shown_making"):
            _maintain("DROP DATABASE IF EXISTS {}", name)


@contextmanager
def copy(worker: str) -> Iterator[str]:
    """Point both logins at a fresh copy for the length of the block, then at the session's database again."""
    names, name = names_of(worker), f"{names_of(worker).database}_copy"
    close()
    _maintain("DROP DATABASE IF EXISTS {}", name)
    _copy(names.template, name)
    point_at(name)
    try:
        yield name
    finally:
        close()
        point_at(names.database)
        _maintain("DROP DATABASE IF EXISTS {}", name)


@contextmanager
def separate(worker: str, purpose: str, template: str) -> Iterator[str]:
    """Make a fresh copy for processes of their own (a server, a worker) and drop it after; this process keeps its database."""
    name = f"{names_of(worker).database}_{purpose}"
    _maintain("DROP DATABASE IF EXISTS {}", name)
    _copy(template, name)
    try:
        yield name
    finally:
        _maintain("DROP DATABASE IF EXISTS {}", name)


def point_at(name: str) -> None:
    """Let both logins use this database from their next connection on."""
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


def close() -> None:
    """Close both logins' connections of this thread."""
    for alias in ("default", "owner"):
        connections[alias].close()


def _copy(source: str, name: str) -> None:
    _maintain("CREATE DATABASE {} TEMPLATE " + source, name)


def _exists(name: str) -> bool:
    with _outside() as maintenance:
        return maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _maintain(statement: str, name: str) -> None:
    """Run one statement about a database, as the owner, from outside it."""
    for left in reversed(range(100)):
        try:
            with _outside() as maintenance:
                maintenance.execute(sql.SQL(statement).format(sql.Identifier(name)))
            return
        except psycopg.errors.ObjectInUse:
            if not left:
                raise
            _end_sessions(name)
            time.sleep(0.1)


def _end_sessions(name: str) -> None:
    """End what threads of a test left open. The owner may not end the application's sessions; the application may."""
    with _login("default", name) as own:
        mine = "datname = %s AND usename = current_user AND pid <> pg_backend_pid()"
        own.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}", [name])


def _outside() -> psycopg.Connection[Any]:
    """Return the owner's connection to the server, not to the database worked on."""
    return _login("owner", "postgres")


def _login(alias: str, name: str) -> psycopg.Connection[Any]:
    """Return a connection of one of the two logins to a database."""
    settings = connections[alias].settings_dict
    keep = {key: str(settings[key.upper()]) for key in ("host", "port", "user", "password") if settings.get(key.upper())}
    if "host" not in keep:
        raise RuntimeError("the database address names no host: tests never fall back to whatever server the machine has")
    return psycopg.connect(make_conninfo(dbname=name, **keep), autocommit=True)
