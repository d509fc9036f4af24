"""Logging a case: what is written, what is refused and where, who sees it afterwards."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from cases import models as m
from cases.services.logging import NewCrime, NewSuspect, log_case
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago


def log(actor: User, reference: str = "52/LOG/1", **facts: Any) -> m.Case:
    given: dict[str, Any] = {"recorded_at": ago(days=2), "risk": "medium", **facts}
    with acting_as(actor):
        return log_case(actor=actor, crime_reference=reference, **given)


def test_a_case_is_logged_with_its_people_crimes_and_clocks(world: World) -> None:
    case = log(
        world.investigator,
        " 52/log/1 ",
        complainants=2,
        age_groups=["adult"],
        crimes=[NewCrime("19C", date(2024, 1, 1), date(2024, 1, 2)), NewCrime("20A", complainant=1)],
        suspects=[NewSuspect("Invented", "One", identified_at=ago(days=1)), NewSuspect("Made-Up")],
    )
    with acting_as(world.investigator):
        assert case.crime_reference == "52/LOG/1"
        assert (case.unit_id, case.named, case.stage, case.version) == (world.north.pk, "yes", "investigating", 1)
        assert list(m.Complainant.objects.order_by("label").values_list("label", "age_group")) == [("A", "adult"), ("B", "not_known")]
        assert list(m.Offence.objects.order_by("code").values_list("code", "complainant__label")) == [("19C", "A"), ("20A", "B")]
        assert m.Allegation.objects.filter(assumed=True).count() == 4
        assert list(m.Suspect.objects.order_by("number").values_list("surname", flat=True)) == ["Invented", "Made-Up"]
        assert m.Deadline.objects.filter(kind="arrest").count() == 2
        assert m.CasePerson.objects.get(role="officer").user == world.investigator
        assert m.SuspectNameKey.objects.filter(key="n:invented").exists()
        assert m.TimelineEvent.objects.filter(kind="case_logged", actor_name=world.investigator.name).exists()


def test_one_crime_and_its_suspects_need_no_confirming(world: World) -> None:
    log(world.investigator, crimes=[NewCrime("19C")], suspects=[NewSuspect("Invented"), NewSuspect("Made-Up")])
    with acting_as(world.investigator):
        assert list(m.Allegation.objects.values_list("assumed", flat=True)) == [False, False]


def test_the_first_case_sets_the_day_the_force_went_live_and_the_second_leaves_it(world: World) -> None:
    log(world.investigator)
    assert Agency.objects.get(pk=AVON).live_from == clock.today()
    earlier = clock.today() - timedelta(days=90)
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(live_from=earlier)
    log(world.investigator, "52/LOG/2")
    assert Agency.objects.get(pk=AVON).live_from == earlier


def test_a_reference_is_used_once_in_a_force_and_again_in_another(world: World) -> None:
    log(world.investigator)
    with pytest.raises(NotPossible) as refused:
        log(world.colleague, "52/log/1")
    assert refused.value.field == "crime_reference"
    log(world.kent)
    with acting_as(world.investigator):
        assert m.Case.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"recorded_at": ago(days=-1)}, "recorded_at"),
        ({"risk": "enormous"}, "risk"),
        ({"named": "no", "suspects": [NewSuspect("Invented")]}, "named"),
        ({"urn": "nonsense"}, "urn"),
        ({"complainants": 0}, "complainants"),
        ({"complainants": 21}, "complainants"),
        ({"crimes": [NewCrime("19C", complainant=1)]}, "complainants"),
        ({"crimes": [NewCrime("99Z")]}, "complainant_0-code"),
        ({"crimes": [NewCrime("19C", date(2024, 2, 1), date(2024, 1, 1))]}, "complainant_0-to_on"),
        ({"crimes": [NewCrime("19C", date(2099, 1, 1))]}, "complainant_0-from_on"),
        ({"suspects": [NewSuspect("Invented", identified_at=ago(days=-2))]}, "suspect_0-identified_at"),
        ({"suspects": [NewSuspect("Invented"), NewSuspect(" ")]}, "suspect_1-surname"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_written(world: World, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(NotPossible) as refused:
        log(world.investigator, **facts)
    assert refused.value.field == field
    with acting_as(world.investigator):
        assert not m.Case.objects.exists()
        assert Agency.objects.get(pk=AVON).live_from is None


def test_a_reference_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(NotPossible) as refused:
        log(world.investigator, "no spaces here")
    assert refused.value.field == "crime_reference"


@pytest.mark.parametrize("who", ["analyst", "auditor", "administrator", "prosecutor", "isva"])
def test_only_who_works_cases_for_the_police_logs_one(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        log(getattr(world, who))


def test_another_forces_officer_or_unit_is_refused(world: World) -> None:
    with pytest.raises(NotPossible) as refused:
        log(world.supervisor, officer_id=world.kent.pk)
    assert refused.value.field == "officer_id"
    with pytest.raises(NotPossible) as refused:
        log(world.kent, unit_id=world.north.pk)
    assert refused.value.field == "unit_id"


def test_a_supervisor_who_names_nobody_leaves_the_case_unallocated(world: World) -> None:
    case = log(world.supervisor)
    with acting_as(world.supervisor):
        assert not m.CasePerson.objects.filter(case=case).exists()


def test_a_case_of_somebody_in_justice_is_restricted_to_those_on_it(world: World) -> None:
    case = log(world.supervisor, officer_id=world.investigator.pk, works_in_justice=True)
    seen = {}
    for who in ("investigator", "colleague", "sergeant", "supervisor", "supervisor2"):
        user = getattr(world, who)
        with acting_as(user):
            seen[who] = m.Case.objects.visible_to(user).filter(pk=case.pk).exists()
    assert seen == {"investigator": True, "colleague": False, "sergeant": False, "supervisor": True, "supervisor2": False}


def test_who_logs_for_another_unit_still_sees_the_case(world: World) -> None:
    case = log(world.investigator, unit_id=world.south.pk, officer_id=world.other_unit.pk)
    with acting_as(world.investigator):
        assert m.Case.objects.visible_to(world.investigator).filter(pk=case.pk).exists()
        assert m.CasePerson.objects.get(role="second_officer").user == world.investigator


def test_logging_takes_a_bounded_number_of_statements(world: World) -> None:
    def statements(number: int, reference: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            log(world.investigator, reference, suspects=[NewSuspect(f"Invented{place}") for place in range(number)])
        return len(counted)

    one, four = statements(1, "52/LOG/1"), statements(4, "52/LOG/4")
    assert one <= 80
    assert (four - one) / 3 <= 8


def test_an_investigator_cannot_log_a_case_that_no_supervisor_sees(world: World) -> None:
    with pytest.raises(NotPossible) as refused:
        log(world.investigator, works_in_justice=True)
    assert refused.value.field == "inspector_id"
    with pytest.raises(NotPossible):
        log(world.investigator, works_in_justice=True, inspector_id=world.sergeant.pk)
    case = log(world.investigator, works_in_justice=True, inspector_id=world.supervisor2.pk)
    with acting_as(world.supervisor2):
        assert m.Case.objects.visible_to(world.supervisor2).filter(pk=case.pk).exists()
