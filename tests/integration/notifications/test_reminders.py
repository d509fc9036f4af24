"""Handing reminders over: once, together, to who may hear; the subjects' words; the signs of life of the two sweeps."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from core import clock
from core.scope import scope, system
from notifications import pulse, reminders, services
from notifications.models import Dropped, Heartbeat, Reminder
from notifications.reminders import MOST_AT_ONCE, Planned, hand_over_waiting, plan
from notifications.reminders_subjects import SUBJECTS, subject_of
from notifications.selectors import entry_of
from notifications.subjects import of_role
from notifications.tasks import hand_over_reminders
from rasso import health
from tests.factories import AVON, World, acting_as
from tests.integration.notifications.making import MONDAY_NOON, notices, stand_at

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
RUNNING: dict[UUID, date] = {}


@pytest.fixture(autouse=True)
def _running(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the floor above say that everything planned here runs, unless a test takes it out."""
    stand_at(monkeypatch, MONDAY_NOON)
    RUNNING.clear()
    monkeypatch.setattr(reminders, "_still_due", [running])


def running(keys: Collection[UUID]) -> Mapping[UUID, date]:
    return {key: day for key, day in RUNNING.items() if key in keys}


def remind(user: User, *, case_id: UUID | None = None, step: str = "today", day: date = DAY, overtaken: bool = False) -> Planned:
    """Plan one reminder of a deadline of its own."""
    one = Planned(AVON, case_id or uuid4(), uuid4(), "arrest", day, step, user.pk, overtaken)
    RUNNING[one.deadline_id] = day
    write(one)
    return one


def write(*rows: Planned) -> None:
    with scope(system(AVON)):
        plan(rows)


def rows() -> list[Reminder]:
    with scope(system(0)):
        return list(Reminder.objects.order_by("made_at", "id"))


def test_planned_twice_it_is_one_row_and_told_once(world: World) -> None:
    one = remind(world.investigator)
    write(one)
    assert [hand_over_waiting() for _ in range(2)] == [1, 0]
    write(one)
    assert hand_over_waiting() == 0
    assert len(rows()) == len(notices()) == 1
    assert rows()[0].sent_at is not None
    with pytest.raises(IntegrityError), scope(system(0)), transaction.atomic():
        Reminder.objects.create(
            force_id=AVON,
            case_id=one.case_id,
            deadline_id=one.deadline_id,
            kind="arrest",
            due_on=DAY,
            step="today",
            user=world.investigator,
        )


def test_one_line_a_case_and_step_with_the_first_day(world: World) -> None:
    case, other = uuid4(), uuid4()
    for days, step in ((0, "soon_7"), (3, "soon_2"), (-1, "soon_2")):
        remind(world.investigator, case_id=case, step=step, day=DAY + timedelta(days=days))
    remind(world.investigator, case_id=case, step="overdue")
    remind(world.investigator, case_id=other, step="soon_7")
    remind(world.colleague, case_id=case, step="soon_7")
    assert hand_over_waiting() == 6
    found = sorted(
        (notice.user_id == world.investigator.pk, notice.subject, notice.counts["number"], notice.counts["day"]) for notice in notices()
    )
    assert found == [
        (False, "reminder_soon", 1, "2026-11-23"), (True, "reminder_overdue", 1, "2026-11-23"),
        (True, "reminder_soon", 1, "2026-11-23"), (True, "reminder_soon", 3, "2026-11-22"),
    ]  # fmt: skip


def test_more_than_one_transaction_takes(world: World) -> None:
    for _ in range(MOST_AT_ONCE + 3):
        remind(world.investigator)
    assert hand_over_waiting() == MOST_AT_ONCE + 3


def test_met_meanwhile_moved_meanwhile_and_overtaken(world: World) -> None:
    met, moved = remind(world.investigator), remind(world.investigator)
    remind(world.investigator, overtaken=True)
    del RUNNING[met.deadline_id]
    RUNNING[moved.deadline_id] = DAY + timedelta(days=5)
    assert hand_over_waiting() == 0
    assert sorted(row.dropped_because for row in rows()) == [Dropped.LATER_STEP, Dropped.STOPPED, Dropped.STOPPED]
    assert notices() == []
    RUNNING[met.deadline_id] = DAY
    write(met)
    assert hand_over_waiting() == 1
    assert sum(row.dropped_at is None for row in rows()) == 1


def test_who_has_left_is_told_nothing(world: World) -> None:
    one = remind(world.investigator)
    with scope(system(AVON)):
        User.objects.filter(pk=world.investigator.pk).update(is_active=False)
    assert hand_over_waiting() == 0
    write(one)
    assert hand_over_waiting() == 0
    assert [row.dropped_because for row in rows()] == [Dropped.NOT_TOLD]


def test_what_fails_for_one_waits_and_holds_up_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing of what failed stands: notice and mark are one transaction."""
    remind(world.investigator)
    remind(world.investigator)
    remind(world.colleague)
    true, calls = services.tell, []

    def fail(**said: object) -> bool:
        calls.append(said["user"])
        if said["user"] == world.investigator and calls.count(world.investigator) == 2:
            raise DatabaseError
        return true(**said)  # type: ignore[arg-type]

    monkeypatch.setattr(reminders, "tell", fail)
    assert hand_over_waiting() == 1
    assert [notice.user_id for notice in notices()] == [world.colleague.pk]
    assert hand_over_waiting() == 2
    assert len(notices()) == 3


def test_nothing_is_handed_over_before_anybody_says_what_still_runs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    remind(world.investigator)
    monkeypatch.setattr(reminders, "_still_due", [])
    assert hand_over_waiting() == 0
    assert [(row.sent_at, row.dropped_at) for row in rows()] == [(None, None)]


def test_the_words_hold_numbers_and_days_only(world: World) -> None:
    for step in ("soon_7", "today", "overdue", "escalated"):
        assert subject_of(step) in {subject.key for subject in SUBJECTS}
        remind(world.supervisor, step=step)
    hand_over_waiting()
    for notice in notices():
        with acting_as(world.supervisor):
            entry = entry_of(world.supervisor, notice)
        assert "23 November 2026" in entry.heading
        assert ": 1." in entry.text
        assert entry.href, "there is a page to go to, though this reader does not see the case"
        assert set(notice.counts) == {"number", "day"}


def test_only_who_is_above_is_offered_the_choice_of_escalations(world: World) -> None:
    def keys(user: User) -> set[str]:
        return {subject.key for subject in of_role(user.role) if subject.key.startswith("reminder_")}

    assert keys(world.isva) == {"reminder_soon", "reminder_today", "reminder_overdue"}
    assert keys(world.prosecutor) == keys(world.investigator) == keys(world.isva) | {"reminder_chaser"}
    assert keys(world.supervisor) == keys(world.cps_manager) == keys(world.investigator) | {"reminder_escalated"}


def test_no_person_reads_a_reminder(world: World) -> None:
    remind(world.investigator)
    for person in (world.investigator, world.prosecutor, world.isva, world.auditor):
        with acting_as(person), pytest.raises(DatabaseError), transaction.atomic():
            list(Reminder.objects.all())
    with scope(system(AVON)), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from notifications_reminder")


def test_signs_of_life_of_both_sweeps(client: Client, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    from cases.tasks import plan_reminders

    assert pulse.reminders_are_alive() is False
    hand_over_reminders()
    assert pulse.reminders_are_alive() is False, "one of the two"
    plan_reminders()
    assert pulse.reminders_are_alive() is True
    assert pulse.reminders_are_alive in health.WISHED.values()
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=5, microseconds=1))
    assert pulse.reminders_are_alive() is False
    assert Heartbeat.objects.filter(name="beat").exists() is False
