"""What an ISVA cannot find out: foreign keys, links, whatever exists, one answer for all of it."""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import chain, count, cycle, product
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.client import FakePayload
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.access import restrict
from cases.services.errors import mark_recorded_in_error
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, ago, make_user
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do, make_case
from tests.integration.victims.foreign import copied, foreign_people
from tests.integration.victims.supporting import OTHER_SERVICE, complainant_of, make_client, make_manager
from victims.client_acts import TABLE
from victims.models import Contact, ContactSummary, IsvaMessage, LinkRequest, SafeContact, TellRequest

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SUSPECT: Final = "Marrowdale-Canary"
SUMMARY: Final = "Summary-Canary"
OTHER_CLIENT: Final = ("Perpetua", "Ninefold-Canary")
CANARIES: Final = ("Canary", "19C")


@pytest.fixture
def manager(world: World) -> User:
    live_since(AVON, days=30)
    return make_manager()


@pytest.fixture
def case(world: World, manager: User) -> m.Case:
    """The client's case, with canaries planted wherever the ISVA must not look."""
    found = make_client(world, manager, SUSPECT)
    other = make_manager(OTHER_SERVICE)
    make_client(world, other, SUSPECT, reference="52/OTHER/1", names=OTHER_CLIENT, isva=make_user(OTHER_SERVICE, Role.ISVA))
    with scope(system(AVON)):
        keys = {"case": found, "force_id": AVON, "complainant": complainant_of(found)}
        contact = Contact(**keys, at=ago(hours=5), channel="telephone", reached=True)
        contact.save(force_insert=True)
        summary = ContactSummary(**keys, contact=contact)
        summary.text = SUMMARY
        summary.save(force_insert=True)
        card = SafeContact(**keys, channels=["text"])
        card.never, card.code_word = "Never ring the house", "Heron"
        card.save(force_insert=True)
    return found


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def comparable(answer: Any) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """Return what of an answer must not differ: status, bytes, every header."""
    return answer.status_code, answer.content, tuple(sorted(answer.items()))


PROBES: Final = 10_000
COPIES: Final = 42
"""How often each foreign row is copied: half of the probes are of what exists."""
Ways = dict[str, Callable[[UUID], str]]


def ways(own: m.Complainant | None = None) -> Ways:
    """Return every way in which an ISVA puts an identifier into an address, by name; of an own client, those for its rows."""
    slugs = [act.slug for act in TABLE]
    found: Ways = {
        "client": lambda key: f"/clients/{key}/",
        "act": lambda key: f"/clients/{key}/{slugs[key.int % len(slugs)]}/",
        "row": lambda key: f"/clients/{key}/{slugs[key.int % len(slugs)]}/{key}/",
        "paper": lambda key: f"/clients/{key}/where-things-stand/",
        "file": lambda key: f"/clients/{key}/where-things-stand.pdf",
        "victim": lambda key: f"/victims/{key}/",
        "contact": lambda key: f"/victims/{key}/contact/",
        "case": lambda key: f"/cases/{key}/",
        "case act": lambda key: f"/cases/{key}/add-note/",
        "offer": lambda key: f"/offers/{key}/",
    }
    return found if own is None else {slug: partial(_under, own, slug) for slug in ("open", "told", "close")}


def _under(own: m.Complainant, slug: str, key: UUID) -> str:
    return f"/clients/{own.pk}/{slug}/{key}/"


@dataclass
class Probe:
    """What the probing found: every answer, and by way and whether the thing exists, numbers of queries and seconds taken."""

    answers: set[Any] = field(default_factory=set)
    queries: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[tuple[str, bool], list[float]] = field(default_factory=lambda: defaultdict(list))

    def ask(self, browser: Any, way: str, path: str, exists: bool) -> None:
        """Ask once, of the application itself: the test client would note every template that is drawn."""
        environ = {**browser._base_environ(), "REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": FakePayload(b"")}
        statements: list[str] = []

        def counting(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            statements.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(counting):
            began = perf_counter()
            answer = browser.handler(environ)
            self.seconds[way, exists].append(perf_counter() - began)
        self.answers.add(comparable(answer))
        self.queries[way].add(len(statements))

    def typical(self, exists: bool) -> float:
        """Return the seconds that one probe in each way typically takes: the sum of medians, which no busy moment moves."""
        return sum(median(taken) for (_, one), taken in self.seconds.items() if one is exists)


@pytest.mark.slow
def test_ten_thousand_foreign_identifiers_get_one_answer(world: World, manager: User, case: m.Case, sign_in: SignIn, quiet: None) -> None:
    """Ten thousand identifiers, half of them of rows that exist: byte for byte the same 404, as many queries, as long a wait."""
    people = foreign_people(world, manager, case)
    there = [key for row in chain.from_iterable(people.values()) for key in copied(row, COPIES)]
    assert len(set(there)) >= PROBES * 0.45
    asked = [(key, True) for key in there[: PROBES // 2]]
    asked += [(uuid4(), False) for _ in range(PROBES - len(asked))]
    Random(52).shuffle(asked)
    browser, every, probe = sign_in(world.isva), ways(), Probe()
    for way in every:  # what is cached once a process or a session is cached now
        browser.get(every[way](uuid4()))
    wanted = comparable(browser.get("/clients/nothing-at-all/"))
    assert wanted[0] == 404
    for (key, exists), way in zip(asked, cycle(every), strict=False):
        probe.ask(browser, way, every[way](key), exists)
    assert probe.answers == {wanted}
    assert {way: len(found) for way, found in probe.queries.items()} == dict.fromkeys(every, 1)
    assert 0.9 < probe.typical(exists=True) / probe.typical(exists=False) < 1.1


def test_every_relation_in_every_way_is_the_same_404(world: World, manager: User, case: m.Case, sign_in: SignIn, quiet: None) -> None:
    """Complainant, case and a row of somebody in each relation, in each way, under an own client too; and what is no key at all."""
    browser, probe, turn = sign_in(world.isva), Probe(), count()
    people = foreign_people(world, manager, case)
    browser.get("/clients/nothing-at-all/")
    for way, path in (ways() | ways(complainant_of(case))).items():
        probe.ask(browser, way, path(uuid4()), False)
        for row in chain.from_iterable(people.values()):
            rows = copied(row, 0)
            for key in (row.pk, row.case_id, rows[next(turn) % len(rows)]):
                probe.ask(browser, way, path(key), True)
    for garbage in ("/clients/x/", "/clients/1/question/", "/clients/%20/", "/victims/0/", "/cases/../clients/9/"):
        probe.ask(browser, garbage, garbage, False)
    assert {answer[0] for answer in probe.answers} == {404}
    assert len(probe.answers) == 1
    assert {way: found for way, found in probe.queries.items() if len(found) > 1} == {}


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session notes once a minute that somebody is there, whatever is asked for: not within these tests.

    Nor does every 404 write a warning that the test keeps, with the request in it, to its end.
    """
    monkeypatch.setattr("accounts.middleware.WRITE_EVERY_SECONDS", 10**6)
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def test_posting_to_foreign_clients_writes_nothing_and_answers_the_same(world: World, manager: User, case: m.Case, sign_in: SignIn) -> None:
    browser, data = sign_in(world.isva), {"subject": "safety", "text": "x", "sure": "on", "at": "x", "isva_id": str(world.isva.pk)}
    people, own = list(chain.from_iterable(foreign_people(world, manager, case).values())), complainant_of(case)
    before, wanted = counted(), comparable(browser.post(f"/clients/{uuid4()}/question/", data))
    assert wanted[0] == 404
    for key, act in product({key for row in people for key in (row.pk, row.case_id)}, TABLE):
        end = f"{act.slug}/{key}/" if act.on_row else f"{act.slug}/"
        assert comparable(browser.post(f"/clients/{key}/{end}", data)) == wanted
    with scope(system(AVON)):
        theirs = [*IsvaMessage.objects.values_list("pk", flat=True), *TellRequest.objects.values_list("pk", flat=True)]
    for key, act in product(theirs, TABLE):
        if act.on_row:
            assert comparable(browser.post(f"/clients/{own.pk}/{act.slug}/{key}/", {**data, "answer": "could_not"})) == wanted
    assert len(theirs) > len(people) / 2
    assert counted() == before


def counted() -> tuple[list[Any], list[Any]]:
    """Return what ISVAs have written and answered."""
    with scope(system(AVON)):
        return (
            list(IsvaMessage.objects.order_by("pk").values_list("pk", "closed_at")),
            list(TellRequest.objects.order_by("pk").values_list("pk", "state")),
        )


LINK: Final = {
    "force_id": str(AVON), "client_name": "Zenobia Thrale", "consent_scope": "All", "consent_signed": "on",
}  # fmt: skip


def link_data(reference: str) -> dict[str, str]:
    today = clock.today() - timedelta(days=1)
    day = {"consent_given_on_day": str(today.day), "consent_given_on_month": str(today.month), "consent_given_on_year": str(today.year)}
    return {**LINK, "crime_reference": reference, **day}


def test_a_link_is_answered_the_same_whatever_exists(world: World, case: m.Case, sign_in: SignIn) -> None:
    restricted = make_case(world.investigator, reference="52/SECRET/1", unit_id=world.north.pk)
    do(world.supervisor, restrict, restricted, because="Somebody known here")
    wrong = make_case(world.investigator, reference="52/WRONG/1", unit_id=world.north.pk)
    do(world.supervisor, mark_recorded_in_error, wrong, reason="Twice")
    browser: Any = sign_in(world.isva)
    browser.get("/clients/link/")
    answers, statements = set(), set()
    for reference in ("52/NOBODY/9", "52/CLIENT/1", "52/SECRET/1", "52/WRONG/1", "52/OTHER/1"):
        with CaptureQueriesContext(connection) as caught:
            answer = browser.post("/clients/link/", link_data(reference))
        assert answer.status_code == 302, text_of(answer)
        answers.add(comparable(answer))
        statements.add(tuple(re.sub(r"'[^']*'|\d+", "?", one["sql"])[:120] for one in caught))
    assert len(answers) == 1
    assert len(statements) == 1
    with scope(system(AVON)):
        assert LinkRequest.objects.count() == 5


def test_too_many_links_are_refused_beside_the_form(world: World, manager: User, sign_in: SignIn, settings: Any) -> None:
    settings.LINK_REQUESTS_A_DAY = 1
    browser = sign_in(world.isva)
    assert browser.post("/clients/link/", link_data("52/NOBODY/1")).status_code == 302
    again = browser.post("/clients/link/", link_data("52/NOBODY/2"))
    assert again.status_code == 400
    assert "as many requests" in text_of(again)
    assert "52/NOBODY/2" in text_of(again)
