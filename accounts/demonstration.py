"""The sign-ins of the demonstration. Every person here is invented; none exists where the service is used in earnest."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.agencies import AGENCIES, CPS_DIRECT_ID
from accounts.models import Agency, Unit, User
from accounts.roles import AgencyKind, Grade, Role
from accounts.services import add_agency, add_unit, change_unit_details, create_person
from audit import context as audit_context
from core.scope import Kind, Scope, scope

PASSWORD = "demonstration-only"  # noqa: S105 - printed on the screen of the demonstration
DOMAIN = "demo.example"
FORCE, OTHER_FORCE, AREA, OTHER_AREA = 52, 46, 110, 109
SERVICE, OTHER_SERVICE, OVERSIGHT = "Harbour Women's Centre", "The Lantern SARC", "Demonstration scrutiny body"
NORTH, SOUTH, NON_RECENT, REVIEW = "RASSO North", "RASSO South", "RASSO Non-recent", "Review unit"
KENT, CPS_RASSO, CPS_OTHER, DIRECT_UNIT = "RASSO Kent", "RASSO unit South West", "RASSO unit South East", "CPS Direct"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person: who signs in, as what, where. `agency` is a number, or the name of an agency the demonstration adds."""

    key: str
    name: str
    role: Role
    agency: int | str
    unit: str = ""
    grade: Grade = Grade.NONE
    collar_number: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@{DOMAIN}"


UNITS: tuple[tuple[int, str], ...] = (
    (FORCE, NORTH),
    (FORCE, SOUTH),
    (FORCE, NON_RECENT),
    (FORCE, REVIEW),
    (OTHER_FORCE, KENT),
    (AREA, CPS_RASSO),
    (AREA, REVIEW),
    (OTHER_AREA, CPS_OTHER),
    (CPS_DIRECT_ID, DIRECT_UNIT),
)
ADDED: tuple[tuple[AgencyKind, str], ...] = (
    (AgencyKind.SUPPORT, SERVICE),
    (AgencyKind.SUPPORT, OTHER_SERVICE),
    (AgencyKind.OVERSIGHT, OVERSIGHT),
)
PEOPLE: tuple[SignIn, ...] = (
    SignIn("investigator", "DC Maren Oakhill", Role.INVESTIGATOR, FORCE, NORTH, Grade.CONSTABLE, "D9001"),
    SignIn("investigator2", "DC Tobin Larkfield", Role.INVESTIGATOR, FORCE, SOUTH, Grade.CONSTABLE, "D9002"),
    SignIn("supervisor", "DI Hester Coombeworth", Role.SUPERVISOR, FORCE, NORTH, Grade.INSPECTOR, "D9003"),
    SignIn("analyst", "Piers Meadowcroft-Vale", Role.ANALYST, FORCE, "", Grade.POLICE_STAFF, "D9004"),
    SignIn("auditor", "Odile Farthingdale", Role.AUDITOR, FORCE, "", Grade.POLICE_STAFF, "D9005"),
    SignIn("administrator", "Corin Wetherleigh", Role.ADMINISTRATOR, FORCE, "", Grade.POLICE_STAFF, "D9006"),
    SignIn("sergeant", "DS Anwen Brackenridge", Role.SERGEANT, FORCE, NORTH, Grade.SERGEANT, "D9007"),
    SignIn("reviewer", "DI Lowell Stonecombe", Role.SUPERVISOR, FORCE, REVIEW, Grade.INSPECTOR, "D9008"),
    SignIn("other-force", "DC Ismay Hopgarden", Role.INVESTIGATOR, OTHER_FORCE, KENT, Grade.CONSTABLE, "D9009"),
    SignIn("other-supervisor", "DI Blythe Weirbridge", Role.SUPERVISOR, OTHER_FORCE, KENT, Grade.INSPECTOR, "D9010"),
    SignIn("prosecutor", "Rufina Ashdowner", Role.PROSECUTOR, AREA, CPS_RASSO, Grade.SENIOR_CROWN_PROSECUTOR),
    SignIn("prosecutor2", "Gethin Millbourne-Ray", Role.PROSECUTOR, AREA, CPS_RASSO, Grade.SENIOR_CROWN_PROSECUTOR),
    SignIn("cps-manager", "Thea Quillingham", Role.CPS_MANAGER, AREA, CPS_RASSO, Grade.DISTRICT_CROWN_PROSECUTOR),
    SignIn("vlo", "Bram Larchwood", Role.LIAISON_OFFICER, AREA, CPS_RASSO, Grade.CPS_STAFF),
    SignIn("cps-reviewer", "Ottilie Greymarsh", Role.CPS_MANAGER, AREA, REVIEW, Grade.DISTRICT_CROWN_PROSECUTOR),
    SignIn("other-area", "Silvan Chalkhurst", Role.PROSECUTOR, OTHER_AREA, CPS_OTHER, Grade.SENIOR_CROWN_PROSECUTOR),
    SignIn("cps-direct", "Petra Nightingdale", Role.CPS_DIRECT, CPS_DIRECT_ID, DIRECT_UNIT, Grade.SENIOR_CROWN_PROSECUTOR),
    SignIn("isva", "Juno Saltmarsh", Role.ISVA, SERVICE),
    SignIn("isva-manager", "Wilhelmina Quayfield", Role.ISVA_MANAGER, SERVICE),
    SignIn("isva2", "Corisande Lampwick", Role.ISVA, OTHER_SERVICE),
    SignIn("panel", "Aurelio Benchley-Moor", Role.PANEL_MEMBER, OVERSIGHT),
)


def agency_name(agency: int | str) -> str:
    """Return the words for an agency, for a list that is printed before the database is asked."""
    return agency if isinstance(agency, str) else next(row.name for row in AGENCIES if row.id == agency)


SIGN_INS: list[tuple[str, str]] = [
    (person.email, ", ".join(part for part in (person.role.label, person.unit, agency_name(person.agency)) if part)) for person in PEOPLE
]
"""E-mail address and who it is, in the order in which they are shown."""


def make_sign_ins() -> None:
    """Make the demonstration's people, or put their passwords back. Safe to run again.

    Raises ImproperlyConfigured unless settings.DEMO is on.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("The demonstration's sign-ins are made only where RASSO_DEMO is on.")
    with audit_context.acting_as_system(reason="demonstration"), transaction.atomic():
        with scope(Scope(kind=Kind.SYSTEM, force_id=FORCE, agency_id=FORCE)):
            agencies = make_agencies()
            for agency_id, name in UNITS:
                unit = add_unit(actor=None, agency=agencies[agency_id], name=name, reviews=name == REVIEW)
                if name == REVIEW and not unit.reviews:
                    change_unit_details(actor=None, unit=unit, name=name, cps_area=unit.cps_area, reviews=True)
            for person in PEOPLE:
                make_person(person, agencies[person.agency])
        set_passwords()


def make_agencies() -> dict[int | str, Agency]:
    """Return every agency the demonstration uses, adding those that do not ship, by number or name."""
    numbers = {person.agency for person in PEOPLE if isinstance(person.agency, int)}
    found: dict[int | str, Agency] = {agency.id: agency for agency in Agency.objects.filter(id__in=numbers)}
    for kind, name in ADDED:
        found[name] = add_agency(actor=None, kind=kind, name=name)
    return found


def make_person(wanted: SignIn, agency: Agency) -> None:
    """Add a person who is not there yet."""
    if User.objects.filter(email=wanted.email).exists():
        return
    unit = Unit.objects.get(agency=agency, name=wanted.unit) if wanted.unit else None
    create_person(
        actor=None,
        agency=agency,
        name=wanted.name,
        role=wanted.role,
        email=wanted.email,
        unit=unit,
        grade=wanted.grade,
        collar_number=wanted.collar_number,
    )


def set_passwords() -> None:
    """Give each of them the demonstration's password, as the application's login: no kind may touch a hash."""
    for person in User.objects.filter(email__in=[email for email, _ in SIGN_INS]):
        if not person.check_password(PASSWORD):
            person.password = make_password(PASSWORD)
            person.save(update_fields=["password"])
