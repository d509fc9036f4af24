"""Ending signed-in sessions, at once and for good."""

from uuid import UUID

from accounts.models import Session, User
from accounts.permissions import check_may_administer
from accounts.services.writing import record_change, writing


def end_sessions(*, actor: User | None, person: User) -> int:
    """Sign a person out everywhere; return how many sessions there were. The person may do so, and her or his administrator.

    Raises NotAllowed.
    """
    if actor is None or actor.pk != person.pk:
        check_may_administer(actor, person.agency_id)
    with writing(person.agency_id):
        ended = delete_sessions(person_id=person.id)
        record_change(person, "sessions ended")
    return ended


def delete_sessions(*, person_id: UUID) -> int:
    """Delete a person's sessions, so that no cookie of them is good again. Part of a service that checks and records."""
    # _raw_delete: one DELETE by the column that may be read. The session's content may not, and is not looked at.
    found = Session.objects.filter(user_id=person_id)
    return int(found._raw_delete(found.db))
