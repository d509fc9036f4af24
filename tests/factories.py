"""A small world to test in, built through the services that the screens use: plain functions, no magic."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.acting import context_of
from accounts.models import Agency, Unit, User
from accounts.roles import Grade, Role
from accounts.scopes import scope_of
from audit import context as audit_context
from core import clock
from core.scope import Kind, Scope, scope

AVON, KENT, SOUTH_WEST, SOUTH_EAST, DIRECT, SERVICE = 52, 46, 110, 109, 115, 1001
_numbers = itertools.count(1)


@contextmanager
def acting_as(user: User) -> Iterator[None]:
    """Run the block as a person: scope in the database, and who is acting for the log."""
    with audit_context.acting(context_of(user, route="test", session_hash="")), scope(scope_of(user)):
        yield


def make_user(agency_id: int, role: Role, *, name: str = "", unit: Unit | None = None, grade: Grade = Grade.NONE) -> User:
    """Make a person who can sign in by force_login."""
    number = next(_numbers)
    with scope(Scope(kind=Kind.SYSTEM, force_id=agency_id, agency_id=agency_id)):
        user = User(
            email=f"person{number}@test.example",
            name=name or f"{role.label} {number}",
            agency_id=agency_id,
            role=role,
            unit=unit,
            grade=grade,
            collar_number=str(number),
        )
        user.set_unusable_password()
        user.save(force_insert=True)
    return user


def make_unit(agency_id: int, name: str) -> Unit:
    """Make a unit of an agency."""
    with scope(Scope(kind=Kind.SYSTEM, force_id=agency_id, agency_id=agency_id)):
        return Unit.objects.create(agency_id=agency_id, name=name)


def ago(**parts: float) -> datetime:
    """Return a moment this long ago, to the second."""
    return (clock.now() - timedelta(**parts)).replace(microsecond=0)


@dataclass
class World:
    """Avon and Somerset with two units, Kent, their Areas, and one person in each role."""

    north: Unit
    south: Unit
    investigator: User
    colleague: User
    other_unit: User
    sergeant: User
    supervisor: User
    supervisor2: User
    analyst: User
    auditor: User
    administrator: User
    kent: User
    kent_supervisor: User
    prosecutor: User
    cps_manager: User
    vlo: User
    other_area: User
    cps_direct: User
    isva: User

    @classmethod
    def make(cls) -> "World":
        """Make everybody. Agencies come with the migrations; the support service is made here."""
        with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)):
            Agency.objects.get_or_create(pk=SERVICE, defaults={"kind": "support", "name": "Test service"})
        north, south = make_unit(AVON, "Test North"), make_unit(AVON, "Test South")
        return cls(
            north=north,
            south=south,
            investigator=make_user(AVON, Role.INVESTIGATOR, unit=north, grade=Grade.CONSTABLE),
            colleague=make_user(AVON, Role.INVESTIGATOR, unit=north, grade=Grade.CONSTABLE),
            other_unit=make_user(AVON, Role.INVESTIGATOR, unit=south, grade=Grade.CONSTABLE),
            sergeant=make_user(AVON, Role.SERGEANT, unit=north, grade=Grade.SERGEANT),
            supervisor=make_user(AVON, Role.SUPERVISOR, unit=north, grade=Grade.INSPECTOR),
            supervisor2=make_user(AVON, Role.SUPERVISOR, unit=south, grade=Grade.INSPECTOR),
            analyst=make_user(AVON, Role.ANALYST),
            auditor=make_user(AVON, Role.AUDITOR),
            administrator=make_user(AVON, Role.ADMINISTRATOR),
            kent=make_user(KENT, Role.INVESTIGATOR),
            kent_supervisor=make_user(KENT, Role.SUPERVISOR, grade=Grade.INSPECTOR),
            prosecutor=make_user(SOUTH_WEST, Role.PROSECUTOR),
            cps_manager=make_user(SOUTH_WEST, Role.CPS_MANAGER, grade=Grade.DISTRICT_CROWN_PROSECUTOR),
            vlo=make_user(SOUTH_WEST, Role.LIAISON_OFFICER),
            other_area=make_user(SOUTH_EAST, Role.PROSECUTOR),
            cps_direct=make_user(DIRECT, Role.CPS_DIRECT),
            isva=make_user(SERVICE, Role.ISVA),
        )
