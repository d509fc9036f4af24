"""Production settings refuse to start, naming the thing, on anything missing or unsafe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQR"
FIELD_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
COMPLETE = {
    "RASSO_SECRET_KEY": KEY,
    "RASSO_FIELD_KEYS": f"k1:{FIELD_KEY}",
    "RASSO_ALLOWED_HOSTS": "case-tracker.example",
    "DATABASE_URL": "postgresql://rasso_app:p@db.example/rasso?sslmode=verify-full",
    "REDIS_URL": "rediss://:p@cache.example:6379/0",
    "RASSO_EMAIL_HOST": "mail.example",
    "RASSO_EMAIL_FROM": "case-tracker@case-tracker.example",
}
UNSAFE = {
    "no signing key": ({"RASSO_SECRET_KEY": None}, "RASSO_SECRET_KEY is not set"),
    "a short signing key": ({"RASSO_SECRET_KEY": "short"}, "RASSO_SECRET_KEY is too short"),
    "the local signing key": ({"RASSO_SECRET_KEY": "not-for-production-only-for-a-local-machine"}, "RASSO_SECRET_KEY is an example"),
    "a short former signing key": ({"RASSO_SECRET_KEY_FALLBACKS": "short"}, "RASSO_SECRET_KEY_FALLBACKS is too short"),
    "no field keys": ({"RASSO_FIELD_KEYS": None}, "RASSO_FIELD_KEYS is not set"),
    "the local field key": ({"RASSO_FIELD_KEYS": "k1:bG9jYWwtZGV2ZWxvcG1lbnQta2V5LTMyLWJ5dGVzISE="}, "entry 1, is the local example"),
    "a field key without an id": ({"RASSO_FIELD_KEYS": FIELD_KEY}, "entry 1, is malformed"),
    "a second field key that is too short": ({"RASSO_FIELD_KEYS": f"k1:{FIELD_KEY},k2:AAEC"}, "entry 2, is malformed"),
    "a field key of one letter": ({"RASSO_FIELD_KEYS": f"k1:{'A' * 43}="}, "entry 1, is too regular"),
    "one field key id twice": ({"RASSO_FIELD_KEYS": f"k1:{FIELD_KEY},k1:{FIELD_KEY}"}, "uses one id twice"),
    "no hosts": ({"RASSO_ALLOWED_HOSTS": None}, "RASSO_ALLOWED_HOSTS is not set"),
    "every host": ({"RASSO_ALLOWED_HOSTS": "case-tracker.example,*"}, "RASSO_ALLOWED_HOSTS holds '*'"),
    "no database": ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
    "a database without TLS": ({"DATABASE_URL": "postgresql://a:p@db.example/rasso"}, "DATABASE_URL must use TLS"),
    "TLS that verifies no name": ({"DATABASE_URL": "postgresql://a:p@db.example/r?sslmode=require"}, "DATABASE_URL must use TLS"),
    "TLS said twice": ({"DATABASE_URL": "postgresql://a:p@db.example/r?sslmode=verify-full&sslmode=disable"}, "DATABASE_URL must use TLS"),
    "a second server elsewhere": ({"DATABASE_URL": "postgresql://a:p@localhost/r?hostaddr=192.0.2.1"}, "DATABASE_URL must use TLS"),
    "a database with no server": ({"DATABASE_URL": "postgresql://a:p@/rasso"}, "DATABASE_URL names no server"),
    "another database": ({"DATABASE_URL": "sqlite:///rasso.db"}, "DATABASE_URL must be a PostgreSQL address"),
    "no address at all": ({"DATABASE_URL": "rasso"}, "DATABASE_URL cannot be read"),
    "the owner's login in web": ({"DATABASE_OWNER_URL": "postgresql://o:p@db.example/r"}, "DATABASE_OWNER_URL is set"),
    "migrating without an owner": ({"RASSO_ROLE": "migrate"}, "DATABASE_OWNER_URL is not set"),
    "an unknown role": ({"RASSO_ROLE": "boss"}, "RASSO_ROLE must be one of"),
    "no broker": ({"REDIS_URL": None}, "REDIS_URL is not set"),
    "a broker without TLS": ({"REDIS_URL": "redis://:p@cache.example:6379/0"}, "REDIS_URL must use TLS"),
    "a broker that is not verified": ({"REDIS_URL": "rediss://:p@cache.example/0?ssl_cert_reqs=none"}, "REDIS_URL must use TLS"),
    "a broker without a password": ({"REDIS_URL": "rediss://cache.example:6379/0"}, "REDIS_URL has no password"),
    "a broker of another kind": ({"REDIS_URL": "memory://"}, "REDIS_URL must begin with"),
    "the demonstration": ({"RASSO_DEMO": "1"}, "RASSO_DEMO is on"),
    "debugging": ({"RASSO_DEBUG": "yes"}, "RASSO_DEBUG is on"),
    "a switch that is neither on nor off": ({"RASSO_DEMO": "perhaps"}, "RASSO_DEMO must be 1 or 0"),
    "no e-mail server": ({"RASSO_EMAIL_HOST": None}, "RASSO_EMAIL_HOST is not set"),
    "no sender": ({"RASSO_EMAIL_FROM": None}, "RASSO_EMAIL_FROM is not set"),
    "e-mail in clear": ({"RASSO_EMAIL_TLS": "0"}, "RASSO_EMAIL_TLS is off"),
    "a secret file that is not there": ({"REDIS_URL": None, "REDIS_URL_FILE": "/nonexistent/redis_url"}, "REDIS_URL_FILE names a file"),
}  # fmt: skip
SAFE = {
    "complete": {},
    "a socket": {"DATABASE_URL": "postgresql://rasso_app@/rasso?host=/run/postgresql"},
    "a socket as host": {"DATABASE_URL": "postgresql://rasso_app@%2Frun%2Fpostgresql/rasso"},
    "servers on this machine": {"DATABASE_URL": "postgresql://rasso_app:p@127.0.0.1/rasso", "REDIS_URL": "redis://localhost:6379/0"},
    "the migrate job": {"RASSO_ROLE": "migrate", "DATABASE_OWNER_URL": "postgresql://o:p@db.example/rasso?sslmode=verify-full"},
    "a worker": {"RASSO_ROLE": "worker"},
    "two field keys": {"RASSO_FIELD_KEYS": f"k2:{FIELD_KEY[::-1][1:]}=,k1:{FIELD_KEY}"},
}


def started(changes: dict[str, str | None], ask: str = "") -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process of their own, with the complete environment and these changes."""
    environment = {name: value for name, value in {**COMPLETE, **changes}.items() if value is not None}
    environment |= {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COVERAGE_PROCESS_START": ""}
    code = f"import rasso.settings.production as s\n{ask}"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("changes", "named"), UNSAFE.values(), ids=UNSAFE.keys())
def test_production_refuses(changes: dict[str, str | None], named: str) -> None:
    """Each unsafe thing stops the start and is named; no value that could be a secret is shown."""
    ended = started(changes)
    assert ended.returncode != 0
    assert "ImproperlyConfigured" in ended.stderr
    assert named in ended.stderr
    assert KEY not in ended.stderr
    assert FIELD_KEY not in ended.stderr
    assert ":p@" not in ended.stderr


@pytest.mark.parametrize("changes", SAFE.values(), ids=SAFE.keys())
def test_production_starts(changes: dict[str, str | None]) -> None:
    """What is safe starts."""
    assert started(changes).stderr == ""


def test_everything_wrong_is_named_at_once() -> None:
    """Nobody has to start ten times to learn of ten mistakes."""
    ended = started(dict.fromkeys(COMPLETE))
    for name in COMPLETE:
        assert f"{name} is not set" in ended.stderr


def test_cookies_and_transport() -> None:
    """Cookies are bound to the host and to TLS; browsers are told to stay with TLS for two years."""
    ask = (
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-') and s.CSRF_COOKIE_NAME.startswith('__Host-')\n"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY and s.SESSION_COOKIE_PATH == '/'\n"
        "assert not hasattr(s, 'SESSION_COOKIE_DOMAIN')\n"
        "assert (s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD) == (63072000, True, True)\n"
        "assert s.SECURE_SSL_REDIRECT and s.SECURE_PROXY_SSL_HEADER == ('HTTP_X_FORWARDED_PROTO', 'https')\n"
        "assert not s.DEBUG and not s.DEMO and s.SECOND_FACTOR_REQUIRED\n"
    )
    ended = started({"RASSO_PROXY_SSL_HEADER": "X-Forwarded-Proto"}, ask)
    assert ended.stderr == ""


def test_no_proxy_header_is_believed_unless_named() -> None:
    """A browser could send any header; only the one that our proxy sets counts."""
    assert started({}, "assert not hasattr(s, 'SECURE_PROXY_SSL_HEADER') and s.ALLAUTH_TRUSTED_PROXY_COUNT == 0").stderr == ""
