"""What of the report of no further action is kept back from whom; its page, its file, its chart, who opens it."""

from typing import Any

import pytest
from django.test import Client

from audit.models import AccessLog
from reports.nfa_chart import chart_of
from reports.nfa_reading import NO_SUSPECT
from reports.nfa_small import KEPT_BACK
from reports.turns import Figure
from tests.factories import AVON, World, acting_as, make_unit
from tests.integration.reports.ending import asked, crime, decided, owed, recorded, suspect
from tests.integration.reports.test_nfa_report import block, seen, table, three_crimes

pytestmark = pytest.mark.django_db


def ended(world: World, number: int, *, unit: Any = None, on: str = "2026-04-01 09:00", code: int = 15) -> None:
    """Let so many crimes have ended, each with a suspect on whom the CPS decided the same."""
    for _ in range(number):
        case = recorded(world, unit=unit)
        person = suspect(case, ("with_cps", "2026-03-10 09:00", ""))
        crime(case, code, on, person)
        decided(person, code, on)


@pytest.mark.parametrize(("number", "shown"), [(4, KEPT_BACK), (5, Figure(5, 30, 30))])
def test_under_five_is_hidden_outside_the_agency_that_decided(world: World, number: int, shown: Figure) -> None:
    ended(world, number)
    full = Figure(number, 30, 30)
    for who, crimes, suspects in (
        (world.supervisor, full, shown), (world.cps_manager, shown, full), (world.analyst, shown, shown),
    ):  # fmt: skip
        found = seen(who)
        assert (block(found, "police").total, block(found, "cps").total) == (crimes, suspects)
        assert table(found, "police", "month") == {"April 2026": crimes}
        assert table(found, "cps", "month") == {"April 2026": suspects}
        assert list(table(found, "cps", "cps reason").values()) == [suspects]
        assert found.small


def test_one_alone_takes_the_next_smallest_with_it(world: World) -> None:
    ended(world, 3, unit=world.south)
    ended(world, 6, unit=world.north)
    ended(world, 7, unit=make_unit(AVON, "Test West"))
    units = table(seen(world.analyst), "police", "unit")
    assert units == {world.north.name: KEPT_BACK, world.south.name: KEPT_BACK, "Test West": Figure(7, 30, 30)}
    assert table(seen(world.supervisor), "police", "unit")[world.south.name] == Figure(3, 30, 30)


def test_two_that_come_to_fewer_than_five_take_the_next_smallest_with_them(world: World) -> None:
    ended(world, 2, on="2026-04-01 09:00")
    ended(world, 2, on="2026-05-01 09:00")
    ended(world, 8, on="2026-06-01 09:00")
    ended(world, 6, on="2026-07-01 09:00")
    months = table(seen(world.analyst), "police", "month")
    assert {words: one.number for words, one in months.items()} == {
        "April 2026": None, "May 2026": None, "June 2026": 8, "July 2026": None,
    }  # fmt: skip


def test_what_a_table_keeps_back_another_does_not_give_away(world: World) -> None:
    ended(world, 1, code=15)
    ended(world, 9, code=16)
    for _ in range(6):
        crime(recorded(world), 18, "2026-04-01 09:00")
    found = seen(world.analyst)
    assert [one.number for one in table(found, "police", "reason").values()] == [None, 9, None]
    assert {words: one.number for words, one in table(found, "police", "stage").items()} == {NO_SUSPECT: None, "With the CPS": None}
    assert [one.number for one in table(found, "cps", "reason").values()] == [None, None]
    assert [one.number for one in table(found, "cps", "cps reason").values()] == [None]
    full = seen(world.supervisor)
    assert {words: one.number for words, one in table(full, "police", "stage").items()} == {NO_SUSPECT: 6, "With the CPS": 10}


def test_stages_are_shown_where_nothing_else_gives_a_number_away(world: World) -> None:
    ended(world, 5, code=15)
    ended(world, 3, code=16)
    ended(world, 2, code=10)
    for _ in range(6):
        crime(recorded(world), 18, "2026-04-01 09:00")
    found = seen(world.analyst)
    assert {words: one.number for words, one in table(found, "police", "stage").items()} == {NO_SUSPECT: 6, "With the CPS": 10}


def test_whoever_counts_and_sees_no_case_is_not_offered_a_unit(world: World, client: Client) -> None:
    ended(world, 6, unit=world.north)
    ended(world, 6, unit=world.south)
    for who, number in ((world.analyst, 12), (world.supervisor, 6)):
        client.force_login(who)
        page = " ".join(client.get(f"/reports/nfa/?first=2026-01&last=2026-11&unit={world.north.pk}").content.decode().split())
        assert f"No further action: {number}. Days" in page
        assert ("Unit of the case" in page) == (number == 6)


def test_parts_and_their_sum(world: World) -> None:
    case = recorded(world)
    for state in ("upheld",) * 5 + ("overturned",) * 2:
        asked(world, case, state, "2026-05-04 09:00")
    found = block(seen(world.analyst), "police").table("reviews")
    assert {row.words: row.cells[0].number for row in found.rows} == {
        "Decision upheld": None, "Decision overturned": None, "Out of scope": 0, "Withdrawn by the victim": 0, "Not completed yet": 0,
    }  # fmt: skip
    assert found.total is not None
    assert found.total.cells == (Figure(7),)


def test_told_is_kept_back_each_for_itself(world: World) -> None:
    case = recorded(world)
    for _ in range(5):
        owed(case, "told_nfa", "2026-06-10 00:00", met="2026-06-09 09:00")
    owed(case, "told_nfa", "2026-06-10 00:00")
    assert table(seen(world.cps_manager), "police", "in time") == {"Told that it ended without a charge": (5, None, 0)}


def test_the_chart_draws_nothing_that_is_kept_back(world: World) -> None:
    ended(world, 3)
    full = chart_of(block(seen(world.supervisor), "police"))
    hidden = chart_of(block(seen(world.analyst), "police"))
    assert full.words == "The most in one month were 3, in April 2026."
    assert hidden.words == "There were none in any month that is shown. What is kept back is not drawn."
    assert 'class="rasso-chart__part-1" d=' in full.wide
    assert 'class="rasso-chart__part-1" d=' not in hidden.wide


def test_crimes_and_suspects_share_no_picture(world: World) -> None:
    ended(world, 3)
    found = seen(world.supervisor)
    crimes, suspects = (chart_of(block(found, side)).wide for side in ("police", "cps"))
    assert ("Crimes" in crimes, "Suspects" in crimes.replace("Suspects on whom", "")) == (True, False)
    assert (">Suspects<" in suspects, ">Crimes<" in suspects) == (True, False)


def test_the_page_and_its_file(world: World, client: Client) -> None:
    three_crimes(world)
    client.force_login(world.supervisor)
    page = " ".join(client.get("/reports/nfa/?first=2026-01&last=2026-11").content.decode().split())
    assert "January 2026 to November 2026" in page
    assert "No further action: 3. Days from the report to the decision: 30 in the median, 60 at the longest." in page
    assert "No further action" in client.get("/reports/").content.decode()
    file = client.get("/reports/nfa.csv?first=2026-01&last=2026-11").content.decode("utf-8-sig").splitlines()
    assert file[0] == "marking,counted,table,line,column,number,median_days,longest_days"
    assert "OFFICIAL-SENSITIVE,Recorded crimes,all,All,Crimes,3,30,60" in file
    assert "OFFICIAL-SENSITIVE,Recorded crimes,stage,No suspect named,Crimes,1,0,0" in file
    with acting_as(world.auditor):
        acts = list(AccessLog.objects.filter(what__startswith="report of no further").order_by("at").values_list("what", "row_count"))
    assert acts == [("report of no further action", 2), ("report of no further action, file", 2)]


def test_what_is_kept_back_is_not_in_the_file_either(world: World, client: Client) -> None:
    three_crimes(world)
    client.force_login(world.cps_manager)
    file = client.get("/reports/nfa.csv?first=2026-01&last=2026-11").content.decode("utf-8-sig").splitlines()
    crimes = [line.split(",")[-3:] for line in file if ",Recorded crimes," in line]
    assert crimes
    assert {tuple(one) for one in crimes} == {("not shown", "", ""), ("0", "", "")}
    assert not any(",checks," in line or ",reviews," in line for line in file if ",Recorded crimes," in line)


def test_no_cell_of_the_file_can_be_run(world: World, client: Client) -> None:
    crime(recorded(world, unit=make_unit(AVON, "=1+1")), 18, "2026-11-02 09:00")
    client.force_login(world.supervisor)
    file = client.get("/reports/nfa.csv?first=2026-11&last=2026-11").content.decode("utf-8-sig")
    assert ",'=1+1," in file
    assert ",=1+1" not in file


@pytest.mark.parametrize("who", ["supervisor", "analyst", "cps_manager"])
def test_with_nothing_to_count_it_says_so(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who))
    page = client.get("/reports/nfa/").content.decode()
    assert "Nothing ended in no further action in this time" in page
    assert client.get("/reports/nfa.csv").status_code == 200


@pytest.mark.parametrize("who", ["investigator", "sergeant", "prosecutor", "vlo", "cps_direct", "isva", "auditor", "administrator"])
def test_nobody_else_opens_it(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who))
    for address in ("/reports/nfa/", "/reports/nfa.csv"):
        assert client.get(address).status_code in {403, 404}


@pytest.mark.parametrize("query", ["unit=nothing", "first=never", "first=2026-11&last=2026-01"])
def test_bad_input_is_answered_beside_the_field(world: World, client: Client, query: str) -> None:
    client.force_login(world.supervisor)
    for address in ("/reports/nfa/", "/reports/nfa.csv"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()
