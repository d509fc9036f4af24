"""Every form about a victim, on rows that are there: what cannot be is answered beside its field, whatever else is right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.canary.asking import Asked, pages
from tests.canary.planted import Planted, plant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BAD_LETTERS = ("a\x00b", "a\u202eb", "a\x07b")
TOO_LONG = "a" * 10_000
PAGES = (
    "victim_identity", "victim_safe_contact", "victim_contact", "victim_contact_correct", "contact_person_new", "contact_person_change",
    "client_act", "client_act_on",
)  # fmt: skip
PART = re.compile(r"_(day|month|year|time)$")
DAYS = (("31", "12", "2999"), ("30", "2", "2026"), ("0", "0", "0"), ("x", "y", "z"))
"""A day that is never to come, and days that no calendar has."""
FEWEST_FORMS, FEWEST_POSTS = 40, 700


@dataclass
class Form(HTMLParser):
    """The form of a page: what a browser would send of it, and which of its fields are texts and which are choices of one."""

    sent: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    choices: set[str] = field(default_factory=set)
    _textarea: str = ""
    _select: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "textarea":
            self._textarea = name
            self.texts.add(name)
            self.sent[name] = ""
        elif tag == "select":
            self._select = name
            self.choices.add(name)
        elif tag == "option" and "selected" in given:
            self.sent[self._select] = given.get("value", "")
        elif tag == "input" and name:
            self._input(name, given)

    def handle_data(self, data: str) -> None:
        """Take what stands in a text of several lines."""
        if self._textarea:
            self.sent[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a text of several lines."""
        if tag == "textarea":
            self._textarea = ""

    def _input(self, name: str, given: dict[str, str]) -> None:
        if given["type"] in {"radio", "checkbox"}:
            if given["type"] == "radio":  # a tick box takes any value for a tick
                self.choices.add(name)
            if "checked" in given:
                self.sent[name] = given.get("value", "on")
            return
        self.sent[name] = given.get("value", "")
        if given["type"] != "hidden":
            self.texts.add(name)


def read(text: str) -> Form:
    """Return the form in the middle of a page, not the ones around it."""
    form = Form()
    found = re.search(r'<main.*?<form[^>]*method="post"[^>]*>(.*?)</form>', text, re.DOTALL)
    if found:
        form.feed(found[1])
    form.sent.pop("csrfmiddlewaretoken", None)
    return form


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


def bad_values(form: Form) -> Iterator[dict[str, str]]:
    """Yield what is wrong with a form one field at a time: letters, lengths, choices that there are not, days that there are not."""
    for number, name in enumerate(sorted(form.texts)):
        yield {name: TOO_LONG}
        yield {name: BAD_LETTERS[number % len(BAD_LETTERS)]}
    for name in sorted(form.choices):
        yield {name: "nonsense"}
    for whole in sorted({name.removesuffix("_year") for name in form.texts if name.endswith("_year")}):
        for day, month, year in DAYS:
            yield {f"{whole}_day": day, f"{whole}_month": month, f"{whole}_year": year}


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


def beside(text: str, name: str) -> bool:
    """Say whether the summary of errors leads to this field, or to the days and times that it is a part of."""
    whole = PART.sub("", name)
    return re.search(rf'error-summary.*?href="#id_{re.escape(whole)}(_[a-z0-9]+)?"', text, re.DOTALL) is not None
