"""What every writer of people shares: the system scope of the agency, the lock, the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.models import User
from audit.acts import Act
from audit.services import record
from core.scope import scope, system


@contextmanager
def writing(agency_id: int) -> Iterator[None]:
    """Run the block in one transaction as the system kind working on one agency; the person acting stays in the record."""
    with scope(system(agency_id)):
        yield


def locked(person: User) -> User:
    """Return the person as the database has her or him now, locked until the end of the transaction."""
    return User.objects.select_for_update().get(pk=person.pk)


def record_change(person: User, what: str) -> None:
    """Record a change to a person: the log says what and to whom by id."""
    record(act=Act.ALTERATION, what=what, owners=(person.agency_id,), purpose=f"person {person.id}")
