"""Telling: what a complainant was told meets its clock, what was not told is said, plans stand before a decision is published."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_release
from cases.services.complainants import add_complainant, change_needs
from cases.services.outcomes import record_outcome
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from cases.services.support import record_support, supports_again
from cases.services.telling import not_told, open_to_tell, tell, withdraw_told
from cases.services.telling_before import Before
from cases.services.telling_plans import plan_telling, record_hearing, tell_suspect, too_late
from core import clock
from core.calendar import england_and_wales
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from notifications.models import Notice
from tests.factories import World, ago
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    live_since(52, days=100)
    made = make_case(world.investigator, "Invented", officer_id=world.investigator.pk)
    do(world.investigator, record_arrest, made, suspect_id=suspect_of(made).pk, at=ago(hours=20))
    return made


def her(case: m.Case, label: str = "A") -> m.Complainant:
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case, label=label)


def things(case: m.Case, *abouts: str) -> list[tuple[str, Any]]:
    with scope(system(case.force_id)):
        return [(one.about, one.fact_id) for one in open_to_tell(case, her(case)) if one.about in abouts]


def deadlines(case: m.Case, kind: str) -> list[m.Deadline]:
    with scope(system(case.force_id)):
        return list(m.Deadline.objects.filter(case=case, kind=kind, cancelled=False).order_by("started_at"))


def told(world: World, case: m.Case, *abouts: str, **more: Any) -> list[m.Told]:
    given = {"told_at": ago(hours=1), "how": "telephone", "complainant_id": her(case).pk, "things": things(case, *abouts), **more}
    return do(world.investigator, tell, case, **given)


def refused(words: str, field: str | None = None) -> Any:
    return pytest.raises(NotPossible, match=words)


def test_an_arrest_opens_the_clock_of_whoever_it_concerns_alone_and_telling_meets_it(world: World, case: m.Case) -> None:
    do(world.investigator, add_complainant, case)
    (running,) = deadlines(case, "told_arrest")
    assert (running.complainant_id, running.owes, running.met_at) == (her(case).pk, "police", None)
    told(world, case, "told_arrest", "told_crime_recorded")
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


def release(world: World, case: m.Case, *telling: Before) -> m.Arrest:
    key = suspect_of(case).pk
    return do(
        world.investigator, record_release, case, suspect_id=key, at=ago(hours=2), to="bail", conditions="x", victim_views_sought=True,
        telling=telling,
    )  # fmt: skip


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


# --- plans ------------------------------------------------------------------------------------------------------------------


def plan(world: World, case: m.Case, **more: Any) -> m.TellingPlan:
    given = {
        "suspect_id": suspect_of(case).pk,
        "complainant_id": her(case).pk,
        "about": "told_nfa",
        "teller_id": world.investigator.pk,
        "how": "in_person",
        "planned_at": clock.now() + timedelta(days=1),
        "her_choice": True,
        **more,
    }
    return do(world.investigator, plan_telling, case, **given)


def test_no_further_action_waits_for_the_plan_and_another_disposal_does_not(world: World, case: m.Case) -> None:
    release(world, case)
    end = {"suspect_id": suspect_of(case).pk, "on": clock.today(), "reasons": "Tested"}
    with refused("First plan how Victim A is told"):
        do(world.investigator, record_outcome, case, code=15, **end)
    plan(world, case, about="told_charge")
    with refused("First plan"):
        do(world.investigator, record_outcome, case, code=15, **end)
    plan(world, case)
    do(world.investigator, record_outcome, case, code=15, **end)
    assert deadlines(case, "told_nfa")[0].owes == "police"
    assert fresh(case).next_due_police < m.NOTHING_DUE


def test_a_plan_names_one_person_of_the_case_and_a_time_support_is_open(world: World, case: m.Case) -> None:
    with refused("role on this case"):
        plan(world, case, teller_id=world.colleague.pk)
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


# --- pages -----------------------------------------------------------------------------------------------------------------


def test_the_pages_tell_plan_and_come_back_to_the_outcome(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, row = sign_in(world.investigator), suspect_of(case)
    release(world, case)
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "Tell Victim A: the crime was recorded" in page
    assert browser.get(f"/cases/{case.pk}/tell/{her(case).pk}/").status_code == 200
    outcome = browser.get(f"/cases/{case.pk}/record-outcome/{row.pk}/").content.decode()
    way = f"/cases/{case.pk}/plan-telling/{row.pk}/?then=record-outcome"
    assert way in outcome
    tomorrow = (clock.now() + timedelta(days=1)).astimezone(clock.LONDON)
    shown = browser.get(way).content.decode()
    join = next(sign for sign in "-_" if f'name="planned_at{sign}day"' in shown)
    at = {"day": tomorrow.day, "month": tomorrow.month, "year": tomorrow.year, "time": "10:00"}
    typed = {f"planned_at{join}{part}": value for part, value in at.items()}
    who = {"complainant_id": her(case).pk, "teller_id": world.investigator.pk, "about": "told_nfa", "how": "in_person", "her_choice": "on"}
    sent = browser.post(way, {**typed, **who, "version": fresh(case).version})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/cases/{case.pk}/record-outcome/{row.pk}/")


def test_a_closed_case_with_a_telling_owed_stays_on_the_worklist(world: World, case: m.Case, sign_in: SignIn) -> None:
    release(world, case)
    plan_tellings(case)
    outcome = {"suspect_id": suspect_of(case).pk, "code": 15, "on": clock.today(), "reasons": "Tested", "also_crimes": True}
    do(world.investigator, record_outcome, case, **outcome)
    assert not fresh(case).open
    assert "Tell Victim A" in sign_in(world.investigator).get("/").content.decode()
