"""The pages and the file of overdue arrests: who gets what, what is written down, how many queries, what bad input gets."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from core import clock
from reports.exports import OVERDUE_COLUMNS
from tests.factories import KENT, SOUTH_WEST, World, ago
from tests.integration.reports.making import add, add_suspect, correct, london, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
PAGE, FILE, PRINT = "/reports/overdue-arrests/", "/reports/overdue-arrests.csv", "/reports/overdue-arrests/print/"
HELD_UP = "/reports/overdue-arrests/held-up/wanted/"
SignIn = Callable[[User], Client]


def records(response: Any) -> list[dict[str, str]]:
    """Read a file as a program would."""
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def overdue(world: World) -> m.Suspect:
    """One overdue suspect in the investigator's unit."""
    suspect = overdue_suspect(
        "2025-11-01 12:00", unit=world.north, officer=world.investigator, crime_reference="52/PAGE/1", surname="Quill"
    )
    add(suspect.case, m.ArrestDelay, suspect=suspect, at=ago(days=1), reason="abstraction", event="Festival policing")
    return suspect


def test_the_page_says_who_is_overdue_since_when_why_and_whose_it_is(world: World, sign_in: SignIn, overdue: m.Suspect) -> None:
    html = sign_in(world.investigator).get(PAGE).content.decode()
    days = (clock.today() - london("2025-11-02 00:00").date()).days
    for words in ("52/PAGE/1", "Abel Quill", "2 November 2025", f">{days}<", "Festival policing", world.investigator.name, "Test North"):
        assert words in html
    title = html[html.index("<title>") : html.index("</title>")]
    assert "Quill" not in title
    assert "52/PAGE/1" not in title


@pytest.mark.parametrize("address", [FILE, PRINT, HELD_UP])
def test_analysts_get_totals_and_no_row_anywhere(world: World, sign_in: SignIn, overdue: m.Suspect, address: str) -> None:
    browser = sign_in(world.analyst)
    html = browser.get(PAGE).content.decode()
    assert "1 suspect " in html
    assert "Festival policing" in html
    for words in ("Quill", "52/PAGE/1", str(overdue.case_id), world.investigator.name, "overdue-arrests.csv", "overdue-arrests/print"):
        assert words not in html
    assert browser.get(address).status_code == 404
    assert "1 suspect " in browser.get(f"{PAGE}?officer={world.other_unit.pk}").content.decode(), "an analyst cannot single an officer out"


@pytest.mark.parametrize("address", [PAGE, FILE, PRINT, HELD_UP])
@pytest.mark.parametrize("who", ["auditor", "administrator", "isva"])
def test_nobody_else_learns_that_there_is_such_a_page(world: World, sign_in: SignIn, who: str, address: str) -> None:
    assert sign_in(getattr(world, who)).get(address).status_code == 404


@pytest.mark.parametrize("address", [PAGE, FILE, PRINT, HELD_UP])
@pytest.mark.parametrize("who", ["investigator", "sergeant", "supervisor", "prosecutor", "cps_manager", "vlo", "other_area", "cps_direct"])
def test_those_who_see_cases_get_their_own_and_never_another_forces(world: World, sign_in: SignIn, who: str, address: str) -> None:
    suspect = overdue_suspect("2025-11-01 12:00", force_id=KENT, surname="Canary", crime_reference="46/CANARY/1")
    held = overdue_suspect("2025-11-01 12:00", force_id=KENT, surname="Canary")
    add(held.case, m.SuspectSituation, suspect=held, kind="wanted", since=ago(days=3), note="x")
    response = sign_in(getattr(world, who)).get(address)
    assert response.status_code == 200
    for words in ("Canary", "46/CANARY/1", str(suspect.case_id)):
        assert words not in response.content.decode()
    assert sign_in(getattr(world, who)).post(address).status_code == 405


def test_the_cps_sees_its_areas_suspects(world: World, sign_in: SignIn) -> None:
    add_suspect(make_case(cps_area_scope=SOUTH_WEST, unit=world.south, crime_reference="52/AREA/1"), "2025-11-01 12:00")
    html = sign_in(world.prosecutor).get(PAGE).content.decode()
    assert "52/AREA/1" in html
    assert "Test South" in html
    assert [row["crime_reference"] for row in records(sign_in(world.prosecutor).get(FILE))] == ["52/AREA/1"]
    assert "52/AREA/1" not in sign_in(world.other_area).get(PAGE).content.decode()


def test_a_filter_narrows_list_and_totals_and_a_link_keeps_it(world: World, sign_in: SignIn, overdue: m.Suspect) -> None:
    overdue_suspect("2025-12-01 12:00", unit=world.south, risk="medium", surname="Farrow")
    browser = sign_in(world.supervisor)
    for query, there, gone in (
        (f"unit={world.north.pk}", "Quill", "Farrow"),
        (f"officer={world.investigator.pk}", "Quill", "Farrow"),
        ("risk=medium", "Farrow", "Quill"),
        ("reason=none", "Farrow", "Quill"),
        ("reason=abstraction", "Quill", "Farrow"),
        ("as_of_day=15&as_of_month=11&as_of_year=2025", "Quill", "Farrow"),
    ):
        html = browser.get(f"{PAGE}?{query}").content.decode()
        assert "1 suspect " in html, query
        assert there in html
        assert gone not in html
        assert len(records(browser.get(f"{FILE}?{query}"))) == 1
        assert f"{FILE}?{query}".replace("&", "&amp;") in html or f"{FILE}?{query}" in html
        assert "Clear filter" in html


def test_a_unit_or_officer_with_nothing_overdue_is_no_mistake(world: World, sign_in: SignIn, overdue: m.Suspect) -> None:
    response = sign_in(world.supervisor).get(f"{PAGE}?unit={world.south.pk}&officer={world.isva.pk}")
    assert response.status_code == 200
    assert "Nobody overdue at present" in response.content.decode()
    assert world.isva.name not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "risk=extreme", "reason=%27", "unit=1", "officer=north", "unit=" + "a" * 4000, "as_of_day=30&as_of_month=2&as_of_year=2026",
        "as_of_day=1&as_of_month=1&as_of_year=9999", "as_of_day=1", "unit=%F0%9F%98%80", "as_of_day=31&as_of_month=12&as_of_year=0000",
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [PAGE, FILE, PRINT, HELD_UP])
def test_a_filter_that_is_none_is_explained_and_shows_nothing(
    world: World, sign_in: SignIn, overdue: m.Suspect, address: str, query: str
) -> None:
    response = sign_in(world.supervisor).get(f"{address}?{query}")
    assert response.status_code == 400
    html = response.content.decode()
    assert "There is a problem" in html
    assert "Quill" not in html


@pytest.mark.parametrize("query", ["after=x", "before=x", "after=" + "A" * 200, "after=%C3%A9", "before=-1"])
@pytest.mark.parametrize("address", [PAGE, HELD_UP])
def test_a_place_in_the_list_that_is_none_leads_nowhere(world: World, sign_in: SignIn, address: str, query: str) -> None:
    assert sign_in(world.supervisor).get(f"{address}?{query}").status_code == 404


def test_a_situation_that_is_none_leads_nowhere(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.supervisor).get("/reports/overdue-arrests/held-up/asleep/").status_code == 404


def test_suspects_held_up_are_counted_beneath_and_listed_on_their_own_page(world: World, sign_in: SignIn, overdue: m.Suspect) -> None:
    add(overdue.case, m.SuspectSituation, suspect=overdue, kind="wanted", since=ago(days=3), note="x")
    browser = sign_in(world.supervisor)
    html = browser.get(PAGE).content.decode()
    assert "No arrest is overdue" in html
    assert "Quill" not in html
    assert HELD_UP in html
    assert "Quill" in browser.get(HELD_UP).content.decode()


def test_an_eased_clock_is_marked(world: World, sign_in: SignIn, overdue: m.Suspect) -> None:
    correct(overdue.case, "risk", row_id=overdue.case_id, old="high", new="standard", at=ago(days=2))
    html = sign_in(world.supervisor).get(PAGE).content.decode()
    assert "Made later on" in html


def test_paper_shows_initials_and_no_name_and_says_who_printed_it(world: World, sign_in: SignIn, overdue: m.Suspect) -> None:
    html = sign_in(world.supervisor).get(f"{PRINT}?unit={world.north.pk}").content.decode()
    assert "A.Q." in html
    assert "Quill" not in html
    assert "Abel" not in html
    assert f"Printed by <bdi>{world.supervisor.name}</bdi>" in html
    assert "Unit: <bdi>Test North</bdi>" in html


def test_the_file_holds_every_row_no_name_no_formula_and_says_its_marking(world: World, sign_in: SignIn, overdue: m.Suspect) -> None:
    for number in range(60):
        suspect = overdue_suspect("2026-01-01 12:00", unit=world.north, surname=f"Many{number}")
    add(suspect.case, m.ArrestDelay, suspect=suspect, at=ago(days=1), reason="abstraction", event='=HYPERLINK("x")')
    response = sign_in(world.supervisor).get(FILE)
    found = records(response)
    assert tuple(found[0]) == OVERDUE_COLUMNS
    assert len(found) == 61
    assert {row["marking"] for row in found} == {"OFFICIAL-SENSITIVE"}
    assert found[0] | {"days_over": ""} == {
        "marking": "OFFICIAL-SENSITIVE", "crime_reference": "52/PAGE/1", "suspect_number": "1", "risk": "High", "identified": "2025-11-01",
        "first_due": "2025-11-02", "due": "2025-11-02", "days_over": "", "eased": "", "reason": m.DelayReason.ABSTRACTION.label,
        "event": "Festival policing", "officer": world.investigator.name, "unit": "Test North",
    }  # fmt: skip
    assert [row["event"] for row in found if row["event"].endswith('("x")')] == ['\'=HYPERLINK("x")']
    text = response.content.decode()
    assert "Quill" not in text
    assert "Many" not in text
    assert response["Content-Disposition"] == f'attachment; filename="overdue-arrests-{clock.today().isoformat()}.csv"'
    assert response["Cache-Control"] == "no-store"
    assert not response.streaming


@pytest.mark.parametrize("address", [FILE, PRINT])
def test_more_than_a_file_holds_is_refused_in_words(
    world: World, sign_in: SignIn, overdue: m.Suspect, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("reports.overdue.MOST_ROWS", 0)
    response = sign_in(world.supervisor).get(address)
    assert response.status_code == 400
    assert "There are more than" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "act", "recipient"), [(PAGE, "consultation", False), (FILE, "disclosure", True), (PRINT, "disclosure", True)]
)
def test_who_was_shown_which_case_is_written_down_for_both_agencies(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, address: str, act: str, recipient: bool
) -> None:
    written: list[dict[str, Any]] = []
    monkeypatch.setattr("reports.views.audit.services.record", lambda **facts: written.append(facts))
    suspect = add_suspect(make_case(cps_area_scope=SOUTH_WEST), "2025-11-01 12:00")
    sign_in(world.prosecutor).get(address)
    (entry,) = written
    assert (entry["act"], entry["case_ids"], entry["owners"], entry["row_count"]) == (act, [suspect.case_id], {52}, 1)
    assert entry["recipients"] == (world.prosecutor.name if recipient else "")


def test_a_page_whose_row_cannot_be_written_is_not_shown(
    world: World, sign_in: SignIn, overdue: m.Suspect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**facts: Any) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("reports.views.audit.services.record", fails)
    client = sign_in(world.supervisor)
    client.raise_request_exception = False
    response = client.get(PAGE)
    assert response.status_code == 500
    assert "Quill" not in response.content.decode()


@pytest.mark.parametrize("address", [PAGE, FILE, PRINT, HELD_UP])
@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor"])
def test_the_number_of_queries_stays_the_same_while_rows_grow(world: World, sign_in: SignIn, who: str, address: str) -> None:
    browser = sign_in(getattr(world, who))

    def grow(cases: int) -> None:
        for number in range(cases):
            case = make_case(unit=world.north, cps_area_scope=SOUTH_WEST, officer=world.investigator)
            for one in (1, 2):
                suspect = add_suspect(case, "2025-11-01 12:00", number=one)
                add(case, m.ArrestDelay, suspect=suspect, at=ago(days=1), reason="abstraction", event=f"Event {number}")
            held = add_suspect(case, "2025-11-01 12:00", number=3)
            add(case, m.SuspectSituation, suspect=held, kind="wanted", since=ago(days=3), note="x")
            arrested = add_suspect(case, "2025-11-01 12:00", number=4)
            add(case, m.Arrest, suspect=arrested, at=clock.now() - timedelta(days=2))

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    browser.get(address)
    grow(1)
    few = counted()
    grow(4)
    assert counted() == few <= 19
