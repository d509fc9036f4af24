"""The bail diary's pages: the access log, filters good and bad, and how many queries they take."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from tests.factories import SOUTH_WEST, World
from tests.integration.reports.making import make_case
from tests.integration.reports.test_bail_diary import FILE, PAGE, PRINT, soon

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.mark.parametrize(("address", "act"), [(PAGE, "consultation"), (FILE, "disclosure"), (PRINT, "disclosure")])
def test_who_was_shown_which_case_is_written_down(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, address: str, act: str
) -> None:
    written: list[dict[str, Any]] = []
    monkeypatch.setattr("reports.views.audit.services.record", lambda **facts: written.append(facts))
    row = soon(unit=world.north)
    sign_in(world.supervisor).get(address)
    (entry,) = written
    assert (entry["act"], entry["case_ids"], entry["owners"], entry["row_count"]) == (act, [row.case_id], {52}, 1)


@pytest.mark.parametrize(
    "query",
    ["state=asleep", "unit=1", "officer=%27", "first_day=30&first_month=2&first_year=2026", "last_day=1", "unit=" + "a" * 4000,
     "first_day=2&first_month=1&first_year=2027&last_day=1&last_month=1&last_year=2027"],
)  # fmt: skip
@pytest.mark.parametrize("address", [PAGE, FILE, PRINT])
def test_a_filter_that_is_none_is_explained_and_shows_nothing(world: World, sign_in: SignIn, address: str, query: str) -> None:
    soon(surname="Quill", unit=world.north)
    response = sign_in(world.supervisor).get(f"{address}?{query}")
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    assert "Quill" not in response.content.decode()


def test_filters_narrow_list_file_and_paper(world: World, sign_in: SignIn) -> None:
    soon(5, unit=world.north, officer=world.investigator, crime_reference="52/NEAR")
    soon(40, unit=world.south, officer=world.other_unit, crime_reference="52/FAR")
    browser, day = sign_in(world.supervisor), clock.today() + timedelta(days=10)
    days = "&".join(f"{{0}}_{part}={getattr(day, part)}" for part in ("day", "month", "year"))
    for query, there, gone in (
        (f"unit={world.north.pk}", "52/NEAR", "52/FAR"), (f"officer={world.other_unit.pk}", "52/FAR", "52/NEAR"),
        (days.format("last"), "52/NEAR", "52/FAR"), (days.format("first"), "52/FAR", "52/NEAR"),
    ):  # fmt: skip
        for address in (PAGE, FILE, PRINT):
            html = browser.get(f"{address}?{query}").content.decode()
            assert there in html, (address, query)
            assert gone not in html, (address, query)
    assert browser.get(f"{PAGE}?after=x").status_code == 404


@pytest.mark.parametrize("address", [PAGE, FILE, PRINT])
@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor"])
def test_the_number_of_queries_stays_the_same_while_rows_grow(world: World, sign_in: SignIn, who: str, address: str) -> None:
    browser = sign_in(getattr(world, who))

    def grow(cases: int) -> None:
        for number in range(cases):
            case = make_case(unit=world.north, cps_area_scope=SOUTH_WEST, officer=world.investigator)
            for days in (-3, 4, 50 + number):
                soon(days, case=case)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    browser.get(address)
    grow(1)
    few = counted()
    grow(3)
    assert counted() == few <= 16
