"""Whoever covers is told once that the cover has begun, and somebody given a case is told of it."""

from datetime import timedelta
from uuid import UUID

import pytest

from accounts.services import set_away
from cases.services.cover import tell_covers
from cases.services.roles import assign_person, take_over
from core import clock
from core.scope import scope, system
from notifications.models import Notice
from tests.factories import AVON, World, acting_as
from tests.integration.cases.making import make_case

pytestmark = pytest.mark.django_db


def told(user_id: UUID, subject: str) -> int:
    """Return how many notices of a subject somebody has."""
    with scope(system(AVON)):
        return Notice.objects.filter(user=user_id, subject=subject).count()


@pytest.mark.parametrize(("begun", "expected"), [(0, 1), (1, 1), (2, 0), (-1, 0)])
def test_a_cover_is_told_once_when_it_begins(world: World, begun: int, expected: int) -> None:
    first = clock.today() - timedelta(days=begun)
    with acting_as(world.supervisor):
        set_away(
            actor=world.supervisor,
            person=world.investigator,
            away_from=first,
            away_to=clock.today() + timedelta(days=5),
            covered_by=world.colleague,
        )
    assert tell_covers() == expected
    assert tell_covers() == 0
    assert told(world.colleague.pk, "cover_begins") == expected


def test_somebody_given_a_case_is_told_but_not_who_takes_one(world: World) -> None:
    case = make_case(world.investigator)
    with acting_as(world.sergeant):
        assign_person(actor=world.sergeant, case_id=case.pk, user_id=world.colleague.pk, role="officer")
    assert told(world.colleague.pk, "case_handed_over") == 1
    with acting_as(world.supervisor):
        take_over(actor=world.supervisor, case_id=case.pk, role="inspector")
    assert told(world.supervisor.pk, "case_handed_over") == 0
