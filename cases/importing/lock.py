"""One import a force at a time, whoever started it. The lock goes with its database session, so a killed worker holds nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

LOCK: Final = 5_202_611
"""The first half of the advisory lock's key; the second is the force."""


@contextmanager
def alone(force_id: int) -> Iterator[bool]:
    """Hold the force's import lock for the block. Gives False, at once, when another session holds it."""
    held = _ask("select pg_try_advisory_lock(%s, %s)", force_id)
    try:
        yield held
    finally:
        if held and connection.is_usable():
            _ask("select pg_advisory_unlock(%s, %s)", force_id)


def _ask(statement: str, force_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [LOCK, force_id])
        row = cursor.fetchone()
    return bool(row and row[0])
