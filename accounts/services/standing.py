"""What a person is: role, unit, here or gone. Every change ends the person's sessions at once.

`seen` is the stamp of what the page showed (accounts.stamps): when somebody has changed it since, Conflict is raised.
"""

from accounts import holdings
from accounts.models import Agency, Unit, User
from accounts.permissions import check_may_administer, check_not_oneself, check_role_fits
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Grade, Role
from accounts.services.people import check_unit_fits
from accounts.services.sessions import delete_sessions
from accounts.services.writing import locked, record_change, writing
from core.exceptions import NotPossible


def change_role(*, actor: User | None, person: User, role: Role, grade: Grade | None = None, seen: str = "") -> User:
    """Give a person another role, and another grade where one is named. Raises NotAllowed.

    Raises NotPossible for a role the agency does not have, and while the person owns open work the new role does not do.
    """
    check_may_administer(actor, person.agency_id)
    check_not_oneself(actor, person)
    with writing(person.agency_id):
        person = locked(person, seen)
        check_role_fits(role, Agency.objects.get(pk=person.agency_id))
        if not keeps_work(person.role, role):
            check_holds_nothing(person)
        person.role = role
        person.grade = person.grade if grade is None else grade
        person.save(update_fields=["role", "grade"])
        delete_sessions(person_id=person.id)
        record_change(person, "role changed")
    return person


def change_unit(*, actor: User | None, person: User, unit: Unit | None, seen: str = "") -> User:
    """Move a person to another unit of the same agency. Raises NotAllowed, and NotPossible while open work has no other owner."""
    check_may_administer(actor, person.agency_id)
    check_not_oneself(actor, person)
    check_unit_fits(unit, person.agency_id)
    with writing(person.agency_id):
        person = locked(person, seen)
        if person.unit_id == (unit.id if unit else None):
            return person
        check_holds_nothing(person)
        person.unit = unit
        person.save(update_fields=["unit"])
        delete_sessions(person_id=person.id)
        record_change(person, "unit changed")
    return person


def deactivate(*, actor: User | None, person: User, leave_unallocated: bool = False, seen: str = "") -> User:
    """Record that a person has left. With `leave_unallocated` her or his open work is first left without an owner.

    Raises NotAllowed, Conflict, and NotPossible while open work has no other owner.
    """
    check_may_administer(actor, person.agency_id)
    check_not_oneself(actor, person)
    with writing(person.agency_id):
        if leave_unallocated:
            # Before the person is locked: whoever assigns a case locks the case first and the person after.
            holdings.release(person, actor)
        person = locked(person, seen)
        check_holds_nothing(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        delete_sessions(person_id=person.id)
        record_change(person, "person deactivated")
    return person


def reactivate(*, actor: User | None, person: User, seen: str = "") -> User:
    """Record that a person is back. Sessions from before stay ended. Raises NotAllowed."""
    check_may_administer(actor, person.agency_id)
    check_not_oneself(actor, person)
    with writing(person.agency_id):
        person = locked(person, seen)
        delete_sessions(person_id=person.id)
        person.is_active = True
        person.save(update_fields=["is_active"])
        record_change(person, "person reactivated")
    return person


def keeps_work(before: str, after: str) -> bool:
    """Say whether open work can stay with a person whose role changes: both roles work cases for the same side."""
    return any(before in side and after in side for side in (WORKS_CASES_POLICE, WORKS_CASES_CPS)) or before == after


def check_holds_nothing(person: User) -> None:
    """Raise NotPossible with every reason while the person owns open work."""
    reasons = holdings.of(person)
    if reasons:
        raise NotPossible(" ".join(["This person still has work.", *reasons, "Give it to somebody else first."]))
