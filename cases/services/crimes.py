"""Recorded crimes, and which suspect each is alleged against."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.extract.columns import OFFENCES
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotPossible


def add_crime(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    code: str,
    from_on: date | None = None,
    to_on: date | None = None,
    suspect_ids: Collection[UUID] = (),
    version: int | None = None,
) -> m.Offence:
    """Add a recorded crime of one complainant, alleged against the suspects named.

    Raises NotAllowed, NotPossible (a code that is not of this sort, days in the wrong order or in the future), Conflict,
    Http404 for a complainant or suspect of another case.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        crime = write_crime(change, change.get(m.Complainant, complainant_id), code=code, from_on=from_on, to_on=to_on)
        suspects = [change.suspect(key)[0] for key in suspect_ids]
        allege_all(change, [crime], suspects, assumed=False)
        return crime


def write_crime(
    change: Changing, complainant: m.Complainant, *, code: str, from_on: date | None, to_on: date | None, field: str = ""
) -> m.Offence:
    """Write the fact. `field` begins the names of the form's fields that a refusal stands beside."""
    check_crime(code, from_on, to_on, today=clock.today(change.now), field=field)
    crime = change.add(m.Offence, complainant=complainant, code=code, description=OFFENCES[code], from_on=from_on, to_on=to_on)
    change.put_in_timeline("crime_added", complainant=complainant, text=f"{code} {OFFENCES[code]}")
    return crime


def check_crime(code: str, from_on: date | None, to_on: date | None, *, today: date, field: str = "") -> None:
    """Raise NotPossible for a code or days that cannot be."""
    if code not in OFFENCES:
        raise NotPossible("Select an offence", field=f"{field}code")
    if from_on and from_on > today:
        raise NotPossible("The first day must be today or in the past", field=f"{field}from_on")
    if to_on and to_on > today:
        raise NotPossible("The last day must be today or in the past", field=f"{field}to_on")
    if from_on and to_on and to_on < from_on:
        raise NotPossible("The last day must be the same as or after the first", field=f"{field}to_on")


def allege_all(change: Changing, crimes: Collection[m.Offence], suspects: Collection[m.Suspect], *, assumed: bool) -> None:
    """Write that each of these crimes is alleged against each of these suspects, in one statement."""
    rows = [m.Allegation(**change.keys(), offence=crime, suspect=suspect, assumed=assumed) for crime in crimes for suspect in suspects]
    m.Allegation.objects.bulk_create(rows)


def confirm_allegation(*, actor: User, case_id: UUID, offence_id: UUID, suspect_id: UUID, version: int | None = None) -> m.Allegation:
    """Record that the crime is alleged against this suspect: an assumed one is confirmed, a withdrawn one stands again.

    Raises NotAllowed, NotPossible when it is confirmed already, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        crime = change.get(m.Offence, offence_id)
        suspect, _ = change.suspect(suspect_id)
        row = m.Allegation.objects.filter(case=change.case, offence=crime, suspect=suspect).first()
        if row is None:
            row = change.add(m.Allegation, offence=crime, suspect=suspect)
        elif row.assumed or row.withdrawn_at is not None:
            row.assumed, row.withdrawn_at = False, None
            row.save(update_fields=["assumed", "withdrawn_at"])
        else:
            raise NotPossible("This allegation is confirmed already", field="suspect_id")
        change.put_in_timeline("allegation_confirmed", suspect=suspect, text=crime.code)
        return row


def withdraw_allegation(
    *, actor: User, case_id: UUID, offence_id: UUID, suspect_id: UUID, reason: str, version: int | None = None
) -> m.Allegation:
    """Record that the crime is not alleged against this suspect after all. The row stays, with its day.

    Raises NotAllowed, NotPossible when no such allegation stands, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        crime = change.get(m.Offence, offence_id)
        suspect, _ = change.suspect(suspect_id)
        row = m.Allegation.objects.filter(case=change.case, offence=crime, suspect=suspect, withdrawn_at__isnull=True).first()
        if row is None:
            raise NotPossible("This crime is not alleged against that suspect", field="suspect_id")
        row.withdrawn_at = change.now
        row.save(update_fields=["withdrawn_at"])
        change.put_in_timeline("allegation_withdrawn", suspect=suspect, text=f"{crime.code}: {reason}")
        return row
