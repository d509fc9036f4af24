"""Who is shown identity, at the edges: an emergency, a role on another case, a role that has ended."""

import pytest

from accounts.models import User
from cases import models as m
from cases.services.access import restrict
from cases.services.roles import assign_person, end_role
from cases.sight import see_or_404
from tests.factories import World, acting_as
from tests.integration.cases.emergencies import take
from tests.integration.cases.making import do, make_case
from victims.sight import identity_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of the north unit."""
    return make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)


def shown(user: User, case: m.Case) -> bool:
    """Say whether a person who opens the case as the screens do is shown identity."""
    with acting_as(user):
        return identity_shown(user, see_or_404(user, case.pk))


def test_a_supervisor_who_sees_it_by_an_emergency_alone_is_not_shown_identity(world: World, case: m.Case) -> None:
    assert shown(world.supervisor2, case)
    do(world.supervisor, restrict, case, because="Close to somebody here")
    take(world.supervisor2, case.crime_reference)
    assert not shown(world.supervisor2, case)


def test_who_needs_no_identity_is_not_shown_it_whatever_the_role_on_the_case(world: World, case: m.Case) -> None:
    case.force_id = world.analyst.agency_id
    with acting_as(world.analyst):
        assert not identity_shown(world.analyst, case)


def test_a_role_on_another_case_shows_nothing_here(world: World, case: m.Case) -> None:
    other = make_case(world.investigator, "Fenwater", reference="52/TEST/2", unit_id=world.north.pk)
    do(world.supervisor, assign_person, other, user_id=world.colleague.pk, role="solo")
    assert shown(world.colleague, other)
    assert not shown(world.colleague, case)


def test_a_role_that_has_ended_shows_nothing_any_longer(world: World, case: m.Case) -> None:
    do(world.supervisor, assign_person, case, user_id=world.colleague.pk, role="solo")
    assert shown(world.colleague, case)
    with acting_as(world.supervisor):
        row = m.CasePerson.objects.get(case=case, role="solo")
    do(world.supervisor, end_role, case, person_id=row.pk)
    assert not shown(world.colleague, case)
