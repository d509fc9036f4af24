"""Telling: what a complainant was told meets its clock, what was not told is said, plans stand before a decision is published."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.complainants import add_complainant, change_needs
from cases.services.outcomes import record_outcome
from cases.services.refresh import refresh_force
from cases.services.roles import assign_person
from cases.services.telling import not_told, withdraw_told
from cases.services.telling_before import Before
from core import clock
from core.exceptions import Conflict, NotPossible
from core.scope import scope, system
from notifications.models import Notice
from tests.factories import World, ago
from tests.integration.cases.making import do, fresh, plan_tellings, suspect_of
from tests.integration.cases.telling import arrested_case, deadlines, her, refused, release, things, told

pytestmark = pytest.mark.usefixtures("nfa_at_once")

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return arrested_case(world)


def test_an_arrest_opens_the_clock_of_whoever_it_concerns_alone_and_telling_meets_it(world: World, case: m.Case) -> None:
    do(world.investigator, add_complainant, case)
    (running,) = deadlines(case, "told_arrest")
    assert (running.complainant_id, running.owes, running.met_at) == (her(case).pk, "police", None)
    told(world, case, "told_arrest", "told_crime_recorded", how="letter")
    assert deadlines(case, "told_arrest")[0].met_at is not None
    assert sorted(one.met_at is None for one in deadlines(case, "told_crime_recorded")) == [False, True]
    assert things(case, "told_arrest", "told_crime_recorded") == []


def test_what_she_is_not_to_be_told_or_was_told_or_has_not_happened_is_refused(world: World, case: m.Case) -> None:
    with refused("Select what"):
        told(world, case, things=[])
    with refused("Select what"):
        told(world, case, things=[("told_arrest", uuid4())])
    with refused("after what she or he was told"):
        told(world, case, "told_arrest", told_at=ago(days=3))
    with refused("in the past"):
        told(world, case, "told_arrest", told_at=ago(hours=-3))
    with refused("how"):
        told(world, case, "told_arrest", how="pigeon")
    arrest = things(case, "told_arrest")
    told(world, case, "told_arrest")
    with refused("told already"):
        told(world, case, things=arrest)


@pytest.mark.parametrize("how", ["telephone", "video"])
def test_that_the_crime_was_recorded_is_not_told_by_word_of_mouth(world: World, case: m.Case, how: str) -> None:
    with refused("confirmed in writing", field="things"):
        told(world, case, "told_arrest", "told_crime_recorded", how=how)
    assert deadlines(case, "told_arrest")[0].met_at is None, "nothing of it is written"
    told(world, case, "told_arrest", how=how)
    told(world, case, "told_crime_recorded", how="in_person")
    assert deadlines(case, "told_crime_recorded")[0].met_at is not None


def test_two_people_tell_and_one_is_told_so(world: World, case: m.Case) -> None:
    version, arrest = fresh(case).version, things(case, "told_arrest")
    told(world, case, things=arrest, version=version)
    with pytest.raises(Conflict):
        told(world, case, things=arrest, version=version)


def test_a_corrected_contact_takes_back_what_it_told(world: World, case: m.Case) -> None:
    contact = uuid4()
    told(world, case, "told_arrest", contact_id=contact)
    assert do(world.investigator, withdraw_told, case, contact_id=contact) == 1
    assert deadlines(case, "told_arrest")[0].met_at is None
    with refused("Nothing"):
        do(world.investigator, withdraw_told, case, contact_id=contact)


@pytest.mark.parametrize(("because", "more", "ends"), [("tried", {"how": "telephone"}, False), ("harm", {"note": "Seen together"}, True)])
def test_trying_stops_nothing_and_a_decision_ends_it(world: World, case: m.Case, because: str, more: dict[str, str], ends: bool) -> None:
    do(world.investigator, not_told, case, complainant_id=her(case).pk, things=things(case, "told_arrest"), because=because, **more)
    (one,) = deadlines(case, "told_arrest")
    assert (one.met_at is None, one.ended_at is not None) == (True, ends)


@pytest.mark.parametrize("because", ["", "tried", "other", "harm", "investigation"])
def test_a_reason_says_enough(world: World, case: m.Case, because: str) -> None:
    with pytest.raises(NotPossible):
        do(world.investigator, not_told, case, complainant_id=her(case).pk, things=things(case, "told_arrest"), because=because)


def test_changed_rights_count_anew(world: World, case: m.Case) -> None:
    before = deadlines(case, "told_arrest")[0].due_at
    flags = {"needs_interpreter": False, "needs_intermediary": False, "needs_special_measures": False}
    do(world.investigator, change_needs, case, complainant_id=her(case).pk, entitlement="standard", **flags)
    (one,) = deadlines(case, "told_arrest")
    assert one.due_at > before == one.first_due_at


def test_told_before_the_release_is_told_of_release_and_bail(world: World, case: m.Case) -> None:
    release(world, case, Before(her(case).pk, "told", ago(hours=3), "telephone"))
    assert all(deadlines(case, kind)[0].met_at is not None for kind in ("told_release", "told_bail"))


def test_not_told_of_a_release_stays_owed_and_the_inspector_hears_at_once(world: World, case: m.Case) -> None:
    do(world.supervisor, assign_person, case, user_id=world.supervisor.pk, role="inspector")
    release(world, case, Before(her(case).pk, "not_told", because="asked_not"))
    assert deadlines(case, "told_release")[0].ended_at is None
    with scope(system(case.force_id)):
        assert list(Notice.objects.filter(subject="not_told").values_list("user", flat=True)) == [world.supervisor.pk]


def test_told_after_the_release_is_not_before_it(world: World, case: m.Case) -> None:
    with refused("before it happened"):
        release(world, case, Before(her(case).pk, "told", ago(hours=1), "telephone"))


def test_bail_that_runs_out_with_nothing_recorded_is_to_be_told_from_the_night_it_ran_out(
    world: World, case: m.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(world, case, own_end_on=clock.today())
    assert deadlines(case, "told_bail_ended") == []
    midnight = clock.day_start(clock.today() + timedelta(days=1))
    for moment, number in ((midnight - timedelta(minutes=1), 0), (midnight, 1)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        refresh_force(case.force_id)
        assert len(deadlines(case, "told_bail_ended")) == number
    (row,) = deadlines(case, "told_bail_ended")
    assert (row.started_at, row.complainant_id, row.met_at) == (midnight, her(case).pk, None)


# --- pages -----------------------------------------------------------------------------------------------------------------


def test_the_pages_tell_plan_and_come_back_to_the_outcome(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, row = sign_in(world.investigator), suspect_of(case)
    release(world, case)
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "Tell Victim A: the crime was recorded" in page
    assert browser.get(f"/cases/{case.pk}/tell/{her(case).pk}/").status_code == 200
    outcome = browser.get(f"/cases/{case.pk}/record-outcome/{row.pk}/").content.decode()
    way = f"/cases/{case.pk}/plan-telling/{her(case).pk}/?then=record-outcome&on={row.pk}"
    assert way.replace("&", "&amp;") in outcome
    tomorrow = (clock.now() + timedelta(days=1)).astimezone(clock.LONDON)
    shown = browser.get(way).content.decode()
    join = next(sign for sign in "-_" if f'name="planned_at{sign}day"' in shown)
    at = {"day": tomorrow.day, "month": tomorrow.month, "year": tomorrow.year, "time": "10:00"}
    typed = {f"planned_at{join}{part}": value for part, value in at.items()}
    who = {"decision": f"told_nfa:{row.pk}", "teller_id": world.investigator.pk, "how": "in_person", "her_choice": "on"}
    beside = {"companion": "Her sister", "isva_warned": "no", "letter_after": "on"}
    bare = browser.post(way, {**typed, **who, **beside, "version": fresh(case).version})
    assert (bare.status_code, "Enter the safe route of the letter" in bare.content.decode()) == (400, True)
    who |= {**beside, "letter_route": "Her work address"}
    sent = browser.post(way, {**typed, **who, "version": fresh(case).version})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/cases/{case.pk}/record-outcome/{row.pk}/")


def test_a_closed_case_with_a_telling_owed_stays_on_the_worklist(world: World, case: m.Case, sign_in: SignIn) -> None:
    release(world, case)
    plan_tellings(case)
    outcome = {"suspect_id": suspect_of(case).pk, "code": 15, "on": clock.today(), "reasons": "Tested", "also_crimes": True}
    do(world.investigator, record_outcome, case, **outcome)
    assert not fresh(case).open
    assert "Tell Victim A" in sign_in(world.investigator).get("/").content.decode()
