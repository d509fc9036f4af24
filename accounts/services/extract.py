"""Officers that an extract names and the tracker does not know yet."""

from accounts.models import Agency, User
from accounts.permissions import check_role_fits
from accounts.roles import Grade, Role
from accounts.services.writing import record_change, writing
from audit import context as audit_context

GRADE_OF_PREFIX = {
    "PC": Grade.CONSTABLE,
    "DC": Grade.CONSTABLE,
    "PS": Grade.SERGEANT,
    "DS": Grade.SERGEANT,
    "INSP": Grade.INSPECTOR,
    "DI": Grade.INSPECTOR,
    "CI": Grade.CHIEF_INSPECTOR,
    "DCI": Grade.CHIEF_INSPECTOR,
    "SUPT": Grade.SUPERINTENDENT,
    "DSU": Grade.SUPERINTENDENT,
}


def officer_from_extract(*, agency_id: int, collar_number: str, name: str, role: Role) -> User:
    """Return the officer with this collar number, adding one who cannot sign in until invited when there is none.

    An officer known already is returned as the tracker has her or him: the extract changes neither name nor role. Without
    a collar number somebody from an extract is known again by name. The rank is read from the name ("DI Example").
    Raises AnonymousAct when nobody is acting, NotPossible when the agency has no such role.
    """
    audit_context.required()
    with writing(agency_id):
        known = find(agency_id, collar_number, name)
        if known is not None:
            return known
        check_role_fits(role, Agency.objects.get(pk=agency_id))
        fresh = User(agency_id=agency_id, collar_number=collar_number, name=name[:100], role=role, grade=grade_of(name))
        fresh.set_unusable_password()
        # Two imports may meet the same new officer at once: the first to commit wins, the other reads what it wrote.
        User.objects.bulk_create([fresh], ignore_conflicts=True)
        officer = find(agency_id, collar_number, name)
        if officer is None:
            raise RuntimeError("an officer was added and cannot be found")
        if officer.pk == fresh.pk:
            record_change(officer, "officer added from extract")
        return officer


def find(agency_id: int, collar_number: str, name: str) -> User | None:
    """Return an officer by collar number, or without one somebody from an extract by name."""
    people = User.objects.filter(agency_id=agency_id, collar_number=collar_number)
    if not collar_number:
        people = people.filter(name=name[:100], email__isnull=True)
    return people.order_by("created_at", "id").first()


def grade_of(name: str) -> Grade:
    """Return the rank that a name begins with, or "not recorded"."""
    words = name.split(maxsplit=1)
    return GRADE_OF_PREFIX.get(words[0].rstrip(".").upper(), Grade.NONE) if len(words) > 1 else Grade.NONE
