"""Who is reminded of what police and CPS owe each other: chased at one and two months, brought higher at 28 and 56 days."""

import pytest

from accounts.models import User
from cases import models as m
from core.scope import scope, system
from tests.factories import SOUTH_WEST, World
from tests.integration.cases.reminding import began, case_of, deadline, name, planned, sweep, told
from tests.integration.reports.making import london

pytestmark = pytest.mark.django_db
SET = "2026-03-02 10:00"


@pytest.fixture(autouse=True)
def _began(db: None) -> None:
    began()


def brought(world: World, **facts: object) -> m.Case:
    """Return a case with officer, inspector and prosecutor, shared with South West."""
    case = case_of(world.investigator, unit=world.north, **facts)
    with scope(system(case.force_id)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=SOUTH_WEST)
    case.cps_area_scope = SOUTH_WEST
    name(case, world.supervisor, "inspector")
    name(case, world.prosecutor, "prosecutor")
    return case


def steps(*people: User) -> list[list[str]]:
    """Return the steps planned for each of these people."""
    rows = planned()
    return [[step for step, key in rows if key == person.pk] for person in people]


def test_an_item_is_chased_at_one_and_two_months_however_far_off_its_date_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deadline(brought(world), "2026-12-01", kind="action_item", made=SET)
    sweep(monkeypatch, "2026-04-01 23:59")
    assert planned() == []
    sweep(monkeypatch, "2026-04-02 00:00")
    sweep(monkeypatch, "2026-04-20 09:00")
    assert steps(world.investigator) == [["chaser_1"]]
    sweep(monkeypatch, "2026-05-02 09:00")
    sweep(monkeypatch, "2026-08-02 09:00")
    assert steps(world.investigator) == [["chaser_1", "chaser_2"]]
    assert told(world.investigator) == [("reminder_chaser", 1), ("reminder_chaser", 1)]


def test_an_item_that_stands_still_is_chased_by_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deadline(brought(world), "2026-12-01", kind="action_item", made=SET, paused_since=london("2026-03-20 10:00"))
    sweep(monkeypatch, "2026-04-02 09:00")
    assert planned() == []


def test_an_item_taken_in_with_its_month_over_surprises_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = deadline(brought(world), "2026-12-01", kind="action_item", made="2026-04-02 08:00")
    with scope(system(row.force_id)):
        m.Deadline.objects.filter(pk=row.pk).update(started_at=london(SET))
    sweep(monkeypatch, "2026-04-02 09:00")
    assert planned() == []


def test_at_28_days_inspector_and_legal_manager_are_told_and_at_56_every_supervisor_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline(brought(world), "2026-03-16", kind="action_item", made=SET)
    before = "2026-04-13 23:59"
    sweep(monkeypatch, before)
    assert steps(world.supervisor, world.cps_manager) == [[], []]
    sweep(monkeypatch, "2026-04-14 00:00")  # 28 days after the moment from which it is overdue; the clocks went forward meanwhile
    sweep(monkeypatch, "2026-04-14 01:00")
    assert steps(world.supervisor, world.cps_manager) == [["escalated"], ["escalated"]]
    sweep(monkeypatch, "2026-05-12 00:59")
    assert steps(world.supervisor, world.cps_manager) == [["escalated"], ["escalated"]]
    sweep(monkeypatch, "2026-05-12 01:00")
    assert steps(world.supervisor, world.cps_manager) == [["escalated", "escalated_56"], ["escalated", "escalated_56"]]
    assert told(world.cps_manager) == [("reminder_escalated", 1), ("reminder_escalated", 1)]


@pytest.mark.parametrize("kind", ["triage", "finalise_proposed", "second_check"])
def test_what_a_legal_manager_does_reminds_the_legal_managers(world: World, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    deadline(brought(world), "2026-03-16", kind=kind, made=SET, owes="cps")
    sweep(monkeypatch, "2026-03-16 09:00")
    assert steps(world.cps_manager, world.prosecutor, world.investigator) == [["today"], [], []]


@pytest.mark.parametrize("kind", ["charging_review", "early_advice_response", "action_challenge", "threshold_review"])
def test_what_a_prosecutor_does_reminds_the_prosecutor(world: World, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    deadline(brought(world), "2026-03-16", kind=kind, made=SET, owes="cps")
    sweep(monkeypatch, "2026-03-16 09:00")
    assert steps(world.prosecutor, world.cps_manager) == [["today"], []]


def test_a_second_check_reminds_somebody_else_than_who_proposed_where_there_is_somebody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(world.investigator)
    with scope(system(case.force_id)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=SOUTH_WEST)
    case.cps_area_scope = SOUTH_WEST
    name(case, world.cps_manager, "prosecutor")
    deadline(case, "2026-03-16", kind="second_check", made=SET, owes="cps")
    sweep(monkeypatch, "2026-03-16 09:00")
    assert steps(world.cps_manager) == [["today"]]  # the Area has one manager: better she than nobody


def test_the_review_of_a_finalisation_reminds_the_inspector(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deadline(brought(world), "2026-03-16", kind="reopening_review", made=SET)
    sweep(monkeypatch, "2026-03-16 09:00")
    assert steps(world.supervisor, world.investigator) == [["today"], []]
