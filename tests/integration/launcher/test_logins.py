"""bootstrap_roles: two logins, six kinds, one database, and nothing more for the application than it needs."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from core.roles import Login, RoleProblem, prepare, unsafe_rights
from core.scope import Kind
from rasso.launcher.postgres import Cluster, candidates, unprivileged, version_of
from rasso.launcher.process import Children

MAJORS = [15, 18]


@pytest.fixture(scope="module", params=MAJORS)
def server(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A new server of the oldest and of the newest version, where they are here."""
    run_as = unprivileged()
    found = [folder for folder in candidates() if version_of(folder, run_as) == request.param]
    if not found:
        pytest.skip(f"no PostgreSQL {request.param} here")
    room = Path(tempfile.mkdtemp(prefix="rasso-test-"))
    cluster, children = Cluster(room / "postgres", False, run_as, room / "logs", (found[0],)), Children(room / "run")
    try:
        cluster.start(children)
        yield cluster
    finally:
        children.stop_all()
        shutil.rmtree(room, ignore_errors=True)


def urls(server: Cluster, database: str) -> tuple[str, str, str]:
    """Return the administrator's, the owner's and the application's address."""
    owner, application = server.url("rasso_owner", database), server.url("rasso_app", database)
    return server.admin_url, owner.replace("@", ":own%20er@"), application.replace("@", ":p%27w@")


def rights(server: Cluster, url: str) -> list[str]:
    """Return what the login may do beyond its need."""
    with psycopg.connect(url) as connection:
        return unsafe_rights(connection)


def run(server: Cluster, statement: str, database: str = "postgres") -> None:
    """Run a statement as the administrator."""
    with psycopg.connect(make_conninfo(server.admin_url, dbname=database), autocommit=True) as admin:
        admin.execute(statement)


def test_prepares_once_and_again(server: Cluster) -> None:
    """The first time makes everything, the second changes nothing; the application has no right to spare."""
    admin, owner, application = urls(server, "first")
    done = prepare(admin, owner, application)
    assert "database first created" in done
    assert prepare(admin, owner, application) == []
    assert rights(server, application) == []
    assert {"may create databases", "owns the database"} <= set(rights(server, owner))
    assert "own" not in "".join(done).replace("owner", "")
    assert "p'w" not in "".join(done)
    log = (server.logs / "postgres.log").read_text(encoding="utf-8")
    assert "own er" not in log
    assert "p'w" not in log


def test_kinds_are_taken_on_not_inherited(server: Cluster) -> None:
    """The application sees a table only as the kind that may; the owner makes tables, the application none."""
    admin, owner, application = urls(server, "kinds")
    prepare(admin, owner, application)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("create table facts (id int)")
        connection.execute("grant select on facts to rasso_police")
    with psycopg.connect(application) as connection:
        for kind in Kind:
            connection.execute("select set_config('role', %s, true)", [kind.value])
        connection.execute("select set_config('role', 'rasso_police', true)")
        connection.execute("select * from facts")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from facts")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table mine (id int)")


def test_owner_can_make_and_use_a_test_database(server: Cluster) -> None:
    """The tests' database is the owner's own, and tables can be made in it."""
    prepare(*urls(server, "whole"))
    owner = urls(server, "whole")[1]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("create database test_whole")
    with psycopg.connect(make_conninfo(owner, dbname="test_whole"), autocommit=True) as connection:
        connection.execute("create table facts (id int)")
        connection.execute("create extension pg_trgm")
    run(server, "drop database test_whole")


UNSAFE = {
    "superuser": ("alter role rasso_app superuser", "is a superuser", True),
    "bypassrls": ("alter role rasso_app bypassrls", "bypasses row-level security", True),
    "createrole": ("alter role rasso_app createrole", "may create roles", True),
    "createdb": ("alter role rasso_app createdb", "may create databases", True),
    "replication": ("alter role rasso_app replication", "may replicate", True),
    "reads everything": ("grant pg_read_all_data to rasso_app", "is a member of pg_read_all_data", False),
    "is the owner too": ("grant rasso_owner to rasso_app", "is a member of rasso_owner", False),
    "owns a table": ("create table hers (id int); alter table hers owner to rasso_app", "owns tables", False),
    "owns the database": ("alter database faults owner to rasso_app", "owns the database", True),
    "creates objects": ("grant create on schema public to rasso_app", "may create objects in the public schema", True),
    "a kind above the policies": ("alter role rasso_system bypassrls", "may become rasso_system", True),
    "gives kinds away": ("grant rasso_isva to rasso_app with admin option", "may give rasso_isva to others", False),
}


@pytest.mark.parametrize(("statement", "named", "corrected"), UNSAFE.values(), ids=UNSAFE.keys())
def test_each_right_too_many_is_named(server: Cluster, statement: str, named: str, corrected: bool) -> None:
    """What the application should not have is named; preparing again takes back what roles and ownership say."""
    admin, owner, application = urls(server, "faults")
    prepare(admin, owner, application)
    run(server, statement, "faults")
    assert any(found.startswith(named) for found in rights(server, application))
    if corrected:
        prepare(admin, owner, application)
        assert rights(server, application) == []
    run(server, "drop table if exists hers", "faults")
    run(
        server,
        "revoke pg_read_all_data from rasso_app; revoke rasso_owner from rasso_app; revoke admin option for rasso_isva from rasso_app",
    )


def test_inherited_kind_is_named_and_taken_back(server: Cluster) -> None:
    """Inheriting would give every kind's rights at once."""
    admin, owner, application = urls(server, "inherits")
    prepare(admin, owner, application)
    run(server, "alter role rasso_app inherit")
    if "inherit" in " ".join(rights(server, application)):  # before PostgreSQL 16 the login decides, since then the grant
        assert "inherits the rights of rasso_police" in rights(server, application)
    prepare(admin, owner, application)
    assert rights(server, application) == []


def test_administrator_who_is_no_superuser(server: Cluster) -> None:
    """CREATEROLE and CREATEDB are enough on a server that somebody else runs."""
    run(server, "drop role if exists deputy")
    run(server, "create role deputy login createrole createdb")
    owner = server.url("other_owner", "deputised")
    application = server.url("other_app", "deputised")
    if int(server.data.joinpath("PG_VERSION").read_text(encoding="ascii")) >= 16:
        for kind in Kind:
            run(server, f"do $$ begin create role {kind} nologin noinherit; exception when duplicate_object then null; end $$")
            run(server, f"grant {kind} to deputy with admin option")
    prepare(server.url("deputy", "postgres"), owner, application)
    assert rights(server, application) == []
    prepare(server.url("deputy", "postgres"), owner, application)


def test_odd_names_are_quoted(server: Cluster) -> None:
    """A name is a name, whatever is in it."""
    odd = server.url('x"; drop role rasso_app; --', 'd"b'), server.url("App'lication", 'd"b')
    prepare(server.admin_url, *odd)
    assert rights(server, odd[1]) == []


@pytest.mark.parametrize(
    ("owner", "application", "words"),
    [
        ("postgresql://one@/db", "postgresql://one@/db", "two logins"),
        ("postgresql://one@/db", "postgresql://two@/other", "same database"),
    ],
)
def test_contradicting_addresses_are_refused(owner: str, application: str, words: str) -> None:
    """Nothing is touched when the addresses cannot both be meant."""
    with pytest.raises(RoleProblem, match=words):
        prepare("postgresql://nobody@/none", owner, application)


def test_the_administrator_cannot_be_the_application(server: Cluster) -> None:
    """Otherwise preparing would take the administrator's own rights away."""
    with pytest.raises(RoleProblem, match="administrator"):
        prepare(server.admin_url, server.url("rasso_owner", "db"), server.url("postgres", "db"))


@pytest.mark.parametrize("url", ["postgresql://h/db", "postgresql://user@h", "no address"])
def test_addresses_that_cannot_be_read(url: str) -> None:
    """The complaint never holds the address, which has a password in it."""
    with pytest.raises(ValueError, match="database address") as refused:
        Login.of(url)
    assert url not in str(refused.value)
    assert "secret" not in repr(Login("name", "secret", "db"))
