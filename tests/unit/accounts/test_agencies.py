"""The reference data: 43 forces and British Transport Police, 14 Areas and CPS Direct, each force with its Area."""

from collections import Counter

import pytest

from accounts import agencies
from accounts.roles import AgencyKind

AREAS = {
    "CPS Cymru-Wales": {60, 61, 62, 63},
    "CPS East Midlands": {30, 31, 32, 33, 34},
    "CPS East of England": {35, 36, 37, 42},
    "CPS London North": set(),
    "CPS London South": set(),
    "CPS Mersey-Cheshire": {5, 7},
    "CPS North East": {10, 11, 17},
    "CPS North West": {3, 4, 6},
    "CPS South East": {45, 46, 47},
    "CPS South West": {50, 52, 53},
    "CPS Thames and Chiltern": {40, 41, 43},
    "CPS Wessex": {44, 54, 55},
    "CPS West Midlands": {20, 21, 22, 23},
    "CPS Yorkshire and Humberside": {12, 13, 14, 16},
}


def test_there_are_43_forces_14_areas_and_the_two_national_bodies() -> None:
    assert Counter(row.kind for row in agencies.AGENCIES) == {AgencyKind.POLICE: 44, AgencyKind.CPS_AREA: 14, AgencyKind.CPS_DIRECT: 1}
    assert len(agencies.FORCES) == 43


def test_keys_and_names_are_unique() -> None:
    assert len({row.id for row in agencies.AGENCIES}) == len({row.name for row in agencies.AGENCIES}) == 59


def test_keys_say_what_an_agency_is() -> None:
    assert [row.id for row in agencies.CPS_AREAS] == list(range(101, 115))
    assert agencies.CPS_DIRECT.id == 115
    assert all(1 <= row.id <= 99 for row in (*agencies.FORCES, agencies.BRITISH_TRANSPORT_POLICE))


@pytest.mark.parametrize(("area", "forces"), AREAS.items())
def test_each_area_has_its_forces(area: str, forces: set[int]) -> None:
    (area_id,) = (row.id for row in agencies.CPS_AREAS if row.name == area)
    assert {row.id for row in agencies.FORCES if row.cps_area_id == area_id} == forces


def test_only_metropolitan_city_and_transport_police_have_no_single_area() -> None:
    assert {row.id for row in (*agencies.FORCES, agencies.BRITISH_TRANSPORT_POLICE) if row.cps_area_id is None} == {1, 48, 93}


def test_areas_stand_before_the_forces_that_name_them() -> None:
    seen: set[int] = set()
    for row in agencies.AGENCIES:
        assert row.cps_area_id is None or row.cps_area_id in seen
        seen.add(row.id)
