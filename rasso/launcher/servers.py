"""The servers that everything else needs: the project's own, unless the environment names others."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.roles import prepare
from rasso.launcher import secrets
from rasso.launcher.postgres import Cluster, unprivileged
from rasso.launcher.process import Children
from rasso.launcher.steps import Steps, say
from rasso.launcher.valkey import Valkey

DATABASE = "rasso"
OWNER = "rasso_owner"
APPLICATION = "rasso_app"


@dataclass(frozen=True)
class Addresses:
    """Where the servers are. The administrator's address is blank when somebody else looks after the server."""

    application: str
    owner: str
    admin: str
    redis: str

    def served(self) -> dict[str, str]:
        """Return what web, worker and beat are told: never the owner's login."""
        return {"DATABASE_URL": self.application, "REDIS_URL": self.redis}

    def everything(self) -> dict[str, str]:
        """Return what management commands and tests are told."""
        admin = {"DATABASE_ADMIN_URL": self.admin} if self.admin else {}
        return {**self.served(), "DATABASE_OWNER_URL": self.owner, **admin}


@dataclass(frozen=True)
class Place:
    """Where the servers keep their files, and whether these are meant to last."""

    folder: Path
    logs: Path
    durable: bool

    def valkey_password(self) -> str:
        """Return Valkey's password: kept when the place lasts, new when it is thrown away."""
        return secrets.keep(self.folder / "secrets" / "valkey_password", secrets.password) if self.durable else secrets.password()


def start(children: Children, place: Place, steps: Steps, given: Mapping[str, str]) -> Addresses:
    """Start what the environment does not name, prepare the database's logins, and return all addresses."""
    application, owner, admin = _postgres(children, place, steps, given)
    redis = given.get("REDIS_URL", "")
    if not redis:
        with steps.step("Valkey", "starts on a free port of 127.0.0.1, behind a password, keeping nothing on disk"):
            redis = Valkey(place.folder / "valkey", place.logs, place.valkey_password()).start(children)
    if admin:
        with steps.step("Database logins", "prepares the owner, the application and the kinds of user"):
            prepare(admin, owner, application)
    return Addresses(application, owner, admin, redis)


def _postgres(children: Children, place: Place, steps: Steps, given: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the application's, the owner's and the administrator's address, starting a server unless both logins are given."""
    application, owner = given.get("DATABASE_URL", ""), given.get("DATABASE_OWNER_URL", "")
    if application and owner:
        return application, owner, given.get("DATABASE_ADMIN_URL", "")
    if application or owner:
        say("    Only one of DATABASE_URL and DATABASE_OWNER_URL is set: it is left aside, the project starts its own PostgreSQL.")
    kept = f"with its data in {_short(place.folder / 'postgres')}" if place.durable else "with throw-away data"
    with steps.step("PostgreSQL", f"starts the project's own server on a private socket, {kept}"):
        cluster = Cluster(place.folder / "postgres", place.durable, unprivileged(), place.logs)
        if cluster.run_as.user is not None:
            _let_through(place.folder)
        cluster.start(children)
    return cluster.url(APPLICATION, DATABASE), cluster.url(OWNER, DATABASE), cluster.admin_url


def _let_through(folder: Path) -> None:
    """Let the server's user pass through our folders to its own; it can list nothing on the way."""
    for ours in (folder, *folder.parents):
        if ours.stat().st_uid == os.geteuid() and ".data" in ours.parts:
            ours.chmod(0o711)


def _short(path: Path) -> str:
    """Return a path as seen from where we are, if it is below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
