"""The daily run: what it counts, once a force and day, told once, caught up, and seen from the start of its day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases import models as m
from core import clock
from core.scope import scope, system
from reports.daily import runs
from reports.daily.figures import FIGURES
from reports.models import DailyRun
from reports.tasks import daily_runs
from tests.factories import AVON, KENT, World, acting_as
from tests.integration.notifications.making import away, notices, stand_at
from tests.integration.reports.making import add, add_suspect, london, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be a minute past six on a Tuesday."""
    stand_at(monkeypatch, "2026-11-24 06:01")


def saved(force_id: int = AVON) -> list[DailyRun]:
    """Return a force's runs, the oldest first."""
    with scope(system(force_id)):
        return list(DailyRun.objects.filter(force_id=force_id).order_by("day"))


def test_the_hour_it_is_due() -> None:
    for text, day in (
        ("2026-11-24 05:59:59", date(2026, 11, 23)),
        ("2026-11-24 06:00", DAY),
        ("2026-11-25 00:30", DAY),
        ("2026-10-25 05:59", date(2026, 10, 24)),  # the clocks went back in the night
        ("2026-10-25 06:00", date(2026, 10, 25)),
        ("2026-03-29 06:00", date(2026, 3, 29)),
    ):
        assert runs.latest_due(london(text)) == day


def test_every_figure(world: World) -> None:
    """One of each thing, and beside each its neighbour that does not count."""
    late = overdue_suspect("2026-11-20 10:00", risk="high", officer=world.investigator)
    critical = overdue_suspect("2026-10-01 10:00", risk="standard")
    overdue_suspect("2026-11-23 10:00", risk="standard", officer=world.colleague)  # due in December
    held = overdue_suspect("2026-11-01 10:00", risk="medium", officer=world.colleague)
    add(held.case, m.SuspectSituation, suspect=held, kind="wanted", since=london("2026-11-02 10:00"))
    asked = overdue_suspect("2026-11-22 10:00", risk="medium", officer=world.colleague)
    add(asked.case, m.ArrestDecision, suspect=asked, proposed_at=london("2026-11-23 10:00"), rationale="x", protection="y")
    make_case(named=m.Named.YES, officer=world.colleague)
    away(world.investigator, None, DAY, None)
    away(world.colleague, world.investigator, DAY, None)
    overdue_suspect("2026-10-01 10:00", force_id=KENT)
    daily_runs()
    counts = saved()[0].counts
    assert set(counts) == {figure.key for figure in FIGURES}
    wanted = {
        "overdue": 2, "overdue_high": 1, "overdue_medium": 0, "overdue_standard": 1, "critical": 1, "held_up": 1, "bail_lapsed": 0,
        "bail_answering": 0, "approvals": 1, "named": 1, "unallocated": 1, "away": 1,
    }  # fmt: skip
    assert {name: counts[name] for name in wanted} == wanted
    with scope(system(AVON)):
        ids = set(m.Deadline.objects.filter(kind="arrest", suspect__in=[late, critical]).values_list("pk", flat=True))
    assert set(saved()[0].deadline_ids) == ids
    assert counts["reviews_overdue"] > 0


def test_bail_lapsed_and_answering(world: World) -> None:
    case = make_case(officer=world.colleague)
    ends = {"2026-11-23": "bail_lapsed", "2026-11-24": "bail_answering", "2026-12-08": "bail_answering", "2026-12-09": ""}
    for number, end in enumerate(ends, start=1):
        suspect = add_suspect(case, "2026-11-01 10:00", number=number, surname=f"Invented{number}")
        facts: dict[str, Any] = {"authority": "custody_officer", "own_end_on": date.fromisoformat(end)}
        arrest = add(
            case, m.Arrest, suspect=suspect, at=london("2026-11-01 12:00"), released_at=london("2026-11-01 18:00"), released_to="bail"
        )
        add(case, m.Bail, suspect=suspect, arrest=arrest, granted_at=london("2026-11-01 18:00"), **facts)
    daily_runs()
    counts = saved()[0].counts
    assert (counts["bail_lapsed"], counts["bail_answering"]) == (1, 2)


def test_twice_and_again_the_same_day_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    overdue_suspect("2026-11-01 10:00")
    daily_runs()
    before = [(run.pk, run.counts, run.made_at, run.told_at) for run in saved()]
    overdue_suspect("2026-11-02 10:00")
    stand_at(monkeypatch, "2026-11-24 23:59")
    daily_runs()
    assert [(run.pk, run.counts, run.made_at, run.told_at) for run in saved()] == before
    assert [run.day for run in saved()] == [DAY]
    assert saved()[0].told_at is not None


def test_made_late_it_says_what_it_would_have_said_at_six(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An arrest at nine does not change what stood at the start of the day."""
    suspect = overdue_suspect("2026-11-01 10:00")
    stand_at(monkeypatch, "2026-11-24 10:00")
    add(suspect.case, m.Arrest, suspect=suspect, at=london("2026-11-24 09:00"))
    daily_runs()
    assert saved()[0].counts["overdue"] == 1


def test_each_supervisor_of_the_force_is_told_once(world: World) -> None:
    overdue_suspect("2026-11-01 10:00")
    for _ in range(3):
        daily_runs()
    found = notices()
    assert sorted(notice.user_id for notice in found) == sorted([world.supervisor.pk, world.supervisor2.pk])
    assert {notice.channel for notice in found} == {"email"}
    assert found[0].counts["overdue"] == 1
    assert found[0].counts["day"] == "2026-11-24"


def test_a_force_without_a_live_case_has_no_run(world: World) -> None:
    case = make_case(force_id=KENT)
    with scope(system(KENT)):
        m.Case.objects.filter(pk=case.pk).update(stage="no_further_action")
    daily_runs()
    assert saved(KENT) == saved() == []
    assert notices() == []


def test_missed_days_are_caught_up_seen_from_each_and_told_to_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    suspect = overdue_suspect("2026-11-20 10:00", risk="high")  # overdue from the 22nd on
    stand_at(monkeypatch, "2026-11-21 06:00")
    daily_runs()
    add(suspect.case, m.Arrest, suspect=suspect, at=london("2026-11-23 12:00"))
    stand_at(monkeypatch, "2026-11-24 06:01")
    daily_runs()
    found = saved()
    assert [run.day.day for run in found] == [21, 22, 23, 24]
    assert [run.counts["overdue"] for run in found] == [0, 1, 1, 0]
    assert [run.counts["named"] for run in found] == [0, None, None, 0]
    assert [run.told_at is None for run in found] == [False, True, True, False]
    assert {notice.counts["day"] for notice in notices()} == {"2026-11-21", "2026-11-24"}


def test_no_more_than_a_week_is_caught_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case()
    stand_at(monkeypatch, "2026-10-01 06:00")
    daily_runs()
    stand_at(monkeypatch, "2026-11-24 06:00")
    daily_runs()
    assert [run.day for run in saved()] == [date(2026, 10, 1), *(DAY - timedelta(days=back) for back in range(7, -1, -1))]


def test_made_and_not_told_is_told_by_the_next(world: World) -> None:
    """Also after midnight: the run stays the day's until the next one is due."""
    make_case()
    runs.make(AVON, DAY)
    assert saved()[0].told_at is None
    daily_runs()
    assert saved()[0].told_at is not None
    assert len(notices()) == 2


def test_a_force_that_fails_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case()
    make_case(force_id=KENT)
    whole = runs.make

    def fail(force_id: int, day: date) -> None:
        if force_id == KENT:
            raise DatabaseError
        whole(force_id, day)

    monkeypatch.setattr(runs, "make", fail)
    daily_runs()
    assert (len(saved()), len(saved(KENT))) == (1, 0)
    monkeypatch.undo()
    monkeypatch.setattr(clock, "now", lambda: london("2026-11-24 06:02"))
    daily_runs()
    assert len(saved(KENT)) == 1


def test_another_force_reads_none_of_it(world: World) -> None:
    make_case()
    daily_runs()
    with acting_as(world.kent_supervisor):
        assert not DailyRun.objects.exists()
    with acting_as(world.supervisor), pytest.raises(DatabaseError), transaction.atomic():
        DailyRun.objects.update(counts={})


def test_the_cost_of_a_minute_with_nothing_to_do(world: World, django_assert_max_num_queries: Any) -> None:
    """Each force costs its scope and one question."""
    make_case()
    daily_runs()
    forces = 44
    with django_assert_max_num_queries(1 + 8 * forces):
        daily_runs()


def test_nothing_of_a_name_is_saved(world: World) -> None:
    overdue_suspect("2026-11-01 10:00", surname="Quillfeather", crime_reference="52/CANARY/1")
    daily_runs()
    text = f"{saved()[0].counts} {[notice.counts for notice in notices()]} {[notice.key for notice in notices()]}"
    assert "Quillfeather" not in text
    assert "CANARY" not in text
