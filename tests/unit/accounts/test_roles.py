"""The tables of roles, written down a second time by hand: what each makes of a person, who covers whom, which rank is above which."""

import pytest

from accounts.roles import (
    AGENCIES_OF_ROLE,
    KIND_OF_ROLE,
    WORKS_CASES_CPS,
    WORKS_CASES_POLICE,
    WORKS_WITH_CLIENTS,
    Accredits,
    AgencyKind,
    Grade,
    Role,
    at_least,
    covering_roles,
)

EVERYWHERE = {"police", "cps_area", "cps_direct", "support", "oversight"}
ROLES = {
    "investigator": ("Investigator", "rasso_police", {"police"}),
    "sergeant": ("Sergeant", "rasso_police", {"police"}),
    "supervisor": ("Supervisor", "rasso_police", {"police"}),
    "analyst": ("Analyst", "rasso_police", {"police"}),
    "auditor": ("Auditor", "rasso_oversight", EVERYWHERE),
    "administrator": ("Administrator", "rasso_oversight", EVERYWHERE),
    "prosecutor": ("Prosecutor", "rasso_cps", {"cps_area"}),
    "cps_manager": ("CPS legal manager", "rasso_cps", {"cps_area"}),
    "liaison_officer": ("Victim liaison officer", "rasso_cps", {"cps_area"}),
    "cps_direct": ("CPS Direct prosecutor", "rasso_cps", {"cps_direct"}),
    "isva": ("Independent Sexual Violence Adviser", "rasso_isva", {"support"}),
    "isva_manager": ("ISVA manager", "rasso_isva", {"support"}),
    "panel_member": ("Scrutiny panel member", "rasso_panel", {"oversight"}),
}
LADDER = ["constable", "sergeant", "inspector", "chief_inspector", "superintendent", "assistant_chief_constable"]
GRADES = {
    "": "Not recorded",
    "police_staff": "Police staff",
    "constable": "Constable",
    "sergeant": "Sergeant",
    "inspector": "Inspector",
    "chief_inspector": "Chief inspector",
    "superintendent": "Superintendent",
    "assistant_chief_constable": "Assistant chief constable or commander",
    "crown_prosecutor": "Crown Prosecutor",
    "senior_crown_prosecutor": "Senior Crown Prosecutor",
    "district_crown_prosecutor": "District Crown Prosecutor",
    "senior_district_crown_prosecutor": "Senior District Crown Prosecutor",
    "cps_staff": "CPS staff",
}


def test_each_role_makes_one_kind_and_belongs_to_its_agencies() -> None:
    assert {role.value: (role.label, str(KIND_OF_ROLE[role]), set(AGENCIES_OF_ROLE[role])) for role in Role} == ROLES


def test_the_bodies_that_an_agency_can_be() -> None:
    assert dict(AgencyKind.choices) == {
        "police": "Police force", "cps_area": "CPS Area", "cps_direct": "CPS Direct", "support": "Support service",
        "oversight": "Oversight body",
    }  # fmt: skip


GROUPS = (
    {"investigator", "sergeant", "supervisor"},
    {"prosecutor", "cps_manager", "liaison_officer", "cps_direct"},
    {"isva", "isva_manager"},
)


def test_who_works_on_what() -> None:
    assert (set(WORKS_CASES_POLICE), set(WORKS_CASES_CPS), set(WORKS_WITH_CLIENTS)) == GROUPS


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_whoever_does_the_same_work_covers_and_nobody_else(role: Role) -> None:
    assert set(covering_roles(role)) == next((group for group in GROUPS if role.value in group), {role.value})


@pytest.mark.parametrize("wanted", LADDER)
@pytest.mark.parametrize("grade", GRADES)
def test_a_rank_counts_as_itself_and_those_below(grade: str, wanted: str) -> None:
    expected = grade in LADDER and LADDER.index(grade) >= LADDER.index(wanted)
    assert at_least(grade, Grade(wanted)) is expected


def test_grades_and_accreditations_as_they_are_stored_and_said() -> None:
    assert dict(Grade.choices) == GRADES
    assert [one.value for one in Accredits] == ["pip", "risdp", "ssaidp", "rasso"]
