"""Accreditations: what allocation looks at."""

from datetime import date

from accounts.models import Accreditation, User
from accounts.permissions import check_may_accredit
from accounts.services.writing import first_change, record_change, writing
from accounts.stamps import accreditation_stamp
from core.exceptions import Conflict, NotPossible


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


def end_accreditation(*, actor: User | None, accreditation: Accreditation, expires_on: date, seen: str = "") -> Accreditation:
    """Record the London day from which an accreditation no longer counts; the entry itself stays.

    Raises NotAllowed, Conflict when what the page showed (`seen`) has changed, NotPossible for training, which has no
    award that could end, and for a day that is not after the award.
    """
    person = accreditation.user
    check_may_accredit(actor, person)
    with writing(person.agency_id):
        held = Accreditation.objects.select_for_update().get(pk=accreditation.pk)
        if seen and seen != accreditation_stamp(held):
            raise Conflict(first_change(f"person {person.id}", person.agency_id))
        if held.awarded_on is None:
            raise NotPossible("This person is still in training: record the award first.", field="expires_on")
        if expires_on <= held.awarded_on:
            raise NotPossible("The day it expires must be after the day it was awarded.", field="expires_on")
        held.expires_on = expires_on
        held.save(update_fields=["expires_on"])
        record_change(person, "accreditation ended")
    return held
