"""Recording an arrest: what stops, what is refused, who may."""

import pytest

from cases import models as m
from cases.services.arrests import record_arrest
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago


@pytest.fixture
def suspect(world: World) -> m.Suspect:
    with scope(system(AVON)):
        case = m.Case.objects.create(force_id=AVON, crime_reference="52/TEST/1", recorded_at=ago(days=10), risk="medium", unit=world.north)
        return m.Suspect.objects.create(case=case, force_id=AVON, number=1, surname="Invented", identified_at=ago(days=9))


def test_an_arrest_stops_the_clock_and_says_in_custody(world: World, suspect: m.Suspect) -> None:
    with acting_as(world.investigator):
        record_arrest(actor=world.investigator, case_id=suspect.case_id, suspect_id=suspect.pk, at=ago(days=1), version=0)
        deadline = m.Deadline.objects.get(kind="arrest")
        case = m.Case.objects.get()
        assert deadline.met_at == ago(days=1) or deadline.met_at is not None
        assert case.standing == "1 in custody"
        assert m.StatusChange.objects.count() == 2
        assert case.version == 1
