"""Which process is which: one launcher at a time, and what an interrupted one left behind.

A process number alone says little, because numbers are used again. A record therefore keeps the moment the process
started, and every child carries a mark in its environment that its own children inherit.
"""

import fcntl
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

MARK = "RASSO_LAUNCH"
PROC = Path("/proc")


def identity(pid: int) -> str | None:
    """Return what tells this process from a later one with the same number; None when it has ended (or only waits to be reaped)."""
    if not (PROC / "self" / "stat").exists():
        return _identity_by_ps(pid)
    try:
        fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        boot = (PROC / "sys" / "kernel" / "random" / "boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return None if fields[0] in {"Z", "X"} else f"{boot}:{fields[19]}"


def _identity_by_ps(pid: int) -> str | None:
    """Return the start time that ps gives, where there is no /proc."""
    told = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, started = told.stdout.strip().partition(" ")
    return None if told.returncode or state.startswith("Z") else started.strip()


@dataclass(frozen=True)
class Record:
    """One child as written down: enough to find it again, and to be sure that it is the same one."""

    name: str
    pid: int
    started: str
    mark: str
    stop_signal: int
    patience: float

    def write(self, folder: Path) -> None:
        """Keep the record where the next run looks for it."""
        (folder / f"{self.name}.json").write_text(json.dumps(asdict(self)), encoding="utf-8")

    def living(self) -> set[int]:
        """Return the numbers of the processes that are left of this child: itself and whatever carries its mark."""
        found = _marked(self.mark)
        if identity(self.pid) == self.started:
            found.add(self.pid)
        return found


def _marked(mark: str) -> set[int]:
    """Return the processes with this mark in their environment (Linux only; elsewhere none)."""
    wanted = f"{MARK}={mark}".encode()
    found = set()
    for entry in PROC.glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        pid = int(entry.name)
        if wanted in environment and pid != os.getpid() and identity(pid):
            found.add(pid)
    return found


def clear(folder: Path) -> list[str]:
    """Stop whatever an interrupted launcher left behind, and return the names. Only for the holder of the lock."""
    cleared = []
    for file in sorted(folder.glob("*.json")):
        record = _read(file)
        if record and record.living():
            cleared.append(record.name)
            _stop(record)
        file.unlink(missing_ok=True)
    return cleared


def _read(file: Path) -> Record | None:
    """Return the record, or None when it was cut short while being written."""
    try:
        return Record(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None


def _stop(record: Record) -> None:
    """Ask the leader to end in its own way, give it its time, then end whatever is left."""
    if identity(record.pid) == record.started:
        _send(record.pid, record.stop_signal)
    until = time.monotonic() + record.patience
    while record.living() and time.monotonic() < until:
        time.sleep(0.05)
    for pid in record.living():
        _send(pid, signal.SIGKILL)
    until = time.monotonic() + 5
    while record.living() and time.monotonic() < until:
        time.sleep(0.05)


def _send(pid: int, number: int) -> None:
    """Send a signal to a process that may have ended in the meantime."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


class Busy(Exception):
    """Another launcher holds this folder; `about` is what it wrote about itself."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


class Lock:
    """Held by one launcher at a time, and let go by the system however that launcher ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self, *, wait: bool = False) -> None:
        """Take the lock, waiting for it if wanted. Raises Busy, with what the holder wrote, when somebody has it."""
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            about = file.read().strip()
            file.close()
            raise Busy(about) from None
        self._file = file
        self.write("")

    def write(self, about: str) -> None:
        """Say to whoever finds the lock taken who we are."""
        if self._file:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(about)
            self._file.flush()

    def release(self) -> None:
        """Let go."""
        if self._file:
            self.write("")
            self._file.close()
            self._file = None
