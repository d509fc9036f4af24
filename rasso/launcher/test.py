"""`make test`, and any command that needs servers: throw-away ones, stopped and removed afterwards."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from pathlib import Path

from rasso.launcher import servers
from rasso.launcher.identity import Busy, Lock, clear
from rasso.launcher.process import Children, LauncherError, StopAsked, end_with_parent, heed_signals, pause
from rasso.launcher.servers import Place
from rasso.launcher.steps import Steps, say

SETTINGS = "rasso.settings.test"


def test(root: Path, arguments: list[str]) -> int:
    """Run the tests with these arguments for pytest, and return pytest's exit status."""
    return with_servers(root, [sys.executable, "-m", "pytest", *arguments])


def with_servers(root: Path, command: list[str], *, quiet: bool = False) -> int:
    """Run a command with PostgreSQL and Valkey about it, and return its exit status."""
    folder, lock = _own_folder(root / ".data")
    heed_signals()
    children = Children(folder / "run")
    try:
        addresses = servers.start(children, Place(folder, folder / "logs", durable=False), Steps(quiet=quiet), os.environ)
        return _run(command, root, {**os.environ, **addresses.everything(), "DJANGO_SETTINGS_MODULE": SETTINGS})
    except StopAsked:
        return 130
    except LauncherError as error:
        say(str(error))
        return 1
    finally:
        children.stop_all()
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _own_folder(data: Path) -> tuple[Path, Lock]:
    """Return a new folder, locked, so that several runs can go on beside each other; clear up after interrupted ones."""
    data.mkdir(mode=0o700, exist_ok=True)
    (data / "test").mkdir(mode=0o700, exist_ok=True)
    one_at_a_time = Lock(data / "test.lock")
    one_at_a_time.take(wait=True)
    try:
        _sweep(data / "test")
        folder = data / "test" / uuid.uuid4().hex[:8]
        folder.mkdir(mode=0o700)
        lock = Lock(folder / "lock")
        lock.take()
        return folder, lock
    finally:
        one_at_a_time.release()


def _run(command: list[str], root: Path, environment: dict[str, str]) -> int:
    """Run the command in our own process group, so that Ctrl-C reaches it directly; pass on a request to end."""
    process = subprocess.Popen(command, cwd=root, env=environment, preexec_fn=lambda: end_with_parent(signal.SIGTERM))
    try:
        while process.poll() is None:
            pause(0.05)
    except StopAsked:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return 130
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def _sweep(folder: Path) -> None:
    """Stop and remove what interrupted runs left behind; leave alone those that still run."""
    for left in folder.glob("*"):
        lock = Lock(left / "lock")
        try:
            lock.take()
        except (Busy, OSError):
            continue
        clear(left / "run")
        lock.release()
        shutil.rmtree(left, ignore_errors=True)
