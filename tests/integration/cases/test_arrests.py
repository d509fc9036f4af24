"""Arrest, release, attempts, interviews: what stops, what follows in the same act, what is refused, who may."""

from datetime import timedelta

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_attempt, record_interview, record_release
from cases.services.outcomes import record_outcome
from cases.services.plans import plan_arrest
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from tests.factories import World, acting_as, ago
from tests.integration.cases.asking import count, deadline, refused, status, texts
from tests.integration.cases.making import arrest, do, fresh, make_case, plan_tellings, suspect_of, timeline

pytestmark = pytest.mark.usefixtures("nfa_at_once")


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, "Invented")


def release(actor: User, case: m.Case, to: str, *, days: float = 0.5, **more: object) -> m.Arrest:
    return do(actor, record_release, case, suspect_id=suspect_of(case).pk, at=ago(days=days), to=to, **more)


def test_an_arrest_stops_the_clock_and_says_in_custody(world: World, case: m.Case) -> None:
    made = do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=1), version=fresh(case).version)

    assert deadline(case, "arrest").met_at == made.at
    assert (status(case), fresh(case).standing) == ("in_custody", "1 in custody")
    assert fresh(case).version == 2


def test_an_arrest_makes_the_planned_one(world: World, case: m.Case) -> None:
    do(world.investigator, plan_arrest, case, suspect_id=suspect_of(case).pk, planned_for=clock.now() + timedelta(days=1))
    arrest(world.investigator, case)

    with scope(system(case.force_id)):
        assert m.PlannedArrest.objects.get(case=case).state == "made"


def test_an_arrest_is_refused_where_it_cannot_have_been(world: World, case: m.Case) -> None:
    me, key = world.investigator, suspect_of(case).pk
    with refused("after the suspect was identified", "at"):
        do(me, record_arrest, case, suspect_id=key, at=ago(days=9.5))
    with refused("in the past", "at"):
        do(me, record_arrest, case, suspect_id=key, at=clock.now() + timedelta(hours=1))
    arrest(me, case)
    with refused("in custody"):
        arrest(me, case, days=0.5)
    release(me, case, "under_investigation")
    with refused("after the last arrest and release", "at"):
        arrest(me, case, days=0.9)
    assert count(m.Arrest, case) == 1


def test_an_arrest_after_an_outcome_asks_for_reopening_first(world: World, case: m.Case) -> None:
    plan_tellings(case)
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=15, on=clock.today(), reasons="Tested")

    with refused("Reopen"):
        arrest(world.investigator, case, days=0)


def test_nobody_else_may(world: World, case: m.Case) -> None:
    key = suspect_of(case).pk
    for stranger in (world.other_unit, world.kent, world.prosecutor, world.analyst):
        with pytest.raises(Http404):
            do(stranger, record_arrest, case, suspect_id=key, at=ago(days=1))
    other = make_case(world.investigator, "Another", reference="52/TEST/2")
    with pytest.raises(Http404):
        do(world.investigator, record_arrest, other, suspect_id=key, at=ago(days=1))


def test_the_loser_of_a_race_learns_who_did_what(world: World, case: m.Case) -> None:
    version = fresh(case).version
    arrest(world.colleague, case)

    with pytest.raises(Conflict) as lost:
        do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=1), version=version)
    assert (lost.value.change.who, lost.value.change.what) == (world.colleague.name, "recorded an arrest")


def test_a_release_on_bail_grants_it_in_the_same_act(world: World, case: m.Case) -> None:
    made = arrest(world.investigator, case)
    release(world.investigator, case, "bail", conditions="Not to go near", victim_views_sought=True)

    with scope(system(case.force_id)):
        bail = m.Bail.objects.get(case=case)
    assert (bail.authority, bail.arrest_id, bail.victim_views_sought) == ("custody_officer", made.pk, True)
    assert status(case) == "on_bail"
    assert deadline(case, "bail_expiry").due_on > clock.today() + timedelta(days=80)
    assert timeline(case)[-2:] == ["released", "bail_granted"]


def test_a_release_under_investigation_starts_its_review(world: World, case: m.Case) -> None:
    arrest(world.investigator, case)
    release(world.investigator, case, "under_investigation")

    assert status(case) == "under_investigation"
    assert deadline(case, "rui_review").met_at is None


def test_a_release_with_an_outcome_records_it_in_the_same_act(world: World, case: m.Case) -> None:
    arrest(world.investigator, case, days=0.1)
    plan_tellings(case)
    release(world.investigator, case, "outcome", days=0.05, code=1)

    with scope(system(case.force_id)):
        outcome = m.SuspectOutcome.objects.get(case=case)
    assert (outcome.code, outcome.side) == (1, "cps")
    assert status(case) == "charged"
    assert deadline(case, "arrest").met_at is not None


def test_a_release_says_to_what_and_only_what_can_be(world: World, case: m.Case) -> None:
    me = world.investigator
    with refused("not in custody"):
        release(me, case, "under_investigation")
    arrest(me, case)
    with refused("what the suspect was released to", "to"):
        release(me, case, "not_known")
    with refused("after the arrest", "at"):
        release(me, case, "under_investigation", days=2)
    with refused("in the past", "at"):
        release(me, case, "under_investigation", days=-1)
    with refused("Select an outcome", "code"):
        release(me, case, "outcome")
    with refused("Enter the reasons", "reasons"):
        release(me, case, "outcome", code=15)
    with refused("Only bail has conditions", "conditions"):
        release(me, case, "under_investigation", conditions="Stay away")
    with refused("victim’s views", "victim_views_sought"):
        release(me, case, "bail", conditions="Stay away")
    with refused("who authorised", "authority"):
        release(me, case, "bail", authority="not_recorded")
    with refused("the last this authority can give", "own_end_on"):
        release(me, case, "bail", own_end_on=clock.today() + timedelta(days=120))
    assert (status(case), count(m.Bail, case)) == ("in_custody", 0)


def test_a_breach_arrest_ends_bail_and_the_period_runs_on_from_the_first_arrest(world: World, case: m.Case) -> None:
    first = arrest(world.investigator, case, days=5)
    release(world.investigator, case, "bail", days=4.9)
    arrest(world.investigator, case, days=1)
    assert status(case) == "in_custody"
    release(world.investigator, case, "bail", days=0.9)

    with scope(system(case.force_id)):
        again = m.Bail.objects.filter(case=case).order_by("granted_at").last()
        ended = m.BailEvent.objects.get(case=case, kind="ended")
    assert again is not None
    assert (again.arrest_id, ended.ended_to, status(case)) == (first.pk, "arrest", "on_bail")


def test_an_arrest_of_the_extract_may_say_afterwards_how_it_ended(world: World, case: m.Case) -> None:
    with scope(system(case.force_id)):
        m.Arrest.objects.create(case=case, force_id=case.force_id, suspect=suspect_of(case), at=ago(days=3), imported=True)
    release(world.investigator, case, "under_investigation", days=2)

    assert status(case) == "under_investigation"


def test_an_attempt_stops_no_clock(world: World, case: m.Case) -> None:
    do(world.investigator, record_attempt, case, suspect_id=suspect_of(case).pk, at=ago(days=2), what_happened="Nobody in")

    assert (deadline(case, "arrest").met_at, status(case)) == (None, "identified")
    assert texts(case, "arrest_attempted") == ["Nobody in"]
    with refused("in the past", "at"):
        do(world.investigator, record_attempt, case, suspect_id=suspect_of(case).pk, at=ago(days=-2), what_happened="Nobody in")


def interview(actor: User, case: m.Case, manner: str = "voluntary", *, days: float = 1, **more: object) -> m.Interview:
    return do(actor, record_interview, case, suspect_id=suspect_of(case).pk, at=ago(days=days), manner=manner, **more)


def test_a_voluntary_interview_stops_the_clock_and_is_counted_apart(world: World, case: m.Case) -> None:
    made = interview(world.investigator, case, protection="Protective order asked for")

    assert deadline(case, "arrest").met_at == made.at
    assert (status(case), made.protection) == ("interviewed", "Protective order asked for")


def test_an_interview_is_refused_where_it_cannot_have_been(world: World, case: m.Case) -> None:
    me = world.investigator
    with refused("what else protects", "protection"):
        interview(me, case)
    with refused("no arrest before this time", "at"):
        interview(me, case, "after_arrest")
    with refused("came to be interviewed", "manner"):
        interview(me, case, "not_known")
    with refused("identified", "at"):
        interview(me, case, days=9.5, protection="x")
    arrest(me, case, days=2)
    with refused("in custody at this time", "manner"):
        interview(me, case)
    with refused("no arrest before this time", "at"):
        interview(me, case, "after_arrest", days=3)
    made = interview(me, case, "after_arrest")
    with refused("recorded already", "at"):
        do(me, record_interview, case, suspect_id=suspect_of(case).pk, at=made.at, manner="after_arrest")


def test_a_role_that_does_not_investigate_may_not(world: World, case: m.Case) -> None:
    from cases.services.sharing import bring_to_area

    with acting_as(world.supervisor):
        bring_to_area(actor=world.supervisor, case_id=case.pk, area_id=world.prosecutor.agency_id)
    with pytest.raises(NotAllowed):
        do(world.prosecutor, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=1))
