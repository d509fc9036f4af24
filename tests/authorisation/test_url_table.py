"""Address × person × method × relation to the case, each cell against the written table."""

from collections import Counter
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.acts import ACTS, On
from tests.authorisation import table
from tests.authorisation.addresses import addresses
from tests.authorisation.house import CANARY, House, build

pytestmark = pytest.mark.django_db
PEOPLE = sorted(table.EVERYBODY)
NEVER = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND")
ONE_OF_EACH = sorted(table.ON_CASES | {"auditor", "isva"})
"""Everybody who works cases, and two who do not: the others have no more than these in `test_pages_of_a_case`."""
FEWEST_CELLS = 3_000


@pytest.fixture
def house() -> House:
    """The demonstration's people around a case in every relation."""
    return build()


def ask(house: House, who: str, method: str, path: str) -> HttpResponse:
    """Send one request and return the answer."""
    answer: HttpResponse = house.browser(who).generic(method, path)  # type: ignore[assignment]
    return answer


def path_of(name: str, places: tuple[str, ...], case_id: UUID, target_id: UUID | None = None, slug: str = "add-note") -> str:
    """Return an address with its places filled."""
    values: dict[str, Any] = {
        "case_id": case_id,
        "target_id": target_id or uuid4(),
        "slug": slug,
        "kind": "wanted",
        "uidb36": "1",
        "key": "x-y",
        "pk": 1,
        "year": 2026,
    }
    return reverse(name, kwargs={place: values.get(place, uuid4()) for place in places})


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    written = {*table.PAGES, *table.CASE_PAGES, *table.OPEN, *table.SIGN_IN}
    assert {one.name for one in addresses()} == written


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    assert set(ACTS) == set(table.ACTS)


def test_the_people_are_those_of_the_demonstration(house: House) -> None:
    assert set(house.people) == table.EVERYBODY


def test_pages_without_a_case(house: House) -> None:
    wrong, cells = [], 0
    for one in addresses():
        if one.name not in table.PAGES:
            continue
        may, methods = table.PAGES[one.name]
        path = path_of(one.name, one.places, house.cases["own"])
        asked = [(who, method) for who in PEOPLE for method in ("GET", "HEAD", "POST")]
        asked += [(who, method) for who in (PEOPLE[0], PEOPLE[-1]) for method in ("OPTIONS", *NEVER)]  # 405 before anybody is looked at
        for who, method in asked:
            cells += 1
            status = ask(house, who, method, path).status_code
            if status not in expected(who in may, method, methods, one.name in table.OF_A_ROW):
                wrong.append((one.name, who, method, status))
    assert wrong == []
    assert cells >= 900


def expected(may: bool, method: str, methods: str, of_a_row: bool) -> set[int]:
    """Return the statuses that a cell of an ordinary page may have."""
    if method in {*NEVER, "OPTIONS"}:
        return {405}
    if not may:
        return {404}
    allowed = methods.split() + (["HEAD"] if "GET" in methods else [])
    if method not in allowed:
        return {405}
    return {404} if of_a_row else {200, 204, 302, 400}


def test_pages_of_a_case(house: House) -> None:
    wrong, cells = [], 0
    for name, methods in (("case_page", "GET HEAD POST"), ("case_timeline", "GET POST"), ("case_act", "GET")):
        for relation, case_id in house.cases.items():
            for who in PEOPLE:
                for method in methods.split():
                    cells += 1
                    places = ("case_id", "slug") if name == "case_act" else ("case_id",)
                    status = ask(house, who, method, path_of(name, places, case_id)).status_code
                    sees = who in table.SEES[relation]
                    wanted = (404 if who not in table.ON_CASES else 405) if method == "POST" else 200 if sees else 404
                    if status != wanted:
                        wrong.append((name, relation, who, method, status, wanted))
    assert wrong == []
    assert cells >= 700


@pytest.mark.slow
def test_every_act_by_everybody_in_every_relation(house: House) -> None:
    wrong, cells = [], 0
    for slug, act in ACTS.items():
        for relation in ("own", "other_force", "nonexistent"):
            for who in ONE_OF_EACH:
                cells += 1
                status = ask(house, who, "GET", path_of_act(act.on, house.cases[relation], slug)).status_code
                if status not in of_act(slug, act.on, who, relation):
                    wrong.append((slug, relation, who, status))
    assert wrong == []
    assert cells >= FEWEST_CELLS


def path_of_act(on: On, case_id: UUID, slug: str, target_id: UUID | None = None) -> str:
    """Return the address of an act; of one on a part of the case, with a part that does not exist unless one is given."""
    if on is On.CASE:
        return reverse("case_act", kwargs={"case_id": case_id, "slug": slug})
    return reverse("case_act_on", kwargs={"case_id": case_id, "slug": slug, "target_id": target_id or UUID(int=7)})


def of_act(slug: str, on: On, who: str, relation: str) -> set[int]:
    """Return the statuses that a cell of an act may have: unseen 404, may not 403, a part of nothing 404, else form or reason."""
    if who not in table.SEES[relation]:
        return {404}
    if who not in table.ACTS[slug]:
        return {403}
    return {200, 400} if on is On.CASE else {404}


def test_acts_on_a_suspect_of_ones_own_case_and_of_anothers(house: House) -> None:
    """A suspect of a case that one sees, under the address of that case: form. Under another's: 404."""
    wrong = []
    for slug, act in ACTS.items():
        if act.on is not On.SUSPECT:
            continue
        for who in sorted(table.SEES["own"]):
            own = ask(house, who, "GET", path_of_act(act.on, house.cases["own"], slug, house.suspects["own"])).status_code
            crossed = ask(house, who, "GET", path_of_act(act.on, house.cases["own"], slug, house.suspects["other_force"])).status_code
            wanted = ({200, 400}, {404}) if who in table.ACTS[slug] else ({403}, {403})
            if own not in wanted[0] or crossed not in wanted[1]:
                wrong.append((slug, who, own, crossed))
    assert wrong == []


def test_posting_an_act_on_a_case_that_one_does_not_see(house: House) -> None:
    wrong = []
    for slug, act in ACTS.items():
        for who, relation in (("supervisor", "other_force"), ("reviewer", "excluded"), ("prosecutor", "other_unit")):
            for target in (None, house.suspects[relation]):
                answer = house.browser(who).post(
                    path_of_act(act.on, house.cases[relation], slug, target), {"version": "1", "text": "x", "reason": "x"}
                )
                if answer.status_code != 404:
                    wrong.append((slug, who, relation, answer.status_code))
    assert wrong == []


def test_methods_that_nobody_uses_are_refused_everywhere(house: House) -> None:
    wrong = []
    for one in addresses():
        path = path_of(one.name, one.places, house.cases["own"])
        for who in ("anonymous", "supervisor", "auditor"):
            wrong += [(one.name, who, method) for method in NEVER if ask(house, who, method, path).status_code != 405]
    assert wrong == []


def test_nobody_signed_in_is_sent_to_sign_in(house: House) -> None:
    wrong = []
    for one in addresses():
        if one.name in table.OPEN | table.SIGN_IN_FOR_ANYBODY:
            continue
        for method in ("GET", "POST"):
            answer = ask(house, "anonymous", method, path_of(one.name, one.places, house.cases["own"]))
            if answer.status_code != 302 or not answer.headers["Location"].startswith(reverse("account_login")):
                wrong.append((one.name, method, answer.status_code))
    assert wrong == []


def test_sign_in_pages_never_fail(house: House) -> None:
    seen = Counter(
        ask(house, who, method, path_of(one.name, one.places, house.cases["own"])).status_code
        for one in addresses()
        if one.name in table.SIGN_IN
        for who in ("anonymous", "investigator", "isva")
        for method in ("GET", "POST")
    )
    assert set(seen) <= {200, 302, 400, 403, 404, 405}, seen


def test_open_pages_answer_everybody(house: House) -> None:
    for name in table.OPEN:
        for who in ("anonymous", "investigator"):
            assert ask(house, who, "GET", reverse(name)).status_code in {200, 503}


OUTSIDE = (
    ("investigator", "other_force"), ("investigator", "excluded"), ("investigator", "other_unit"), ("sergeant", "restricted"),
    ("prosecutor", "other_unit"), ("prosecutor", "other_force"), ("other-area", "own"), ("other-force", "own"), ("cps-direct", "own"),
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(table.CASE_PAGES))
def test_what_is_outside_is_the_same_404_as_what_does_not_exist(house: House, name: str) -> None:
    """The same bytes, the same headers, the same number of queries, for everybody outside and for both methods."""
    places = next(one.places for one in addresses() if one.name == name)
    wrong = []
    for (who, relation), method in product(OUTSIDE, ("GET", "POST")):
        ask(house, who, method, path_of(name, places, uuid4()))  # what is cached once a process or session is cached now
        there = asked_with_queries(house, who, method, path_of(name, places, house.cases[relation], house.suspects[relation]))
        nothing = asked_with_queries(house, who, method, path_of(name, places, uuid4(), house.suspects[relation]))
        for_them = who in table.CASE_PAGES_FOR.get(name, table.ON_CASES)
        refused = 405 if method == "POST" and "POST" not in table.CASE_PAGES[name] and for_them else 404
        if there != nothing or there.status != refused:
            wrong.append((who, relation, method, there, nothing))
    assert wrong == []


class Answer(NamedTuple):
    """All that somebody outside could tell two answers apart by."""

    status: int
    content: bytes
    headers: dict[str, str]
    queries: int


def asked_with_queries(house: House, who: str, method: str, path: str) -> Answer:
    """Send one request; return the answer and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = ask(house, who, method, path)
    return Answer(answer.status_code, answer.content, dict(answer.headers), len(queries))


def test_the_404_has_no_form_and_says_nothing_of_the_request(house: House) -> None:
    answer = ask(house, "investigator", "GET", path_of("case_page", ("case_id",), house.cases["other_force"]))
    text = answer.content.decode()
    assert "<form" not in text.split("<main", 1)[1].split("</main", 1)[0]
    assert str(house.cases["other_force"]) not in text
    assert CANARY not in text
