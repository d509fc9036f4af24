"""Logging a case in on screen, under two minutes: the report, its complainants, its crimes, its suspects where known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

import audit.services
from accounts.models import Agency, Unit, User
from accounts.roles import WORKS_CASES_POLICE, Role
from audit.acts import Act
from cases import models as m
from cases import permissions
from cases.derive.states import Risk
from cases.services.access import keep_sight
from cases.services.changing import Changing, changing
from cases.services.complainants import write_complainant
from cases.services.crimes import allege_all, write_crime
from cases.services.suspects import NewSuspect, write_suspect
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system

__all__ = ["MOST_AT_ONCE", "NewCrime", "NewSuspect", "go_live", "log_case"]

MOST_AT_ONCE = 20
"""Complainants, crimes or suspects that one logging takes; more are added on the case."""

WORKS_IN_JUSTICE = "Somebody involved works in policing, the CPS or a support service"


@dataclass(frozen=True, slots=True)
class NewCrime:
    """A recorded crime as typed: offence code, dates, which complainant (by place in the list, from 0)."""

    code: str
    from_on: date | None = None
    to_on: date | None = None
    complainant: int = 0


def log_case(
    *,
    actor: User,
    crime_reference: str,
    recorded_at: datetime,
    risk: str,
    unit_id: UUID | None = None,
    officer_id: UUID | None = None,
    urn: str = "",
    named: str = m.Named.NOT_KNOWN,
    works_in_justice: bool = False,
    inspector_id: UUID | None = None,
    complainants: int = 1,
    age_groups: Sequence[str] = (),
    crimes: Sequence[NewCrime] = (),
    suspects: Sequence[NewSuspect] = (),
) -> m.Case:
    """Log a case. The first one sets the day the force went live. Somebody of the justice system involved: restricted.

    An investigator who names no officer takes the case; a sergeant or supervisor who names none leaves it unallocated. A
    restricted case has an inspector from the start, or no supervisor would ever see it: the one named, else the
    supervisor who logs it.
    Every crime is alleged against every suspect, "assumed" where there is more than one of both. Raises NotAllowed,
    NotPossible (reference used in this force, recorded in the future, a suspect but nobody named); the field of a crime
    or suspect is named with its place ("suspect_0-identified_at"). Everything or nothing is written.
    """
    permissions.INVESTIGATE.check(actor)
    _check(recorded_at, risk, named, complainants, crimes, suspects)
    officer = _officer(actor, officer_id)
    inspector = _inspector(actor, inspector_id) if works_in_justice else None
    with transaction.atomic():
        go_live(actor.agency_id)
        unit, named = _unit(actor, officer, unit_id), m.Named.YES if suspects else named
        references = {"crime_reference": crime_reference.strip().upper(), "urn": urn.strip().upper()}
        case = inserted(m.Case(**references, recorded_at=recorded_at, risk=risk, unit=unit, named=named, **_keys(actor, works_in_justice)))
        with changing(case.pk, actor=actor, locked=case) as change:
            change.put_in_timeline("case_logged", at=recorded_at)
            _give(change, officer, m.CaseRole.OFFICER)
            _give(change, inspector, m.CaseRole.INSPECTOR)
            _write_people(change, complainants, age_groups, crimes, suspects)
            keep_sight(change, actor)
        audit.services.record(act=Act.COLLECTION, what="case logged", case_ids=[case.pk], owners=[case.force_id])
    return case


def _check(
    recorded_at: datetime, risk: str, named: str, complainants: int, crimes: Sequence[NewCrime], suspects: Sequence[NewSuspect]
) -> None:
    """Raise NotPossible for facts that contradict each other, before anything is written."""
    if recorded_at > clock.now():
        raise NotPossible("Enter a date and time in the past", field="recorded_at")
    if risk not in Risk.values:
        raise NotPossible("Select the risk", field="risk")
    if suspects and named == m.Named.NO:
        raise NotPossible("There is a suspect below, so somebody has been named", field="named")
    if not 1 <= complainants <= MOST_AT_ONCE:
        raise NotPossible(f"Enter between 1 and {MOST_AT_ONCE} complainants", field="complainants")
    if len(suspects) > MOST_AT_ONCE or len(crimes) > MOST_AT_ONCE:
        raise NotPossible(f"Enter {MOST_AT_ONCE} or fewer now and the others on the case")
    if any(not 0 <= crime.complainant < complainants for crime in crimes):
        raise NotPossible("A crime has one of the complainants above", field="complainants")


def _keys(actor: User, works_in_justice: bool) -> dict[str, Any]:
    """Return whose the new case is, and whether it is restricted from the start."""
    because = WORKS_IN_JUSTICE if works_in_justice else ""
    return {"force_id": actor.agency_id, "created_by": actor, "restricted": works_in_justice, "restricted_because": because}


def _give(change: Changing, person: User | None, role: m.CaseRole) -> None:
    """Write the role on the new case, where there is somebody for it."""
    if person is not None:
        change.add(m.CasePerson, user=person, role=role, since=change.now)
        change.put_in_timeline("person_assigned", text=f"{role.label}: {person.name}")


def _officer(actor: User, officer_id: UUID | None) -> User | None:
    """Return the officer in the case: the one named, or an investigator who names nobody herself or himself."""
    if officer_id is None or officer_id == actor.pk:
        return actor if officer_id == actor.pk or actor.role == Role.INVESTIGATOR else None
    officer = User.objects.filter(pk=officer_id, agency_id=actor.agency_id, is_active=True, role__in=WORKS_CASES_POLICE).first()
    if officer is None:
        raise NotPossible("Choose somebody of this force who works cases", field="officer_id")
    return officer


def _inspector(actor: User, inspector_id: UUID | None) -> User:
    """Return who supervises a restricted case. Raises NotPossible when nobody who can is named."""
    wanted = inspector_id or (actor.pk if actor.role == Role.SUPERVISOR else None)
    people = User.objects.filter(agency_id=actor.agency_id, is_active=True, role=Role.SUPERVISOR)
    found = people.filter(pk=wanted).first() if wanted else None
    if found is None:
        raise NotPossible("Choose the inspector who supervises this case, somebody who is not involved", field="inspector_id")
    return found


def _unit(actor: User, officer: User | None, unit_id: UUID | None) -> Unit | None:
    """Return the case's unit: the one named, else the officer's, else that of who logs it."""
    wanted = unit_id or (officer.unit_id if officer else None) or actor.unit_id
    if wanted is None:
        return None
    unit = Unit.objects.filter(pk=wanted, agency_id=actor.agency_id).first()
    if unit is None:
        raise NotPossible("Choose a unit of this force", field="unit_id")
    return unit


def go_live(force_id: int) -> None:
    """Set the day the force went live, once, at its first logged case or import. Duties before it are not known here."""
    with scope(system(force_id)):
        Agency.objects.filter(pk=force_id, live_from__isnull=True).update(live_from=clock.today())


CONSTRAINTS = {
    "a_crime_reference_is_used_once_in_its_force": ("This crime reference is used by another case of this force", "crime_reference"),
    "a_crime_reference_is_3_to_30_letters_digits_slashes_or_hyphens": (
        "Crime reference must be 3 to 30 letters, numbers, slashes or hyphens",
        "crime_reference",
    ),
    "a_urn_is_blank_or_well_formed": ("URN must be 2 numbers, a letter, a letter or number, then 7 numbers, like 52AB1234526", "urn"),
}


def refusal_of(error: IntegrityError) -> NotPossible | None:
    """Return the refusal, beside its field, for a rule on references that the database keeps; None for any other."""
    found = next((words for name, words in CONSTRAINTS.items() if name in str(error)), None)
    return NotPossible(found[0], field=found[1]) if found else None


def inserted(case: m.Case) -> m.Case:
    """Insert the case in a savepoint: two people may log the same reference at once, and the database decides.

    Raises NotPossible beside the field for a reference that is taken or not well formed.
    """
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
    return case


def _write_people(
    change: Changing, complainants: int, age_groups: Sequence[str], crimes: Sequence[NewCrime], suspects: Sequence[NewSuspect]
) -> None:
    """Write complainants, their crimes, the suspects, and which crime is alleged against whom."""
    ages = [*age_groups, *[m.AgeGroup.NOT_KNOWN] * complainants]
    people = [write_complainant(change, age_group=ages[place]) for place in range(complainants)]
    recorded = [
        write_crime(
            change,
            people[crime.complainant],
            code=crime.code,
            from_on=crime.from_on,
            to_on=crime.to_on,
            field=f"complainant_{crime.complainant}-",
        )
        for crime in crimes
    ]
    known = [_write_suspect(change, place, suspect) for place, suspect in enumerate(suspects)]
    allege_all(change, recorded, known, assumed=len(recorded) > 1 and len(known) > 1)


def _write_suspect(change: Changing, place: int, new: NewSuspect) -> m.Suspect:
    """Write a suspect; a refusal stands beside the field of this one."""
    try:
        return write_suspect(change, new)
    except NotPossible as refusal:
        raise NotPossible(refusal.reason, field=f"suspect_{place}-{refusal.field}" if refusal.field else None) from refusal
