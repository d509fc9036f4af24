"""Every form about a victim, on rows that are there: what cannot be is answered beside its field, whatever else is right."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.badinput.one_field import Form, bad_values, beside, read
from tests.canary.asking import Asked, pages
from tests.canary.planted import Planted, plant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGES = (
    "victim_identity", "victim_safe_contact", "victim_contact", "victim_contact_correct", "contact_person_new", "contact_person_change",
    "client_act", "client_act_on",
)  # fmt: skip
FEWEST_FORMS, FEWEST_POSTS = 40, 700


def forms(planted: Planted) -> Iterator[tuple[Asked, str, Form]]:
    """Yield every form about a victim that is open to its reader: pages of this app, and acts on her or his rows."""
    for who in ("supervisor", "isva"):
        for asked in pages(planted, who):
            name, _, slug = asked.name.partition(" ")
            if asked.victim in {"a", "b"} and (name in PAGES or (name == "case_act_on" and slug)):
                answer: Any = planted.house.browser(who).get(asked.path)
                if answer.status_code == 200 and (form := read(answer.content.decode())).sent:
                    yield asked, who, form
    for name, who in (("victim_find", "supervisor"), ("client_link", "isva")):
        yield Asked(name, reverse(name)), who, read(planted.house.browser(who).get(reverse(name)).content.decode())


def post(planted: Planted, who: str, path: str, sent: dict[str, str]) -> tuple[int, str]:
    """Send a form and take back whatever came of it; return status and text."""
    with transaction.atomic():
        answer: Any = planted.house.browser(who).post(path, sent)
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def planted() -> Planted:
    """Everything that there is about four victims."""
    return plant()


def test_what_cannot_be_is_answered_beside_its_field(planted: Planted) -> None:
    wrong, tried, posts = [], set(), 0
    for asked, who, form in forms(planted):
        tried.add(asked.name)
        for bad in bad_values(form):
            posts += 1
            status, text = post(planted, who, asked.path, {**form.sent, **bad})
            if status != 400 or not beside(text, next(iter(bad))):
                wrong.append((asked.name, {name: value[:12] for name, value in bad.items()}, status))
    assert wrong == []
    assert len(tried) >= FEWEST_FORMS
    assert posts >= FEWEST_POSTS
