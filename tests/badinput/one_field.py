"""A form as a browser reads it, and what is wrong with it one field at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BAD_LETTERS = ("a\x00b", "a\u202eb", "a\x07b")
TOO_LONG = "a" * 10_000
PART = re.compile(r"_(day|month|year|time)$")
DAYS = (("31", "12", "2999"), ("30", "2", "2026"), ("0", "0", "0"), ("x", "y", "z"))
"""A day that is never to come, and days that no calendar has."""


@dataclass
class Form(HTMLParser):
    """The form of a page: what a browser would send of it, and which of its fields are texts and which are choices of one."""

    sent: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    choices: set[str] = field(default_factory=set)
    _ticks: set[str] = field(default_factory=set)
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
            if given["type"] == "radio" or name in self._ticks:  # a tick box that stands alone takes any value for a tick
                self.choices.add(name)
            self._ticks.add(name)
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


def beside(text: str, name: str) -> bool:
    """Say whether the summary of errors leads to this field, or to the days and times that it is a part of."""
    whole = PART.sub("", name)
    return re.search(rf'error-summary.*?href="#id_{re.escape(whole)}(_[a-z0-9]+)?"', text, re.DOTALL) is not None
