"""Wanted, abroad, in prison elsewhere: a supervisor's act; listed apart, reviewed, never moving the due date."""

import pytest

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_release
from cases.services.situations import begin_situation, end_situation
from core.exceptions import NotAllowed
from core.scope import scope, system
from tests.factories import World, ago
from tests.integration.cases.asking import deadline, refused, status
from tests.integration.cases.making import do, fresh, make_case, suspect_of


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, "Invented")


def begin(actor: User, case: m.Case, kind: str = "wanted", *, days: float = 3, note: str = "Circulated") -> m.SuspectSituation:
    return do(actor, begin_situation, case, suspect_id=suspect_of(case).pk, kind=kind, since=ago(days=days), note=note)


def end(actor: User, case: m.Case, *, days: float = 1, note: str = "Seen at home") -> m.SuspectSituation:
    return do(actor, end_situation, case, suspect_id=suspect_of(case).pk, ended_at=ago(days=days), note=note)


def test_the_arrest_is_listed_apart_and_stands_where_it_would_have_when_it_ends(world: World, case: m.Case) -> None:
    before = deadline(case, "arrest")
    begun = begin(world.supervisor, case)

    paused = deadline(case, "arrest")
    assert (paused.due_at, paused.paused_since, status(case)) == (before.due_at, begun.since, "wanted")
    assert fresh(case).standing == "1 wanted"

    end(world.supervisor, case)
    again = deadline(case, "arrest")
    assert (again.due_at, again.paused_since, status(case)) == (before.due_at, None, "identified")


def test_only_a_supervisor_may(world: World, case: m.Case) -> None:
    for person in (world.investigator, world.sergeant):
        with pytest.raises(NotAllowed):
            begin(person, case)
    begin(world.supervisor, case)
    with pytest.raises(NotAllowed):
        end(world.sergeant, case)


def test_a_situation_needs_a_reason_and_a_time_that_can_be(world: World, case: m.Case) -> None:
    with refused("reason", "note"):
        begin(world.supervisor, case, note=" ")
    with refused("cannot be arrested", "kind"):
        begin(world.supervisor, case, "asleep")
    with refused("identified", "since"):
        begin(world.supervisor, case, days=9.5)
    with refused("in the past", "since"):
        begin(world.supervisor, case, days=-1)
    with refused("not on record"):
        end(world.supervisor, case)
    begin(world.supervisor, case)
    with refused("already"):
        begin(world.supervisor, case, "abroad")
    with refused("after it began", "ended_at"):
        end(world.supervisor, case, days=4)
    with refused("what has changed", "note"):
        end(world.supervisor, case, note="")


def test_an_arrest_ends_wanted_by_itself_and_a_new_one_may_follow(world: World, case: m.Case) -> None:
    first = begin(world.supervisor, case)
    made = do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(days=2))
    do(world.investigator, record_release, case, suspect_id=suspect_of(case).pk, at=ago(days=1.9), to="under_investigation")
    assert status(case) == "under_investigation"
    with refused("not on record"):
        end(world.supervisor, case)
    with refused("after the last arrest", "since"):
        begin(world.supervisor, case, days=2.5)

    begin(world.supervisor, case, days=1)
    assert status(case) == "wanted"
    with scope(system(case.force_id)):
        first.refresh_from_db()
    assert first.ended_at == made.at
