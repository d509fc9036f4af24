"""Suspects of a case: added, and found again by name."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from cases import models as m
from cases.names import keys_for
from cases.services.changing import Changing
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
    if change.case.named != m.Named.YES:
        change.case.named = m.Named.YES
        change.case.save(update_fields=["named"])
    change.put_in_timeline("suspect_added", at=identified_at, suspect=suspect)
    return suspect


def write_name_keys(change: Changing, suspect: m.Suspect) -> None:
    """Write the keys by which search finds this name, in place of those of the name before."""
    m.SuspectNameKey.objects.filter(suspect=suspect).delete()
    keys = {"case": change.case, "force_id": change.case.force_id, "cps_area_scope": change.case.cps_area_scope}
    m.SuspectNameKey.objects.bulk_create(m.SuspectNameKey(**keys, suspect=suspect, key=key) for key in sorted(keys_for(suspect.surname, suspect.forenames)))
