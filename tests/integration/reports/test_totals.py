"""The figures around the list of overdue arrests: by reason, unit and risk, what stopped clocks lately, who was never recorded."""

from datetime import date, timedelta

import pytest

from accounts.roles import Role
from cases import models as m
from core import clock
from core.scope import scope, system
from reports.arrests import Filter, Reach, late
from reports.overdue import all_of
from reports.seen import Seen
from reports.totals import totals_of
from tests.factories import AVON, World, make_user
from tests.integration.reports.making import add, add_suspect, london, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
NOW = london("2026-11-22 10:00")


@pytest.fixture(autouse=True)
def _stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_totals_add_up_by_reason_with_events_unit_and_risk_and_follow_the_filter(world: World) -> None:
    for number, (reason, event) in enumerate(
        [("abstraction", "Festival"), ("abstraction", "Match"), ("abstraction", "Festival"), ("health", "")]
    ):
        suspect = overdue_suspect("2026-11-01 12:00", unit=world.north if number else world.south, officer=world.investigator)
        add(suspect.case, m.ArrestDelay, suspect=suspect, at=london("2026-11-08 12:00"), reason=reason, event=event)
    overdue_suspect("2026-09-01 12:00", risk="standard")

    def totals(**chosen: str) -> object:
        with scope(system(AVON)):
            found = totals_of(Reach.of_force(AVON), Seen.now(), Filter(**chosen))
        parts = {line.words: {part.words: part.count for part in line.parts} for line in found.by_reason if line.parts}
        by = [{line.words: line.count for line in lines} for lines in (found.by_reason, found.by_unit, found.by_risk)]
        return found.overdue, *by, parts

    abstraction = m.DelayReason.ABSTRACTION.label
    assert totals() == (
        5,
        {abstraction: 3, "No reason given": 1, m.DelayReason.HEALTH.label: 1},
        {"Test North": 3, "Test South": 1, "No unit": 1},
        {"High": 4, "Medium": 0, "Standard": 1},
        {abstraction: {"Festival": 2, "Match": 1}},
    )
    assert totals(unit=str(world.north.pk))[0] == 3  # type: ignore[index]
    assert totals(officer=str(world.investigator.pk))[0] == 4  # type: ignore[index]
    assert totals(risk="standard")[0] == 1  # type: ignore[index]
    assert totals(reason="none")[0] == 1  # type: ignore[index]
    assert totals(reason="abstraction", risk="high")[0] == 3  # type: ignore[index]
    assert totals(reason="abstraction", risk="medium")[0] == 0  # type: ignore[index]


def test_officers_of_one_name_are_told_apart_by_unit(world: World) -> None:
    twin = make_user(AVON, Role.INVESTIGATOR, name=world.investigator.name, unit=world.south)
    overdue_suspect("2026-11-01 12:00", unit=world.north, officer=world.investigator)
    overdue_suspect("2026-11-01 12:00", unit=world.south, officer=twin)
    with scope(system(AVON)):
        offered = dict(totals_of(Reach.of_force(AVON), Seen.now(), Filter()).officers)
    name = world.investigator.name
    assert offered == {str(world.investigator.pk): f"{name} (Test North)", str(twin.pk): f"{name} (Test South)"}


@pytest.mark.parametrize("reason", ["none", "health", "abstraction"])
def test_rows_and_totals_agree_under_every_filter(world: World, reason: str) -> None:
    for given in ("", "health", "abstraction", "abstraction"):
        suspect = overdue_suspect("2026-11-01 12:00")
        if given:
            add(suspect.case, m.ArrestDelay, suspect=suspect, at=london("2026-11-08 12:00"), reason=given)
    seen, chosen = Seen.now(), Filter(reason=reason)
    with scope(system(AVON)):
        reach = Reach.of_force(AVON)
        assert len(all_of(chosen.on(late(reach, seen)), seen)) == totals_of(reach, seen, chosen).overdue > 0


def test_arrested_interviewed_and_decided_are_counted_apart_for_28_days(world: World) -> None:
    acts = {
        "arrested": [london("2026-10-25 00:30"), london("2026-11-20 12:00"), london("2026-10-24 23:59")],
        "interviewed": [london("2026-11-20 12:00"), london("2026-11-20 13:00")],
    }
    for when in acts["arrested"]:
        suspect = overdue_suspect("2026-09-01 12:00")
        add(suspect.case, m.Arrest, suspect=suspect, at=when)
        add(suspect.case, m.Interview, suspect=suspect, at=when, manner="after_arrest")
    for when in acts["interviewed"]:
        suspect = overdue_suspect("2026-09-01 12:00")
        add(suspect.case, m.Interview, suspect=suspect, at=when, manner="voluntary")
        add(suspect.case, m.Arrest, suspect=suspect, at=when + timedelta(hours=2))
    suspect = overdue_suspect("2026-09-01 12:00")
    add(
        suspect.case, m.ArrestDecision, suspect=suspect, proposed_at=NOW, rationale="x", answer="approved", answered_at=NOW,
        answered_by=world.supervisor,
    )  # fmt: skip
    with scope(system(AVON)):
        totals = totals_of(Reach.of_force(AVON), Seen.now(), Filter())
        before = totals_of(Reach.of_force(AVON), Seen.on(date(2026, 11, 20)), Filter())
    assert (totals.arrested, totals.interviewed, totals.decided) == (2, 2, 1)
    assert (before.arrested, before.interviewed, before.decided) == (2, 0, 0)


def test_named_but_nobody_recorded_is_counted() -> None:
    make_case(named="yes")
    make_case(named="no")
    add_suspect(make_case(named="yes"), "2026-11-21 12:00")
    make_case(named="yes", stage="charged")
    with scope(system(AVON)):
        assert totals_of(Reach.of_force(AVON), Seen.now(), Filter()).named_without_suspect == 1


def test_a_clock_ended_by_an_outcome_is_counted_by_the_day_it_was_recorded(world: World) -> None:
    for recorded, imported in (("2026-11-20 09:00", False), ("2026-10-01 09:00", False), ("2026-11-20 09:00", True)):
        suspect = overdue_suspect("2026-09-01 12:00")
        add(
            suspect.case, m.SuspectOutcome, suspect=suspect, code=15, on=date(2026, 9, 3), side="police", imported=imported,
            created_at=london(recorded),
        )  # fmt: skip
    with scope(system(AVON)):
        found = totals_of(Reach.of_force(AVON), Seen.now(), Filter())
    assert (found.closed, found.overdue) == (1, 0)
