"""Children under one parent: started, watched, stopped in order, and gone when the parent is."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from rasso.launcher.identity import MARK, Record, identity

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5_000_000
_libc: Any = ctypes.CDLL(None, use_errno=True)
_asked_to_stop = threading.Event()


class LauncherError(Exception):
    """Something could not be started; the message is for the person at the keyboard."""


class StopAsked(Exception):
    """Ctrl-C or a termination signal arrived: leave, stopping what was started."""


def heed_signals() -> None:
    """From now on SIGINT, SIGTERM and SIGHUP ask for a stop instead of ending the process where it stands."""
    _asked_to_stop.clear()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: _asked_to_stop.set())


def pause(seconds: float) -> None:
    """Wait. Raises StopAsked as soon as a stop is asked for."""
    if _asked_to_stop.wait(seconds):
        raise StopAsked


def end_with_parent(number: int) -> None:
    """Have the system send this signal when our parent ends, however it ends (Linux; elsewhere the next run clears up)."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


@dataclass(frozen=True)
class RunAs:
    """As whom a child runs: as we are, as another id inside a user namespace, or as another user."""

    before_exec: Callable[[], None] | None = None
    user: int | None = None
    group: int | None = None

    def arguments(self) -> dict[str, Any]:
        """Return the arguments for subprocess."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}


AS_WE_ARE = RunAs()


@dataclass(frozen=True)
class Spec:
    """How to start a child and how to stop it. Children of a higher stage are stopped first, those of one stage together."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    log: Path
    stage: int = 2
    stop_signal: int = signal.SIGTERM
    patience: float = 15.0
    echo: bool = False
    typed: str | None = None
    run_as: RunAs = AS_WE_ARE
    before_restart: Callable[[], None] | None = None


@dataclass
class Child:
    """A child that was started."""

    spec: Spec
    process: subprocess.Popen[bytes]
    pump: threading.Thread
    record: Path
    restarts: list[float] = field(default_factory=list)

    def ended(self) -> bool:
        """Say whether it has ended, leaving its number taken until `reap`, so that nothing else can be meant by it."""
        if self.process.returncode is not None:
            return True
        try:
            return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True

    def reap(self) -> int:
        """Take away what is left of it and of its process group, and return its exit status."""
        if self.process.returncode is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        status = self.process.wait()
        self.pump.join(timeout=2)
        self.record.unlink(missing_ok=True)
        return status

    def last_lines(self, count: int = 25) -> str:
        """Return the end of its log."""
        return last_lines(self.spec.log, count)


def last_lines(log: Path, count: int = 25) -> str:
    """Return the end of a log, or a blank text when there is none."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


class Children:
    """Everything this launcher has started. Start from the main thread only: the system ties a child to the thread that made it."""

    def __init__(self, records: Path) -> None:
        records.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._records = records
        self._children: list[Child] = []

    def start(self, spec: Spec) -> Child:
        """Start a child in a session of its own, so that Ctrl-C reaches the parent alone and the parent keeps the order."""
        mark = uuid.uuid4().hex
        process = _popen(spec, mark)
        started = identity(process.pid) or ""
        Record(spec.name, process.pid, started, mark, spec.stop_signal, spec.patience).write(self._records)
        if spec.typed is not None and process.stdin:
            process.stdin.write(spec.typed.encode())
            process.stdin.close()
        assert process.stdout is not None
        pump = threading.Thread(target=_pump, args=(process.stdout, spec), daemon=True)
        pump.start()
        child = Child(spec, process, pump, self._records / f"{spec.name}.json")
        self._children.append(child)
        return child

    def run(self, spec: Spec) -> None:
        """Run a child to its end. Raises LauncherError with the end of its log when it fails."""
        child = self.start(spec)
        while not child.ended():
            pause(0.03)
        self._children.remove(child)
        if status := child.reap():
            raise LauncherError(f"{spec.name} failed (exit status {status}). The end of {spec.log.name}:\n{child.last_lines()}")

    def forget(self, child: Child) -> None:
        """End one child at once and know nothing of it any more."""
        self._children.remove(child)
        child.reap()

    def dead(self) -> Child | None:
        """Return a child that has ended by itself, if there is one."""
        return next((child for child in self._children if child.ended()), None)

    def restart(self, child: Child) -> Child:
        """Start a child again that has ended. Raises LauncherError when it ended five times within a minute."""
        self._children.remove(child)
        status = child.reap()
        now = time.monotonic()
        recent = [*(moment for moment in child.restarts if now - moment < 60), now]
        if len(recent) > 5:
            raise LauncherError(f"{child.spec.name} keeps ending (exit status {status}). The end of its log:\n{child.last_lines()}")
        if child.spec.before_restart:
            child.spec.before_restart()
        again = self.start(child.spec)
        again.restarts = recent
        return again

    def stop_all(self) -> None:
        """Stop every child, the highest stage first; each has its patience, and is then ended."""
        for stage in sorted({child.spec.stage for child in self._children}, reverse=True):
            together = [child for child in self._children if child.spec.stage == stage]
            for child in together:
                if not child.ended():
                    os.kill(child.process.pid, child.spec.stop_signal)
            for child in together:
                _wait_until_ended(child)
                child.reap()
                self._children.remove(child)


def _wait_until_ended(child: Child) -> None:
    """Wait for as long as the child may take. Signals do not cut this short: we are stopping already."""
    until = time.monotonic() + child.spec.patience
    while not child.ended() and time.monotonic() < until:
        time.sleep(0.02)


def _popen(spec: Spec, mark: str) -> subprocess.Popen[bytes]:
    """Start the process with its mark, tied to our life."""
    parent = os.getpid()

    def before_exec() -> None:
        if spec.run_as.before_exec:
            spec.run_as.before_exec()
        end_with_parent(spec.stop_signal)  # last: the system forgets it when the user changes
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        spec.command,
        env={**spec.environment, MARK: mark},
        cwd=spec.folder,
        stdin=subprocess.DEVNULL if spec.typed is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=before_exec,  # nothing but system calls in it
        **spec.run_as.arguments(),
    )


def _pump(stream: IO[bytes], spec: Spec) -> None:
    """Copy what a child says to its log and, if wanted, to standard error with the child's name in front."""
    spec.log.parent.mkdir(parents=True, exist_ok=True)
    if spec.log.exists() and spec.log.stat().st_size > LOG_LIMIT:
        spec.log.replace(spec.log.with_suffix(".old"))
    with spec.log.open("ab", buffering=0) as log, stream:
        for line in stream:
            log.write(line)
            if spec.echo:
                try:
                    sys.stderr.write(f"{spec.name:<7}| {line.decode(errors='replace')}")
                except (OSError, ValueError):
                    continue
