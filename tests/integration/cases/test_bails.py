"""Pre-charge bail: the ladder of PACE, suspension, breach, end, and imported bail whose date had passed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from accounts.roles import Grade, Role
from cases import models as m
from cases.services import bails
from cases.services.arrests import record_arrest, record_release
from cases.services.passed_bails import answer_passed_bail
from cases.services.sharing import bring_to_area
from core import calendar, clock
from core.scope import scope, system
from tests.factories import AVON, World, ago, make_user
from tests.integration.cases.asking import count, deadline, refused, status, texts
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of

CONDITIONS = {"conditions": "Not to go near", "victim_views_sought": True}
HEARD = {"conditions_met": True, "representations": "Invited; said nothing"}
pytestmark = pytest.mark.usefixtures("nfa_at_once")


def bail_of(case: m.Case) -> m.Bail:
    with scope(system(case.force_id)):
        return m.Bail.objects.filter(case=case).latest("granted_at")


def end_after(case: m.Case, months: int) -> date:
    with scope(system(case.force_id)):
        arrested = m.Arrest.objects.filter(case=case).earliest("at")
    return calendar.months_end_on(clock.london_day(arrested.at), months)


def on_bail(world: World, *, arrested_days: float = 30) -> m.Case:
    case = make_case(world.investigator, "Invented", recorded_at=ago(days=arrested_days + 2), identified_days=arrested_days + 1)
    key = suspect_of(case).pk
    do(world.investigator, record_arrest, case, suspect_id=key, at=ago(days=arrested_days))
    do(world.investigator, record_release, case, suspect_id=key, at=ago(days=arrested_days - 0.5), to="bail", **CONDITIONS)
    return case


@pytest.fixture
def case(world: World) -> m.Case:
    return on_bail(world)


def act(actor: User, service: Any, case: m.Case, **more: Any) -> Any:
    return do(actor, service, case, bail_id=bail_of(case).pk, **{"at": ago(hours=1), **more})


def extend(actor: User, case: m.Case, authority: str, **more: Any) -> Any:
    return act(actor, bails.extend_bail, case, authority=authority, **{**HEARD, **more})


def test_an_inspector_extends_to_six_months_by_own_rank(world: World, case: m.Case) -> None:
    assert deadline(case, "bail_expiry").due_on == end_after(case, 3)

    made = extend(world.supervisor, case, "inspector")

    assert (made.months, deadline(case, "bail_expiry").due_on) == (6, end_after(case, 6))
    assert made.note.endswith(f"(6 months, by an inspector or above), authorised by {world.supervisor.name}")
    assert texts(case, "bail_extended") == [made.note]


def test_the_ladder_is_climbed_step_by_step(world: World, case: m.Case) -> None:
    superintendent = make_user(AVON, Role.SUPERVISOR, unit=world.north, grade=Grade.SUPERINTENDENT)
    for authority in ("custody_officer", "superintendent", "court"):
        with refused("The next extension is to 6 months, by an inspector", "authority"):
            extend(superintendent, case, authority)
    extend(superintendent, case, "inspector")
    with refused("9 months, by a superintendent", "authority"):
        extend(world.supervisor, case, "court")
    with refused("who authorised", "authorised_by"):
        extend(world.supervisor, case, "superintendent")
    extend(superintendent, case, "superintendent")
    with refused("12 or 18 or 24", "months"):
        extend(superintendent, case, "court", months=15, authorised_by="Bristol magistrates")
    with refused("who authorised", "authorised_by"):
        extend(superintendent, case, "court", months=18)
    extend(world.investigator, case, "court", months=18, authorised_by="Bristol magistrates")
    assert deadline(case, "bail_expiry").due_on == end_after(case, 18)
    extend(world.investigator, case, "court", months=24, authorised_by="Bristol magistrates")
    with refused("no longer bail"):
        extend(world.investigator, case, "court", authorised_by="Bristol magistrates")


def test_an_investigator_names_who_decided(world: World, case: m.Case) -> None:
    with refused("who authorised", "authorised_by"):
        extend(world.investigator, case, "inspector")
    made = extend(world.investigator, case, "inspector", authorised_by="Inspector Invented")

    assert "authorised by Inspector Invented" in made.note


def test_an_extension_needs_conditions_and_representations_and_a_time_before_the_end(world: World, case: m.Case) -> None:
    with refused("conditions A to D", "conditions_met"):
        extend(world.supervisor, case, "inspector", conditions_met=False)
    with refused("suspect or solicitor", "representations"):
        extend(world.supervisor, case, "inspector", representations=" ")
    with refused("in the past", "at"):
        extend(world.supervisor, case, "inspector", at=clock.now() + timedelta(hours=1))
    with refused("after the grant", "at"):
        extend(world.supervisor, case, "inspector", at=ago(days=40))
    with refused("not after", "own_end_on"):
        extend(world.supervisor, case, "inspector", own_end_on=end_after(case, 6) + timedelta(days=1))
    with refused("Enter a day after", "own_end_on"):
        extend(world.supervisor, case, "inspector", own_end_on=end_after(case, 3))
    assert count(m.BailEvent, case) == 0
    extend(world.supervisor, case, "inspector", own_end_on=end_after(case, 6) - timedelta(days=9))
    assert deadline(case, "bail_expiry").due_on == end_after(case, 6) - timedelta(days=9)


def test_lapsed_bail_is_not_extended_afterwards(world: World) -> None:
    case = on_bail(world, arrested_days=120)

    assert status(case) == "bail_lapsed"
    with refused("before it ends", "at"):
        extend(world.supervisor, case, "inspector")
    extend(world.supervisor, case, "inspector", at=ago(days=60))
    assert status(case) == "on_bail"


def test_bail_stands_still_with_the_cps_and_its_end_moves(world: World, case: m.Case) -> None:
    with refused("has not been brought"):
        act(world.investigator, bails.suspend_bail, case, at=ago(days=10))
    do(world.investigator, bring_to_area, case)
    act(world.investigator, bails.suspend_bail, case, at=ago(days=10))
    assert deadline(case, "bail_expiry").paused_since is not None
    with refused("stands still already"):
        act(world.investigator, bails.suspend_bail, case)
    with refused("run again first"):
        extend(world.supervisor, case, "inspector")
    act(world.investigator, bails.resume_bail, case, at=ago(days=6))
    with refused("is running"):
        act(world.investigator, bails.resume_bail, case)

    assert deadline(case, "bail_expiry").due_on == end_after(case, 3) + timedelta(days=4)
    extend(world.supervisor, case, "inspector")
    assert deadline(case, "bail_expiry").due_on == end_after(case, 6) + timedelta(days=4)


def test_varied_conditions_seek_the_victims_views(world: World, case: m.Case) -> None:
    with refused("victim’s views", "victim_views_sought"):
        act(world.investigator, bails.vary_bail, case, conditions="")
    with refused("have not changed", "conditions"):
        act(world.investigator, bails.vary_bail, case, **CONDITIONS)
    act(world.investigator, bails.vary_bail, case, conditions="Curfew", views_note="Could not be reached: two calls")

    assert bail_of(case).conditions == "Curfew"
    assert texts(case, "bail_varied") == ["Curfew Could not be reached: two calls"]


def test_a_breach_heard_of_after_an_extension_is_recorded_at_its_own_time(world: World, case: m.Case) -> None:
    extend(world.supervisor, case, "inspector")
    before_the_grant = bail_of(case).granted_at - timedelta(minutes=1)
    with refused("after bail was granted", "at"):
        act(world.investigator, bails.record_breach, case, note="Sent a message", at=before_the_grant)

    made = act(world.investigator, bails.record_breach, case, note="Sent a message", at=ago(hours=2))

    assert made.at < ago(hours=1)
    assert status(case) == "on_bail"


def test_a_breach_and_a_failure_to_answer_leave_bail_standing(world: World, case: m.Case) -> None:
    with refused("what happened", "note"):
        act(world.investigator, bails.record_breach, case, note="")
    act(world.investigator, bails.record_breach, case, note="Sent a message", at=ago(days=2))
    act(world.investigator, bails.record_failure_to_answer, case)

    assert status(case) == "on_bail"
    assert deadline(case, "bail_expiry").met_at is None


def test_an_end_says_what_follows(world: World, case: m.Case) -> None:
    with refused("what follows", "to"):
        act(world.investigator, bails.end_bail, case, to="new_bail")
    with refused("Select an outcome", "code"):
        act(world.investigator, bails.end_bail, case, to="outcome")
    act(world.investigator, bails.end_bail, case, to="under_investigation")

    assert status(case) == "under_investigation"
    assert deadline(case, "bail_expiry").met_at is not None
    assert deadline(case, "rui_review").met_at is None
    with refused("has ended"):
        act(world.investigator, bails.end_bail, case, to="under_investigation")


def test_an_end_with_an_outcome_records_both_in_one_act(world: World, case: m.Case) -> None:
    before = fresh(case).version
    plan_tellings(case)
    act(world.investigator, bails.end_bail, case, to="outcome", code=15, reasons="Tested")

    assert (status(case), fresh(case).version) == ("no_further_action", before + 1)
    assert deadline(case, "bail_expiry").met_at is not None


def test_bail_of_another_case_is_nothing_here(world: World, case: m.Case) -> None:
    other = make_case(world.investigator, "Another", reference="52/TEST/2")

    with pytest.raises(Http404):
        do(world.investigator, bails.record_breach, other, bail_id=bail_of(case).pk, at=ago(hours=1), note="x")


def grant(world: World, case: m.Case, **more: Any) -> m.Bail:
    given = {"granted_at": ago(hours=1), "authority": "custody_officer", **CONDITIONS, **more}
    return do(world.investigator, bails.grant_bail, case, suspect_id=suspect_of(case).pk, **given)


def test_bail_follows_an_arrest_and_comes_once(world: World, case: m.Case) -> None:
    with refused("on bail already"):
        grant(world, case)
    other = make_case(world.investigator, "Another", reference="52/TEST/2")
    with refused("follows an arrest"):
        grant(world, other)
    do(world.investigator, record_arrest, other, suspect_id=suspect_of(other).pk, at=ago(days=3))
    with refused("with the release|the bail with it"):
        grant(world, other)
    do(world.investigator, record_release, other, suspect_id=suspect_of(other).pk, at=ago(days=2), to="under_investigation")
    with refused("after the arrest and release", "granted_at"):
        grant(world, other, granted_at=ago(days=2.5))
    grant(world, other)
    assert status(other) == "on_bail"
    assert deadline(other, "rui_review").ended_at is not None


# --- imported bail whose date had passed --------------------------------------------------------------------------------


@pytest.fixture
def passed(world: World) -> m.Case:
    case = make_case(world.investigator, "Invented", recorded_at=ago(days=200), identified_days=199)
    with scope(system(AVON)):
        keys = {"case": case, "force_id": AVON, "suspect": suspect_of(case)}
        arrest = m.Arrest.objects.create(**keys, at=ago(days=190), imported=True)
        m.Bail.objects.create(
            **keys,
            arrest=arrest,
            granted_at=ago(days=190),
            authority="not_recorded",
            own_end_on=clock.today() - timedelta(days=90),
            imported=True,
            passed_at_import=True,
        )
    return case


def answer(world: World, case: m.Case, what: str, **more: Any) -> m.Bail:
    return do(world.investigator, answer_passed_bail, case, bail_id=bail_of(case).pk, answer=what, **more)


def test_still_on_bail_starts_its_clock(world: World, passed: m.Case) -> None:
    answer(world, passed, "still_on_bail", until=clock.today() + timedelta(days=20))

    assert status(passed) == "on_bail"
    assert deadline(passed, "bail_expiry").due_on == clock.today() + timedelta(days=20)
    with refused("is on record"):
        answer(world, passed, "still_on_bail", until=clock.today() + timedelta(days=30))


def test_extended_may_have_lapsed_since(world: World, passed: m.Case) -> None:
    answer(world, passed, "extended", at=ago(days=95), until=clock.today() - timedelta(days=5), authority="inspector")

    assert status(passed) == "bail_lapsed"
    assert deadline(passed, "bail_expiry").due_at <= clock.now()


def test_ended_says_what_followed(world: World, passed: m.Case) -> None:
    with refused("when that was", "at"):
        answer(world, passed, "ended", to="under_investigation")
    with refused("what follows", "to"):
        answer(world, passed, "ended", at=ago(days=90))
    answer(world, passed, "ended", at=ago(days=90), to="under_investigation")
    assert status(passed) == "under_investigation"


def test_ended_with_an_outcome(world: World, passed: m.Case) -> None:
    plan_tellings(passed)
    answer(world, passed, "ended", at=ago(days=90), to="outcome", code=15, reasons="The account cannot be tested")

    assert status(passed) == "no_further_action"


def test_an_answer_is_complete_and_can_be(world: World, passed: m.Case) -> None:
    today = clock.today()
    with refused("what happened", "answer"):
        answer(world, passed, "forgotten")
    with refused("the day bail ends", "until"):
        answer(world, passed, "still_on_bail")
    with refused("still to come", "until"):
        answer(world, passed, "still_on_bail", until=today - timedelta(days=1))
    for day in (today - timedelta(days=90), today + timedelta(days=2_000), date(9999, 12, 31)):
        with refused("Enter a day after", "until"):
            answer(world, passed, "still_on_bail", until=day)
    with refused("First say what happened"):
        act(world.investigator, bails.record_breach, passed, note="x")
