"""Suspects of a case: added, and found again by name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.derive.facts import Position, SuspectFacts
from cases.names import keys_for
from cases.outcome_codes import CHARGED
from cases.services.changing import Changing, changing
from cases.services.known import follow
from cases.services.writing import cancel_plan_of
from core import clock
from core.exceptions import NotPossible


@dataclass(frozen=True, slots=True)
class NewSuspect:
    """A suspect as typed when the case is logged or later."""

    surname: str
    forenames: str = ""
    date_of_birth: date | None = None
    pnc_id: str = ""
    relationship: str = ""
    identified_at: datetime | None = None


def add_suspect(
    *,
    actor: User,
    case_id: UUID,
    surname: str,
    forenames: str = "",
    date_of_birth: date | None = None,
    pnc_id: str = "",
    relationship: str = "",
    identified_at: datetime | None = None,
    offence_ids: Collection[UUID] = (),
    version: int | None = None,
) -> m.Suspect:
    """Add a suspect to a case: the arrest clock runs from when she or he was identified.

    `offence_ids` are the recorded crimes alleged against this suspect. Raises NotAllowed, NotPossible (no surname, times
    that cannot be, somebody of this name and date of birth here already), Conflict, Http404 for a crime of another case.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        new = NewSuspect(surname, forenames, date_of_birth, pnc_id, relationship, identified_at)
        _check_birth(change, new)
        _not_here_already(change, new)
        crimes = [change.get(m.Offence, key) for key in dict.fromkeys(offence_ids)]
        suspect = write_suspect(change, new)
        m.Allegation.objects.bulk_create(m.Allegation(**change.keys(), offence=crime, suspect=suspect) for crime in crimes)
        return suspect


def _check_birth(change: Changing, new: NewSuspect) -> None:
    born = new.date_of_birth
    if born is not None and born > clock.london_day(new.identified_at or change.now):
        raise NotPossible("The date of birth must be before the suspect was identified", field="date_of_birth")


def _not_here_already(change: Changing, new: NewSuspect) -> None:
    """A form sent twice makes one suspect. Two people of one name are told apart by their date of birth."""
    same = m.Suspect.objects.filter(
        case=change.case,
        surname__iexact=new.surname.strip(),
        forenames__iexact=new.forenames.strip(),
        date_of_birth=new.date_of_birth,
        recorded_in_error_at__isnull=True,
    )
    if same.exists():
        raise NotPossible("There is a suspect of this name and date of birth on this case already", field="surname")


def mark_suspect_in_error(*, actor: User, case_id: UUID, suspect_id: UUID, reason: str, version: int | None = None) -> m.Suspect:
    """Mark a suspect as recorded in error: all clocks about her or him are cancelled. The row stays, with the reason.

    It takes a suspect out of every list of what is overdue, so it needs a supervisor. Raises NotAllowed, NotPossible (no
    reason, in custody, charged, with the CPS), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        suspect, facts = change.suspect(suspect_id)
        may_be_in_error(facts)
        if not reason.strip():
            raise NotPossible("Enter the reason", field="reason")
        suspect.recorded_in_error_at = change.now
        suspect.save(update_fields=["recorded_in_error_at"])
        m.SuspectNameKey.objects.filter(suspect=suspect).delete()
        follow(change.case.force_id, suspect.pnc_id)
        cancel_plan_of(change, suspect, "The suspect was recorded in error")
        change.put_in_timeline("suspect_in_error", suspect=suspect, text=reason)
        return suspect


def may_be_in_error(facts: SuspectFacts) -> None:
    """A policy: somebody in custody, charged or with the CPS was not recorded in error. Raises NotPossible."""
    arrest, outcome = facts.latest_arrest(), facts.standing_outcome()
    if arrest is not None and arrest.in_custody:
        raise NotPossible("This suspect is in custody: record the release first.")
    if outcome is not None and outcome.code == CHARGED:
        raise NotPossible("This suspect was charged, so the record is not in error.")
    if facts.position != Position.NONE:
        raise NotPossible("This suspect is with the CPS or on an action plan. Settle that first.")


def write_suspect(change: Changing, new: NewSuspect) -> m.Suspect:
    """Write the fact under the next number of the case; without a time of identification it is now. Says "yes, named".

    Numbers go by how many there ever were, those recorded in error included.
    """
    if not new.surname.strip():
        raise NotPossible("Enter a surname", field="surname")
    identified_at = new.identified_at or change.now
    change.not_in_future(identified_at, field="identified_at")
    last = m.Suspect.objects.filter(case=change.case).aggregate(last=Max("number"))["last"] or 0
    suspect = change.add(
        m.Suspect,
        number=last + 1,
        surname=new.surname.strip(),
        forenames=new.forenames.strip(),
        date_of_birth=new.date_of_birth,
        pnc_id=new.pnc_id,
        relationship=new.relationship,
        identified_at=identified_at,
    )
    write_name_keys(change, suspect)
    follow(change.case.force_id, suspect.pnc_id)
    if change.case.named != m.Named.YES:
        change.case.named = m.Named.YES
        change.case.save(update_fields=["named"])
    change.put_in_timeline("suspect_added", at=identified_at, suspect=suspect)
    return suspect


def write_name_keys(change: Changing, suspect: m.Suspect) -> None:
    """Write the keys by which search finds this name, in place of those of the name before."""
    m.SuspectNameKey.objects.filter(suspect=suspect).delete()
    keys = {"case": change.case, "force_id": change.case.force_id, "cps_area_scope": change.case.cps_area_scope}
    m.SuspectNameKey.objects.bulk_create(
        m.SuspectNameKey(**keys, suspect=suspect, key=key) for key in sorted(keys_for(suspect.surname, suspect.forenames))
    )
