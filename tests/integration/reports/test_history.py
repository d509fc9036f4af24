"""The year of overdue arrests: every point is what the report itself counts as of that day, in three queries."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency
from cases import models as m
from core import clock
from core.scope import scope, system
from reports.arrests import Filter, Reach, late
from reports.history import RISKS, History, Point, overdue_by_day
from reports.seen import Seen
from tests.factories import AVON, KENT, SOUTH_WEST, World, acting_as
from tests.integration.reports.making import add, add_suspect, correct, london, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
NOW = london("2026-11-22 10:00")


@pytest.fixture(autouse=True)
def _stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def history(seen: Seen | None = None, chosen: Filter | None = None, *, force: int = AVON) -> History:
    with scope(system(force)):
        found = overdue_by_day(Reach.of_force(force), seen or Seen.now(), chosen or Filter())
    assert found is not None
    return found


def counted(seen: Seen, chosen: Filter | None = None) -> tuple[int, ...]:
    """Return what the report counts, by risk."""
    with scope(system(AVON)):
        risks = Counter((chosen or Filter()).on(late(Reach.of_force(AVON), seen)).values_list("risk", flat=True))
    return tuple(risks[risk.value] for risk in RISKS)


def a_year_of_everything() -> None:
    """Suspects late for all or part of the year: arrested, out in the middle of a day, held up once or twice, eased, closed, cancelled."""
    overdue_suspect("2025-06-01 12:00", risk="high")
    overdue_suspect("2026-03-01 12:00", risk="medium")
    for risk, identified, stopped in (
        ("high", "2025-12-01 09:00", "2026-02-16 00:00"),
        ("standard", "2026-01-05 09:00", "2026-05-18 11:00"),
    ):
        suspect = overdue_suspect(identified, risk=risk)
        add(
            suspect.case, m.Arrest, suspect=suspect, at=london(stopped), released_at=london(stopped) + timedelta(hours=2), released_to="rui"
        )
    in_time = overdue_suspect("2026-04-01 09:00", risk="standard")
    add(in_time.case, m.Interview, suspect=in_time, at=london("2026-04-20 09:00"), manner="voluntary")
    closed = overdue_suspect("2026-02-01 09:00")
    add(closed.case, m.SuspectOutcome, suspect=closed, code=18, on=date(2026, 8, 3), side="police")
    held = overdue_suspect("2026-01-10 09:00", risk="medium")
    add(
        held.case,
        m.SuspectSituation,
        suspect=held,
        kind="wanted",
        since=london("2026-03-09 00:00"),
        ended_at=london("2026-06-01 00:00"),
        note="x",
    )
    add(held.case, m.SuspectSituation, suspect=held, kind="abroad", since=london("2026-10-05 13:00"), note="x")
    eased = overdue_suspect("2026-07-01 09:00", risk="high")
    correct(eased.case, "risk", row_id=eased.case_id, old="high", new="standard", at=london("2026-07-03 09:00"))
    later = overdue_suspect("2026-09-01 09:00", risk="medium")
    correct(
        later.case, "identified_at", row_id=later.pk, old=later.identified_at.isoformat(), new=london("2026-11-10 09:00").isoformat(),
        at=london("2026-11-11 09:00"),
    )  # fmt: skip
    two = make_case(risk="high")
    add_suspect(two, "2026-11-16 12:00", number=1)
    add_suspect(two, "2026-11-20 12:00", number=2)


@pytest.mark.parametrize("day", [None, "2026-11-22", "2026-11-23", "2026-07-31", "2026-08-12"])
def test_every_point_is_what_the_report_counts_as_of_that_day(day: str | None) -> None:
    a_year_of_everything()
    seen = Seen.on(date.fromisoformat(day) if day else None)
    points = history(seen).points
    assert len(points) in {53, 54}
    assert points[-1].day == seen.today
    assert all(point.day.weekday() == 0 for point in points[:-1])
    wrong = [point for point in points[:-1] if point.counts != counted(Seen.on(point.day))]
    assert wrong == []
    assert points[-1].counts == counted(seen)
    assert len({point.total for point in points}) >= 4, "the year must not be the same every day"


def test_seen_from_now_what_is_recorded_for_later_today_has_happened() -> None:
    suspect = overdue_suspect("2026-09-01 09:00")
    add(suspect.case, m.Arrest, suspect=suspect, at=NOW + timedelta(hours=3))
    assert history().points[-1].counts == counted(Seen.now()) == (0, 0, 0)
    assert history().points[-2].counts == (1, 0, 0)


def test_the_filter_narrows_every_point_but_by_reason(world: World) -> None:
    overdue_suspect("2026-01-10 09:00", unit=world.north, officer=world.investigator, risk="high")
    overdue_suspect("2026-02-10 09:00", unit=world.south, officer=world.other_unit, risk="medium")
    for chosen in (Filter(unit=str(world.north.pk)), Filter(risk="high"), Filter(officer=str(world.investigator.pk))):
        assert {point.counts for point in history(chosen=chosen).points} == {(0, 0, 0), (1, 0, 0)}
    assert history(chosen=Filter(reason="other")).points[-1].counts == (1, 1, 0)


def test_before_a_force_went_live_is_not_known_and_no_nought(world: World) -> None:
    suspect = overdue_suspect("2025-06-01 12:00")
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(live_from=date(2026, 5, 4))
    found = history()
    assert found.known_from == date(2026, 5, 4)
    assert {point.day < date(2026, 5, 4): point.counts for point in found.points} == {True: None, False: (1, 0, 0)}
    with acting_as(world.kent_supervisor):
        other = overdue_by_day(Reach.seen_by(world.kent_supervisor), Seen.now(), Filter())
    assert other is not None
    assert other.known_from is None
    assert suspect.force_id == AVON


def test_each_reader_counts_what_the_list_shows_her_or_him(world: World) -> None:
    overdue_suspect("2026-01-10 09:00", cps_area_scope=SOUTH_WEST, unit=world.north)
    overdue_suspect("2026-01-10 09:00", unit=world.south)
    overdue_suspect("2026-01-10 09:00", force_id=KENT)
    for who, total in (("supervisor", 2), ("investigator", 1), ("analyst", 2), ("prosecutor", 1), ("other_area", 0), ("kent", 1)):
        user = getattr(world, who)
        with acting_as(user):
            found = overdue_by_day(Reach.counted_by(user), Seen.now(), Filter())
        assert found is not None
        assert (who, found.points[-1].total) == (who, total)


def test_three_queries_whatever_the_data() -> None:
    a_year_of_everything()
    with CaptureQueriesContext(connection) as queries:
        history()
    assert len([one for one in queries if one["sql"].startswith("SELECT") and "set_config" not in one["sql"]]) == 3


@pytest.mark.parametrize("day", [date.min, date(1901, 12, 31), date(1902, 1, 1), date(1902, 1, 14)])
def test_days_long_before_any_record_are_no_failure(day: date) -> None:
    with scope(system(AVON)):
        found = overdue_by_day(Reach.of_force(AVON), Seen.on(day), Filter())
    assert (found is None) == (day < date(1902, 1, 1))
    assert found is None or found.points[-1] == Point(day, (0, 0, 0))
