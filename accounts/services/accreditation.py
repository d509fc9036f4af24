"""Accreditations: what allocation looks at."""

from datetime import date

from accounts.models import Accreditation, User
from accounts.permissions import check_may_accredit
from accounts.services.writing import record_change, writing
from core.exceptions import NotPossible


def add_accreditation(
    *, actor: User | None, person: User, kind: Accreditation.Kind, awarded_on: date | None, expires_on: date | None = None
) -> Accreditation:
    """Record an accreditation, or without an award that the person is in training. One held before is replaced.

    Raises NotAllowed, and NotPossible when it would expire before it was awarded or in training.
    """
    check_may_accredit(actor, person)
    if expires_on is not None and (awarded_on is None or expires_on <= awarded_on):
        raise NotPossible("The day it expires must be after the day it was awarded.", field="expires_on")
    with writing(person.agency_id):
        accreditation, _ = Accreditation.objects.update_or_create(
            user_id=person.id,
            kind=kind,
            defaults={"awarded_on": awarded_on, "expires_on": expires_on, "in_training": awarded_on is None},
        )
        record_change(person, "accreditation recorded")
    return accreditation
