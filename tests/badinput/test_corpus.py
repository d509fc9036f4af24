"""Whatever is sent to whatever address: an answer that is meant, never a fault, never a traceback."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django import Settings

from cases.acts import ACTS, On
from tests.authorisation.addresses import addresses
from tests.authorisation.house import House, build
from tests.badinput.corpus import BODIES, PARAMETERS, PATHS, QUERIES, VALUES

pytestmark = pytest.mark.django_db
MEANT = {200, 204, 302, 400, 403, 404, 405, 409, 413, 414, 415, 429}


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    """Keep the counters of attempts in this process."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "badinput"}}
    cache.clear()


@pytest.fixture
def house() -> House:
    """People, and cases in every relation to them."""
    return build()


def lists(house: House) -> list[str]:
    """Return the addresses that read their query."""
    own = house.cases["own"]
    return [
        reverse("case_list"), reverse("overdue_arrests"), reverse("export_overdue_arrests"), reverse("print_overdue_arrests"),
        reverse("held_up_arrests", kwargs={"kind": "wanted"}), reverse("case_timeline", kwargs={"case_id": own}),
        reverse("case_page", kwargs={"case_id": own}), reverse("import_list"), reverse("disagreement_list"), reverse("passed_bail_list"),
        reverse("case_new"), reverse("home"), reverse("account_login"), reverse("abstraction_list"), reverse("abstraction_report"),
        reverse("export_abstraction_report"), reverse("load_report"), reverse("turns_report"), reverse("export_turns_report"),
        reverse("attrition_report"), reverse("export_attrition_report"), reverse("nfa_report"), reverse("export_nfa_report"),
        reverse("hand_over"), reverse("away_list"),
        reverse("inbox"), reverse("daily_runs"), reverse("offer_list"), reverse("case_notes", kwargs={"case_id": own}),
        reverse("case_notes_print", kwargs={"case_id": own}),
    ]  # fmt: skip


def forms(house: House) -> Iterator[tuple[str, list[str]]]:
    """Yield every address that takes a form, with the names of its fields where they are known."""
    for slug, act in ACTS.items():
        fields = list(act.form.base_fields)
        if act.on is On.CASE:
            yield reverse("case_act", kwargs={"case_id": house.cases["own"], "slug": slug}), fields
        else:
            target = house.suspects["own"] if act.on is On.SUSPECT else UUID(int=7)
            yield reverse("case_act_on", kwargs={"case_id": house.cases["own"], "slug": slug, "target_id": target}), fields
    for one in addresses():
        if not one.places and one.name not in {"account_logout"}:
            yield reverse(one.name), ["login", "password", "surname", "crime_reference", "recorded_at_0", "terms", "email"]


def meant(answer: Any, what: object) -> list[object]:
    """Return what was wrong with an answer: nothing where it was meant."""
    wrong: list[object] = []
    if answer.status_code not in MEANT:
        wrong.append((what, answer.status_code))
    if b"Traceback" in answer.content or b"psycopg" in answer.content or b"Exception Type" in answer.content:
        wrong.append((what, "a traceback"))
    return wrong


def test_values_in_the_query_of_every_list(house: House) -> None:
    browser, wrong, values = house.browser("supervisor"), [], list(VALUES.items())
    for number, path in enumerate(lists(house)):
        for place, parameter in enumerate(PARAMETERS):
            # Two values for each parameter of each list: over all lists every parameter meets most values.
            for step in range(2):
                name, value = values[(number * 2 + place + step * 11) % len(values)]
                wrong += meant(browser.get(path, {parameter: value}), (path, parameter, name))
        for name, value in values[number::4]:
            wrong += meant(browser.get(path, dict.fromkeys(PARAMETERS, value)), (path, name))
    assert wrong == []


def test_queries_that_are_wrong_in_themselves(house: House) -> None:
    wrong = []
    for path in lists(house):
        for query in QUERIES:
            wrong += meant(house.browser("supervisor").generic("GET", path, QUERY_STRING=query), (path, query[:40]))
    assert wrong == []


def test_paths_that_lead_nowhere(house: House) -> None:
    for who in ("anonymous", "supervisor"):
        for path in PATHS:
            answer = house.browser(who).get(path)
            # What a browser reads as another host is the first page of this one.
            assert answer.status_code in {400, 404, 302} or answer.request["PATH_INFO"] == "/", path
            assert b"evil.example" not in answer.content


@pytest.mark.slow
def test_bodies_to_every_form(house: House) -> None:
    browser, wrong = house.browser("supervisor"), []
    for number, (path, _) in enumerate(forms(house)):
        # Two of the bodies at each address, another two at the next: every body meets every kind of form.
        for place in range(2):
            name, body, content_type = BODIES[(number * 2 + place) % len(BODIES)]
            wrong += meant(browser.generic("POST", path, body, content_type=content_type), (path, name))
    assert wrong == []


@pytest.mark.slow
def test_every_body_to_one_form_of_each_kind(house: House) -> None:
    browser, wrong = house.browser("supervisor"), []
    own = house.cases["own"]
    for path in (
        reverse("case_new"),
        reverse("case_list"),
        reverse("case_act", kwargs={"case_id": own, "slug": "add-note"}),
        reverse("account_login"),
    ):
        for name, body, content_type in BODIES:
            wrong += meant(browser.generic("POST", path, body, content_type=content_type), (path, name))
    assert wrong == []


@pytest.mark.slow
def test_values_in_every_field_of_every_form(house: House) -> None:
    """Each form gets each value in all its fields at once; the version is right, so that the service is reached where it can be."""
    browser, wrong = house.browser("supervisor"), []
    values = list(VALUES.items())
    for number, (path, fields) in enumerate(forms(house)):
        for place in range(4):
            name, value = values[(number * 4 + place) % len(values)]
            wrong += meant(browser.post(path, filled(fields, value)), (path, name))
    assert wrong == []


def filled(fields: list[str], value: str) -> dict[str, Any]:
    """Return data with the value in every field and in the parts of dates and times."""
    data: dict[str, Any] = {"version": "1"}
    for field in fields:
        if field != "version":
            data |= {f"{field}{part}": value for part in ("", "_0", "_1", "_2", "_3", "_day", "_month", "_year", "_time")}
    return data


def test_a_field_of_three_million_letters(house: House) -> None:
    path = reverse("case_act", kwargs={"case_id": house.cases["own"], "slug": "add-note"})
    answer = house.browser("supervisor").post(path, {"version": "1", "text": "a" * 3_000_000})
    assert answer.status_code in {400, 413}
