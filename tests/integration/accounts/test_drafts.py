"""What was typed when a session ran out: kept sealed for one person, one page and one day, and nothing else of the form."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Draft, User
from accounts.services.drafts import MOST_BYTES
from accounts.tasks import delete_old_drafts
from core import clock
from core.scope import Kind, Scope, scope
from tests.factories import World, acting_as

pytestmark = pytest.mark.django_db
URL, DISCARD, PLACE = "/drafts/", "/drafts/discard/", "/cases/new/"
SignIn = Callable[[User], Client]


def sent(*fields: tuple[str, str], key: str = "#0") -> str:
    return json.dumps([{"key": key, "fields": [list(pair) for pair in fields]}])


def keep(browser: Client, forms: str, place: str = PLACE) -> int:
    return browser.post(URL, {"place": place, "forms": forms}).status_code


def fetched(browser: Client, place: str = PLACE) -> Any:
    answer = browser.get(URL, {"place": place})
    return answer.json()["forms"] if answer.status_code == 200 else answer.status_code


def stored() -> list[Draft]:
    with scope(Scope(kind=Kind.SYSTEM)):
        return list(Draft.objects.all())


def test_what_was_typed_comes_back_to_the_same_person_on_the_same_page(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    assert fetched(browser) == 204
    assert keep(browser, sent(("crime_reference", "52/QUILL/1"), ("note", "two\nlines ✓"))) == 204
    assert fetched(browser) == [{"key": "#0", "fields": [["crime_reference", "52/QUILL/1"], ["note", "two\nlines ✓"]]}]
    assert fetched(browser, "/cases/") == 204
    for other in (world.colleague, world.supervisor, world.prosecutor, world.auditor):
        assert fetched(sign_in(other)) == 204
    assert keep(sign_in(world.investigator), sent(("note", "newer"))) == 204
    assert fetched(browser) == [{"key": "#0", "fields": [["note", "newer"]]}]
    assert len(stored()) == 1


def test_at_rest_neither_text_nor_page_can_be_read_nor_moved_to_another_person(world: World, sign_in: SignIn) -> None:
    keep(sign_in(world.investigator), sent(("note", "Quillfeather")))
    (row,) = stored()
    assert b"Quillfeather" not in bytes(row.sealed)
    assert "cases" not in row.place
    with acting_as(world.colleague):
        Draft.objects.create(user=world.colleague, place=row.place, sealed=bytes(row.sealed), saved_at=clock.now())
    assert fetched(sign_in(world.colleague)) == 204


@pytest.mark.parametrize("kind", ["investigator", "prosecutor", "isva", "auditor", "administrator"])
def test_row_level_security_shows_each_kind_its_own_rows_only(world: World, sign_in: SignIn, kind: str) -> None:
    keep(sign_in(world.colleague), sent(("note", "x")))
    user = getattr(world, kind)
    assert keep(sign_in(user), sent(("note", "mine"))) == 204
    with acting_as(user):
        assert [row.user_id for row in Draft.objects.all()] == [user.pk]


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "password", "new_Password2", "search_token", "otp"])
def test_secrets_are_never_kept_whatever_is_sent(world: World, sign_in: SignIn, name: str) -> None:
    browser = sign_in(world.investigator)
    assert keep(browser, sent((name, "s"))) == 400
    assert keep(browser, sent((name, "s"), ("note", "x"))) == 204
    assert fetched(browser) == [{"key": "#0", "fields": [["note", "x"]]}]


@pytest.mark.parametrize(
    "forms",
    [
        "", "x", "null", "1", "[]", "{}", "[1]", "[[]]", '[{"key": 1, "fields": []}]', '[{"key": "a"}]',
        '[{"key": "a", "fields": [["a"]]}]',
        '[{"key": "a", "fields": [["a", 1]]}]', '[{"key": "a", "fields": [["", "x"]]}]', '[{"key": "a", "fields": 3}]', "[" * 5_000,
        sent(("note", "x" * MOST_BYTES)), json.dumps([{"key": "a", "fields": [["a", "b"]] * 401}]), sent(("a" * 201, "x")),
        sent(("a", "x"), key="k" * 501),
    ],
)  # fmt: skip
def test_what_is_no_form_or_too_much_is_refused_and_nothing_is_kept(world: World, sign_in: SignIn, forms: str) -> None:
    assert keep(sign_in(world.investigator), forms) == 400
    assert stored() == []


@pytest.mark.parametrize("place", ["", "cases", "https://elsewhere.example/", "/" + "a" * 500, "/a\nb"])
def test_a_place_that_is_no_page_is_refused(world: World, sign_in: SignIn, place: str) -> None:
    browser = sign_in(world.investigator)
    assert keep(browser, sent(("note", "x")), place) == 400
    assert browser.post(DISCARD, {"place": place}).status_code == 400
    assert browser.get(URL, {"place": place}).status_code == 400


def test_a_text_of_the_longest_size_is_kept(world: World, sign_in: SignIn) -> None:
    text = "ä" * 10_000
    browser = sign_in(world.investigator)
    assert keep(browser, json.dumps([{"key": "#0", "fields": [["note", text]]}], ensure_ascii=False)) == 204
    assert fetched(browser)[0]["fields"] == [["note", text]]


def test_it_goes_when_discarded_and_only_then_for_that_page(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    keep(browser, sent(("note", "x")))
    keep(browser, sent(("note", "y")), "/cases/")
    assert sign_in(world.colleague).post(DISCARD, {"place": PLACE}).status_code == 204
    browser = sign_in(world.investigator)
    assert fetched(browser) != 204
    assert browser.post(DISCARD, {"place": PLACE}).status_code == 204
    assert fetched(browser) == 204
    assert fetched(browser, "/cases/") != 204


def test_after_a_day_it_is_not_shown_and_the_hourly_task_takes_it_away(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, real = sign_in(world.investigator), clock.now
    keep(browser, sent(("note", "x")))
    delete_old_drafts()
    assert len(stored()) == 1
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(hours=24, minutes=1))
    browser = Client()
    browser.force_login(world.investigator)
    assert fetched(browser) == 204
    delete_old_drafts()
    delete_old_drafts()
    assert stored() == []


def test_pages_stop_asking_once_nothing_is_kept_and_ask_again_after_something_is(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    assert b"data-may-have-draft" in browser.get(PLACE).content
    fetched(browser)
    assert b"data-may-have-draft" not in browser.get(PLACE).content
    keep(browser, sent(("note", "x")))
    assert b"data-may-have-draft" in browser.get(PLACE).content


def test_sending_does_not_keep_the_session_alive(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, real = sign_in(world.investigator), clock.now
    browser.get(PLACE)
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(minutes=13))
    assert browser.post(URL, {"place": PLACE, "forms": sent(("note", "x"))}, headers={"X-Rasso-Background": "1"}).status_code == 204
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(minutes=16))
    assert browser.get(PLACE).status_code == 302
