"""Roles on a case: who gives them, to whom, what follows, and what a person still holds."""

from datetime import timedelta

import pytest

from accounts import holdings
from accounts.models import Accreditation, User
from cases import models as m
from cases.services.roles import assign_person, end_role, move_to_unit, take_over
from cases.services.sharing import bring_to_area
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.cases.making import do, fresh, make_case, sees, timeline


def officer_of(case: m.Case) -> User | None:
    with scope(system(AVON)):
        row = m.CasePerson.objects.filter(case=case, role="officer", until__isnull=True).select_related("user").first()
        return row.user if row else None


def accredit(user: User, **facts: object) -> None:
    with scope(system(user.agency_id)):
        Accreditation.objects.create(user=user, kind="risdp", **facts)


def test_a_sergeant_hands_the_case_over_and_the_predecessors_role_ends(world: World) -> None:
    case = make_case(world.investigator)
    warning = do(world.sergeant, assign_person, case, user_id=world.colleague.pk, role="officer")
    assert officer_of(case) == world.colleague
    assert "no accreditation" in warning
    assert timeline(case)[-1] == "person_assigned"
    with acting_as(world.sergeant):
        assert m.CasePerson.objects.get(user=world.investigator).until is not None


def test_the_accreditation_warning_stops_nothing_and_says_what_is_missing(world: World) -> None:
    case = make_case(world.investigator)
    today = clock.today()
    accredit(world.colleague, awarded_on=today - timedelta(days=900), expires_on=today + timedelta(days=9))
    accredit(world.other_unit, in_training=True)
    accredit(world.sergeant, awarded_on=today - timedelta(days=900), expires_on=today - timedelta(days=9))
    assert do(world.supervisor, assign_person, case, user_id=world.colleague.pk, role="officer") == ""
    assert "in training" in do(world.supervisor, assign_person, case, user_id=world.other_unit.pk, role="officer")
    assert "run out" in do(world.supervisor, assign_person, case, user_id=world.sergeant.pk, role="officer")
    assert do(world.supervisor, assign_person, case, user_id=world.investigator.pk, role="disclosure") == ""


def test_an_assigned_person_sees_the_case_from_another_unit(world: World) -> None:
    case = make_case(world.investigator)
    do(world.sergeant, assign_person, case, user_id=world.other_unit.pk, role="second_officer")
    assert sees(world.other_unit, case)


def test_roles_are_refused_to_whom_they_do_not_fit(world: World) -> None:
    case = make_case(world.investigator)
    for user, role in (
        (world.kent, "officer"),
        (world.analyst, "officer"),
        (world.prosecutor, "officer"),
        (world.colleague, "emperor"),
        (world.investigator, "officer"),
    ):
        with pytest.raises(NotPossible):
            do(world.supervisor, assign_person, case, user_id=user.pk, role=role)
    with pytest.raises(NotAllowed):
        do(world.investigator, assign_person, case, user_id=world.colleague.pk, role="officer")


def test_the_areas_manager_names_prosecutor_and_liaison_officer_of_a_case_brought(world: World) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotAllowed):
        do(world.supervisor, assign_person, case, user_id=world.prosecutor.pk, role="prosecutor")
    do(world.investigator, bring_to_area, case)
    do(world.cps_manager, assign_person, case, user_id=world.prosecutor.pk, role="prosecutor")
    do(world.cps_manager, assign_person, case, user_id=world.vlo.pk, role="vlo")
    with acting_as(world.prosecutor):
        assert set(m.CasePerson.objects.filter(case=case, until__isnull=True).values_list("role", flat=True)) == {
            "officer",
            "prosecutor",
            "vlo",
        }
    for user, role in ((world.vlo, "prosecutor"), (world.prosecutor, "vlo"), (world.other_area, "prosecutor")):
        with pytest.raises(NotPossible):
            do(world.cps_manager, assign_person, case, user_id=user.pk, role=role)
    with pytest.raises(NotAllowed):
        do(world.prosecutor, assign_person, case, user_id=world.vlo.pk, role="vlo")
    with pytest.raises(NotAllowed):
        do(world.cps_manager, assign_person, case, user_id=world.colleague.pk, role="officer")


def test_an_ended_role_leaves_the_case_unallocated(world: World) -> None:
    case = make_case(world.investigator)
    with acting_as(world.sergeant):
        row = m.CasePerson.objects.get(case=case)
    do(world.sergeant, end_role, case, person_id=row.pk)
    assert officer_of(case) is None
    with pytest.raises(NotPossible):
        do(world.sergeant, end_role, case, person_id=row.pk)
    with pytest.raises(NotAllowed):
        do(world.investigator, end_role, case, person_id=row.pk)


def test_a_supervisor_takes_a_case_over(world: World) -> None:
    case = make_case(world.investigator)
    do(world.supervisor2, take_over, case)
    assert officer_of(case) == world.supervisor2
    with pytest.raises(NotAllowed):
        do(world.sergeant, take_over, case)


def test_a_case_moves_to_another_unit_and_may_arrive_unallocated(world: World) -> None:
    case = make_case(world.investigator)
    do(world.sergeant, move_to_unit, case, unit_id=world.south.pk, keep_officer=False)
    assert fresh(case).unit_id == world.south.pk
    assert officer_of(case) is None
    assert not sees(world.colleague, case)
    assert sees(world.other_unit, case)
    for unit_id in (world.south.pk, case.pk):
        with pytest.raises(NotPossible):
            do(world.supervisor, move_to_unit, case, unit_id=unit_id)


def test_open_cases_are_held_until_given_to_somebody_else(world: World) -> None:
    case = make_case(world.investigator)
    do(world.investigator, bring_to_area, case)
    do(world.cps_manager, assign_person, case, user_id=world.prosecutor.pk, role="prosecutor")
    with scope(system(AVON)):
        assert holdings.of(world.investigator) == ["1 open case has her or him as officer in the case."]
        assert holdings.of(world.colleague) == []
    with scope(system(SOUTH_WEST)):
        assert holdings.of(world.prosecutor) == ["1 open case has her or him as prosecutor."]
    do(world.sergeant, assign_person, case, user_id=world.colleague.pk, role="officer")
    with scope(system(AVON)):
        assert holdings.of(world.investigator) == []
