"""Roles as code: who a person is in the tracker, which database kind that makes, and what the role is for."""

from enum import StrEnum

from django.db import models

from core.scope import Kind


class AgencyKind(models.TextChoices):
    """What sort of body an agency is."""

    POLICE = "police", "Police force"
    CPS_AREA = "cps_area", "CPS Area"
    CPS_DIRECT = "cps_direct", "CPS Direct"
    SUPPORT = "support", "Support service"
    OVERSIGHT = "oversight", "Oversight body"


class Role(models.TextChoices):
    """One role a person. What each may do is decided in each app's permissions.py and printed in docs/permissions.md."""

    INVESTIGATOR = "investigator", "Investigator"
    SERGEANT = "sergeant", "Sergeant"
    SUPERVISOR = "supervisor", "Supervisor"
    ANALYST = "analyst", "Analyst"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    PROSECUTOR = "prosecutor", "Prosecutor"
    CPS_MANAGER = "cps_manager", "CPS legal manager"
    LIAISON_OFFICER = "liaison_officer", "Victim liaison officer"
    CPS_DIRECT = "cps_direct", "CPS Direct prosecutor"
    ISVA = "isva", "Independent Sexual Violence Adviser"
    ISVA_MANAGER = "isva_manager", "ISVA manager"
    PANEL_MEMBER = "panel_member", "Scrutiny panel member"


KIND_OF_ROLE: dict[str, Kind] = {
    Role.INVESTIGATOR: Kind.POLICE,
    Role.SERGEANT: Kind.POLICE,
    Role.SUPERVISOR: Kind.POLICE,
    Role.ANALYST: Kind.POLICE,
    Role.PROSECUTOR: Kind.CPS,
    Role.CPS_MANAGER: Kind.CPS,
    Role.LIAISON_OFFICER: Kind.CPS,
    Role.CPS_DIRECT: Kind.CPS,
    Role.ISVA: Kind.ISVA,
    Role.ISVA_MANAGER: Kind.ISVA,
    Role.AUDITOR: Kind.OVERSIGHT,
    Role.ADMINISTRATOR: Kind.OVERSIGHT,
    Role.PANEL_MEMBER: Kind.PANEL,
}

AGENCIES_OF_ROLE: dict[str, frozenset[str]] = {
    Role.INVESTIGATOR: frozenset({AgencyKind.POLICE}),
    Role.SERGEANT: frozenset({AgencyKind.POLICE}),
    Role.SUPERVISOR: frozenset({AgencyKind.POLICE}),
    Role.ANALYST: frozenset({AgencyKind.POLICE}),
    Role.PROSECUTOR: frozenset({AgencyKind.CPS_AREA}),
    Role.CPS_MANAGER: frozenset({AgencyKind.CPS_AREA}),
    Role.LIAISON_OFFICER: frozenset({AgencyKind.CPS_AREA}),
    Role.CPS_DIRECT: frozenset({AgencyKind.CPS_DIRECT}),
    Role.ISVA: frozenset({AgencyKind.SUPPORT}),
    Role.ISVA_MANAGER: frozenset({AgencyKind.SUPPORT}),
    Role.AUDITOR: frozenset(AgencyKind.values),
    Role.ADMINISTRATOR: frozenset(AgencyKind.values),
    Role.PANEL_MEMBER: frozenset({AgencyKind.OVERSIGHT}),
}

WORKS_CASES_POLICE = frozenset({Role.INVESTIGATOR, Role.SERGEANT, Role.SUPERVISOR})
WORKS_CASES_CPS = frozenset({Role.PROSECUTOR, Role.CPS_MANAGER, Role.LIAISON_OFFICER, Role.CPS_DIRECT})
WORKS_WITH_CLIENTS = frozenset({Role.ISVA, Role.ISVA_MANAGER})


def covering_roles(role: str) -> frozenset[Role]:
    """Return the roles that can stand in for one: those that do the same sort of work, and so can see what is covered."""
    groups = (WORKS_CASES_POLICE, WORKS_CASES_CPS, WORKS_WITH_CLIENTS)
    return next((group for group in groups if role in group), frozenset({Role(role)}))


class Grade(models.TextChoices):
    """Rank or grade, lowest first within each agency. `[GK]`: where the law names a rank, clocks name it from here."""

    NONE = "", "Not recorded"
    POLICE_STAFF = "police_staff", "Police staff"
    CONSTABLE = "constable", "Constable"
    SERGEANT = "sergeant", "Sergeant"
    INSPECTOR = "inspector", "Inspector"
    CHIEF_INSPECTOR = "chief_inspector", "Chief inspector"
    SUPERINTENDENT = "superintendent", "Superintendent"
    ASSISTANT_CHIEF_CONSTABLE = "assistant_chief_constable", "Assistant chief constable or commander"
    CROWN_PROSECUTOR = "crown_prosecutor", "Crown Prosecutor"
    SENIOR_CROWN_PROSECUTOR = "senior_crown_prosecutor", "Senior Crown Prosecutor"
    DISTRICT_CROWN_PROSECUTOR = "district_crown_prosecutor", "District Crown Prosecutor"
    SENIOR_DISTRICT_CROWN_PROSECUTOR = "senior_district_crown_prosecutor", "Senior District Crown Prosecutor"
    CPS_STAFF = "cps_staff", "CPS staff"


_POLICE_LADDER = (
    Grade.CONSTABLE,
    Grade.SERGEANT,
    Grade.INSPECTOR,
    Grade.CHIEF_INSPECTOR,
    Grade.SUPERINTENDENT,
    Grade.ASSISTANT_CHIEF_CONSTABLE,
)


def at_least(grade: str, wanted: Grade) -> bool:
    """Say whether a police rank is the wanted one or above. Grades outside the police ladder are never."""
    ladder: tuple[str, ...] = _POLICE_LADDER
    return grade in ladder and ladder.index(grade) >= ladder.index(wanted)


class Accredits(StrEnum):
    """Accreditations that allocation looks at (domain.md section 9)."""

    PIP = "pip"
    RISDP = "risdp"
    SSAIDP = "ssaidp"
    RASSO = "rasso"
