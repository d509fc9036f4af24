"""The daily run with real workers that are killed, a real broker that is emptied, and two real beats: once each, whatever happens.

A trigger that only this copy of the database has holds a worker in the middle of a chosen write until it is killed there.
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import redis
from celery import Celery
from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import connections

from accounts.roles import Role
from core.scope import scope, system
from notifications.models import Notice
from rasso.celery import app
from rasso.launcher.process import Child, Children, Spec
from rasso.launcher.valkey import Valkey
from reports.models import DailyRun
from tests.factories import AVON, KENT, World, make_user
from tests.integration.reports.making import overdue_suspect

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
GATE = """
CREATE TABLE gate (what text PRIMARY KEY);
CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE place text := TG_OP || ' ' || coalesce(to_jsonb(NEW)->>'force_id', to_jsonb(NEW)->>'user_id');
BEGIN
  IF EXISTS (SELECT FROM gate WHERE what = place) THEN PERFORM pg_advisory_xact_lock(1); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON reports_dailyrun FOR EACH ROW EXECUTE FUNCTION wait_at_gate();
CREATE TRIGGER gate BEFORE INSERT ON notifications_notice FOR EACH ROW EXECUTE FUNCTION wait_at_gate();
"""


@dataclass
class Stage:
    """A broker of our own, and the processes of one test."""

    room: Path
    children: Children
    broker: str
    database: str

    def start(self, name: str, *words: str) -> Child:
        """Start a Celery process on this test's database and broker, in a process group of its own."""
        scheme, _, rest = os.environ["DATABASE_URL"].partition("://")
        url = f"{scheme}://{rest.partition('/')[0]}/{self.database}"
        environment = {**os.environ, "DATABASE_URL": url, "REDIS_URL": self.broker, "PYTHONWARNINGS": "ignore"}
        environment.pop("DATABASE_OWNER_URL", None)
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "rasso", *words, "--loglevel", "WARNING"]
        return self.children.start(Spec(name, command, environment, ROOT, self.room / f"{name}.log"))

    def worker(self, name: str, concurrency: int = 1) -> Child:
        """Start a worker with its own process for each task."""
        return self.start(name, "worker", "--concurrency", str(concurrency), "--without-gossip", "--without-mingle", "--without-heartbeat")

    def ring(self) -> None:
        """Ask for the daily runs, as beat does each minute."""
        sender = Celery("sender", broker=self.broker)
        sender.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        sender.send_task("reports.daily_runs")
        sender.close()

    def kill(self, worker: Child) -> None:
        """End the worker and its task processes with signal 9, all at once, and forget it."""
        os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait(timeout=10)
        assert worker.process.returncode == -signal.SIGKILL
        self.children.forget(worker)


@pytest.fixture
def stage(committed: str) -> Iterator[Stage]:
    """Give a broker of our own and a database in which a writer can be held."""
    room = Path(tempfile.mkdtemp(prefix="rasso-test-"))
    children = Children(room / "run")
    try:
        broker = Valkey(room / "valkey", room, "made-up-for-this-test").start(children)
        with connections["owner"].cursor() as cursor:
            cursor.execute(GATE)
        yield Stage(room, children, broker, committed)
    finally:
        children.stop_all()
        shutil.rmtree(room, ignore_errors=True)


def people() -> dict[int, list[UUID]]:
    """Make two forces with something overdue, and return their supervisors' keys in the order in which they are told."""
    world = World.make()
    overdue_suspect("2026-11-01 10:00")
    overdue_suspect("2026-11-01 10:00", force_id=KENT)
    avon = [world.supervisor, world.supervisor2, make_user(AVON, Role.SUPERVISOR)]
    kent = [world.kent_supervisor, make_user(KENT, Role.SUPERVISOR)]
    return {AVON: sorted(person.pk for person in avon), KENT: sorted(person.pk for person in kent)}


def runs() -> list[DailyRun]:
    """Return every run of the two forces."""
    found: list[DailyRun] = []
    for force_id in (AVON, KENT):
        with scope(system(force_id)):
            found += DailyRun.objects.filter(force_id=force_id)
    return found


def told() -> Counter[object]:
    """Return how many notices of the daily report each person has."""
    with scope(system(0)):
        return Counter(Notice.objects.filter(subject="daily_report").values_list("user_id", flat=True))


@contextmanager
def gate_at(place: str) -> Iterator[Callable[[], bool]]:
    """Hold whoever writes there; gives the question whether somebody is held. The owner sees all sessions of its database's roles."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(1)")
        cursor.execute("insert into gate values (%s)", [place])

        def somebody_waits() -> bool:
            cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and not granted")
            row = cursor.fetchone()
            return bool(row and row[0])

        try:
            yield somebody_waits
        finally:
            cursor.execute("delete from gate")
            cursor.execute("select pg_advisory_unlock(1)")
            until(lambda: not somebody_waits())


def until(what: Callable[[], object], worker: Child | None = None, seconds: float = 20) -> None:
    """Wait until something holds. Fails the test, with the end of the worker's log, when it does not come to hold."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"it did not come to hold: {what} {worker.last_lines() if worker else ''}"
        time.sleep(0.01)


def finished() -> bool:
    """Say whether both forces have a run that was told."""
    found = runs()
    return len(found) == 2 and all(run.told_at for run in found)


def test_killed_in_every_step_it_is_done_once(stage: Stage) -> None:
    """Writing a run, telling the last of a force, saying that it is told; then the same in the force after it."""
    supervisors = people()
    steps = (
        (f"INSERT {KENT}", (0, 0)), (f"INSERT {supervisors[KENT][1]}", (1, 0)), (f"UPDATE {KENT}", (1, 0)),
        (f"INSERT {supervisors[AVON][2]}", (2, 2)),
    )  # fmt: skip
    for number, (place, stands) in enumerate(steps):
        with gate_at(place) as somebody_waits:
            worker = stage.worker(f"worker{number}")
            stage.ring()
            until(somebody_waits, worker)
            stage.kill(worker)
        assert (len(runs()), sum(told().values())) == stands, place
        if number == 1:
            with redis.Redis.from_url(stage.broker) as broker:
                assert broker.flushall()
    worker = stage.worker("last")
    stage.ring()
    until(finished, worker)
    stage.ring()
    with redis.Redis.from_url(stage.broker) as broker:
        until(lambda: broker.llen("rasso:celery") == 0, worker)
    assert sorted(run.force_id for run in runs()) == [KENT, AVON]
    assert told() == dict.fromkeys([*supervisors[AVON], *supervisors[KENT]], 1)
    assert [run.counts["overdue"] for run in runs()] == [1, 1]
    stage.kill(worker)


def test_two_beats_and_two_tasks_at_once_do_it_once(stage: Stage) -> None:
    """Two schedulers, both behind by days, send everything twice; two processes take it up side by side."""
    supervisors = people()
    for name in ("beat1", "beat2"):
        file = str(stage.room / name)
        scheduler = PersistentScheduler(app, schedule_filename=file)
        for entry in scheduler.schedule.values():
            entry.last_run_at = app.now() - timedelta(days=2)
        scheduler.close()
        stage.start(name, "beat", "--schedule", file, "--pidfile=")
    with redis.Redis.from_url(stage.broker) as broker:
        until(lambda: broker.llen("rasso:celery") >= 2 * len(app.conf.beat_schedule))
        stage.worker("worker", concurrency=2)
        until(lambda: finished() and broker.llen("rasso:celery") == 0 and broker.hlen("rasso:unacked") == 0)
    assert len(runs()) == 2
    assert told() == dict.fromkeys([*supervisors[AVON], *supervisors[KENT]], 1)
