"""Away from and to, and who covers."""

from datetime import date

from accounts.models import User
from accounts.permissions import check_may_arrange_absence
from accounts.roles import covering_roles
from accounts.services.writing import locked, record_change, writing
from core.exceptions import NotPossible


def set_away(*, actor: User | None, person: User, away_from: date | None, away_to: date | None, covered_by: User | None = None) -> User:
    """Record an absence, or with two times None that there is none; cover ends with it.

    Raises NotAllowed; NotPossible when the days contradict each other or the cover cannot cover.
    """
    check_may_arrange_absence(actor, person)
    if away_to is not None and (away_from is None or away_to < away_from):
        raise NotPossible("The last day away must be the same as or after the first.", field="away_to")
    if away_from is None and covered_by is not None:
        raise NotPossible("Cover needs an absence: enter the first day away.", field="away_from")
    with writing(person.agency_id):
        person = locked(person)
        check_may_cover(covered_by, person)
        check_not_by_oneself(actor, person, covered_by)
        person.away_from, person.away_to, person.covered_by = away_from, away_to, covered_by
        person.save(update_fields=["away_from", "away_to", "covered_by"])
        record_change(person, "absence set")
    return person


def set_cover(*, actor: User | None, person: User, covered_by: User | None) -> User:
    """Record who covers for a person, or nobody, without touching the days. Raises NotAllowed, NotPossible."""
    check_may_arrange_absence(actor, person)
    with writing(person.agency_id):
        person = locked(person)
        check_may_cover(covered_by, person)
        check_not_by_oneself(actor, person, covered_by)
        person.covered_by = covered_by
        person.save(update_fields=["covered_by"])
        record_change(person, "cover set")
    return person


def check_may_cover(covered_by: User | None, person: User) -> None:
    """Raise NotPossible, beside the field `covered_by`, for somebody of another agency, somebody who has left,
    somebody whose role could not do the work, or the person.
    """
    if covered_by is None:
        return
    if covered_by.pk == person.pk:
        raise NotPossible("Nobody covers for herself or himself.", field="covered_by")
    if covered_by.agency_id != person.agency_id or not covered_by.is_active:
        raise NotPossible("Choose somebody who works in the same agency.", field="covered_by")
    if covered_by.role not in covering_roles(person.role):
        raise NotPossible("Choose somebody who does the same sort of work.", field="covered_by")


def check_not_by_oneself(actor: User | None, person: User, covered_by: User | None) -> None:
    """Raise NotPossible, beside the field `covered_by`, for somebody who would become the cover of another by her or his own hand.

    Cover is sight of all that the person sees through her or his roles, restricted cases too: it is given, never taken.
    """
    if actor is not None and covered_by is not None and actor.pk == covered_by.pk:
        raise NotPossible(f"You cannot name yourself. {person.name}, or somebody else who leads people, names you.", field="covered_by")
