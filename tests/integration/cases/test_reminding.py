"""Reminders from the running deadline to the inbox: each step once, the latest alone, nothing that had come before we began."""

from datetime import timedelta
from typing import Any

import pytest

from cases import models as m
from core.scope import scope, system
from notifications.models import Reminder
from tests.factories import KENT, World
from tests.integration.cases.reminding import began, case_of, change, deadline, dropped, name, planned, sweep, told
from tests.integration.notifications.making import away, london, notices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _began(db: None) -> None:
    began()


def test_each_step_is_told_once_when_it_comes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven and two days before, on the day, when it is over, and to the inspector when it is critically overdue."""
    case = case_of(world.investigator)
    name(case, world.supervisor, "inspector")
    deadline(case, "2026-11-20")
    officer, inspector = world.investigator.pk, world.supervisor.pk
    steps = (
        ("2026-11-12 23:59", None), ("2026-11-13 00:00", ("soon_7", officer)),
        ("2026-11-17 23:59", None), ("2026-11-18 00:00", ("soon_2", officer)),
        ("2026-11-19 23:59", None), ("2026-11-20 00:00", ("today", officer)),
        ("2026-11-20 23:59:59", None), ("2026-11-21 00:00", ("overdue", officer)),
        ("2026-11-27 23:59", None), ("2026-11-28 00:00", ("escalated", inspector)), ("2026-12-20 12:00", None),
    )  # fmt: skip
    expected = []
    for now, step in steps:
        for _ in range(2):
            sweep(monkeypatch, now)
        expected += [step] if step else []
        assert planned() == expected, now
        assert len(told()) == len(expected)
    subjects = ["reminder_soon", "reminder_soon", "reminder_today", "reminder_overdue"]
    assert told(world.investigator) == [(subject, 1) for subject in subjects]
    assert told(world.supervisor) == [("reminder_escalated", 1)]
    assert {notice.case_id for notice in notices()} == {case.pk}


def test_after_a_week_without_sweeps_each_person_gets_the_latest_step_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(world.investigator)
    name(case, world.supervisor, "inspector")
    deadline(case, "2026-11-10")
    nobodys = case_of()
    deadline(nobodys, "2026-11-10")
    sweep(monkeypatch, "2026-11-02 12:00")
    assert planned() == []
    sweep(monkeypatch, "2026-11-18 12:00")
    assert told(world.investigator) == [("reminder_overdue", 1)]
    assert told(world.supervisor) == [("reminder_escalated", 1), ("reminder_escalated", 1)]
    assert told(world.supervisor2) == [("reminder_escalated", 1)]
    assert dropped() == [("overdue", "later_step")] * 2, "a supervisor who stands in for the officer hears the latest step alone"
    before = len(notices())
    sweep(monkeypatch, "2026-11-18 12:01")
    assert len(notices()) == before


def test_what_was_overdue_when_it_was_taken_in_floods_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only steps that come later are told: the escalation of what was less than a week over."""
    for number in range(30):
        deadline(case_of(world.investigator, unit=world.north), "2026-11-01", made=f"2026-11-16 10:{number:02}")
    case = case_of(world.investigator, unit=world.north)
    deadline(case, "2026-11-14", made="2026-11-16 10:00")
    deadline(case, "2026-11-18", made="2026-11-16 10:00")
    sweep(monkeypatch, "2026-11-16 10:31")
    assert planned() == []
    sweep(monkeypatch, "2026-11-18 09:00")
    assert planned() == [("today", world.investigator.pk)]
    sweep(monkeypatch, "2026-11-22 09:00")
    assert planned()[1:] == [("escalated", world.supervisor.pk), ("overdue", world.investigator.pk)]


def test_the_first_sweep_ever_tells_nothing_that_had_come(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    began("2026-11-16 10:00")
    case = case_of(world.investigator)
    for day in ("2026-10-01", "2026-11-15", "2026-11-16", "2026-11-18", "2026-11-20"):
        deadline(case, day)
    sweep(monkeypatch, "2026-11-16 10:00")
    assert planned() == []
    sweep(monkeypatch, "2026-11-17 00:00")
    assert planned() == [("overdue", world.investigator.pk)], "the one that was due on the 16th; of the 20th, 7 days before was earlier"
    sweep(monkeypatch, "2026-11-18 00:00")
    assert sorted(planned()) == sorted(
        [("overdue", world.investigator.pk), ("soon_2", world.investigator.pk), ("today", world.investigator.pk)]
    )


def test_met_ended_cancelled_and_paused_remind_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case, at = case_of(world.investigator), london("2026-11-10 09:00")
    for facts in ({"met_at": at}, {"ended_at": at}, {"cancelled": True}, {"paused_since": at}):
        deadline(case, "2026-11-15", **facts)
    sweep(monkeypatch, "2026-11-16 10:00")
    assert planned() == []


def test_met_between_planning_and_handing_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is dropped, and comes again when it turns out that it was not met after all."""
    from cases.reminding.sweep import plan_reminders
    from tests.integration.notifications.making import stand_at

    row = deadline(case_of(world.investigator), "2026-11-15")
    stand_at(monkeypatch, "2026-11-16 10:00")
    plan_reminders()
    change(row, met_at=london("2026-11-16 09:59"))
    sweep(monkeypatch, "2026-11-16 10:01")
    assert dropped() == [("overdue", "stopped")]
    assert notices() == []
    change(row, met_at=None)
    for _ in range(2):
        sweep(monkeypatch, "2026-11-16 10:02")
    assert told() == [("reminder_overdue", 1)]
    assert dropped() == []


def test_a_pause_that_ends_tells_where_the_clock_stands_now(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = deadline(case_of(world.investigator), "2026-11-15", paused_since=london("2026-11-01 09:00"))
    sweep(monkeypatch, "2026-11-14 10:00")
    change(row, paused_since=None)
    sweep(monkeypatch, "2026-11-16 10:00")
    assert planned() == [("overdue", world.investigator.pk)]


def test_a_moved_date_is_another_promise_with_steps_of_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = deadline(case_of(world.investigator), "2026-11-16")
    sweep(monkeypatch, "2026-11-16 10:00")
    change(row, due_on="2026-11-30", due_at=london("2026-12-01 00:00"))
    sweep(monkeypatch, "2026-11-16 10:01")
    assert told() == [("reminder_today", 1)]
    sweep(monkeypatch, "2026-11-30 10:00")
    assert told() == [("reminder_today", 1)] * 2
    assert [notice.counts["day"] for notice in notices()] == ["2026-11-16", "2026-11-30"]


def test_a_date_moved_while_the_reminder_waits_drops_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from cases.reminding.sweep import plan_reminders
    from tests.integration.notifications.making import stand_at

    row = deadline(case_of(world.investigator), "2026-11-16")
    stand_at(monkeypatch, "2026-11-16 10:00")
    plan_reminders()
    change(row, due_on="2026-11-30", due_at=london("2026-12-01 00:00"))
    sweep(monkeypatch, "2026-11-16 10:01")
    assert notices() == []
    assert dropped() == [("today", "stopped")]


def test_the_step_that_began_after_the_date_was_brought_forward(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A risk raised while the clock runs makes it due at once: that is told, though the due moment is past."""
    row = deadline(case_of(world.investigator), "2026-11-30", made="2026-11-10 09:00")
    sweep(monkeypatch, "2026-11-16 10:00")
    change(row, due_on="2026-11-15", due_at=london("2026-11-16 00:00"))
    sweep(monkeypatch, "2026-11-16 10:01")
    assert planned() == [("overdue", world.investigator.pk)]


def test_clocks_of_hours_are_overdue_to_the_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deadline(
        case_of(world.investigator, unit=world.north),
        "2026-11-16",
        kind="detention",
        due_at=london("2026-11-16 14:30"),
        made="2026-11-15 14:30",
    )
    for now, count in (("2026-11-15 23:59", 0), ("2026-11-16 00:00", 1), ("2026-11-16 14:29:59", 1), ("2026-11-16 14:30", 3)):
        sweep(monkeypatch, now)
        assert len(planned()) == count, now
    assert told(world.investigator) == [("reminder_today", 1), ("reminder_overdue", 1)]
    assert told(world.supervisor) == [("reminder_escalated", 1)], "by the table of clocks it is critically overdue at once"


def test_bail_that_ends_soon_is_told_by_the_daily_run_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deadline(case_of(world.investigator, unit=world.north), "2026-11-16", kind="bail_expiry")
    sweep(monkeypatch, "2026-11-15 10:00")
    assert planned() == []
    sweep(monkeypatch, "2026-11-16 10:00")
    assert planned() == [("today", world.investigator.pk)]


def test_ten_deadlines_of_a_case_are_one_line_of_the_inbox(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case, other = case_of(world.investigator), case_of(world.investigator)
    for _ in range(10):
        deadline(case, "2026-11-16")
    deadline(other, "2026-11-16")
    sweep(monkeypatch, "2026-11-16 10:00")
    assert sorted(told(world.investigator)) == [("reminder_today", 1), ("reminder_today", 10)]
    assert len(planned(sent_at__isnull=False)) == 11


def test_whoever_left_meanwhile_is_told_nothing_and_the_next_in_line_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from cases.reminding.sweep import plan_reminders
    from tests.integration.notifications.making import stand_at

    deadline(case_of(world.investigator, unit=world.north), "2026-11-16")
    stand_at(monkeypatch, "2026-11-16 10:00")
    plan_reminders()
    with scope(system(52)):
        type(world.investigator).objects.filter(pk=world.investigator.pk).update(is_active=False)
    for now in ("2026-11-16 10:01", "2026-11-16 10:02", "2026-11-16 10:03"):
        sweep(monkeypatch, now)
    assert dropped() == [("today", "not_told")]
    assert told(world.investigator) == []
    assert told(world.sergeant) == told(world.supervisor) == [("reminder_today", 1)]


def test_cover_quiet_hours_and_digest(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cover gets the e-mail in the officer's stead: the digest of the morning, or after the weekend and the night."""
    away(world.investigator, world.colleague, london("2026-11-01 12:00").date(), None)
    deadline(case_of(world.investigator), "2026-11-20")
    sweep(monkeypatch, "2026-11-20 00:00")
    sweep(monkeypatch, "2026-11-21 00:00")
    assert [notice.channel for notice in notices(world.investigator)] == ["inbox", "inbox"]
    found = [(notice.subject, notice.channel, notice.send_after, notice.counts.get("as_cover")) for notice in notices(world.colleague)]
    assert found == [
        ("reminder_today", "digest", london("2026-11-20 07:30"), 1), ("reminder_overdue", "email", london("2026-11-23 07:00"), 1),
    ]  # fmt: skip


def test_a_force_that_fails_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from cases.reminding import sweep as sweeping
    from notifications.models import Heartbeat

    deadline(case_of(world.kent, force_id=KENT), "2026-11-16")
    deadline(case_of(world.investigator), "2026-11-16")
    true = sweeping.plan_force

    def fail(force_id: int, *how: Any) -> int:
        if force_id == KENT:
            raise DatabaseError
        return true(force_id, *how)

    monkeypatch.setattr(sweeping, "plan_force", fail)
    sweep(monkeypatch, "2026-11-16 10:00")
    assert len(planned()) == 1
    assert not Heartbeat.objects.filter(name="reminders planned").exists(), "readiness will warn"


def test_batches_leave_nothing_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal due moments, and deadlines that remind nobody in between, end no batch early."""
    from cases.reminding import sweep as sweeping

    monkeypatch.setattr(sweeping, "BATCH", 3)
    for number in range(10):
        deadline(case_of(world.investigator) if number % 2 else case_of(restricted=True), "2026-11-16")
    sweep(monkeypatch, "2026-11-16 10:00")
    assert len(planned()) == 5


def test_the_key_speaks_of_the_day_so_nothing_is_ever_told_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = deadline(case_of(world.investigator), "2026-11-16")
    for back in (0, 1, 0, 1, 0):
        change(row, due_on=london("2026-11-16 12:00").date() + timedelta(days=back), due_at=london(f"2026-11-{17 + back} 00:00"))
        sweep(monkeypatch, "2026-11-16 10:00")
    with scope(system(0)):
        assert Reminder.objects.count() == len(told()) == 2
    with scope(system(52)):
        assert m.Deadline.objects.get(pk=row.pk).due_on.isoformat() == "2026-11-16"
