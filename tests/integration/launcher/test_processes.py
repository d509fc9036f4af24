"""Children under one parent: nothing outlives it for long, and the next run clears what does."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from rasso.launcher import process
from rasso.launcher.identity import Busy, Lock, Record, clear, identity
from rasso.launcher.process import Children, LauncherError, Spec
from rasso.launcher.test import with_servers

ROOT = Path(__file__).resolve().parents[3]
STUBBORN = "trap '' INT TERM; echo ready; while :; do sleep 0.1; done"
PARENT = """
import sys, time
from pathlib import Path
from rasso.launcher.process import Children, Spec
room = Path(sys.argv[1])
children = Children(room / "run")
environment = {"PATH": "/usr/bin:/bin"}
children.start(Spec("quiet", ["sh", "-c", "echo ready; exec sleep 60"], environment, room, room / "quiet.log"))
children.start(Spec("stubborn", ["sh", "-c", sys.argv[2]], environment, room, room / "stubborn.log", patience=0.5))
while not all("ready" in (room / f"{n}.log").read_text() if (room / f"{n}.log").exists() else False for n in ("quiet", "stubborn")):
    time.sleep(0.02)
print("started", flush=True)
time.sleep(60)
"""


def spec(room: Path, script: str, name: str = "child") -> Spec:
    """Return a child that runs a little shell script."""
    return Spec(name, ["sh", "-c", script], {"PATH": os.environ["PATH"]}, room, room / f"{name}.log", patience=0.5)


def wait_for(room: Path, words: str) -> None:
    """Wait until the child's log has these words."""
    until = time.monotonic() + 5
    while words not in process.last_lines(room / "child.log") and time.monotonic() < until:
        time.sleep(0.02)


def test_stopped_in_order_and_by_force_if_need_be(room: Path, children: Children) -> None:
    """A child that will not end is ended after its patience, with its own children."""
    child = children.start(spec(room, STUBBORN))
    wait_for(room, "ready")
    began = time.monotonic()
    children.stop_all()
    assert 0.4 < time.monotonic() - began < 3
    assert identity(child.process.pid) is None


def test_a_step_that_fails_shows_the_end_of_its_log(room: Path, children: Children) -> None:
    """The person sees why, not only that."""
    with pytest.raises(LauncherError, match=r"exit status 3[\s\S]*because of this"):
        children.run(spec(room, "echo because of this; exit 3"))


def test_restart_and_its_brake(room: Path, children: Children) -> None:
    """A child that ended is started again; one that keeps ending is not."""
    child = children.start(spec(room, "exit 1"))

    def again() -> None:
        nonlocal child
        while not child.ended():
            time.sleep(0.01)
        assert children.dead() is child
        child = children.restart(child)

    for _ in range(5):
        again()
    with pytest.raises(LauncherError, match="keeps ending"):
        again()


def test_parent_killed(room: Path) -> None:
    """kill -9 of the parent: what ends by itself does, what is left is found and cleared, and nothing else is touched."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(room), STUBBORN], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "started\n"
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    bystander = subprocess.Popen(["sleep", "30"])
    time.sleep(0.3)
    assert clear(room / "run") in (["stubborn"], ["quiet", "stubborn"])
    assert clear(room / "run") == []
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_number_used_again_is_nobody_of_ours(room: Path) -> None:
    """A record whose number now belongs to another process clears nothing."""
    (room / "run").mkdir()
    bystander = subprocess.Popen(["sleep", "30"])
    record = Record("old", bystander.pid, "another boot:1", "no such mark", signal.SIGKILL, 0.1)
    record.write(room / "run")
    replace(record, name="now", started=identity(bystander.pid) or "").write(room)
    assert clear(room / "run") == []
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_record_cut_short(room: Path) -> None:
    """A record that was being written when the power went is dropped."""
    (room / "half.json").write_text('{"name": "ha', encoding="utf-8")
    assert clear(room) == []
    assert not (room / "half.json").exists()


def test_one_launcher_at_a_time(room: Path) -> None:
    """The second one learns where the first one is."""
    first, second = Lock(room / "lock"), Lock(room / "lock")
    first.take()
    first.write("http://localhost:8000/")
    with pytest.raises(Busy, match="localhost:8000"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_servers_about_a_command(room: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """The command gets all addresses and its exit status is ours; nothing is left afterwards."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        script = 'case "$DATABASE_URL$DATABASE_OWNER_URL$REDIS_URL" in *rasso_app*rasso_owner*redis://*) exit 7; esac'
        assert with_servers(room, ["sh", "-c", script]) == 7
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert "PostgreSQL" in capfd.readouterr().out
    assert list((room / ".data" / "test").iterdir()) == []
