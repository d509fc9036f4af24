"""What the sweep costs, two of them side by side, and what stands still when somebody else is at it."""

import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from cases.reminding.missing import COLUMNS, FORCES
from cases.reminding.steps import Moment, rungs
from cases.reminding.sweep import plan_force, plan_reminders
from core.scope import scope, system
from notifications import services
from notifications.models import Notice, Reminder
from notifications.reminders import alone_with, hand_over_waiting
from tests.factories import AVON, World
from tests.integration.cases.reminding import LONG_AGO, began, case_of, deadline, planned
from tests.integration.notifications.making import london, stand_at
from tests.integration.notifications.test_side_by_side import together
from tests.integration.reports.making import make_case

NOW = "2026-11-16 10:00"
BATCH_BUDGET, IDLE_BUDGET, HAND_OVER_BUDGET = 11, 16, 30


def statements(context: CaptureQueriesContext) -> int:
    """Count statements, savepoints of the test's own transaction left out."""
    return len([query for query in context if "SAVEPOINT" not in query["sql"]])


@pytest.mark.django_db
def test_a_batch_takes_the_same_few_queries_for_1_deadline_as_for_60(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    began()
    stand_at(monkeypatch, NOW)
    at, taken = Moment(london(NOW), london(LONG_AGO)), []
    for total in (1, 60):
        for _ in range(total):
            deadline(case_of(world.investigator, unit=world.north), "2026-11-15")
        with CaptureQueriesContext(connection) as queries:
            assert plan_force(AVON, rungs(at), at) == total
        taken.append(statements(queries))
    assert taken[0] == taken[1] <= BATCH_BUDGET


@pytest.mark.django_db
def test_a_minute_in_which_nothing_is_due_takes_few_queries_however_many_forces(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    began()
    stand_at(monkeypatch, NOW)
    with CaptureQueriesContext(connection) as queries:
        plan_reminders()
        hand_over_waiting()
    assert statements(queries) <= IDLE_BUDGET


@pytest.mark.django_db
def test_ten_reminders_of_one_line_are_handed_over_as_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    began()
    stand_at(monkeypatch, NOW)
    case, taken = case_of(world.investigator), []
    for total in (1, 10):
        for _ in range(total):
            deadline(case, "2026-11-15")
        plan_reminders()
        with CaptureQueriesContext(connection) as queries:
            assert hand_over_waiting() == total
        taken.append(statements(queries))
    assert taken[0] == taken[1] <= HAND_OVER_BUDGET


def test_two_sweeps_side_by_side_do_it_once(committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_ring", lambda: None)
    stand_at(monkeypatch, NOW)
    world = World.make()
    began()
    for _ in range(25):
        deadline(case_of(world.investigator, unit=world.north), "2026-11-15")

    def both() -> int:
        plan_reminders()
        return hand_over_waiting()

    together(4, both)
    both()
    assert len(planned(sent_at__isnull=False)) == 25
    with scope(system(AVON)):
        assert (Reminder.objects.count(), Notice.objects.count()) == (25, 25)


def test_the_first_moment_is_the_same_for_two_first_sweeps(committed: str) -> None:
    from notifications import pulse

    assert len(set(together(4, lambda: pulse.first_time("made up for this test")))) == 1


def test_a_force_that_another_worker_plans_and_a_person_another_hands_to_are_passed_by(
    committed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_ring", lambda: None)
    stand_at(monkeypatch, NOW)
    world = World.make()
    began()
    deadline(case_of(world.investigator), "2026-11-15")
    for held, act in (
        (f"planning reminders of {AVON}", plan_reminders), (f"reminders of {world.investigator.pk}", hand_over_waiting),
    ):  # fmt: skip
        holds, done = threading.Event(), threading.Event()

        def hold(what: str = held, holds: threading.Event = holds, done: threading.Event = done) -> None:
            try:
                with scope(system(0)):
                    assert alone_with(what)
                    holds.set()
                    done.wait(timeout=10)
            finally:
                connections.close_all()

        thread = threading.Thread(target=hold)
        thread.start()
        assert holds.wait(timeout=10)
        assert act() == 0
        done.set()
        thread.join(timeout=10)
        assert act() == 1


def test_among_40_000_deadlines_only_the_index_on_open_ones_is_read(committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """30,000 met, 10,000 that run and are not due for long, some due now: no table is read through, however the server guesses."""
    World.make()
    case = make_case()
    with scope(system(AVON)), connection.cursor() as cursor:
        cursor.execute(
            "insert into cases_deadline (id, case_id, force_id, cps_area_scope, created_at, kind, subject_id, sequence, owes, started_at,"
            " due_at, due_on, first_due_at, first_due_on, met_at, cancelled, setting_version)"
            " select gen_random_uuid(), %(case)s, %(force)s, 0, '2026-01-01',"
            " (array['arrest', 'rui_review', 'supervisor_review'])[abs(n) %% 3 + 1],"
            " gen_random_uuid(), 0, 'police', '2026-01-01', t, (t - interval '1 minute')::date, t, t::date,"
            " case when abs(n) %% 4 > 0 then t end, false, 1"
            " from (select n, '2026-11-17'::timestamptz + n * interval '1 hour' as t from generate_series(-20000, 20000) n) as s",
            {"case": case.pk, "force": AVON},
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze cases_deadline")
        cursor.execute("analyze notifications_reminder")
    at = rungs(Moment(london(NOW), london("2026-11-10 09:00")))
    arrays = {column: [getattr(rung, column) for rung in at] for column, _ in COLUMNS}
    with scope(system(0)), connection.cursor() as cursor:
        cursor.execute(f"explain {FORCES}", {**arrays, "forces": [AVON]})
        lines = "\n".join(row[0] for row in cursor.fetchall())
    assert "open_deadlines_of_a_force" in lines
    assert "Seq Scan on cases_deadline" not in lines
