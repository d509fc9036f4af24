"""Saved filters: kept by name, the filter and nothing else, one's own and nobody else's."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import SavedFilter, User
from accounts.saved_filters import MOST
from tests.factories import World, acting_as

pytestmark = pytest.mark.django_db
SAVE, LIST = "/filters/save/", "/filters/"
CASES, OVERDUE = "/cases/", "/reports/overdue-arrests/"
SignIn = Callable[[User], Client]


def save(browser: Client, query: str = "risk=high", *, name: str = "High", page: str = "case_list", **more: str) -> int:
    return browser.post(SAVE, {"list": page, "query": query, "name": name, **more}).status_code


def kept(user: User) -> dict[str, str]:
    with acting_as(user):
        return dict(SavedFilter.objects.values_list("name", "query"))


@pytest.mark.parametrize(("page", "address"), [("case_list", CASES), ("overdue_arrests", OVERDUE)])
def test_a_filter_is_saved_from_the_list_and_shown_there_as_a_link(world: World, sign_in: SignIn, page: str, address: str) -> None:
    browser = sign_in(world.investigator)
    assert b"Save this filter" not in browser.get(address).content
    html = browser.get(address, {"risk": "high"}).content.decode()
    assert "Save this filter" in html
    assert 'name="query" value="risk=high"' in html
    answer = browser.post(SAVE, {"list": page, "query": "risk=high", "name": "My <b>high</b> ones"}, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(f"{address}?risk=high", 302)]
    assert f'href="{address}?risk=high"' in html
    assert "My &lt;b&gt;high&lt;/b&gt; ones" in html
    assert "Save this filter" not in html, "the list is narrowed as one that is kept"
    assert f'href="{address}?risk=high"' in browser.get(LIST).content.decode()


def test_search_and_place_in_the_list_and_what_is_no_filter_are_never_kept(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    query = "search=sealed&after=x&before=y&csrfmiddlewaretoken=t&risk=medium&risk=high&risk=high&unit=&sort=risk&name=Quill"
    assert save(browser, query) == 302
    assert parse_qs(kept(world.investigator)["High"]) == {"risk": ["high", "medium"], "sort": ["risk"]}
    assert save(browser, "as_of_day=1&as_of_month=2&as_of_year=2026&after=z", page="overdue_arrests", name="February") == 302
    assert set(parse_qs(kept(world.investigator)["February"])) == {"as_of_day", "as_of_month", "as_of_year"}
    assert save(browser, "search=sealed&after=x", name="Nothing") == 400


def test_a_taken_name_is_replaced_only_when_asked(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    save(browser, "risk=high", name="Mine")
    answer = browser.post(SAVE, {"list": "case_list", "query": "risk=medium", "name": "MINE"})
    assert answer.status_code == 400
    assert "Replace the filter that has this name" in answer.content.decode()
    assert kept(world.investigator) == {"Mine": "risk=high"}
    assert save(browser, "risk=medium", name="MINE", replace="on") == 302
    assert kept(world.investigator) == {"MINE": "risk=medium"}
    assert save(browser, "risk=medium", name="Mine", page="overdue_arrests") == 302, "another list has names of its own"


def test_nobody_sees_renames_or_deletes_anothers(world: World, sign_in: SignIn) -> None:
    save(sign_in(world.investigator), name="Canary")
    with acting_as(world.investigator):
        key = SavedFilter.objects.get().pk
    for who in (world.colleague, world.supervisor, world.administrator, world.prosecutor):
        browser = sign_in(who)
        assert "Canary" not in browser.get(LIST).content.decode()
        for act in ("rename", "delete"):
            assert browser.get(f"/filters/{key}/{act}/").status_code == 404
            assert browser.post(f"/filters/{key}/{act}/", {"name": "x"}).status_code == 404
        with acting_as(who):
            assert not SavedFilter.objects.exists()
    assert kept(world.investigator) == {"Canary": "risk=high"}


def test_rename_and_delete(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    save(browser, name="One")
    save(browser, "risk=medium", name="Two")
    with acting_as(world.investigator):
        key = SavedFilter.objects.get(name="One").pk
    assert browser.post(f"/filters/{key}/rename/", {"name": "two"}).status_code == 400
    assert browser.post(f"/filters/{key}/rename/", {"name": ""}).status_code == 400
    assert browser.post(f"/filters/{key}/rename/", {"name": "ONE"}).status_code == 302
    assert set(kept(world.investigator)) == {"ONE", "Two"}
    assert browser.get(f"/filters/{key}/delete/").status_code == 200
    assert set(kept(world.investigator)) == {"ONE", "Two"}
    assert browser.post(f"/filters/{key}/delete/").status_code == 302
    assert set(kept(world.investigator)) == {"Two"}


def test_limits(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    for number in range(MOST):
        assert save(browser, name=f"Number {number}") == 302
    assert save(browser, name="One more") == 400
    assert save(browser, "risk=medium", name="Number 3", replace="on") == 302
    assert save(browser, name="Elsewhere", page="overdue_arrests") == 302
    assert save(browser, name="x" * 61, page="overdue_arrests") == 400
    assert save(browser, "&".join(f"stage=stage{n}" for n in range(80)), name="Long", page="case_list") == 400


@pytest.mark.parametrize("page", ["", "home", "no_such_list", "import_list"])
def test_only_a_list_of_the_registry_that_the_person_opens(world: World, sign_in: SignIn, page: str) -> None:
    assert save(sign_in(world.investigator), page=page) in {400, 404}
    assert save(sign_in(world.auditor)) == 404
    assert kept(world.investigator) == {}


@pytest.mark.parametrize(("page", "address"), [("case_list", CASES), ("overdue_arrests", OVERDUE)])
def test_a_filter_that_no_longer_fits_gives_the_lists_own_explanation(world: World, sign_in: SignIn, page: str, address: str) -> None:
    browser = sign_in(world.investigator)
    assert browser.post(SAVE, {"list": page, "query": "risk=extreme", "name": "Old"}).status_code == 302
    answer = browser.get(f"{address}?{kept(world.investigator)['Old']}")
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()


def test_an_answer_leads_only_to_the_list(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.investigator).post(
        SAVE, {"list": "case_list", "query": "risk=high&next=https://elsewhere.example/", "name": "A"}
    )
    assert urlsplit(answer.headers["Location"]).netloc == ""


def test_one_query_however_many_are_kept(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(OVERDUE).status_code == 200
        return len(queries)

    save(browser, page="overdue_arrests", name="First")
    browser.get(OVERDUE)
    few = counted()
    for number in range(5):
        save(browser, page="overdue_arrests", name=f"Number {number}")
    browser.get(OVERDUE)
    assert counted() == few
