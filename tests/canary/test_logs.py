"""Whatever fails while somebody looks at a victim, the log says where it failed and nothing of what was open."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from core.logs import JsonFormatter
from core.sealedfield import opening
from tests.canary.planted import Planted
from tests.canary.words import find, word
from victims.tasks import match_links

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything that any logger says, in the format of every environment."""
    written, root = StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def fails_with(victim: str) -> Any:
    """Return a function that fails with a name in its words, and with everything that it was given in its locals."""

    def fail(*given: object, **more: object) -> NoReturn:
        name = word("surname", victim)
        raise RuntimeError(f"{name} {given} {more}")

    return fail


def lines(log: StringIO) -> list[dict[str, Any]]:
    """Return the lines written, each of which must be JSON."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


FAULTS = {
    "a page while it is drawn": ("victims.views.identity._render", "victim_page", None),
    "the opened identity": ("victims.views.identity.opened", "victim_shown", {"reason": "contact"}),
    "the card": ("victims.views.contact.card_of", "victim_contact", None),
    "a form": ("victims.views.identity.values_of", "victim_identity", None),
    "a service": ("victims.views.identity.keep_identity", "victim_identity", {"surname": word("surname", "a"), "version": "0"}),
    "a client's page": ("victims.views.clients.page_of_client", "client", None),
}


@pytest.mark.parametrize("what", sorted(FAULTS))
def test_a_fault_says_where_and_never_whom(planted: Planted, log: StringIO, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    patched, name, post = FAULTS[what]
    monkeypatch.setattr(patched, fails_with("a"))
    browser = planted.house.browser("isva" if name == "client" else "supervisor")
    path = reverse(name, args=[planted.complainants["a"]])
    answer: Any = browser.get(path) if post is None else browser.post(path, post)
    assert answer.status_code == 500
    assert find(answer.content.decode() + str(answer.headers)) == set()
    assert find(log.getvalue()) == set()
    assert any(line.get("exception") == "RuntimeError" for line in lines(log))
    assert mail.outbox == []


def test_a_fault_in_the_worker_says_where_and_never_whom(planted: Planted, log: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("victims.services.linking.match_links", fails_with("b"))
    match_links.apply(args=[52])
    assert find(log.getvalue()) == set()
    assert any(line.get("exception") == "RuntimeError" for line in lines(log))


def test_refused_forms_and_addresses_that_are_none_leave_nothing_in_the_log(planted: Planted, log: StringIO) -> None:
    name, browser = word("surname", "a"), planted.house.browser("supervisor")
    key = planted.complainants["a"]
    browser.get(f"/victims/{name}/?q={name}")
    browser.post(reverse("victim_find"), {"surname": name, "forenames": word("forenames", "a")}, follow=True)
    browser.post(reverse("victim_identity", args=[key]), {"surname": name, "date_of_birth_0": "x", "version": "0"})
    browser.post(reverse("victim_contact", args=[key]), {"summary": name + "\x00"})
    assert find(log.getvalue()) == set()


def test_nobody_is_sent_errors_and_no_page_explains_them() -> None:
    assert not settings.DEBUG
    assert not settings.ADMINS
    assert not settings.MANAGERS


def test_a_name_in_the_words_of_a_log_line_would_be_found(log: StringIO) -> None:
    logging.getLogger("rasso.canary").warning("Spoke to %s", word("surname", "a"))
    assert find(log.getvalue()) == {"surname a"}


def test_what_is_sealed_says_nothing_of_itself(planted: Planted) -> None:
    """The repr and str of an opened row, which is what a traceback with locals would print."""
    from core.scope import scope, system
    from tests.factories import AVON
    from victims.models import ContactPerson, Victim

    with scope(system(AVON)), opening("test"):
        for row in (Victim.objects.get(complainant=planted.complainants["a"]), ContactPerson.objects.filter(case=planted.cases["a"])[0]):
            texts = [row.surname] if isinstance(row, Victim) else [row.name]
            assert find(" ".join(texts))
            assert find(f"{row!r} {row}") == set()
            assert find(repr({key: value for key, value in vars(row).items() if key != "_state"})) == set()
