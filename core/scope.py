"""Scope in the database: which kind of user a transaction acts as, and for which force or Area.

The application's login has no right on case tables. Inside a transaction `scope()` sets one of the kinds below as the
database role and the keys that the row-level security policies compare with. Outside any scope a case table answers
"permission denied"; that is meant.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction


class Kind(StrEnum):
    """The database roles: one for each kind of user, one for tasks and commands."""

    POLICE = "rasso_police"
    CPS = "rasso_cps"
    ISVA = "rasso_isva"
    PANEL = "rasso_panel"
    OVERSIGHT = "rasso_oversight"
    SYSTEM = "rasso_system"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the policies compare with: agency numbers (0 stands for none) and the person acting."""

    kind: Kind | None
    force_id: int = 0
    cps_area_id: int = 0
    agency_id: int = 0
    user_id: UUID | None = None


NOBODY = Scope(kind=None)
_current: ContextVar[Scope] = ContextVar("rasso_scope", default=NOBODY)


def current() -> Scope:
    """Return the scope that the running code acts under (NOBODY outside any)."""
    return _current.get()


def system(force_id: int) -> Scope:
    """Return the scope of a task or command working on one force. Keeps the person acting, for the history."""
    return replace(current(), kind=Kind.SYSTEM, force_id=force_id, cps_area_id=0, agency_id=force_id)


@contextmanager
def scope(wanted: Scope) -> Iterator[None]:
    """Run the block in one transaction (or savepoint) under the wanted scope, then restore the one before.

    A failure rolls the block back, and with it the settings, so the scope before is in force again on every way out.
    """
    before = _current.get()
    if wanted == before:
        with transaction.atomic():  # in force already: a task's scope inside its own
            yield
        return
    with transaction.atomic():
        _apply(wanted)
        token = _current.set(wanted)
        try:
            yield
        finally:
            _current.reset(token)
        _apply(before)


def _apply(wanted: Scope) -> None:
    """Set role and keys for this transaction in one statement. The role comes last: it must still be allowed to be set."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.force_id', %s, true), set_config('app.cps_area_id', %s, true),"
            " set_config('app.agency_id', %s, true), set_config('app.user_id', %s, true), set_config('role', %s, true)",
            [
                str(wanted.force_id),
                str(wanted.cps_area_id),
                str(wanted.agency_id),
                str(wanted.user_id or ""),
                wanted.kind or "none",
            ],
        )
