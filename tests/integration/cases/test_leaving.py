"""Somebody leaves who holds cases: refused, or every role ends with its entry in the timeline, and the cases are unallocated."""

import pytest

from accounts import services
from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import AVON, SOUTH_WEST, World, acting_as, make_user
from tests.integration.accounts.administering import PEOPLE, act, browser_of, fresh
from tests.integration.cases.making import do, make_case, timeline

pytestmark = pytest.mark.django_db


def roles_of(person: User) -> int:
    """Return how many roles a person has on cases of Avon and Somerset now."""
    with scope(system(AVON)):
        return m.CasePerson.objects.filter(user=person, until__isnull=True).count()


def test_leaving_is_refused_while_cases_have_no_other_owner(world: World) -> None:
    make_case(world.investigator, "Invented")
    browser = browser_of(world.administrator)
    page = browser.get(f"{PEOPLE}{world.investigator.pk}/leave/")
    assert b"1 open case has her or him as officer in the case" in page.content
    assert b"52/TEST/1" not in page.content, "counts, and no case"
    answer = act(browser, world.investigator, "leave")
    assert answer.status_code == 400
    assert "leave_unallocated" in answer.context["form"].errors
    assert fresh(world.investigator).is_active
    assert roles_of(world.investigator) == 1


def test_cases_are_left_unallocated(world: World) -> None:
    cases = [make_case(world.investigator, "Invented", reference=f"52/LEAVE/{number}") for number in range(3)]
    other = make_case(world.colleague, "Invented", reference="52/LEAVE/9")
    do(world.sergeant, assign_person, other, user_id=world.investigator.pk, role=m.CaseRole.SECOND_OFFICER)
    browser = browser_of(world.administrator)
    assert act(browser, world.investigator, "leave", leave_unallocated="on").status_code == 302
    assert not fresh(world.investigator).is_active
    assert roles_of(world.investigator) == 0
    assert roles_of(world.colleague) == 1, "who shares a case keeps it"
    for case in [*cases, other]:
        assert timeline(case)[-1] == "person_unassigned"
    with scope(system(AVON)):
        event = m.TimelineEvent.objects.filter(case=cases[0], kind="person_unassigned").get()
        assert event.actor_name == world.administrator.name
        assert m.Case.objects.get(pk=cases[0].pk).version == event.case_version


def test_a_prosecutor_leaves_cases_of_several_forces(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    do(world.investigator, bring_to_area, case)
    do(world.cps_manager, assign_person, case, user_id=world.prosecutor.pk, role=m.CaseRole.PROSECUTOR)
    administrator = make_user(SOUTH_WEST, Role.ADMINISTRATOR)
    browser = browser_of(administrator)
    assert act(browser, world.prosecutor, "leave").status_code == 400
    assert act(browser, world.prosecutor, "leave", leave_unallocated="on").status_code == 302
    assert roles_of(world.prosecutor) == 0
    assert not fresh(world.prosecutor).is_active
    assert roles_of(world.investigator) == 1


def test_a_refusal_takes_the_ends_of_roles_back(world: World) -> None:
    make_case(world.investigator, "Invented")
    browser = browser_of(world.administrator)
    answer = browser.post(f"{PEOPLE}{world.investigator.pk}/leave/", {"seen": "0" * 32, "leave_unallocated": "on"})
    assert answer.status_code == 409
    assert roles_of(world.investigator) == 1
    assert fresh(world.investigator).is_active


def test_without_the_tick_the_service_refuses(world: World) -> None:
    make_case(world.investigator, "Invented")
    with acting_as(world.administrator), pytest.raises(NotPossible):
        services.deactivate(actor=world.administrator, person=world.investigator)
