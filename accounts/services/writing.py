"""What every writer of people shares: the system scope of the agency, the lock, the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from accounts.models import User
from accounts.stamps import person_stamp
from audit.acts import Act
from audit.models import AccessLog
from audit.services import record
from core import clock
from core.exceptions import Change, Conflict
from core.scope import Kind, Scope, scope, system

LOOKED_BACK = timedelta(days=1)
"""How far back the log is asked who was first: a page older than this has run out of its session."""


@contextmanager
def writing(agency_id: int) -> Iterator[None]:
    """Run the block in one transaction as the system kind working on one agency; the person acting stays in the record."""
    with scope(system(agency_id)):
        yield


def locked(person: User, seen: str = "") -> User:
    """Return the person as the database has her or him now, locked until the end of the transaction.

    `seen` is the stamp (accounts.stamps) of what the page showed. Raises Conflict when somebody has changed it since.
    """
    now = User.objects.select_for_update().get(pk=person.pk)
    if seen and seen != person_stamp(now):
        raise Conflict(first_change(f"person {person.pk}", person.agency_id))
    return now


def stays(person: User) -> bool:
    """Say whether a person is still here, and see to it that she or he cannot leave before the transaction ends.

    For whoever gives a person work. Somebody who records at the same moment that the person has left is waited for.
    """
    with writing(person.agency_id), connection.cursor() as cursor:
        cursor.execute("select is_active from accounts_user where id = %s for share", [person.pk])
        row = cursor.fetchone()
    return bool(row and row[0])


def first_change(of: str, agency_id: int) -> Change:
    """Return who changed the thing that the log calls `of` last, what and when; the time is UTC."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)):
        recent = AccessLog.objects.of_agency(agency_id).filter(at__gte=clock.now() - LOOKED_BACK, act=Act.ALTERATION, purpose=of)
        latest = recent.values_list("actor_name", "what", "at").first()
    if latest is None:
        return Change(who="Somebody", what="changed meanwhile", at=clock.now())
    return Change(who=latest[0], what=latest[1], at=latest[2])


def record_change(person: User, what: str) -> None:
    """Record a change to a person: the log says what and to whom by id."""
    record(act=Act.ALTERATION, what=what, owners=(person.agency_id,), purpose=f"person {person.id}")
