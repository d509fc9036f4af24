"""What `make run` serves just now, so that a management command in another terminal finds the same database and secrets."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

NAMES = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "RASSO_DEMO", "RASSO_SECRET_KEY", "RASSO_SECRET_KEY_FILE", "RASSO_FIELD_KEYS",
    "RASSO_FIELD_KEYS_FILE",
)  # fmt: skip


def file_of(root: Path) -> Path:
    """Return the file that says it, which only its owner reads and which goes when `make run` stops."""
    return root / ".data" / "run" / "standing.json"


def write(root: Path, environment: Mapping[str, str]) -> None:
    """Say what is served now."""
    file = file_of(root)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        json.dump({name: environment[name] for name in NAMES if name in environment}, handle)


def forget(root: Path) -> None:
    """Say that nothing is served any longer."""
    file_of(root).unlink(missing_ok=True)


def read(root: Path) -> dict[str, str]:
    """Return the environment of what is served now, empty when nothing is."""
    try:
        found = json.loads(file_of(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
