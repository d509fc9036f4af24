"""Pages of the daily runs: whose, in which order, and whom of a run the reader sees."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.services.access import restrict
from core import clock
from core.keyset import Order
from core.scope import scope, system
from reports.daily import runs
from reports.models import DailyRun
from tests.factories import AVON, KENT, World, acting_as
from tests.integration.reports.making import add, london, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DAY = date(2026, 11, 20)


def some_runs(count: int) -> None:
    """Save runs of many days."""
    with scope(system(AVON)):
        rows = [
            DailyRun(force_id=AVON, day=DAY - timedelta(days=number), counts={"overdue": number}, deadline_ids=[])
            for number in range(count)
        ]
        DailyRun.objects.bulk_create(rows)


def test_the_list_newest_first_paged_there_and_back(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)
    assert "There is no daily report yet" in browser.get("/reports/daily/").content.decode()
    some_runs(70)
    first = browser.get("/reports/daily/").context["page"]
    second = browser.get("/reports/daily/", {"after": first.next_cursor}).context["page"]
    third = browser.get("/reports/daily/", {"after": second.next_cursor}).context["page"]
    days = [run.day for page in (first, second, third) for run in page.rows]
    assert days == [DAY - timedelta(days=number) for number in range(70)]
    back = browser.get("/reports/daily/", {"before": third.previous_cursor}).context["page"]
    assert [run.day for run in back.rows] == [run.day for run in second.rows]
    order = Order("day", "daily runs", world.supervisor.pk, descending=True)
    past = browser.get("/reports/daily/", {"after": order.cursor({"day": date(2001, 1, 1), "id": UUID(int=0)})})
    assert past.status_code == 200
    assert "Back to the newest" in past.content.decode()


@pytest.mark.parametrize("day", ["yesterday", "20261120", "2026-11-31", "2026-W47-5", "0001-01-01", "9999-12-31", "2026-11-19"])
def test_a_day_that_is_none_or_has_no_run(world: World, sign_in: SignIn, day: str) -> None:
    some_runs(1)
    assert sign_in(world.supervisor).get(f"/reports/daily/{day}/").status_code == 404


def test_a_bad_place_in_a_list(world: World, sign_in: SignIn) -> None:
    some_runs(1)
    browser = sign_in(world.supervisor)
    for query in ("after=x", "before=x", "after=2026-11-19"):
        assert browser.get(f"/reports/daily/?{query}").status_code == 404
        assert browser.get(f"/reports/daily/2026-11-20/?{query}").status_code == 404


def test_a_run_shows_the_suspects_of_cases_that_the_reader_sees(world: World, sign_in: SignIn) -> None:
    """Also when an arrest was made since; not in a case that was restricted since, nor to an analyst."""
    arrested = overdue_suspect("2026-10-01 10:00", surname="Marrowdale")
    hidden = overdue_suspect("2026-10-02 10:00", surname="Quillfeather")
    today = clock.today()
    runs.make(AVON, today)
    add(arrested.case, m.Arrest, suspect=arrested, at=clock.now())
    with acting_as(world.supervisor2):
        restrict(actor=world.supervisor2, case_id=hidden.case_id, because="Somebody known here")
    page = sign_in(world.supervisor).get(f"/reports/daily/{today.isoformat()}/").content.decode()
    assert "Marrowdale" in page
    assert "Quillfeather" not in page
    assert "Nobody was told of it." in page
    counts = sign_in(world.analyst).get(f"/reports/daily/{today.isoformat()}/").content.decode()
    assert "Marrowdale" not in counts
    assert "Overdue arrests" in counts
    with acting_as(world.auditor):
        rows = {row.actor_id: row.case_ids for row in AccessLog.objects.filter(what__startswith="daily run")}
    assert rows == {world.supervisor.pk: [arrested.case_id], world.analyst.pk: []}


def test_a_title_names_nobody_and_an_unknown_figure_says_so(world: World, sign_in: SignIn) -> None:
    some_runs(2)
    page = sign_in(world.supervisor).get("/reports/daily/2026-11-20/").content.decode()
    assert "<title>Daily report, 20 November 2026 - RASSO case tracker</title>" in page
    assert "Not known" in page
    assert "Report before, 19 November 2026" in page
    assert "Report after" not in page


def test_another_forces_runs_are_none(world: World, sign_in: SignIn) -> None:
    make_case(force_id=KENT)
    runs.make(KENT, DAY)
    browser = sign_in(world.supervisor)
    assert browser.get("/reports/daily/2026-11-20/").status_code == 404
    assert browser.get("/reports/daily/").context["page"].rows == []


def test_a_fixed_number_of_questions(world: World, sign_in: SignIn) -> None:
    counts = []
    browser = sign_in(world.supervisor)
    for number in range(3):
        overdue_suspect("2026-10-01 10:00", officer=world.investigator)
        day = DAY + timedelta(days=number)
        runs.make(AVON, day)
        for address in ("/reports/daily/", f"/reports/daily/{day.isoformat()}/"):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[2:4] == counts[4:6]


def test_a_day_before_the_clocks_change(world: World) -> None:
    """Seen from the start of the London day, which is 23:00 of the day before in UTC while it is summer."""
    suspect = overdue_suspect("2026-10-16 10:00", risk="medium")  # due on 23 October
    runs.make(AVON, date(2026, 10, 24))
    runs.make(AVON, date(2026, 10, 23))
    add(suspect.case, m.Arrest, suspect=suspect, at=london("2026-10-24 00:10"))
    with scope(system(AVON)):
        found = dict(DailyRun.objects.values_list("day", "counts"))
    assert (found[date(2026, 10, 23)]["overdue"], found[date(2026, 10, 24)]["overdue"]) == (0, 1)
