"""The disclosure officer's print: everything that the police may read, numbered in order of time, and nothing else."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.services.notes import add_cps_note, add_note, add_police_note
from cases.services.reconcile import keys_of
from core.scope import Kind, Scope, scope, system
from prosecution.views import disclosure as views
from tests.factories import AVON, World, ago
from tests.integration.prosecution.making import brought_case, do, fresh
from tests.integration.prosecution.passing import met
from victims.models import Contact, ContactSummary

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SEALED = "Never on this paper"


def address(case: m.Case) -> str:
    """Return where the print stands."""
    return f"/prosecution/cases/{case.pk}/disclosure/"


def rows(html: str) -> list[tuple[int, str, str]]:
    """Return number, record and text of every row."""
    found = re.findall(r"<tr class=\"govuk-table__row\" role=\"row\">\s*<th scope=\"row\".*?</tr>", html, re.DOTALL)
    read = []
    for row in found:
        cells = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        assert len(cells) == 5
        assert cells[4] == "Schedule item:", "the last column is empty, to write in"
        read.append((int(cells[0]), cells[2].removeprefix("Record: "), cells[3]))
    return read


def contact(world: World, case: m.Case, *, days: float = 2, reached: bool = True) -> Contact:
    """Return a contact with Victim A, with a sealed summary."""
    with scope(system(AVON)):
        victim = m.Complainant.objects.get(case=case, label="A")
        keys = {**keys_of(fresh(case)), "complainant": victim, "created_by": world.investigator}
        row = Contact.objects.create(**keys, at=ago(days=days), channel="telephone", reached=reached)
        ContactSummary.objects.create(**keys, contact=row, text=SEALED)  # type: ignore[misc]
    return row


@pytest.fixture
def case(world: World) -> m.Case:
    """A case with something in every record."""
    case = brought_case(world)
    contact(world, case)
    contact(world, case, days=1, reached=False)
    do(world.investigator, add_note, case, text="Shared words")
    do(world.investigator, add_police_note, case, text="Words of the police")
    do(world.prosecutor, add_cps_note, case, text="Words of the CPS")
    met(world, case, hours=30)
    return case


def test_everything_stands_there_once_numbered_in_order_of_time(world: World, sign_in: SignIn, case: m.Case) -> None:
    read = rows(sign_in(world.investigator).get(address(case)).content.decode())
    assert [number for number, _, _ in read] == list(range(1, len(read) + 1))
    records = [record for _, record, _ in read]
    assert records.count("Contact log") == 2
    assert records.count("Meeting") == 1
    assert (records.count("Note"), records.count("Note, police only")) == (1, 1)
    told = [text for _, record, text in read if record in {"Contact log", "Meeting"}]
    assert "Victim A: telephone, with the victim, reached. By Police." in told[0]
    assert "Phone first, statement after" in told[1], "30 hours ago comes between two days and one day ago"
    assert "not reached" in told[2]
    timeline = [text for _, record, text in read if record == "Timeline"]
    with scope(system(AVON)):
        elsewhere = {"note_added", "meeting_recorded", "contacted", "contact_tried", "told", "not_told", "telling_planned"}
        assert len(timeline) == m.TimelineEvent.objects.filter(case=case).exclude(kind__in=elsewhere).count()


def test_what_is_sealed_or_the_other_agencys_is_absent(world: World, sign_in: SignIn, case: m.Case) -> None:
    html = sign_in(world.supervisor).get(address(case)).content.decode()
    assert SEALED not in html
    assert "Words of the CPS" not in html
    assert "CPS only" not in html
    assert "Words of the police" in html


def test_a_private_note_of_the_cps_changes_neither_numbers_nor_queries(world: World, sign_in: SignIn, case: m.Case) -> None:
    browser, found = sign_in(world.investigator), []
    browser.get(address(case))
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            html = browser.get(address(case)).content.decode()
        assert not any("cases_cpsnote" in query["sql"] for query in queries)
        found.append((rows(html), len(queries)))
        do(world.prosecutor, add_cps_note, case, text="Another one")
    assert found[0] == found[1]


def test_it_is_for_the_police_who_see_the_case(world: World, sign_in: SignIn, case: m.Case) -> None:
    for who in ("investigator", "sergeant", "supervisor"):
        assert sign_in(getattr(world, who)).get(address(case)).status_code == 200, who
    for who in ("prosecutor", "cps_manager", "vlo", "other_area", "kent", "analyst", "auditor", "administrator", "isva", "other_unit"):
        assert sign_in(getattr(world, who)).get(address(case)).status_code == 404, who


def test_what_is_printed_is_a_disclosure(world: World, sign_in: SignIn, case: m.Case) -> None:
    read = rows(sign_in(world.investigator).get(address(case)).content.decode())
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        row = AccessLog.objects.filter(act="disclosure").latest("id")
    assert (row.what, row.case_ids, row.row_count) == ("disclosure officer’s print", [case.pk], len(read))


def test_the_rest_goes_on_with_the_numbers_it_has(world: World, sign_in: SignIn, case: m.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = sign_in(world.investigator)
    whole = rows(browser.get(address(case)).content.decode())
    monkeypatch.setattr(views, "ROWS_AT_ONCE", 4)
    html = browser.get(address(case)).content.decode()
    pieces = rows(html)
    assert len(pieces) == 4
    assert "Print the rest, from number 5" in html
    while following := re.search(r"\?from=(\d+)", html):
        html = browser.get(f"{address(case)}?from={following[1]}").content.decode()
        pieces += rows(html)
    assert pieces == whole


@pytest.mark.parametrize("sent", ["0", "-1", "100000", "x", "9" * 20, ""])
def test_a_number_that_no_row_has_is_not_found(world: World, sign_in: SignIn, case: m.Case, sent: str) -> None:
    assert sign_in(world.investigator).get(f"{address(case)}?from={sent}").status_code == 404


def test_the_number_of_queries_does_not_grow(world: World, sign_in: SignIn, case: m.Case) -> None:
    browser, taken = sign_in(world.investigator), []
    browser.get(address(case))
    for more in (1, 4):
        for number in range(more):
            contact(world, case, days=3 + number)
            met(world, case, hours=40 + number)
            do(world.investigator, add_note, case, text="More")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(case)).status_code == 200
        taken.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert taken[0] == taken[1]
