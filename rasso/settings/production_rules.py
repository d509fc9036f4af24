"""What production refuses to start with. Pure reading of the environment, before any other setting is looked at."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from rasso import env

ROLES = {"web", "worker", "beat", "migrate"}
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
LOCAL_FIELD_KEY = "bG9jYWwtZGV2ZWxvcG1lbnQta2V5LTMyLWJ5dGVzISE="
NOT_SECRET = ("not-for-production", "django-insecure", "change-me", "changeme")
MISSING = ""


def refuse() -> None:
    """Raise ImproperlyConfigured naming everything that is missing or unsafe; do nothing when all is well."""
    if problems := list(all_problems()):
        raise ImproperlyConfigured("Production settings refuse to start:\n" + "\n".join(f"  - {problem}" for problem in problems))


def all_problems() -> Iterator[str]:
    """Name each thing that is missing or unsafe, one sentence each, no secret in any."""
    yield from role_problems()
    yield from secret_key_problems(env.text("RASSO_SECRET_KEY", MISSING), "RASSO_SECRET_KEY")
    for key in env.listing("RASSO_SECRET_KEY_FALLBACKS"):
        yield from secret_key_problems(key, "RASSO_SECRET_KEY_FALLBACKS")
    yield from field_keys_problems(env.listing("RASSO_FIELD_KEYS"))
    yield from hosts_problems(env.listing("RASSO_ALLOWED_HOSTS"))
    yield from database_problems("DATABASE_URL", env.text("DATABASE_URL", MISSING))
    yield from redis_problems(env.text("REDIS_URL", MISSING))
    yield from switch_problems()
    yield from email_problems()


def role_problems() -> Iterator[str]:
    """What this process is, and whether it may hold the owner's login."""
    role, owner = env.text("RASSO_ROLE", "web"), env.text("DATABASE_OWNER_URL", MISSING)
    if role not in ROLES:
        yield f"RASSO_ROLE must be one of {', '.join(sorted(ROLES))}, not {role!r}."
    if role == "migrate":
        yield from database_problems("DATABASE_OWNER_URL", owner)
    elif owner:
        yield "DATABASE_OWNER_URL is set. Only the migrate job may hold the owner's login (RASSO_ROLE=migrate)."


def secret_key_problems(key: str, name: str) -> Iterator[str]:
    """A signing key must be long and nobody's example."""
    if not key:
        yield f"{name} is not set."
    elif any(words in key.lower() for words in NOT_SECRET):
        yield f"{name} is an example, not a secret."
    elif len(key) < 50 or len(set(key)) < 10:
        yield f"{name} is too short or too regular: at least 50 random characters."


def field_keys_problems(entries: list[str]) -> Iterator[str]:
    """Keys of encrypted fields: "id:base64 of 32 bytes", ids once each, none of them the local example."""
    if not entries:
        yield "RASSO_FIELD_KEYS is not set."
    ids = [entry.partition(":")[0] for entry in entries]
    if len(set(ids)) != len(ids):
        yield "RASSO_FIELD_KEYS uses one id twice."
    for number, entry in enumerate(entries, start=1):
        name, colon, encoded = entry.partition(":")
        if encoded == LOCAL_FIELD_KEY:
            yield f"RASSO_FIELD_KEYS, entry {number}, is the local example, not a secret."
            continue
        key = _decoded(encoded)
        if not name or not colon or key is None or len(key) != 32:
            yield f"RASSO_FIELD_KEYS, entry {number}, is malformed: it must be an id, a colon and 32 bytes in base64."
        elif len(set(key)) < 10:
            yield f"RASSO_FIELD_KEYS, entry {number}, is too regular to be a secret."


def _decoded(encoded: str) -> bytes | None:
    """Return what the base64 holds, or None when it is not base64."""
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None


def hosts_problems(hosts: list[str]) -> Iterator[str]:
    """The names we answer to, each in full."""
    if not hosts:
        yield "RASSO_ALLOWED_HOSTS is not set: it lists the host names that the service answers to."
    if any("*" in host for host in hosts):
        yield "RASSO_ALLOWED_HOSTS holds '*': every name must be written in full."


def database_problems(name: str, url: str) -> Iterator[str]:
    """PostgreSQL, by a socket or this machine, or else by TLS with the server's name verified."""
    if not url:
        yield f"{name} is not set."
        return
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:  # what the parser says may hold the password
        yield f"{name} cannot be read as a database address."
        return
    options = parsed.get("OPTIONS", {})
    hosts = [
        host for given in (parsed.get("HOST"), options.get("host"), options.get("hostaddr")) if given for host in str(given).split(",")
    ]
    if not str(parsed.get("ENGINE", "")).endswith("postgresql"):
        yield f"{name} must be a PostgreSQL address."
    elif not hosts:
        yield f"{name} names no server."
    elif not all(host.startswith("/") or host in LOCAL_HOSTS for host in hosts) and options.get("sslmode") != "verify-full":
        yield f"{name} must use TLS and verify the server's name (sslmode=verify-full) unless the server is on this machine."


def redis_problems(url: str) -> Iterator[str]:
    """Redis or Valkey on this machine, or else by TLS and with a password."""
    if not url:
        yield "REDIS_URL is not set."
        return
    try:
        parts = urlsplit(url)
        host, password = parts.hostname or "", parts.password
    except ValueError:
        yield "REDIS_URL cannot be read."
        return
    if parts.scheme not in {"redis", "rediss"} or not host:
        yield "REDIS_URL must begin with redis:// or rediss:// and name a server."
    elif host not in LOCAL_HOSTS:
        if not password:
            yield "REDIS_URL has no password."
        if parts.scheme != "rediss" or parse_qs(parts.query).get("ssl_cert_reqs", ["required"]) != ["required"]:
            yield "REDIS_URL must use TLS and verify the server (rediss://) unless the server is on this machine."


def switch_problems() -> Iterator[str]:
    """Switches that belong on a local machine only."""
    if env.flag("RASSO_DEMO"):
        yield "RASSO_DEMO is on: the demonstration's sign-ins are public."
    if env.flag("RASSO_DEBUG"):
        yield "RASSO_DEBUG is on."


def email_problems() -> Iterator[str]:
    """Reminders need a way out."""
    for name in ("RASSO_EMAIL_HOST", "RASSO_EMAIL_FROM"):
        if not env.text(name, MISSING):
            yield f"{name} is not set."
    if not env.flag("RASSO_EMAIL_TLS", default=True) and env.text("RASSO_EMAIL_HOST", MISSING) not in LOCAL_HOSTS:
        yield "RASSO_EMAIL_TLS is off and the e-mail host is not on this machine."
