"""Taking away the second factor of somebody who has lost the phone or the key: the next sign-in sets up a new one."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from accounts.models import User
from accounts.permissions import check_may_administer, check_not_oneself
from accounts.services.sessions import delete_sessions
from accounts.services.writing import locked, record_change, writing
from core.exceptions import NotPossible
from core.scope import Scope, current, scope

RESET_SUBJECT = "Your second factor has been removed"


@contextmanager
def as_sign_in() -> Iterator[None]:
    """Run the block as the application's own login, which alone reads and writes second factors and sessions, as sign-in does.

    It has no right on any case table. The scope before is in force again afterwards.
    """
    before = current()
    with scope(Scope(kind=None, agency_id=before.agency_id, user_id=before.user_id)):
        yield


def reset_second_factor(*, actor: User | None, person: User, seen: str = "") -> int:
    """Remove every second factor of a person and end her or his sessions; return how many there were.

    The person is told by e-mail, after commit, so that a reset nobody asked for is noticed. Raises NotAllowed (nobody
    resets the own), Conflict when what the page showed (`seen`) has changed, NotPossible where there is none.
    """
    check_may_administer(actor, person.agency_id)
    check_not_oneself(actor, person)
    with writing(person.agency_id):
        person = locked(person, seen)
        with as_sign_in():
            rows = Authenticator.objects.filter(user_id=person.id)
            removed = int(rows._raw_delete(rows.db))
        if not removed:
            raise NotPossible("This person has no second factor.")
        delete_sessions(person_id=person.id)
        record_change(person, "second factor removed")
        if person.email:
            transaction.on_commit(lambda: tell(address=str(person.email)), robust=True)
    return removed


def tell(*, address: str) -> None:
    """Send word of the reset: a constant subject, no name, no secret, no link."""
    body = render_to_string("account/email/second_factor_removed.txt", {})
    send_mail(RESET_SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [address])
