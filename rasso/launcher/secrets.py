"""Secrets of a local machine: made once, kept in files that only their owner reads."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def keep(file: Path, make: Callable[[], str]) -> str:
    """Return the secret in this file, making it on first use."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists() or not file.read_text(encoding="ascii").strip():
        part = file.with_suffix(".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
            handle.write(make())
        part.replace(file)
    return file.read_text(encoding="ascii").strip()


def password() -> str:
    """Return a new random password that needs no quoting in an address."""
    return secrets.token_urlsafe(32)


def secret_key() -> str:
    """Return a new key for signing."""
    return secrets.token_urlsafe(64)


def field_keys() -> str:
    """Return a new key for encrypted fields, in the form of RASSO_FIELD_KEYS."""
    return f"local:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def environment(folder: Path, given: dict[str, str]) -> dict[str, str]:
    """Return the variables that name the secret files, leaving alone what the person has set."""
    wanted = {"RASSO_SECRET_KEY": secret_key, "RASSO_FIELD_KEYS": field_keys}
    names = {}
    for name, make in wanted.items():
        if not given.get(name) and not given.get(f"{name}_FILE"):
            file = folder / name.lower()
            keep(file, make)
            names[f"{name}_FILE"] = str(file)
    return names
