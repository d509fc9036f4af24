"""Typed reading of the environment. A secret may come as NAME or as a file named by NAME_FILE."""

import os
from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the setting as text. Raises ImproperlyConfigured, naming it, when it is missing and has no default."""
    value = os.environ.get(name)
    if value is None and (file := os.environ.get(f"{name}_FILE")):
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error.strerror}") from error
    if value is None or value == "":
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set. Set {name}, or {name}_FILE to a file that holds it.")
        return default
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Return the setting as yes or no. Raises ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return the setting as a whole number. Raises ImproperlyConfigured when it is not one."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def listing(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def days_by_number(name: str, default: str = "") -> dict[int, date]:
    """Return a setting like "110=2026-01-31,109=2026-02-28": a day by number. Raises ImproperlyConfigured for anything else."""
    found = {}
    for entry in listing(name, default):
        key, _, day = entry.partition("=")
        try:
            found[int(key)] = date.fromisoformat(day)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} must be like 110=2026-01-31, not {entry!r}.") from error
    return found
