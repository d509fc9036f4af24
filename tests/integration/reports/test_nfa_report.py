"""The report of no further action: every figure worked out by hand, the boundaries of months and clocks, and what each side is told of."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from cases import models as m
from core import clock
from core.scope import scope, system
from reports.abstraction import Span, month_of
from reports.nfa import nfa_of
from reports.nfa_figures import Block, NfaReport
from reports.nfa_reading import BACK, BEFORE_CPS, NO_SUSPECT, NOT_RECORDED
from reports.turns import Figure
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.reports.ending import asked, concluded, crime, decided, owed, prepared, proposed, recorded, suspect
from tests.integration.reports.making import london

pytestmark = pytest.mark.django_db
YEAR = Span(date(2025, 12, 1), date(2026, 11, 1))
NOW = london("2026-11-20 12:00")


def seen(user: User, unit: Any = None, span: Span = YEAR) -> NfaReport:
    """Return the report as one reader sees it."""
    with acting_as(user):
        return nfa_of(user, span, unit, NOW)


def block(found: NfaReport, side: str) -> Block:
    """Return the figures of one side."""
    return next(one for one in found.blocks if one.side == side)


def table(found: NfaReport, side: str, name: str) -> dict[str, Any]:
    """Return a table by its lines, those with nothing left out; a single figure without days as its number."""
    one = block(found, side).table(name)
    rows = {row.words: row.cells if one.days else tuple(cell.number for cell in row.cells) for row in one.rows}
    return {words: cells[0] if len(cells) == 1 else cells for words, cells in rows.items() if cells not in {(Figure(0),), (0,)}}


def names(found: NfaReport, side: str) -> set[str]:
    """Return which tables a side has."""
    return {one.name for one in block(found, side).tables}


def three_crimes(world: World) -> None:
    """A in the north: 15 after 30 days, and 18 with nobody named on the same day. B in the south: 16 after 60 days. 1 and 5 are none."""
    north = recorded(world)
    crime(north, 15, "2026-04-01 09:00", suspect(north, ("with_cps", "2026-03-20 09:00", "2026-03-25 09:00")))
    crime(north, 18, "2026-03-02 09:00")
    south = recorded(world, unit=world.south)
    person = suspect(south)
    for code in (16, 1, 5):
        crime(south, code, "2026-05-01 09:00", person)


def test_crimes_by_outcome_stage_unit_month_and_days(world: World) -> None:
    three_crimes(world)
    found = seen(world.supervisor)
    police = block(found, "police")
    assert police.total == Figure(3, 30, 60)
    assert table(found, "police", "reason") == {
        "15 Evidential difficulties, suspect identified, victim supports": Figure(1, 30, 30),
        "16 Evidential difficulties, suspect identified, victim does not support": Figure(1, 60, 60),
        "18 Investigation complete, no suspect identified": Figure(1, 0, 0),
    }
    assert table(found, "police", "stage") == {NO_SUSPECT: Figure(1, 0, 0), BEFORE_CPS: Figure(1, 60, 60), BACK: Figure(1, 30, 30)}
    assert table(found, "police", "unit") == {world.north.name: Figure(2, 0, 30), world.south.name: Figure(1, 60, 60)}
    assert table(found, "police", "month") == {
        "March 2026": Figure(1, 0, 0), "April 2026": Figure(1, 30, 30), "May 2026": Figure(1, 60, 60),
    }  # fmt: skip
    assert len(police.table("month").rows) == 12
    assert (found.cases, set(found.owners), block(found, "cps").total) == (2, {AVON}, Figure(0))


def test_the_cps_counts_suspects_by_its_own_reason(world: World) -> None:
    case = recorded(world)
    decided(suspect(case, ("with_cps", "2026-03-10 09:00", "2026-03-22 10:00")), 15, "2026-03-22 10:00")
    plan = suspect(case, ("action_plan", "2026-03-12 09:00", "2026-04-01 10:00"))
    decided(plan, 9, "2026-04-01 10:00", decision="nfa_public_interest", why="", again="2026-05-01 09:00")
    decided(suspect(case), 15, "2026-03-25 09:00", decision="")
    decided(suspect(case), 15, "2026-03-22 09:00", side="police")
    suspect(case, ("finalised", "2026-06-01 09:00", ""))
    found = seen(world.cps_manager)
    assert block(found, "cps").total == Figure(3, 23, 30)
    assert table(found, "cps", "cps reason") == {
        "No further action: evidential (K)": Figure(1, 20, 20),
        "No further action: public interest": Figure(1, 30, 30),
        NOT_RECORDED: Figure(1, 23, 23),
    }
    assert table(found, "cps", "stage") == {
        "With the CPS": Figure(1, 20, 20), "Action plan with the police": Figure(1, 30, 30), BEFORE_CPS: Figure(1, 23, 23),
    }  # fmt: skip
    assert table(found, "cps", "beside") == {
        "Opened again since, of those above": 1,
        "Finalised administratively: no decision, and in no other figure": 1,
    }
    assert [figure for _, figure in table(found, "cps", "force").items()] == [Figure(3, 23, 30)]
    assert block(found, "police").total == Figure(0)


def test_finalised_administratively_is_no_decision(world: World) -> None:
    case = recorded(world)
    suspect(case, ("finalised", "2026-10-31 23:59", ""), ("finalised", "2025-11-30 23:59", "2025-12-02 09:00"))
    suspect(case, ("finalised", "2026-11-30 23:59", ""))
    suspect(case, ("finalised", "2026-12-01 00:00", ""))
    found = seen(world.cps_manager)
    assert table(found, "cps", "beside") == {"Finalised administratively: no decision, and in no other figure": 2}
    assert (block(found, "cps").total, block(found, "police").total) == (Figure(0), Figure(0))


@pytest.mark.parametrize(("on", "counted"), [("2026-09-30", 0), ("2026-10-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)])
def test_months_begin_and_end_on_their_days(world: World, on: str, counted: int) -> None:
    case = recorded(world)
    person = suspect(case)
    crime(case, 15, f"{on} 09:00", person)
    decided(person, 15, f"{on} 09:00")
    october = Span(date(2026, 10, 1), date(2026, 10, 1))
    found = seen(world.supervisor, span=october)
    assert block(found, "police").total.number == counted
    assert block(seen(world.cps_manager, span=october), "cps").total.number == counted


def test_a_crime_stands_where_the_suspect_does_who_was_with_the_cps_last(world: World) -> None:
    case = recorded(world)
    first, last = suspect(case, ("with_cps", "2026-03-10 09:00", "")), suspect(case, ("action_plan", "2026-03-11 09:00", ""))
    crime(case, 15, "2026-03-20 09:00", first, last, suspect(case))
    assert set(table(seen(world.supervisor), "police", "stage")) == {"Action plan with the police"}


def test_cases_in_error_merged_and_suspects_in_error_are_left_out(world: World) -> None:
    wrong, kept_case, merged = recorded(world), recorded(world), recorded(world)
    person = suspect(kept_case)
    for case in (wrong, merged):
        crime(case, 18, "2026-04-01 09:00")
    crime(kept_case, 15, "2026-04-01 09:00", person)
    decided(person, 15, "2026-04-01 09:00")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=wrong.pk).update(recorded_in_error_at=NOW)
        m.Case.objects.filter(pk=merged.pk).update(merged_into=kept_case)
        m.Suspect.objects.filter(pk=person.pk).update(recorded_in_error_at=NOW)
    found = seen(world.supervisor)
    assert (block(found, "police").total.number, table(found, "police", "stage")) == (1, {NO_SUSPECT: Figure(1, 30, 30)})
    assert block(seen(world.cps_manager), "cps").total == Figure(0)


def test_the_unit_and_who_sees_the_case(world: World) -> None:
    three_crimes(world)
    crime(recorded(world, brought=False), 18, "2026-04-01 09:00")
    assert block(seen(world.supervisor, world.south.pk), "police").total == Figure(1, 60, 60)
    assert block(seen(world.supervisor), "police").total.number == 4
    assert seen(world.cps_manager).cases == 2, "of the police only what was brought"
    assert [seen(one).cases for one in (world.other_area, world.kent_supervisor)] == [0, 0]


def test_told_in_time_at_its_boundaries(world: World) -> None:
    case = recorded(world)
    due = "2026-06-10 00:00"
    owed(case, "told_nfa", due, met="2026-06-09 23:59")
    owed(case, "told_nfa", due, met=due)
    owed(case, "told_nfa", due)
    owed(case, "told_nfa", due, ended="2026-06-09 23:59")
    owed(case, "told_nfa", due, ended=due)
    owed(case, "told_nfa", due, cancelled=True)
    owed(case, "told_nfa", "2026-11-20 12:00")
    owed(case, "told_nfa", "2026-11-20 12:01")
    owed(case, "told_nfa", "2025-12-01 00:00")
    owed(case, "told_charge", due)
    owed(case, "written_reasons", "2025-12-02 00:00", met="2025-12-01 09:00")
    owed(case, "written_reasons", due, owes="cps")
    found = seen(world.supervisor)
    assert table(found, "police", "in time") == {
        "Told that it ended without a charge": (1, 4, 0), "Written reasons reached her or him": (1, 0, 0),
    }  # fmt: skip
    assert table(seen(world.cps_manager), "cps", "in time") == {"Written reasons reached her or him": (0, 1, 0)}


@pytest.mark.parametrize(("live", "known"), [("2026-06-09", True), ("2026-06-10", False)])
def test_due_before_the_force_began_is_not_known(world: World, live: str, known: bool) -> None:
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(live_from=date.fromisoformat(live))
    owed(recorded(world), "told_nfa", "2026-06-10 00:00")
    shown = table(seen(world.supervisor), "police", "in time")["Told that it ended without a charge"]
    assert shown == ((0, 1, 0) if known else (0, 0, 1))


def test_reviews_are_counted_for_the_side_that_decided(world: World) -> None:
    case = recorded(world)
    for state in ("asked", "out_proposed", "upheld", "overturned", "overturned", "out_of_scope", "withdrawn"):
        asked(world, case, state, "2026-05-04 09:00")
    asked(world, case, "upheld", "2025-11-30 09:00")
    asked(world, case, "overturned", "2026-05-04 09:00", side="cps")
    owed(case, "vrr_acknowledge", "2026-06-10 00:00", met="2026-06-09 09:00")
    owed(case, "vrr_complete", "2026-06-10 00:00", owes="cps")
    police, cps = seen(world.supervisor), seen(world.cps_manager)
    assert table(police, "police", "reviews") == {
        "Decision upheld": 1, "Decision overturned": 2, "Out of scope": 1, "Withdrawn by the victim": 1, "Not completed yet": 2,
    }  # fmt: skip
    total = block(police, "police").table("reviews").total
    assert total is not None
    assert total.cells == (Figure(7),)
    assert table(cps, "cps", "reviews") == {"Decision overturned": 1}
    assert ("reviews" in names(police, "cps"), "reviews" in names(cps, "police")) == (False, False)
    assert table(police, "police", "in time") == {"Requests for a review acknowledged": (1, 0, 0)}
    assert table(police, "cps", "in time") == {}
    assert table(cps, "cps", "in time") == {"Reviews completed": (0, 1, 0)}


def test_what_own_panels_concluded(world: World) -> None:
    case = recorded(world)
    outcome = decided(suspect(case), 15, "2026-03-22 09:00")
    concluded(outcome, "agree", "2026-05-04 09:00")
    concluded(outcome, "disagree", "2026-11-30 23:59", referred_at=NOW, reopened=True)
    concluded(outcome, "learning", "2026-12-01 00:00")
    concluded(outcome, "learning", "2026-05-04 09:00", left_out_at=NOW)
    concluded(outcome, "learning", "2026-05-04 09:00", agency=SOUTH_WEST)
    found = seen(world.supervisor)
    assert table(found, "police", "panels") == {"Agree": 1, "Disagree": 1}
    assert table(found, "police", "after panels") == {"Referred for reconsideration": 1, "Opened again after it": 1}
    assert table(seen(world.cps_manager), "cps", "panels") == {"Agree, with learning": 1}
    assert "panels" not in names(found, "cps")


def test_second_checks_are_counted_for_their_own_side_alone(world: World) -> None:
    case, month = recorded(world), month_of(clock.today())
    this, first = Span(month, month), clock.day_start(month)
    proposed(world, case, "waits", "sent_back", "waits", "confirmed", at=first)
    proposed(world, case, "waits", at=first)
    proposed(world, case, "waits", "confirmed", at=first - timedelta(seconds=1))
    prepared(world, case, "waits", "sent_back", at=first)
    prepared(world, case, "waits", "confirmed", at=first, decision="charge")
    police, cps = seen(world.supervisor, span=this), seen(world.cps_manager, span=this)
    assert table(police, "police", "checks") == {"Confirmed": 1, "Sent back": 1, "Waiting for the second person": 1}
    assert table(cps, "cps", "checks") == {"Sent back": 1}
    assert ("checks" in names(police, "cps"), "checks" in names(cps, "police")) == (False, False)


def test_the_same_number_of_queries_whatever_the_number_of_cases(world: World) -> None:
    counts = []
    for number in (1, 4):
        for _ in range(number):
            three_crimes(world)
            case = recorded(world)
            outcome = decided(suspect(case, ("with_cps", "2026-03-10 09:00", "")), 15, "2026-03-22 10:00")
            concluded(outcome, "agree", "2026-05-04 09:00")
            owed(case, "told_nfa", "2026-06-10 00:00")
            proposed(world, case, "waits", at=NOW)
        for who in (world.supervisor, world.cps_manager, world.analyst):
            with acting_as(who), CaptureQueriesContext(connection) as queries:
                nfa_of(who, YEAR, None, NOW)
            counts.append(len([one for one in queries if ' FROM "' in one["sql"]]))
    assert counts == [8, 9, 8] * 2
