"""A short keyed hash of what a page showed, so that a change made meanwhile by somebody else is noticed. It tells nothing by itself."""

from django.utils.crypto import salted_hmac

from accounts.models import Accreditation, Unit, User

SHOWN_OF_A_PERSON = ("id", "email", "name", "agency_id", "unit_id", "role", "grade", "collar_number", "is_active")
SHOWN_OF_A_UNIT = ("id", "name", "cps_area_id", "reviews")
SHOWN_OF_AN_ACCREDITATION = ("id", "kind", "in_training", "awarded_on", "expires_on")
LENGTH = 32


def person_stamp(person: User) -> str:
    """Return the stamp of what an administrator sees and changes of a person."""
    return _stamp("person", person, SHOWN_OF_A_PERSON)


def unit_stamp(unit: Unit) -> str:
    """Return the stamp of a unit."""
    return _stamp("unit", unit, SHOWN_OF_A_UNIT)


def accreditation_stamp(accreditation: Accreditation) -> str:
    """Return the stamp of an accreditation."""
    return _stamp("accreditation", accreditation, SHOWN_OF_AN_ACCREDITATION)


def _stamp(kind: str, row: object, names: tuple[str, ...]) -> str:
    values = "\n".join(f"{name}={getattr(row, name)}" for name in names)
    return salted_hmac(f"accounts.stamp.{kind}", values, algorithm="sha256").hexdigest()[:LENGTH]
