"""Finding a victim: whole values, the own force, the cases that one sees; and a log that keeps no words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from cases import models as m
from cases.services.access import exclude, restrict
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.cases.making import do
from tests.integration.victims.knowing import CANARIES, known_case
from tests.integration.victims.test_identity_pages import looks
from tests.sealed import NEW, OLD
from victims.finding import Terms, find

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
BORN = {"date_of_birth_day": "17", "date_of_birth_month": "5", "date_of_birth_year": "1991"}
NAME = {"surname": "quillfeather  TEST", "forenames": "Zephyrine"}
NOBODY = "Nobody is found in the cases that you see."


def search(browser: Client, **typed: str) -> str:
    """Search as the page does and return what it shows."""
    return browser.post("/victims/find/", typed, follow=True).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        NAME,
        {"surname": "Quillfeather-Test", **BORN},
        {"telephone": "+44 (0)117 4960321"},
        {"telephone": "07700900321"},
        {"email": "ZEPHYRINE@demo.example"},
        {**NAME, **BORN, "telephone": "0117 496 0321"},
        {"surname": "Quillfeather-Test", "telephone": "07700 900 321"},
    ],
    ids=["name", "surname and date of birth", "home", "mobile", "email", "all of it", "surname and telephone"],
)
def test_a_whole_value_finds_her(world: World, sign_in: SignIn, typed: dict[str, str]) -> None:
    case, complainant = known_case(world)
    text = search(sign_in(world.investigator), **typed)
    assert f'href="/victims/{complainant.pk}/"' in text
    assert f"{case.crime_reference}, victim A" in text
    assert [one for one in CANARIES if one in text] == []


@pytest.mark.parametrize(
    "typed",
    [
        {"surname": "Quillfeather-Test", "forenames": "Zephyrin"},
        {"surname": "Quillfeather", **BORN},
        {**NAME, "email": "other@demo.example"},
        {"surname": "Other", "telephone": "07700 900321"},
        {"telephone": "0117 496 032"},
    ],
    ids=["nearly", "half a surname", "one of two", "another surname", "part of a number"],
)
def test_anything_else_finds_nobody(world: World, sign_in: SignIn, typed: dict[str, str]) -> None:
    known_case(world)
    assert NOBODY in search(sign_in(world.investigator), **typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Enter a surname with forenames"),
        ({"surname": "Quillfeather-Test"}, "Enter a surname with forenames"),
        ({"forenames": "Zephyrine"}, "Enter a surname with forenames"),
        ({"surname": "-", "forenames": "x"}, "Enter a surname with forenames"),
        (BORN, "Enter a surname with forenames"),
        ({**BORN, "telephone": "0117 496 0321"}, "Enter a surname with forenames"),
        ({"telephone": "x"}, "Enter a telephone number"),
        ({"email": "x"}, "Enter an email address"),
        ({"surname": "a\x00"}, "contains a character that cannot be stored"),
    ],
    ids=["nothing", "surname", "forenames", "no letter", "date of birth", "date of birth and telephone", "telephone", "email", "NUL"],
)
def test_too_little_is_answered_beside_the_field(world: World, sign_in: SignIn, typed: dict[str, str], words: str) -> None:
    answer = sign_in(world.investigator).post("/victims/find/", typed)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_only_cases_that_one_sees_are_found_and_nothing_tells_of_more(world: World, sign_in: SignIn) -> None:
    case, _ = known_case(world)
    hidden, _ = known_case(world, reference="52/KNOWN/2")
    do(world.supervisor, restrict, hidden, because="Somebody known here")
    do(world.supervisor, exclude, case, user_id=world.supervisor2.pk, reason="Knows her")
    for person in (world.other_unit, world.supervisor2, world.kent):
        text = search(sign_in(person), **NAME)
        assert NOBODY in text
        assert "52/KNOWN" not in text
    text = search(sign_in(world.colleague), **NAME)
    assert "52/KNOWN/1" in text
    assert "52/KNOWN/2" not in text
    assert "Only the first" not in text


@pytest.mark.parametrize("who", ["isva", "prosecutor", "cps_manager", "vlo", "analyst", "auditor", "administrator", "cps_direct"])
def test_only_police_have_the_page(world: World, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(world, who))
    assert browser.get("/victims/find/").status_code == browser.post("/victims/find/", NAME).status_code == 404


def test_the_address_and_the_log_keep_no_words(world: World, sign_in: SignIn) -> None:
    case, _ = known_case(world)
    browser, before = sign_in(world.investigator), len(looks())
    addresses = [browser.post("/victims/find/", typed)["Location"] for typed in (NAME, {**NAME, "surname": "Quillfeather-Test"})]
    for address in addresses:
        assert [one for one in (*CANARIES, "uillf") if one.lower() in address.lower()] == []
        browser.get(address)
    first, second = looks()[before:]
    assert (first.what, first.case_ids, first.row_count) == ("victim search", [case.pk], 1)
    assert first.search_hash == second.search_hash != ""
    stranger = sign_in(world.colleague).get(addresses[0])
    assert stranger.status_code == 400
    assert "belongs to somebody else" in stranger.content.decode()
    assert sign_in(world.colleague).get(f"{addresses[0]}&search=x").status_code == 400


def test_while_keys_are_changed_every_key_finds(world: World, settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    case, _ = known_case(world)
    settings.FIELD_KEYS = [NEW, OLD]
    newer, _ = known_case(world, reference="52/KNOWN/2")
    with scope(system(AVON)):
        assert m.Case.objects.filter(pk__in=[case.pk, newer.pk]).count() == 2
    assert {row.case_id for row in found(world.investigator)} == {case.pk, newer.pk}
    settings.FIELD_KEYS = [NEW]
    assert {row.case_id for row in found(world.investigator)} == {newer.pk}


def found(user: User, **terms: Any) -> list[Any]:
    """Find as a person."""
    from tests.factories import acting_as

    with acting_as(user):
        return find(user, Terms(**(terms or {"surname": "Quillfeather-Test", "forenames": "Zéphyrine"})))


def test_too_little_is_never_asked_of_the_database(world: World) -> None:
    for terms in ({"surname": "Quillfeather-Test"}, {"forenames": "Zéphyrine", "email": "x@y.z"}):
        with pytest.raises(ValueError, match="nothing whole"):
            found(world.investigator, **terms)
