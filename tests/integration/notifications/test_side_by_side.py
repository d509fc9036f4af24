"""What only committed transactions can show: one key from many sides, two sweeps at once, a broker that forgot everything."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connections, transaction

from core import clock
from core.scope import scope, system
from notifications import sending, services
from notifications.tasks import send_notices
from tests.factories import World
from tests.integration.notifications.making import MONDAY_NOON, notices, stand_at, told

Answer = TypeVar("Answer")


def together(count: int, act: Callable[[], Answer]) -> list[Answer]:
    """Run the same thing in several threads that begin at once, each with its own connection."""
    gate = threading.Barrier(count)

    def one() -> Answer:
        try:
            gate.wait(timeout=10)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(one) for _ in range(count)]]


@pytest.fixture
def quiet_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ring nobody."""
    monkeypatch.setattr(services, "_ring", lambda: None)


def test_one_key_from_many_sides_is_told_once(committed: str, quiet_bell: None) -> None:
    world = World.make()
    answers = together(6, lambda: told(world.investigator))
    assert sorted(map(bool, answers)) == [False] * 5 + [True]
    assert len(notices()) == 1


def test_a_key_whose_first_telling_is_rolled_back_is_told_by_the_second(committed: str, quiet_bell: None) -> None:
    world = World.make()
    inserted, answers = threading.Event(), []

    def second() -> None:
        inserted.wait(timeout=10)
        try:
            answers.append(told(world.investigator))
        finally:
            connections.close_all()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        told(world.investigator)
        inserted.set()
        thread.join(timeout=0.3)
        assert thread.is_alive()
        transaction.set_rollback(True)
    thread.join(timeout=10)
    assert answers == [True]
    assert len(notices()) == 1


def test_two_sweeps_at_once_send_each_row_once(committed: str, quiet_bell: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one worker is with the mail server, the other passes by the person it has claimed."""
    world = World.make()
    stand_at(monkeypatch, MONDAY_NOON)
    people = (world.investigator, world.colleague, world.sergeant)
    for person in people:
        told(person)
        told(person, "two")
    at_server, sent = threading.Semaphore(0), []

    def send(message: EmailMessage, fail_silently: bool = False) -> int:
        sent.append(message)
        at_server.release()
        at_server.acquire(timeout=0.2)
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    counts = together(3, sending.send_due)
    assert sum(counts) == 3
    assert sorted(message.to[0] for message in sent) == sorted(str(person.email) for person in people)
    assert all("2 things wait" in message.body for message in sent)


def test_rows_another_worker_holds_are_passed_by(committed: str, quiet_bell: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """SKIP LOCKED: a row that is locked is left, and what is free is sent without waiting."""
    world = World.make()
    stand_at(monkeypatch, MONDAY_NOON)
    told(world.investigator)
    told(world.investigator, "two")
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with scope(system(0)):
                list(sending._due(clock.now()).order_by("created_at")[:1].select_for_update())
                held.set()
                done.wait(timeout=10)
        finally:
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(timeout=10)
    assert sending.send_due() == 1
    assert "One thing waits" in mail.outbox[0].body
    done.set()
    thread.join(timeout=10)
    assert sending.send_due() == 1
    assert len(mail.outbox) == 2


def test_a_broker_that_forgot_everything_loses_nothing(committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bell is rung on commit; the broker is emptied before a worker hears it; the sweep of the minute sends."""
    world = World.make()
    stand_at(monkeypatch, MONDAY_NOON)
    rung: list[str] = []
    monkeypatch.setattr(send_notices, "delay", lambda: rung.append("rung"))
    told(world.investigator)
    assert rung == ["rung"]
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete("rasso:celery", "celery")
    send_notices()
    assert len(mail.outbox) == 1


def test_a_broker_that_is_away_stops_nobody(committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told is committed though nobody hears the bell."""
    world = World.make()
    stand_at(monkeypatch, MONDAY_NOON)

    def fail() -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(send_notices, "delay", fail)
    assert told(world.investigator) is True
    assert len(notices()) == 1
