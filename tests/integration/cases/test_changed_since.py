"""What changed since you looked: on the case page, as a mark and as a filter; nobody's own acts, and no note of the other agency."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.looking import VISIT
from cases.services.notes import add_cps_note, add_note, add_police_note
from core.scope import scope, system
from tests.factories import AVON, World, acting_as
from tests.integration.cases.making import do, fresh, make_case

SignIn = Callable[[User], Client]
MARK = "Changed since you looked</strong>"


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of the investigator's, brought to the CPS."""
    made = make_case(world.investigator, "Quillfeather")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=made.pk).update(cps_area_scope=110)
    return fresh(made)


def later(by: timedelta, who: User) -> None:
    """Let time pass since somebody looked: the looks are put back by as much."""
    with acting_as(who):
        m.CaseLook.objects.update(at=F("at") - by, before_at=F("before_at") - by)


def since(client: Client, case: m.Case) -> str:
    """Open the case and return what it says of changes."""
    text = client.get(f"/cases/{case.pk}/").content.decode()
    return str(text.split('id="since"', 1)[1].split("</section>", 1)[0])


def test_first_visit_then_nothing_then_what_others_did(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.investigator)
    assert "first visit" in since(client, case)
    assert "first visit" in since(client, case), "a reload is the same visit"
    later(VISIT, world.investigator)
    assert "Nothing has changed since you looked on" in since(client, case)
    do(world.sergeant, add_note, case, text="Ask again")
    do(world.investigator, add_note, case, text="Mine")
    later(VISIT, world.investigator)
    text = since(client, case)
    assert world.sergeant.name in text
    assert text.count("added a note") == 1, "one's own acts do not count"


def test_a_visit_lasts_half_an_hour_and_a_reload_keeps_what_it_showed(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.investigator)
    since(client, case)
    do(world.sergeant, add_note, case, text="One")
    later(VISIT, world.investigator)
    assert "added a note" in since(client, case)
    later(VISIT - timedelta(seconds=1), world.investigator)
    assert "added a note" in since(client, case)
    later(VISIT, world.investigator)
    assert "Nothing has changed" in since(client, case)


@pytest.mark.parametrize("add", [add_note, add_police_note])
def test_what_others_do_within_the_first_visit_is_told_where_the_lists_mark_it(
    world: World, sign_in: SignIn, case: m.Case, add: Callable[..., object]
) -> None:
    client = sign_in(world.investigator)
    assert "first visit" in since(client, case)
    do(world.investigator, add_note, case, text="Mine")
    assert "first visit" in since(client, case)
    do(world.sergeant, add, case, text="While you were here")
    assert lists(client) == [True] * 4
    text = since(client, case)
    assert "Since you looked on" in text
    assert text.count("added a note") == 1


@contextmanager
def looked(client: Client, case: m.Case) -> Iterator[None]:
    """Look at the case, let something happen, and expect what the block says of the lists."""
    since(client, case)
    yield


def lists(client: Client) -> list[bool]:
    """Say whether the case is marked in the list of cases and in the worklist, and left by the filter of each."""
    return [
        MARK in client.get("/cases/").content.decode(),
        MARK in client.get("/?view=all").content.decode(),
        "52/TEST/1" in client.get("/cases/?only=changed").content.decode(),
        "52/TEST/1" in client.get("/?view=all&changed=1").content.decode(),
    ]


def test_lists_mark_and_filter_what_others_changed(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.supervisor)
    assert lists(client) == [False] * 4, "never looked at: there is nothing to compare with"
    with looked(client, case):
        do(world.supervisor, add_note, case, text="Mine")
    assert lists(client) == [False] * 4
    do(world.sergeant, add_note, case, text="Another's")
    assert lists(client) == [True] * 4
    since(client, case)
    assert lists(client) == [False] * 4


@pytest.mark.parametrize("cps", [False, True])
def test_notes_private_to_the_other_agency_neither_count_nor_show(world: World, sign_in: SignIn, case: m.Case, cps: bool) -> None:
    police_note, cps_note = (world.sergeant, add_police_note), (world.prosecutor, add_cps_note)
    reader, (own, add_own), (other, add_foreign) = (
        (world.cps_manager, cps_note, police_note) if cps else (world.supervisor, police_note, cps_note)
    )
    client = sign_in(reader)
    since(client, case)
    do(other, add_foreign, case, text="Between ourselves")
    assert lists(client) == [False] * 4
    later(VISIT, reader)
    assert "Nothing has changed" in since(client, case)
    do(own, add_own, case, text="Among us")
    assert lists(client) == [True] * 4
    later(VISIT, reader)
    text = since(client, case)
    assert "added a note for the" in text
    assert "Among us" not in text


def test_a_look_is_nobody_elses_to_read(world: World, sign_in: SignIn, case: m.Case) -> None:
    since(sign_in(world.investigator), case)
    for who, rows in ((world.investigator, 1), (world.sergeant, 0), (world.supervisor, 0), (world.prosecutor, 0)):
        with acting_as(who):
            assert m.CaseLook.objects.count() == rows


def test_looking_changes_nothing_of_the_case(world: World, sign_in: SignIn, case: m.Case) -> None:
    before = fresh(case)
    since(sign_in(world.investigator), case)
    assert (fresh(case).version, fresh(case).next_due_police) == (before.version, before.next_due_police)
