"""1,000 reminders, real workers that are killed 20 times, an emptied broker and two real beats: none lost, none doubled."""

import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import redis
from django.db import connections

from accounts.roles import Role
from cases import models as m
from cases.reminding.sweep import plan_reminders
from core import clock
from core.scope import scope, system
from notifications import services
from notifications.models import Notice, Reminder
from notifications.reminders import hand_over_waiting
from rasso.launcher.process import Children
from rasso.launcher.valkey import Valkey
from tests.factories import AVON, ago, make_user
from tests.integration.cases.reminding import began
from tests.integration.notifications.nursery import Nursery

pytestmark = pytest.mark.slow
CASES, EACH, OFFICERS, KILLS, AT_FIRST = 250, 4, 12, 20, 5
ALL = CASES * EACH
SEED = 20261122


@pytest.fixture
def room() -> Iterator[Path]:
    """Give a folder with a short name."""
    folder = Path(tempfile.mkdtemp(prefix="rasso-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def broker(room: Path) -> Iterator[str]:
    """Give a broker of our own, which may be emptied."""
    children = Children(room / "run")
    try:
        yield Valkey(room / "valkey", room, "made-up-for-this-test").start(children)
    finally:
        children.stop_all()


@pytest.fixture
def nursery(committed: str, broker: str, room: Path) -> Iterator[Nursery]:
    """Give workers and beats on this test's database and broker."""
    started = Nursery(database=committed, broker=broker, log=room / "workers.log")
    try:
        yield started
    finally:
        started.close()


def make_deadlines(number_of_cases: int) -> list[UUID]:
    """Write cases, each with four deadlines that were due an hour ago, and return the cases' keys."""
    officers = [make_user(AVON, Role.INVESTIGATOR) for _ in range(OFFICERS)]
    due, made = ago(hours=1), ago(days=60)
    with scope(system(AVON)):
        cases = [m.Case(force_id=AVON, crime_reference=f"T/{number}", risk="high", recorded_at=made) for number in range(number_of_cases)]
        m.Case.objects.bulk_create(cases)
        m.CasePerson.objects.bulk_create(
            m.CasePerson(case=case, force_id=AVON, user=officers[number % OFFICERS], role="officer", since=made)
            for number, case in enumerate(cases)
        )
        m.Deadline.objects.bulk_create(
            m.Deadline(
                case=case, force_id=AVON, kind="interview_by", subject_id=uuid4(), owes="police", started_at=made, setting_version=1,
                created_at=made, due_at=due, due_on=clock.london_day(due), first_due_at=due, first_due_on=clock.london_day(due),
            )
            for case in cases for _ in range(EACH)
        )  # fmt: skip
    return [case.pk for case in cases]


def count(**only: bool) -> int:
    """Return how many reminders there are."""
    with scope(system(0)):
        return int(Reminder.objects.filter(**only).count())


def handed() -> int:
    """Return how many reminders are marked as handed over."""
    return count(sent_at__isnull=False)


def at_work() -> set[int]:
    """Return the connections in the middle of a transaction that plans or hands over, those of the dead included for a moment."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select pid from pg_locks where locktype = 'advisory' and granted"
            " and database = (select oid from pg_database where datname = current_database())"
        )
        return {row[0] for row in cursor.fetchall()}


def in_the_middle(place: int, dead: set[int]) -> bool:
    """Say whether so many are handed over, and a living worker is at the next."""
    return handed() >= place and bool(at_work() - dead)


def wait_until(what: Callable[[], bool], log: Path) -> None:
    """Wait until something holds. Fails, with the end of the workers' log, when it does not come to hold."""
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end, f"it did not come to hold: {log.read_text()[-2000:]}"
        time.sleep(0.05)


def test_killed_twenty_times_nothing_is_lost_and_nothing_doubled(
    nursery: Nursery, broker: str, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_ring", lambda: None)
    chance, log = random.Random(SEED), room / "workers.log"
    cases = make_deadlines(CASES)
    began(ago(days=90))
    for name in ("one", "two"):
        nursery.start(f"--quiet beat --schedule {room / name} --pidfile= --loglevel ERROR")
    places = [0] * AT_FIRST + sorted(chance.sample(range(1, ALL // 2), KILLS - AT_FIRST))
    unfinished, dead = 0, set[int]()
    for number, place in enumerate(places):
        worker = nursery.start()
        wait_until(partial(in_the_middle, place, dead), log)
        time.sleep(chance.uniform(0, 0.1))
        dead = at_work()
        nursery.kill(worker)
        dead |= at_work()
        unfinished += handed() < ALL
        if number == KILLS // 2:
            with redis.Redis.from_url(broker) as emptied:
                assert emptied.flushall()
    assert unfinished == KILLS, "every kill came before the work was done"
    nursery.close()
    two_more_sweeps()
    assert_once_each(cases)


def two_more_sweeps() -> None:
    """Do what beat asks for in the next two minutes."""
    for _ in range(2):
        plan_reminders()
        hand_over_waiting()
        time.sleep(0.5)  # the server sees that a killed worker's connection is gone


def assert_once_each(cases: list[UUID]) -> None:
    """Hold reminders and inbox against each other: every deadline of every case once."""
    with scope(system(AVON)):
        deadlines = set(m.Deadline.objects.values_list("pk", flat=True))
        rows = list(Reminder.objects.values_list("deadline_id", "step", "sent_at", "dropped_at"))
        told: Counter[UUID | None] = Counter()
        for case_id, counts in Notice.objects.filter(subject="reminder_overdue").values_list("case_id", "counts"):
            told[case_id] += counts["number"]
    assert len(rows) == len({row[0] for row in rows}) == len(deadlines) == EACH * len(cases)
    assert {row[0] for row in rows} == deadlines
    assert all(step == "overdue" and sent is not None and dropped is None for _, step, sent, dropped in rows)
    assert told == dict.fromkeys(cases, EACH)


def test_two_beats_and_many_workers_side_by_side(nursery: Nursery, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is killed: what two beats ask for again and again, four processes do once."""
    monkeypatch.setattr(services, "_ring", lambda: None)
    cases = make_deadlines(CASES // 4)
    began(ago(days=90))
    for name in ("one", "two"):
        nursery.start(f"--quiet beat --schedule {room / name} --pidfile= --loglevel ERROR")
    for _ in range(2):
        nursery.start()
    wait_until(lambda: handed() == EACH * len(cases), room / "workers.log")
    time.sleep(1)  # both go on asking
    assert_once_each(cases)
