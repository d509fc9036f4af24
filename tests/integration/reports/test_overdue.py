"""Which arrests are overdue: boundaries, what stops a clock, what holds it up, what was eased, and who sees whose."""

from datetime import date, datetime, timedelta

import pytest

from cases import models as m
from core import clock
from core.scope import scope, system
from reports.arrests import Filter, Reach, held_up, late
from reports.overdue import OverdueArrest, all_of, list_of
from reports.seen import Seen
from reports.totals import totals_of
from tests.factories import AVON, KENT, SOUTH_WEST, World, acting_as
from tests.integration.reports.making import add, add_suspect, correct, london, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
NOW = london("2026-11-22 10:00")


@pytest.fixture(autouse=True)
def _stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def on(day: str) -> Seen:
    return Seen.on(date.fromisoformat(day))


def at(moment: datetime) -> Seen:
    return Seen(moment)


def rows(seen: Seen | None = None, *, force: int = AVON) -> list[OverdueArrest]:
    seen = seen or Seen.now()
    with scope(system(force)):
        return all_of(late(Reach.of_force(force), seen), seen)


def surnames(seen: Seen | None = None) -> list[str]:
    return [row.surname for row in rows(seen)]


@pytest.mark.parametrize(("risk", "days"), [("high", 1), ("medium", 7), ("standard", 28)])
def test_due_today_is_in_time_and_the_first_minute_of_the_next_day_is_late(risk: str, days: int) -> None:
    overdue_suspect("2026-06-01 23:59", risk=risk)
    midnight = london("2026-06-02 00:00") + timedelta(days=days)
    assert rows(at(midnight - timedelta(seconds=1))) == []
    (row,) = rows(at(midnight))
    assert row.first_due_on == clock.london_day(midnight) - timedelta(days=1)
    assert row.days_over == 1


def test_seen_from_a_day_a_clock_due_the_day_before_is_overdue() -> None:
    overdue_suspect("2026-11-20 12:00")
    assert surnames(on("2026-11-21")) == []
    assert surnames(on("2026-11-22")) == ["Invented"]


@pytest.mark.parametrize("identified", ["2026-03-27 23:30", "2026-10-23 23:30"])
def test_days_of_23_and_25_hours_count_as_days(identified: str) -> None:
    """Identified on a Friday, due on Saturday, overdue from the first moment of the Sunday on which the clocks change."""
    overdue_suspect(identified)
    sunday = london(identified[:8] + f"{int(identified[8:10]) + 2} 00:00")
    assert rows(at(sunday - timedelta(seconds=1))) == []
    assert rows(at(sunday))[0].days_over == 1
    monday = clock.day_start(clock.london_day(sunday) + timedelta(days=1))
    assert rows(at(monday - timedelta(seconds=1)))[0].days_over == 1
    assert rows(at(monday))[0].days_over == 2


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (m.Arrest, {"at": london("2026-11-10 12:00")}),
        (m.Interview, {"at": london("2026-11-10 12:00"), "manner": "voluntary"}),
        (m.SuspectOutcome, {"code": 1, "on": date(2026, 11, 10), "side": "police"}),
    ],
)
def test_what_stops_a_clock_stops_it_from_then_on_and_not_before(model: type[m.CaseRow], facts: dict[str, object]) -> None:
    suspect = overdue_suspect("2026-11-01 12:00")
    names = {field.name for field in model._meta.get_fields()}
    add(suspect.case, model, suspect=suspect, **{name: value for name, value in facts.items() if name in names})
    assert surnames() == []
    assert surnames(on("2026-11-11")) == []
    assert surnames(on("2026-11-10")) == ["Invented"]


def test_a_decision_not_to_arrest_stops_the_clock_only_once_approved(world: World) -> None:
    suspect = overdue_suspect("2026-11-01 12:00")
    decision = add(suspect.case, m.ArrestDecision, suspect=suspect, proposed_at=london("2026-11-05 12:00"), rationale="x")
    assert surnames() == ["Invented"]
    with scope(system(AVON)):
        m.ArrestDecision.objects.filter(pk=decision.pk).update(
            answer="approved", answered_at=london("2026-11-10 12:00"), answered_by=world.supervisor
        )
    add(suspect.case, m.ArrestDelay, suspect=suspect, at=NOW, reason="health")  # reconciles
    assert surnames() == []
    assert surnames(on("2026-11-10")) == ["Invented"]


def test_suspects_of_one_case_stand_for_themselves_and_the_longest_overdue_comes_first() -> None:
    case = make_case(risk="medium")
    add_suspect(case, "2026-11-01 12:00", number=1, surname="Later")
    add_suspect(case, "2026-10-01 12:00", number=2, surname="Sooner")
    arrested = add_suspect(case, "2026-09-01 12:00", number=3, surname="Arrested")
    add(case, m.Arrest, suspect=arrested, at=london("2026-09-02 12:00"))
    found = rows()
    assert [(row.surname, row.number, row.days_over) for row in found] == [("Sooner", 2, 45), ("Later", 1, 14)]


@pytest.mark.parametrize(("days", "listed"), [(27, True), (28, True), (29, False)])
def test_a_risk_lowered_stays_in_the_report_with_its_first_due_date_for_28_days(days: int, listed: bool) -> None:
    suspect = overdue_suspect("2026-10-20 12:00")
    eased = NOW - timedelta(days=days)
    # The later due date is moved out of the way by identifying later still.
    correct(suspect.case, "risk", row_id=suspect.case_id, old="high", new="standard", at=eased)
    later = london("2026-11-20 12:00")
    correct(suspect.case, "identified_at", row_id=suspect.pk, old=suspect.identified_at.isoformat(), new=later.isoformat(), at=eased)
    found = rows()
    assert [row.surname for row in found] == (["Invented"] if listed else [])
    for row in found:
        assert row.first_due_on == date(2026, 10, 21)
        assert row.due_on == date(2026, 12, 18)
        assert row.days_over == 32
        assert row.eased_on == clock.london_day(eased)


def test_a_clock_eased_long_ago_counts_from_its_first_due_date_once_the_later_one_has_passed() -> None:
    suspect = overdue_suspect("2026-09-01 12:00")
    correct(suspect.case, "risk", row_id=suspect.case_id, old="high", new="standard", at=london("2026-09-10 12:00"))
    (row,) = rows()
    assert (row.first_due_on, row.due_on, row.days_over) == (date(2026, 9, 2), date(2026, 9, 29), 81)


def test_seen_from_before_it_was_eased_a_clock_had_not_been_eased() -> None:
    suspect = overdue_suspect("2026-09-01 12:00")
    correct(suspect.case, "risk", row_id=suspect.case_id, old="high", new="standard", at=london("2026-09-10 12:00"))
    (row,) = rows(on("2026-09-08"))
    assert (row.eased_on, row.due_on, row.days_over) == (None, date(2026, 9, 2), 6)


def test_a_clock_eased_before_its_first_due_date_is_not_overdue_before_that_date() -> None:
    suspect = overdue_suspect("2026-11-18 12:00", risk="medium")
    correct(suspect.case, "risk", row_id=suspect.case_id, old="medium", new="standard", at=london("2026-11-19 12:00"))
    assert rows() == []


def test_a_situation_takes_a_suspect_out_of_the_list_and_into_the_count_while_it_lasts() -> None:
    suspect = overdue_suspect("2026-11-01 12:00")
    add(
        suspect.case, m.SuspectSituation, suspect=suspect, kind="abroad", since=london("2026-11-05 12:00"), note="x",
        ended_at=london("2026-11-12 12:00"),
    )  # fmt: skip
    wanted = overdue_suspect("2026-11-21 12:00", surname="Wanted")
    add(wanted.case, m.SuspectSituation, suspect=wanted, kind="wanted", since=london("2026-11-21 13:00"), note="x")

    def counts(seen: Seen) -> dict[str, tuple[int, int]]:
        with scope(system(AVON)):
            return {line.kind: (line.count, line.past) for line in totals_of(Reach.of_force(AVON), seen, Filter()).held_up}

    assert surnames(on("2026-11-05")) == ["Invented"]
    assert surnames(on("2026-11-06")) == surnames(on("2026-11-12")) == []
    assert surnames(on("2026-11-13")) == surnames() == ["Invented"]
    assert rows()[0].days_over == 20, "a pause moves no due date"
    assert counts(on("2026-11-06"))["abroad"] == (1, 1)
    assert counts(Seen.now()) == {"wanted": (1, 0), "abroad": (0, 0), "prison": (0, 0)}
    with scope(system(AVON)):
        (row,) = all_of(held_up(Reach.of_force(AVON), Seen.now()), Seen.now())
    assert (row.surname, row.situation, row.situation_since) == ("Wanted", "Wanted", date(2026, 11, 21))


def test_the_latest_reason_by_then_is_shown_with_its_event() -> None:
    suspect = overdue_suspect("2026-11-01 12:00")
    add(suspect.case, m.ArrestDelay, suspect=suspect, at=london("2026-11-08 12:00"), reason="abstraction", event="Festival policing")
    add(suspect.case, m.ArrestDelay, suspect=suspect, at=london("2026-11-15 12:00"), reason="intelligence")
    assert [(row.reason, row.event) for row in rows(on("2026-11-08"))] == [("", "")]
    assert [row.event for row in rows(on("2026-11-09"))] == ["Festival policing"]
    assert [(row.reason, row.event) for row in rows()] == [("Whereabouts or address being checked", "")]


def test_suspects_and_cases_recorded_in_error_are_left_out() -> None:
    suspect = overdue_suspect("2026-11-01 12:00")
    case = overdue_suspect("2026-11-01 12:00").case
    with scope(system(AVON)):
        m.Suspect.objects.filter(pk=suspect.pk).update(recorded_in_error_at=NOW)
        m.Case.objects.filter(pk=case.pk).update(recorded_in_error_at=NOW)
    case.recorded_in_error_at = NOW
    for one in (suspect.case, case):
        add(one, m.SupervisorReview, of="case", at=NOW, direction="x")  # reconciles
    assert rows() == []


def test_everybody_sees_the_suspects_of_the_cases_they_see_and_of_no_other(world: World) -> None:
    north = overdue_suspect("2026-11-01 12:00", surname="North", unit=world.north)
    overdue_suspect("2026-11-02 12:00", surname="South", unit=world.south)
    overdue_suspect("2026-11-03 12:00", surname="Restricted", unit=world.north, restricted=True)
    overdue_suspect("2026-11-04 12:00", surname="Mine", unit=world.south, restricted=True, officer=world.investigator)
    brought = make_case(unit=world.south, cps_area_scope=SOUTH_WEST)
    add_suspect(brought, "2026-11-05 12:00", surname="Brought")
    overdue_suspect("2026-11-01 12:00", surname="Canary", force_id=KENT)
    add(north.case, m.Exclusion, user=world.sergeant, reason="x")
    add(north.case, m.Exclusion, user=world.supervisor2, reason="x")

    def seen_by(user: object, reach: object = Reach.seen_by) -> list[str]:
        seen = Seen.now()
        with acting_as(user):  # type: ignore[arg-type]
            return [row.surname for row in all_of(late(reach(user), seen), seen)]  # type: ignore[operator]

    assert seen_by(world.investigator) == ["North", "Mine"]
    assert seen_by(world.sergeant) == []
    assert seen_by(world.supervisor) == ["North", "South", "Brought"]
    assert seen_by(world.supervisor2) == ["South", "Brought"]
    assert seen_by(world.prosecutor) == ["Brought"]
    assert seen_by(world.other_area) == seen_by(world.analyst) == []
    assert seen_by(world.kent_supervisor) == ["Canary"]
    assert seen_by(world.analyst, Reach.counted_by) == ["North", "South", "Restricted", "Mine", "Brought"]


def test_pages_follow_each_other_without_gap_or_repeat(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.overdue.ROWS_ON_A_PAGE", 2)
    case = make_case()
    for number in range(1, 6):
        add_suspect(case, "2026-11-01 12:00", number=number)
    seen = Seen.now()
    with scope(system(AVON)):
        clocks = late(Reach.of_force(AVON), seen)
        whole = [row.key for row in all_of(clocks, seen)]
        first = list_of(world.supervisor, clocks, seen)
        second = list_of(world.supervisor, clocks, seen, after=first.next_cursor or "")
        third = list_of(world.supervisor, clocks, seen, after=second.next_cursor or "")
        back = list_of(world.supervisor, clocks, seen, before=third.previous_cursor or "")
        start = list_of(world.supervisor, clocks, seen, before=second.previous_cursor or "")
    assert [row.key for page in (first, second, third) for row in page.rows] == whole
    assert (first.has_previous, first.has_next, third.has_next) == (False, True, False)
    assert back.rows == second.rows
    assert (start.rows, start.has_previous, start.has_next) == (first.rows, False, True)
