"""Officers that a force's extract names: added once, never able to sign in until invited, never taking anybody over."""

import pytest

from accounts import services
from accounts.roles import Grade, Role
from audit.context import acting_as_system
from audit.models import AccessLog
from tests.factories import World, acting_as

pytestmark = pytest.mark.django_db


def logged(world: World) -> list[str]:
    """What the log says of the administrator's force, oldest first."""
    with acting_as(world.auditor):
        return list(AccessLog.objects.order_by("id").values_list("what", flat=True))


def test_an_officer_from_an_extract_is_added_once_and_cannot_sign_in(world: World) -> None:
    with acting_as_system(reason="import"):
        first = services.officer_from_extract(agency_id=52, collar_number="886", name="DI Pugh", role=Role.SUPERVISOR)
        again = services.officer_from_extract(agency_id=52, collar_number="886", name="DS Pugh", role=Role.INVESTIGATOR)
        other_force = services.officer_from_extract(agency_id=46, collar_number="886", name="DC Other", role=Role.INVESTIGATOR)
    assert first == again
    assert again.name == "DI Pugh"
    assert (first.role, first.grade, first.email, first.may_sign_in, first.has_usable_password()) == (
        Role.SUPERVISOR,
        Grade.INSPECTOR,
        None,
        False,
        False,
    )
    assert other_force != first
    assert logged(world).count("officer added from extract") == 1


def test_without_a_number_somebody_from_an_extract_is_known_by_name(world: World) -> None:
    with acting_as_system(reason="import"):
        first = services.officer_from_extract(agency_id=52, collar_number="", name="DC Unnumbered", role=Role.INVESTIGATOR)
        assert services.officer_from_extract(agency_id=52, collar_number="", name="DC Unnumbered", role=Role.INVESTIGATOR) == first
        assert services.officer_from_extract(agency_id=52, collar_number="", name="DC Somebody", role=Role.INVESTIGATOR) != first


def test_an_extract_never_takes_over_somebody_who_can_sign_in(world: World) -> None:
    with acting_as_system(reason="import"):
        found = services.officer_from_extract(
            agency_id=52, collar_number=world.investigator.collar_number, name="DI Somebody Else", role=Role.SUPERVISOR
        )
    assert (found.pk, found.name, found.role) == (world.investigator.pk, world.investigator.name, Role.INVESTIGATOR)


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("DC Whitlock", Grade.CONSTABLE),
        ("ds okafor", Grade.SERGEANT),
        ("DI Sinclair-Ross", Grade.INSPECTOR),
        ("DCI. X", Grade.CHIEF_INSPECTOR),
        ("Dina Castellanos", Grade.NONE),
        ("DI", Grade.NONE),
        ("", Grade.NONE),
    ],
)
def test_the_rank_is_read_from_the_name(name: str, grade: Grade) -> None:
    from accounts.services.extract import grade_of

    assert grade_of(name) == grade
