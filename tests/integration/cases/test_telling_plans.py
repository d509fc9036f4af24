"""Plans before a decision is published, who is told first, hearings, and what the CPS records; support for the prosecution."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.derive.planning import NO_PLAN
from cases.services.complainants import add_complainant
from cases.services.crimes import add_crime
from cases.services.outcomes import record_crime_outcome, record_outcome
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from cases.services.support import record_support, supports_again
from cases.services.telling import tell
from cases.services.telling_gate import who_hears
from cases.services.telling_plans import plan_telling, record_hearing, tell_suspect, too_late
from core import clock
from core.calendar import england_and_wales
from core.exceptions import NotAllowed
from core.scope import scope, system
from tests.factories import World, acting_as, ago
from tests.integration.cases.making import do, fresh, plan_tellings, suspect_of
from tests.integration.cases.telling import arrested_case, deadlines, her, refused, release, things, told

pytestmark = pytest.mark.usefixtures("nfa_at_once")

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return arrested_case(world)


def plan(world: World, case: m.Case, **more: Any) -> m.TellingPlan:
    given = {
        "suspect_id": suspect_of(case).pk,
        "complainant_id": her(case).pk,
        "about": "told_nfa",
        "teller_id": world.investigator.pk,
        "how": "in_person",
        "planned_at": clock.now() + timedelta(days=1),
        "her_choice": True,
        "arranged": True,
        **more,
    }
    return do(world.investigator, plan_telling, case, **given)


def test_no_further_action_waits_for_a_whole_plan(world: World, case: m.Case) -> None:
    release(world, case)
    end = {"suspect_id": suspect_of(case).pk, "on": clock.today(), "reasons": "Tested"}
    with refused("First plan how Victim A is told"):
        do(world.investigator, record_outcome, case, code=15, **end)
    plan(world, case, about="told_charge")
    with refused("First plan"):
        do(world.investigator, record_outcome, case, code=15, **end)
    plan(world, case, arranged=False)
    with refused("Plan again how Victim A is told: who is with her or him"):
        do(world.investigator, record_outcome, case, code=15, **end)
    plan(world, case)
    do(world.investigator, record_outcome, case, code=15, **end)
    assert deadlines(case, "told_nfa")[0].owes == "police"
    assert fresh(case).next_due_police < m.NOTHING_DUE


def test_another_disposal_waits_for_no_plan(world: World, case: m.Case) -> None:
    release(world, case)
    end = {"suspect_id": suspect_of(case).pk, "on": clock.today(), "reasons": "Tested"}
    assert do(world.investigator, record_outcome, case, code=8, **end).code == 8


def test_who_tells_has_left_the_case_and_the_plan_is_none(world: World, case: m.Case) -> None:
    release(world, case)
    plan(world, case)
    do(world.supervisor, assign_person, case, user_id=world.colleague.pk, role="officer")
    with refused("no role on this case any longer"):
        do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=15, on=clock.today(), reasons="Tested")


def test_the_gate_says_who_hears_and_what_each_plan_lacks(world: World, case: m.Case) -> None:
    """What a decision of the CPS will ask, as an outcome on screen does."""
    with acting_as(world.investigator):
        assert [(one.label, one.lacks) for one in who_hears(fresh(case), suspect_of(case).pk, 1)] == [("A", NO_PLAN)]
        assert who_hears(fresh(case), None, 18) == ()
    plan(world, case, about="told_charge")
    with acting_as(world.investigator):
        assert [(one.label, one.lacks) for one in who_hears(fresh(case), suspect_of(case).pk, 1)] == [("A", "")]


def test_closing_a_crime_is_the_same_gate(world: World, case: m.Case) -> None:
    """A crime whose suspect has no outcome publishes that decision; one that names nobody that nobody was identified."""
    with scope(system(case.force_id)):
        named = m.Offence.objects.get(case=case)
    end = {"on": clock.today(), "reasons": "Tested"}
    with refused("First plan how Victim A is told"):
        do(world.investigator, record_crime_outcome, case, offence_id=named.pk, code=15, **end)
    other = do(world.investigator, add_crime, case, complainant_id=her(case).pk, code="19C", suspect_ids=[])
    with refused("First plan how Victim A is told"):
        do(world.investigator, record_crime_outcome, case, offence_id=other.pk, code=18, **end)
    with refused("No recorded crime of this complainant is without a suspect", field="decision"):
        plan(world, case, suspect_id=None, about="told_charge")
    plan(world, case, suspect_id=None)
    do(world.investigator, record_crime_outcome, case, offence_id=other.pk, code=18, **end)
    (running,) = deadlines(case, "told_nfa")
    assert (running.suspect_id, running.complainant_id, running.met_at) == (None, her(case).pk, None)
    with refused("without a suspect", field="decision"):
        plan(world, case, suspect_id=None)
    told(world, case, "told_nfa", told_at=clock.now())
    assert deadlines(case, "told_nfa")[0].met_at is not None


def test_no_plan_is_made_for_what_has_been_decided(world: World, case: m.Case) -> None:
    ended(world, case)
    with refused("has an outcome already", field="decision"):
        plan(world, case)


def test_a_plan_names_one_person_of_the_case_and_a_time_support_is_open(world: World, case: m.Case) -> None:
    with refused("role on this case"):
        plan(world, case, teller_id=world.colleague.pk)
    with refused("Select how"):
        plan(world, case, how="pigeon")
    with refused("a year ahead"):
        plan(world, case, planned_at=ago(days=-400))
    with refused("Select what"):
        plan(world, case, about="told_arrest")
    with refused("a week ago"):
        plan(world, case, planned_at=ago(days=30))
    do(world.investigator, add_complainant, case)
    with refused("No recorded crime"):
        plan(world, case, complainant_id=her(case, "B").pk)
    friday = clock.day_start(clock.today() + timedelta(days=(4 - clock.today().weekday()) % 7 + 7)) + timedelta(hours=16)
    with refused("Support is closed"):
        plan(world, case, planned_at=friday, her_choice=False)
    assert plan(world, case, planned_at=friday).her_choice


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (datetime(2026, 11, 20, 14, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 3, 13, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 3, 14, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 19, 18, 0, tzinfo=UTC), False),
        (datetime(2026, 4, 2, 15, 0, tzinfo=UTC), True),
        (datetime(2026, 4, 2, 13, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 24, 16, 0, tzinfo=UTC), True),
    ],
    ids=["before three", "at three", "summer before", "summer at three", "Thursday", "Maundy Thursday", "earlier", "Christmas Eve"],
)
def test_late_on_a_friday_or_before_a_bank_holiday_in_london_time(moment: datetime, late: bool) -> None:
    assert too_late(moment, england_and_wales()) is late


def ended(world: World, case: m.Case, code: int = 15) -> None:
    release(world, case)
    plan_tellings(case)
    reasons = "" if code == 1 else "Tested"
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=code, on=clock.today(), reasons=reasons)


def test_the_suspect_is_told_first_only_by_an_inspectors_decision(world: World, case: m.Case) -> None:
    ended(world, case)
    now = {"suspect_id": suspect_of(case).pk, "at": clock.now()}
    for actor, because in ((world.investigator, "She is abroad"), (world.supervisor, "")):
        with refused("Only an inspector"):
            do(actor, tell_suspect, case, **now, before_her_because=because)
    row = do(world.supervisor, tell_suspect, case, **now, before_her_because="She is abroad")
    assert (row.decided_by, row.before_her_because) == (world.supervisor, "She is abroad")
    with refused("on record already"):
        do(world.supervisor, tell_suspect, case, **now, before_her_because="Again")


def test_told_her_first_needs_nobodys_decision(world: World, case: m.Case) -> None:
    ended(world, case)
    told(world, case, "told_nfa", told_at=clock.now())
    assert do(world.investigator, tell_suspect, case, suspect_id=suspect_of(case).pk, at=clock.now()).decided_by is None


def test_a_hearing_follows_a_charge_and_is_told_within_a_working_day(world: World, case: m.Case) -> None:
    listed = {"suspect_id": suspect_of(case).pk, "at": clock.now() + timedelta(days=20), "court": "Crown Court", "received_at": clock.now()}
    with refused("not charged"):
        do(world.investigator, record_hearing, case, **listed)
    ended(world, case, 1)
    do(world.investigator, record_hearing, case, **listed)
    assert len(deadlines(case, "told_hearing")) == 1
    with refused("recorded already"):
        do(world.investigator, record_hearing, case, **listed)


def test_the_cps_records_what_the_cps_owes_and_nothing_else(world: World, case: m.Case) -> None:
    ended(world, case, 1)
    do(world.investigator, bring_to_area, case)
    given = {"complainant_id": her(case).pk, "told_at": clock.now(), "how": "letter"}
    with pytest.raises(NotAllowed):
        do(world.vlo, tell, case, things=things(case, "told_arrest"), **given)
    (row,) = do(world.vlo, tell, case, things=things(case, "told_charge"), **given)
    assert (row.side, deadlines(case, "told_charge")[0].met_at is not None) == ("cps", True)


# --- support ---------------------------------------------------------------------------------------------------------------


def test_what_she_says_is_recorded_in_her_words_and_ends_no_duty(world: World, case: m.Case) -> None:
    before = [one.pk for one in deadlines(case, "told_arrest") if one.ended_at is None]
    said = {"complainant_id": her(case).pk, "words": "I cannot go on.", "told_to": "The officer", "how": "telephone", "at": ago(hours=1)}
    with refused("safety"):
        do(world.investigator, record_support, case, supports="does_not", pressure="yes", **said)
    with refused("own words"):
        do(world.investigator, record_support, case, supports="does_not", **{**said, "words": " "})
    with refused("not on record"):
        do(world.investigator, supports_again, case, complainant_id=her(case).pk)
    do(world.investigator, record_support, case, supports="does_not", pressure="no", offered_support_again=True, **said)
    assert [one.pk for one in deadlines(case, "told_arrest") if one.ended_at is None] == before
    assert do(world.investigator, supports_again, case, complainant_id=her(case).pk).supports == "supports"
    with refused("not on record"):
        do(world.investigator, supports_again, case, complainant_id=her(case).pk)
