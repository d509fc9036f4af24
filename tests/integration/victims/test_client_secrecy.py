"""What an ISVA cannot find out: foreign keys, links, whatever exists, one answer for all of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
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
from tests.integration.cases.making import do, make_case, suspect_of
from tests.integration.victims.supporting import OTHER_SERVICE, complainant_of, make_client, make_manager
from victims.client_acts import TABLE
from victims.models import Contact, ContactSummary, IsvaMessage, LinkRequest, SafeContact, SupportReferral, TellRequest

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SUSPECT: Final = "Marrowdale-Canary"
SUMMARY: Final = "Summary-Canary"
OTHER_CLIENT: Final = ("Perpetua", "Ninefold-Canary")
CANARIES: Final = ("Canary", "19C")
VOLATILE: Final = frozenset({"Date", "Set-Cookie", "X-Request-Id", "Server-Timing", "Content-Security-Policy"})


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
    """Return what of an answer must not differ: status, bytes, and headers but those that differ with every answer."""
    return answer.status_code, answer.content, tuple(sorted((k, v) for k, v in answer.items() if k not in VOLATILE))


def foreign(world: World, case: m.Case) -> list[UUID]:
    """Return keys that exist and are not the ISVA's: the other service's client with everything that hangs on her."""
    with scope(system(AVON)):
        other = m.Case.objects.get(crime_reference="52/OTHER/1")
        found = [other.pk, m.Complainant.objects.get(case=other).pk, m.Suspect.objects.get(case=other).pk, case.pk, suspect_of(case).pk]
        found += SupportReferral.objects.values_list("pk", flat=True)
        found += Contact.objects.values_list("pk", flat=True)
        found += m.TimelineEvent.objects.values_list("case", flat=True)[:5]
    return found


KINDS: Final = ("client", "act", "row", "victim", "case", "case act")


@pytest.mark.slow
def test_ten_thousand_foreign_identifiers_get_one_answer(world: World, case: m.Case, sign_in: SignIn) -> None:
    """Byte for byte the same 404 for what exists elsewhere, for what does not, and for what is no key at all."""
    number = 10_000
    browser, keys = sign_in(world.isva), foreign(world, case)
    wanted = comparable(browser.get("/clients/nothing-at-all/"))
    assert wanted[0] == 404
    answers: set[Any] = set()
    queries: dict[str, set[int]] = {}
    paths = [(kind, path) for key in keys for kind, path in all_of(key)]
    paths += [pair for _ in range((number - len(paths)) // len(KINDS) + 1) for pair in all_of(uuid4())]
    for kind, path in paths[:number]:
        connection.queries_log.clear()  # Django keeps 9,000 and warns
        with CaptureQueriesContext(connection) as caught:
            answers.add(comparable(browser.get(path)))
        queries.setdefault(kind, set()).add(len(caught))
    assert answers == {wanted}
    assert {kind: len(found) for kind, found in queries.items()} == dict.fromkeys(KINDS, 1)
    for garbage in ("/clients/x/", "/clients/1/question/", "/clients/%20/", "/victims/0/", "/cases/../clients/9/"):
        assert comparable(browser.get(garbage)) == wanted


def all_of(key: UUID) -> list[tuple[str, str]]:
    """Return one address of each kind for a key."""
    slug = TABLE[key.int % len(TABLE)].slug
    return list(zip(KINDS, (
        f"/clients/{key}/", f"/clients/{key}/{slug}/", f"/clients/{key}/{slug}/{key}/", f"/victims/{key}/", f"/cases/{key}/",
        f"/cases/{key}/{slug}/",
    ), strict=True))  # fmt: skip


def test_posting_to_foreign_clients_writes_nothing_and_answers_the_same(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, data = sign_in(world.isva), {"subject": "safety", "text": "x", "sure": "on", "at": "x"}
    wanted = comparable(browser.post(f"/clients/{uuid4()}/question/", data))
    for key in foreign(world, case):
        for act in TABLE:
            end = f"{act.slug}/{key}/" if act.on_row else f"{act.slug}/"
            assert comparable(browser.post(f"/clients/{key}/{end}", data)) == wanted
    with scope(system(AVON)):
        assert not IsvaMessage.objects.exists()
        assert not TellRequest.objects.exists()


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
