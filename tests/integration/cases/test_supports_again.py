"""She or he supports again: what ended without her or his support is open again, at the stage it was left, with clocks anew."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from audit.context import acting_as_system
from cases import models as m
from cases.services.changing import Extract, changing
from cases.services.logging import NewCrime
from cases.services.outcomes import Ending, check_ending, end_crime, give_to_crimes, reopen, write_outcome
from cases.services.support import record_in, supports_again
from cases.services.withdrawal import recorded_in_words
from core import clock
from core.scope import scope, system
from reports.arrests import Reach, closed_lately
from reports.seen import Seen
from tests.factories import AVON, World, acting_as
from tests.integration.cases.asking import deadline, live_since, refused, status, texts
from tests.integration.cases.making import arrest, do, fresh, make_case, plan_tellings, suspect_of, timeline
from tests.integration.cases.withdrawing import complainant_of, said, talk, withdrew
from tests.properties import invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    live_since(AVON, days=400)
    return make_case(world.investigator, "Invented")


def ended(world: World, case: m.Case, code: int = 16, *, number: int = 1, days: int = 0, crimes: bool = True) -> None:
    """End a suspect's part, and the crimes alleged against nobody else, because nobody supports it."""
    plan_tellings(case)
    if code == 16:
        withdrew(case)
    ending = Ending(code, clock.today() - timedelta(days=days), "police", "She told DC Invented", looked_at=True)
    with acting_as(world.investigator), changing(case.pk, actor=world.investigator) as change:
        suspect, facts = change.suspect(suspect_of(case, number).pk)
        check_ending(change, facts, ending)
        write_outcome(change, suspect, facts, ending)
        if crimes:
            give_to_crimes(change, suspect, ending)


def again(actor: User, case: m.Case, label: str = "A") -> m.SupportChange:
    """Let her support the prosecution again."""
    return do(actor, supports_again, case, complainant_id=complainant_of(case, label).pk)


def outcome(case: m.Case) -> m.SuspectOutcome:
    """Return the first suspect's last outcome."""
    with scope(system(AVON)):
        return m.SuspectOutcome.objects.filter(case=case, suspect__number=1).order_by("-created_at")[0]


def crime_codes(case: m.Case) -> list[int | None]:
    """Return the outcomes of the crimes, by complainant."""
    with scope(system(AVON)):
        return list(m.Offence.objects.filter(case=case).order_by("complainant__label").values_list("outcome_code", flat=True))


def test_one_button_opens_suspect_and_crime_again(world: World, case: m.Case) -> None:
    ended(world, case)
    assert (fresh(case).stage, crime_codes(case)) == ("no_further_action", [16])
    again(world.investigator, case)
    found = outcome(case)
    assert (found.reopened_basis, found.reopened_reason) == ("supports_again", "Victim A supports the prosecution again")
    assert (fresh(case).stage, status(case), crime_codes(case)) == ("investigating", "identified", [None])
    assert timeline(case)[-3:] == ["support_recorded", "outcome_reopened", "crime_outcome_reopened"]
    invariants.holds(case.pk, AVON)


@pytest.mark.parametrize("who", ["investigator", "sergeant", "supervisor", "prosecutor", "cps_manager", "vlo"])
def test_whoever_hears_her_words(world: World, case: m.Case, who: str) -> None:
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=world.prosecutor.agency_id)
    ended(world, fresh(case))
    again(getattr(world, who), case)
    assert (fresh(case).stage, outcome(case).reopened_basis) == ("investigating", "supports_again")


def test_her_words_on_record_open_it(world: World, case: m.Case) -> None:
    ended(world, case)
    row = said(world.investigator, case, "supports", at=clock.now())
    assert (status(case), row.opened) == ("identified", 2)  # type: ignore[attr-defined]


def test_what_she_says_in_the_talk_opens_it(world: World, case: m.Case) -> None:
    ended(world, case)
    more: dict[str, Any] = {"spoke_with": "her", "how": "video", "supports": "supports", "words": "I do want to go on"}
    row = talk(world.supervisor, case, at=clock.now(), **more)
    assert (status(case), outcome(case).reopened_basis) == ("identified", "supports_again")
    assert recorded_in_words(row).endswith("at the stage it was left.")


def test_words_entered_late_that_are_not_her_last_open_nothing(world: World, case: m.Case) -> None:
    ended(world, case)
    said(world.investigator, case, "supports", at=clock.now() - timedelta(days=5))
    said(world.investigator, case, "undecided", at=clock.now())
    assert fresh(case).stage == "no_further_action"


@pytest.mark.parametrize("code", [15, 21, 5])
def test_what_ended_otherwise_stays_ended(world: World, case: m.Case, code: int) -> None:
    ended(world, case, code)
    withdrew(case)
    again(world.investigator, case)
    assert (outcome(case).reopened_at, crime_codes(case)) == (None, [code])


def test_a_crime_without_a_suspect_is_open_again(world: World) -> None:
    case = make_case(world.investigator, named="no")
    plan_tellings(case)
    withdrew(case)
    with acting_as(world.investigator), changing(case.pk, actor=world.investigator) as change:
        end_crime(change, m.Offence.objects.get(case=case), Ending(14, clock.today(), reasons="Told", looked_at=True))
    assert fresh(case).stage == "no_further_action"
    again(world.investigator, case)
    assert (fresh(case).stage, crime_codes(case)) == ("recorded", [None])
    invariants.holds(case.pk, AVON)


def test_the_crimes_of_another_stay_closed(world: World) -> None:
    live_since(AVON, days=400)
    case = make_case(world.investigator, "Invented", complainants=2, crimes=[NewCrime("19C"), NewCrime("20A", complainant=1)])
    ended(world, case)
    assert crime_codes(case) == [16, 16]
    again(world.investigator, case, "B")
    assert (status(case), crime_codes(case)) == ("identified", [16, None])
    assert texts(case, "outcome_reopened") == ["The complainant supports the prosecution again: Victim B supports the prosecution again"]


def test_the_extract_opens_nothing(world: World, case: m.Case) -> None:
    ended(world, case)
    with acting_as_system(reason="test"), scope(system(AVON)), changing(case.pk, actor=Extract(AVON)) as change:
        record_in(
            change, complainant=change.get(m.Complainant, complainant_of(case).pk), supports="supports", words="x", told_to="x",
            how="telephone", at=clock.now(),
        )  # fmt: skip
    assert fresh(case).stage == "no_further_action"
    do(world.investigator, reopen, case, suspect_id=suspect_of(case).pk, basis="supports_again", reason="The extract says so")
    assert outcome(case).reopened_basis == "supports_again"


def test_by_hand_only_where_it_is_on_record(world: World, case: m.Case) -> None:
    ended(world, case)
    with refused("Record first that she or he supports", "basis"):
        do(world.investigator, reopen, case, suspect_id=suspect_of(case).pk, basis="supports_again", reason="She rang")


def test_the_arrest_is_due_anew_and_the_old_clock_stays_as_it_was(world: World, case: m.Case) -> None:
    before = deadline(case, "arrest")
    ended(world, case)
    again(world.investigator, case)
    with scope(system(AVON)):
        first, second = m.Deadline.objects.filter(case=case, kind="arrest", cancelled=False).order_by("sequence")
    assert (first.pk, first.due_on) == (before.pk, before.due_on)
    assert first.ended_at is not None
    assert (second.started_at, second.met_at, second.ended_at) == (outcome(case).reopened_at, None, None)
    assert second.due_on == clock.today() + timedelta(days=7)
    arrest(world.investigator, case, days=0)
    assert deadline(case, "arrest").met_at is not None


def test_an_outcome_overturned_lets_the_clock_stand_where_it_was(world: World, case: m.Case) -> None:
    ended(world, case)
    do(world.investigator, reopen, case, suspect_id=suspect_of(case).pk, basis="review", reason="Overturned")
    with scope(system(AVON)):
        assert m.Deadline.objects.filter(case=case, kind="arrest", cancelled=False).count() == 1
    assert deadline(case, "arrest").ended_at is None


def test_an_arrest_clock_that_two_outcomes_ended_is_counted_once(world: World, case: m.Case) -> None:
    ended(world, case)
    again(world.investigator, case)
    ended(world, case, 15)
    with acting_as(world.supervisor):
        found = closed_lately(Reach.seen_by(world.supervisor), Seen.on(clock.today() + timedelta(days=1)))
        assert found.count() == 1
