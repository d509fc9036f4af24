"""Logging a case in on screen, under two minutes: the report, its complainants, its crimes, its suspects where known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

import audit.services
from accounts.models import Agency, User
from audit.acts import Act
from cases import models as m
from cases import permissions
from cases.services.changing import Changing, changing, see
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system


@dataclass(frozen=True, slots=True)
class NewSuspect:
    """A suspect as typed when the case is logged or later."""

    surname: str
    forenames: str = ""
    date_of_birth: date | None = None
    pnc_id: str = ""
    relationship: str = ""
    identified_at: datetime | None = None
    nominal: str = ""


@dataclass(frozen=True, slots=True)
class NewCrime:
    """A recorded crime as typed: offence code, dates, which complainant (by place in the list)."""

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
    complainants: int = 1,
    crimes: Sequence[NewCrime] = (),
    suspects: Sequence[NewSuspect] = (),
) -> m.Case:
    """Log a case. The first one sets the day the force went live. Somebody of the justice system involved: restricted.

    Raises NotAllowed, NotPossible (reference already used in this force, recorded in the future, a suspect but nobody
    named). Everything or nothing is written.
    """
    permissions.INVESTIGATE.check(actor)
    if recorded_at > clock.now():
        raise NotPossible("Enter a date and time in the past", field="recorded_at")
    go_live(actor.agency_id)
    case = _insert(
        m.Case(
            force_id=actor.agency_id,
            crime_reference=crime_reference.strip().upper(),
            urn=urn.upper(),
            recorded_at=recorded_at,
            risk=risk,
            unit_id=unit_id or actor.unit_id,
            named=named,
            restricted=works_in_justice,
            restricted_because="Somebody involved works in policing, the CPS or a support service" if works_in_justice else "",
            created_by=actor,
        )
    )
    with changing(case.pk, actor=actor, locked=case) as change:
        change.put_in_timeline("case_logged", at=recorded_at)
        change.add(m.CasePerson, user_id=officer_id or actor.pk, role=m.CaseRole.OFFICER, since=change.now)
        _write_people(change, complainants, crimes, suspects)
    return case
