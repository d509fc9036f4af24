"""The bail diary: who answers when, in what state, whose authority is next; who sees it; paper, file and figures."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from reports.arrests import Reach
from reports.bail.clocks import Filter, answering, chosen, lapsed
from reports.bail.exports import COLUMNS
from reports.bail.rows import all_of, by_day, list_of
from reports.bail.totals import totals_of
from tests.factories import AVON, KENT, SOUTH_WEST, World
from tests.integration.reports.making import add, add_suspect, london, make_case

pytestmark = pytest.mark.django_db
PAGE, FILE, PRINT = "/reports/bail/", "/reports/bail.csv", "/reports/bail/print/"
SignIn = Callable[[User], Client]
NOW = london("2026-11-22 10:00")


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def bail(ends: str, *, surname: str = "Invented", granted: str = "2026-09-20 12:00", case: m.Case | None = None, **facts: Any) -> m.Bail:
    """Make bail that ends on a London day."""
    given = {name: facts.pop(name) for name in ("conditions", "passed_at_import", "imported") if name in facts}
    case = case or make_case(**facts)
    suspect = add_suspect(case, "2026-09-01 12:00", number=m_number(case), surname=surname)
    at = london(granted)
    arrest = add(case, m.Arrest, suspect=suspect, at=at - timedelta(hours=5), released_at=at, released_to="bail")
    row: m.Bail = add(
        case,
        m.Bail,
        suspect=suspect,
        arrest=arrest,
        granted_at=at,
        authority="custody_officer",
        own_end_on=datetime.fromisoformat(ends),
        **given,
    )
    return row


def m_number(case: m.Case) -> int:
    with scope(system(case.force_id)):
        return m.Suspect.objects.filter(case=case).count() + 1


def event(row: m.Bail, kind: str, at: str, **facts: Any) -> None:
    add(row.case, m.BailEvent, bail=row, kind=kind, at=london(at), **facts)


def names(rows: Any) -> list[str]:
    return [row.surname for row in rows]


def read(**asked: Any) -> list[Any]:
    with scope(system(AVON)):
        return all_of(chosen(Reach.of_force(AVON), Filter(**asked)))


def test_the_fortnight_holds_today_and_fourteen_days_on_and_no_more(world: World, still: None) -> None:
    for day, surname in (
        ("2026-11-21", "Yesterday"),
        ("2026-11-22", "Today"),
        ("2026-11-23", "Tomorrow"),
        ("2026-12-06", "Fourteen"),
        ("2026-12-07", "Fifteen"),
    ):
        bail(day, surname=surname)
    with scope(system(AVON)):
        assert list(answering(Reach.of_force(AVON)).order_by("at").values_list("surname", flat=True)) == ["Today", "Tomorrow", "Fourteen"]
        assert list(lapsed(Reach.of_force(AVON)).values_list("surname", flat=True)) == ["Yesterday"]
        figures = totals_of(Reach.of_force(AVON), Filter()).figures
    assert (figures.running, figures.lapsed, figures.week, figures.fortnight, figures.still) == (4, 1, 2, 3, 0)
    assert [row.short_state for row in read()] == ["Lapsed", "Running", "Running", "Running", "Running"]


@pytest.mark.parametrize("day", ["2026-10-25", "2026-03-29", "2026-11-22"])
def test_bail_lapses_at_the_end_of_its_london_day_also_when_the_clocks_change(
    world: World, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: london("2026-01-20 12:00"))
    bail(day, granted="2026-01-10 12:00", surname="Edge")
    midnight = clock.day_start(datetime.fromisoformat(day).date() + timedelta(days=1))
    for moment, state in ((midnight - timedelta(minutes=1), "running"), (midnight, "lapsed"), (midnight + timedelta(minutes=1), "lapsed")):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        (row,) = read()
        assert row.state == state, moment
        assert len(read(state="lapsed")) == (state == "lapsed")


def test_states_days_used_and_the_authority_needed_next(world: World, still: None) -> None:
    bail("2026-12-20", surname="First")
    longer = bail("2026-12-20", surname="Longer")
    event(longer, "extended", "2026-11-20 09:00", authority="inspector", months=6, conditions_met=True, representations="x")
    waits = bail("2026-12-10", surname="Waits")
    event(waits, "suspended", "2026-11-12 09:00")
    first, second, third = sorted(read(), key=lambda row: row.surname)

    assert (first.next_rank, first.next_months, first.days_used) == ("Inspector or above", 6, 63)
    assert first.next_words.endswith("(s.47ZD)")
    assert (second.next_rank, second.next_months) == ("Superintendent or above", 9)
    assert second.ends_on.isoformat() == "2027-03-20"
    assert (third.state, third.days_used, third.still_since.isoformat()) == ("still", 53, "2026-11-12")
    assert names(read()) == ["First", "Longer", "Waits"], "what stands still has no day and comes last"
    assert names(read(state="still")) == ["Waits"]
    assert names(read(first=NOW.date(), last=datetime(2026, 12, 31).date())) == ["First"]
    assert [day.words for day in by_day(read())] == [
        "Sunday 20 December 2026, in 28 days", "Saturday 20 March 2027, in 118 days", "Stands still while with the CPS: no day",
    ]  # fmt: skip


def test_imported_bail_whose_date_had_passed_is_asked_about_apart_until_answered(world: World, still: None) -> None:
    row = bail("2026-11-02", surname="Passed", imported=True, passed_at_import=True)
    settled = bail("2026-11-02", surname="Settled", imported=True, passed_at_import=True)
    add(settled.case, m.SuspectOutcome, suspect=settled.suspect, code=1, on=NOW.date(), side="cps")
    assert names(read()) == []
    assert names(read(state="passed")) == ["Passed"]
    event(row, "ended", "2026-11-03 09:00", ended_to="under_investigation")
    assert names(read(state="passed")) == []


def test_pages_follow_each_other_without_gap_or_repeat(world: World, still: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.bail.rows.ROWS_ON_A_PAGE", 2)
    for day in (24, 24, 24, 25, 26):
        bail(f"2026-11-{day}")
    event(bail("2026-12-10"), "suspended", "2026-11-12 09:00")
    with scope(system(AVON)):
        rows = chosen(Reach.of_force(AVON), Filter())
        whole = [row.key for row in all_of(rows)]
        pages = [list_of(world.supervisor, rows)]
        while pages[-1].has_next:
            pages.append(list_of(world.supervisor, rows, after=pages[-1].next_cursor or ""))
        back = list_of(world.supervisor, rows, before=pages[-1].previous_cursor or "")
    assert [row.key for page in pages for row in page.rows] == whole
    assert back.rows == pages[-2].rows
    assert len(pages) == 3


def test_the_page_says_who_answers_when_with_conditions_authority_and_the_acts_that_come_back(world: World, sign_in: SignIn) -> None:
    row = soon(unit=world.north, officer=world.investigator, surname="Quill", conditions="To stay away from the harbour")
    html = sign_in(world.investigator).get(f"{PAGE}?unit={world.north.pk}").content.decode()
    for words in ("Abel Quill", "To stay away from the harbour", "3 months, by a custody officer (s.47ZB)", world.investigator.name):
        assert words in html
    assert f"/extend-bail/{row.pk}/?back=%2Freports%2Fbail%2F%3Funit%3D" in html
    title = html[html.index("<title>") : html.index("</title>")]
    assert "Quill" not in title


def soon(days: int = 5, **facts: Any) -> m.Bail:
    """Make bail that answers so many days from now."""
    day = clock.today() + timedelta(days=days)
    return bail(day.isoformat(), granted=f"{day - timedelta(days=60)} 12:00", **facts)


@pytest.mark.parametrize("address", [PAGE, FILE, PRINT])
@pytest.mark.parametrize(
    ("who", "there"),
    [("investigator", "North"), ("other_unit", "South"), ("sergeant", "North"), ("supervisor", "North South"), ("prosecutor", "Brought"),
     ("cps_manager", "Brought"), ("vlo", "Brought"), ("other_area", ""), ("cps_direct", "")],
)  # fmt: skip
def test_each_sees_the_bail_of_the_cases_she_sees(world: World, sign_in: SignIn, who: str, there: str, address: str) -> None:
    marks = {
        "North": "52/NORTH",
        "South": "52/SOUTH",
        "Restricted": "52/RESTR",
        "Excluded": "52/EXCL",
        "Kent": "46/KENT",
        "Brought": "52/BROUGHT",
    }
    soon(unit=world.north, crime_reference=marks["North"])
    soon(unit=world.south, crime_reference=marks["South"])
    soon(unit=world.north, restricted=True, crime_reference=marks["Restricted"])
    excluded = soon(unit=world.north, crime_reference=marks["Excluded"])
    add(excluded.case, m.Exclusion, user=getattr(world, who), reason="x")
    soon(force_id=KENT, crime_reference=marks["Kent"])
    other = world.north if who == "other_unit" else world.south
    soon(
        unit=other if who in {"investigator", "sergeant", "other_unit"} else None,
        cps_area_scope=SOUTH_WEST,
        crime_reference=marks["Brought"],
    )
    html = sign_in(getattr(world, who)).get(address).content.decode()
    expected = {*there.split(), *(["Brought"] if who == "supervisor" else [])}
    assert {name for name, mark in marks.items() if mark in html} == expected


def test_the_cps_gets_no_act_of_the_police(world: World, sign_in: SignIn) -> None:
    soon(unit=world.north, cps_area_scope=SOUTH_WEST)
    html = sign_in(world.prosecutor).get(PAGE).content.decode()
    assert "3 months, by a custody officer" in html
    for slug in ("extend-bail", "end-bail", "resume-bail"):
        assert slug not in html


def test_analysts_get_figures_and_no_row(world: World, sign_in: SignIn) -> None:
    row = soon(unit=world.north, officer=world.investigator, surname="Quill", crime_reference="52/DIARY/1")
    browser = sign_in(world.analyst)
    html = browser.get(PAGE).content.decode()
    assert "By unit" in html
    assert "Test North" in html
    for words in ("Quill", "52/DIARY/1", str(row.case_id), world.investigator.name, "bail.csv", "bail/print"):
        assert words not in html
    assert {browser.get(address).status_code for address in (FILE, PRINT)} == {404}


@pytest.mark.parametrize("address", [PAGE, FILE, PRINT])
@pytest.mark.parametrize("who", ["auditor", "administrator", "isva"])
def test_nobody_else_learns_that_there_is_such_a_page(world: World, sign_in: SignIn, who: str, address: str) -> None:
    assert sign_in(getattr(world, who)).get(address).status_code == 404


def test_paper_and_file_hold_no_name_and_no_text_of_conditions(world: World, sign_in: SignIn) -> None:
    soon(
        unit=world.north,
        officer=world.investigator,
        surname="Quill",
        conditions="To stay away from the harbour",
        crime_reference="52/DIARY/2",
    )
    browser = sign_in(world.supervisor)
    html, file = browser.get(PRINT).content.decode(), browser.get(FILE)
    text = file.content.decode("utf-8-sig")
    (record,) = csv.DictReader(io.StringIO(text))
    for shown in (html, text):
        assert "52/DIARY/2" in shown
        for hidden in ("Quill", "Abel", "harbour"):
            assert hidden not in shown
    assert "A.Q." in html
    assert f"Printed by <bdi>{world.supervisor.name}</bdi>" in html
    assert tuple(record) == COLUMNS
    assert (record["conditions"], record["next_months"], record["next_authority"]) == ("yes", "3", "Custody officer")
    assert file["Content-Disposition"] == f'attachment; filename="bail-{clock.today().isoformat()}.csv"'
