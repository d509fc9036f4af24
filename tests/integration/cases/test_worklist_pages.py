"""The worklist's cost: a fixed number of queries, fifty rows a page, each once, and no form among them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind
from cases.services import roles
from cases.services.decisions import propose_no_arrest
from cases.services.plans import record_delay
from cases.worklist.listing import PAGE_SIZE
from core import clock
from core.calendar import due_by_end_of
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do, fresh, make_case, suspect_of
from tests.integration.cases.test_worklist import passed_bail, text_of

SignIn = Callable[[User], Client]
BUDGET = 36


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of the investigator's with one suspect."""
    live_since(AVON, days=30)
    return make_case(world.investigator, "Quillfeather")


@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor", "cps_manager"])
def test_the_list_takes_the_same_few_queries_whatever_it_shows(world: World, sign_in: SignIn, who: str) -> None:
    client, taken = sign_in(getattr(world, who)), set()
    client.get("/")
    for total in (2, 14):
        _fill(world, total)
        taken.add(count(client, "/?view=all"))
        text_of(client, "?view=all").index("52/MANY/1")
    assert len(taken) == 1, taken
    assert taken.pop() <= BUDGET


def count(client: Client, address: str) -> int:
    """Return how many statements a page takes, savepoints of the test's own transaction left out."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


def _fill(world: World, total: int) -> None:
    with scope(system(AVON)):
        have = m.Case.objects.count()
    for number in range(have, total):
        case = make_case(world.investigator, "Invented", "Other", reference=f"52/MANY/{number}")
        do(world.investigator, propose_no_arrest, case, suspect_id=suspect_of(case).pk, rationale="Because", protection="Alarm")
        do(world.investigator, record_delay, case, suspect_id=suspect_of(case, 2).pk, reason="no_officers")
        passed_bail(world, case)
        with scope(system(AVON)):
            m.Case.objects.filter(pk=case.pk).update(cps_area_scope=110)
        if number % 2:
            do(world.cps_manager, roles.assign_person, fresh(case), user_id=world.prosecutor.pk, role="prosecutor")


def test_fifty_rows_a_page_each_once_and_no_form_among_them(world: World, sign_in: SignIn, case: m.Case) -> None:
    with scope(system(AVON)):
        row = m.Deadline.objects.filter(case=case, kind=Kind.ARREST).get()
        keys = {name: getattr(row, name) for name in ("case_id", "force_id", "cps_area_scope", "kind", "suspect_id", "owes", "started_at")}
        for number in range(60):
            due = due_by_end_of(clock.today() + timedelta(days=number // 3 - 10))
            m.Deadline.objects.create(
                **keys, subject_id=row.subject_id, sequence=number + 1, due_at=due.due_at, due_on=due.due_on, first_due_at=due.due_at,
                first_due_on=due.due_on, setting_version=1,
            )  # fmt: skip
        total = m.Deadline.objects.filter(case=case).count()
    client, seen, address = sign_in(world.investigator), [], "/"
    while address:
        text = client.get(address).content.decode()
        here = re.findall(r'<li class="rasso-row rasso-row--[^"]*" id="(deadline-[0-9a-f]{12})"', text)
        assert len(here) <= PAGE_SIZE
        assert "<form" not in text.split("<main")[1].split("</main")[0]
        assert len(text) < 250_000
        seen += here
        following = re.search(r'href="(/\?[^"]*after=[^"]*)" rel="next"', text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == total
