"""The record of looking at cases on screen, and logging one there."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from core import clock
from core.scope import Kind, Scope, scope, system
from tests.factories import AVON, SOUTH_WEST, World
from tests.integration.cases.making import make_case

SignIn = Callable[[User], Client]


def last(agency_id: int, act: str = "consultation") -> list[AccessLog]:
    """Return what the auditor of an agency reads of one act, oldest first."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)):
        return sorted((row for row in AccessLog.objects.of_agency(agency_id) if row.act == act), key=lambda row: (row.at, row.pk))


def test_a_list_is_one_row_with_the_cases_it_showed(world: World, sign_in: SignIn) -> None:
    cases = {make_case(world.investigator, reference=f"SHOWN/{number}").pk for number in range(3)}
    make_case(world.investigator, reference="HIDDEN/1", risk="high")
    sign_in(world.colleague).get("/cases/?risk=medium")
    (row,) = last(AVON)
    assert (row.what, row.row_count, set(row.case_ids or []), row.actor_id, row.search_hash) == (
        "case list",
        3,
        cases,
        world.colleague.pk,
        "",
    )


def test_a_search_keeps_no_words(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    client = sign_in(world.investigator)
    for terms in ("Quillfeather", "quillfeather "):
        client.get(client.post("/cases/", {"terms": terms})["Location"])
    first, second = last(AVON)
    assert (first.what, first.case_ids) == ("case search", [case.pk])
    assert first.search_hash == second.search_hash != ""
    assert "uill" not in first.search_hash


def test_a_case_page_is_a_row_for_the_owner_and_for_the_readers_agency(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=SOUTH_WEST)
    assert sign_in(world.prosecutor).get(f"/cases/{case.pk}/").status_code == 200
    for agency in (AVON, SOUTH_WEST):
        (row,) = last(agency)
        assert (row.what, row.case_ids, row.actor_id) == ("case page", [case.pk], world.prosecutor.pk)


def test_what_could_not_be_written_down_is_not_shown(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(world.investigator, "Quillfeather")

    def fail(**_: object) -> None:
        raise RuntimeError("the log is full")

    client = sign_in(world.investigator)
    client.raise_request_exception = False
    monkeypatch.setattr("audit.services.record", fail)
    for address in ("/cases/", f"/cases/{case.pk}/", f"/cases/{case.pk}/timeline/", f"/cases/{case.pk}/add-note/"):
        answer = client.get(address)
        assert answer.status_code == 500
        assert case.crime_reference not in answer.content.decode()


def test_a_refused_look_is_a_denial_in_the_persons_own_log(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    sign_in(world.kent).get(f"/cases/{case.pk}/")
    (row,) = last(46, "denial")
    assert (row.case_ids, row.actor_id) == ([case.pk], world.kent.pk)
    assert last(AVON, "denial") == []


def new_case(**changes: str) -> dict[str, str]:
    """Return what a person sends to log a case."""
    today = clock.today()
    sent = {
        "crime_reference": "52/NEW/1",
        "recorded_at_day": str(today.day),
        "recorded_at_month": str(today.month),
        "recorded_at_year": str(today.year),
        "recorded_at_time": "00:00",
        "risk": "high",
        "named": "no",
        "works_in_justice": "no",
        "complainant_0-code": "19C",
    }
    return sent | changes


def test_a_case_is_logged_and_the_person_stands_on_it(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.investigator)
    assert client.get("/cases/new/").status_code == 200
    answer = client.post("/cases/new/", new_case())
    assert answer.status_code == 302, answer.content.decode()
    text = client.get(answer["Location"]).content.decode()
    assert "Case logged." in text
    assert "52/NEW/1" in text


def test_what_is_wrong_with_a_new_case_stands_beside_the_field(world: World, sign_in: SignIn) -> None:
    make_case(world.investigator, reference="52/TAKEN/1")
    client = sign_in(world.investigator)
    for changes, words in (
        ({"crime_reference": ""}, "Enter the crime reference"),
        ({"risk": "extreme"}, "Select risk"),
        ({"crime_reference": "52/TAKEN/1"}, "used"),
    ):
        answer = client.post("/cases/new/", new_case(**changes))
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_another_complainant_makes_the_page_grow_and_loses_nothing(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.investigator).post("/cases/new/", new_case(add_complainant="1"))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Complainant B" in text
    assert 'value="52/NEW/1"' in text


@pytest.mark.parametrize("who", ["prosecutor", "analyst", "auditor", "isva"])
def test_only_the_police_log_cases(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(world, who))
    assert (client.get("/cases/new/").status_code, client.post("/cases/new/", new_case()).status_code) == (404, 404)
