"""Patterns of looking: found once, whoever looks and however often; read and closed by whom."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from audit.models import AccessLog
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import Kind, Scope, scope
from reports.auditing import thresholds as t
from reports.auditing.finding import RULES
from reports.auditing.patterns import CATCH_UP_DAYS, review_pattern
from reports.auditing.tasks import find_patterns as task
from reports.models import Pattern, PatternKind
from tests.factories import AVON, KENT, World, acting_as, make_user
from tests.integration.reports.auditing import find, found, look, looks, on, weekday

SignIn = Callable[[User], Client]


def test_each_is_found_once_and_a_missed_night_is_caught_up(world: World) -> None:
    last = clock.today() - timedelta(days=1)
    days = [last - timedelta(days=back) for back in range(CATCH_UP_DAYS + 1)]
    for day in days:
        looks(world.colleague, [on(day)] * t.DENIALS_A_DAY.value, uuid4(), act="denial")
    looks(world.colleague, [clock.now()] * t.DENIALS_A_DAY.value, uuid4(), act="denial")  # today is not over
    assert find() == CATCH_UP_DAYS
    assert find() == 0
    task()
    assert [row.day for row in found()] == sorted(days[:-1])


def test_two_workers_at_once_find_each_once(committed: str) -> None:
    world = World.make()
    looks(world.colleague, [on(weekday())] * t.DENIALS_A_DAY.value, uuid4(), act="denial")
    together = Barrier(2)

    def work(_: int) -> int:
        try:
            together.wait(10)
            return find()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert len(found()) == 1


def test_what_the_system_read_is_recorded_for_the_agency(world: World) -> None:
    look(world.colleague, on(weekday()), uuid4())
    find()
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        row = AccessLog.objects.of_agency(AVON).get(what="patterns of looking")
    assert (row.act, row.actor_id, row.row_count) == ("combination", None, 0)
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=KENT)):
        assert not AccessLog.objects.of_agency(KENT).exists()


def test_one_query_a_pattern_whatever_the_number_of_rows(world: World) -> None:
    for size in (1, 40):
        looks(world.colleague, [on(weekday(), 23)] * size, uuid4(), act="denial")
        with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)), CaptureQueriesContext(connection) as queries:
            for rule in RULES:
                list(rule(AVON, weekday()))
        assert len(queries) == len(RULES)


def test_every_threshold_says_why() -> None:
    assert all(one.value > 0 and one.what and one.why.endswith(".") for one in t.TABLE)
    assert len(t.TABLE) == len({name for name, one in vars(t).items() if isinstance(one, t.Threshold)})


# --- reading and closing


@pytest.fixture
def pattern(world: World) -> Pattern:
    """One pattern of repeated refusals."""
    looks(world.colleague, [on(weekday())] * t.DENIALS_A_DAY.value, uuid4(), act="denial")
    find()
    return found()[0]


def review(auditor: User, pattern: Pattern, note: str = "A bookmark") -> None:
    with acting_as(auditor):
        review_pattern(actor=auditor, pattern_id=pattern.pk, note=note)


def test_a_note_closes_it(world: World, pattern: Pattern, sign_in: SignIn) -> None:
    client = sign_in(world.auditor)
    path = f"/audit/patterns/{pattern.pk}/"
    assert world.colleague.name in client.get("/audit/patterns/").content.decode()
    assert "not of your agency" in client.get(path).content.decode()
    assert client.post(path, {"note": ""}).status_code == 400
    assert client.post(path, {"note": "An old bookmark"}).status_code == 302
    assert world.colleague.name not in client.get("/audit/patterns/").content.decode()
    assert "An old bookmark" in client.get("/audit/patterns/?show=reviewed").content.decode()
    again = client.post(path, {"note": "Second thoughts"})
    assert again.status_code == 409
    assert world.auditor.name in again.content.decode()
    assert "Second thoughts" in again.content.decode()


def test_who_may_not_close_it(world: World, pattern: Pattern) -> None:
    with pytest.raises(Http404):
        review(make_user(KENT, Role.AUDITOR), pattern)
    with pytest.raises(NotAllowed):
        review(world.supervisor, pattern)
    with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)):
        User.objects.filter(pk=world.colleague.pk).update(role=Role.AUDITOR)
    with pytest.raises(NotAllowed, match="yourself"):
        review(User.objects.get(pk=world.colleague.pk), pattern)
    assert found()[0].reviewed_at is None


def test_another_agencys_patterns_are_not_there(world: World, pattern: Pattern, sign_in: SignIn) -> None:
    client = sign_in(make_user(KENT, Role.AUDITOR))
    assert client.get(f"/audit/patterns/{pattern.pk}/").status_code == 404
    assert world.colleague.name not in client.get("/audit/patterns/").content.decode()
    assert found(KENT) == []


def test_two_auditors_close_it_at_once_one_wins_and_the_other_is_told(committed: str) -> None:
    world = World.make()
    looks(world.colleague, [on(weekday())] * t.DENIALS_A_DAY.value, uuid4(), act="denial")
    find()
    (pattern,) = found()
    auditors, together = [world.auditor, make_user(AVON, Role.AUDITOR)], Barrier(2)

    def close(number: int) -> Any:
        try:
            together.wait(10)
            return review(auditors[number], pattern)
        except Conflict as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(close, range(2)))
    (told,) = [one for one in results if isinstance(one, Conflict)]
    winner = auditors[1 - results.index(told)]
    assert told.change.who == winner.name
    assert found()[0].reviewed_by_id == winner.pk


def test_the_list_takes_a_fixed_number_of_queries(world: World, sign_in: SignIn) -> None:
    client, counts = sign_in(world.auditor), []
    for number in (1, 12):
        with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)):
            for place in range(number):
                Pattern.objects.create(
                    agency_id=AVON,
                    day=clock.today() - timedelta(days=number * 20 + place),
                    kind=PatternKind.VOLUME,
                    actor_id=uuid4(),
                    actor_name="Somebody",
                    case_ids=[],
                )
        client.get("/audit/patterns/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/audit/patterns/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
