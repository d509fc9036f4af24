"""The report of turns: how many cases are with police and CPS, for how long, and what changed hands month by month."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from core.scope import scope, system
from reports.abstraction import Span
from reports.turns import Figure, Row, Turns, figure, kept_back, turns_of
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.reports.making import add_suspect, london, make_case

pytestmark = pytest.mark.django_db
NOW = london("2026-11-20 12:00")
YEAR = Span(london("2025-12-01 00:00").date(), london("2026-11-01 00:00").date())


def held(world: World, *stays: tuple[str, str], unit: Any = None, recorded: str = "2026-03-02 09:00", brought: bool = True) -> m.Case:
    """Make an open case of one suspect with these stays with the CPS."""
    case = make_case(unit=unit or world.north, recorded_at=london(recorded), cps_area_scope=SOUTH_WEST if brought else 0)
    suspect = add_suspect(case, recorded)
    with scope(system(AVON)):
        for since, until in stays:
            m.CpsPosition.objects.create(
                case=case,
                force_id=AVON,
                cps_area_scope=case.cps_area_scope,
                suspect=suspect,
                position="with_cps",
                since=london(since),
                until=london(until) if until else None,
            )
        now_with_cps = any(not until for _, until in stays)
        m.Case.objects.filter(pk=case.pk).update(turn_police=int(not now_with_cps), turn_cps=int(now_with_cps), stage="investigating")
    return case


def seen(user: User, unit: Any = None) -> Turns:
    """Return the report as one reader sees it."""
    with acting_as(user):
        return turns_of(user, YEAR, unit, NOW)


def month(found: Turns, words: str) -> Row:
    return next(row for row in found.by_month if row.words == words)


def test_open_cases_by_whose_turn_it_is_and_for_how_many_days(world: World) -> None:
    held(world, ("2026-11-10 12:00", ""))
    held(world, ("2026-09-01 10:00", "2026-09-11 10:00"), ("2026-11-17 23:59", ""))
    held(world, ("2026-10-01 10:00", "2026-11-01 00:00"))
    held(world, brought=False)
    found = seen(world.supervisor)
    assert found.now == Row("All", Figure(1, 19, 19), Figure(2, 3, 10))
    assert found.by_place == [Row(world.north.name, Figure(1, 19, 19), Figure(2, 3, 10))]
    assert found.owners == {AVON}


def test_a_case_brought_and_never_with_the_cps_counts_from_the_day_it_was_recorded(world: World) -> None:
    held(world, recorded="2026-11-10 09:00")
    assert seen(world.supervisor).now == Row("All", Figure(1, 10, 10), Figure(0))


def test_what_was_finalised_administratively_is_counted_apart(world: World, client: Client) -> None:
    held(world, ("2026-11-10 12:00", ""))
    case = held(world, ("2026-09-01 10:00", "2026-10-01 10:00"))
    with scope(system(AVON)):
        suspect = m.Suspect.objects.get(case=case)
        m.CpsPosition.objects.create(
            case=case, force_id=AVON, cps_area_scope=SOUTH_WEST, suspect=suspect, position="finalised", since=london("2026-11-05 10:00")
        )
        m.Case.objects.filter(pk=case.pk).update(turn_police=0, stage="administratively_finalised")
    found = seen(world.supervisor)
    assert found.now == Row("All", Figure(0), Figure(1, 10, 10), Figure(1, 15, 15))
    assert seen(world.analyst).now.finalised == Figure(None)
    client.force_login(world.supervisor)
    assert "Administratively finalised, counted apart: 1." in client.get("/reports/turns/").content.decode()
    file = client.get("/reports/turns.csv").content.decode("utf-8-sig").splitlines()
    assert file[0].endswith(",finalised,finalised_median_days,finalised_longest_days")
    assert file[1].split(",")[9] == "1"


def test_what_changed_hands_counts_in_its_london_month_with_the_days_held_before(world: World) -> None:
    held(world, ("2026-03-31 23:59", "2026-04-30 23:59"), ("2026-05-01 00:00", "2026-05-15 10:00"))
    found = seen(world.supervisor)
    assert month(found, "March 2026") == Row("March 2026", Figure(1, 29, 29), Figure(0))
    assert month(found, "April 2026") == Row("April 2026", Figure(0), Figure(1, 30, 30))
    assert month(found, "May 2026") == Row("May 2026", Figure(1, 1, 1), Figure(1, 14, 14))
    assert [row.words for row in found.by_month][:2] == ["November 2026", "October 2026"]
    assert len(found.by_month) == 12


@pytest.mark.parametrize("answered", [True, False])
def test_after_a_reopened_finalisation_the_report_says_what_the_page_says(world: World, client: Client, answered: bool) -> None:
    """With the CPS 1 to 11 September, a plan to 30 September, finalised to 10 November, a plan; answered, back with the CPS on the 16th."""
    case = held(world, ("2026-09-01 10:00", "2026-09-11 10:00"), *([("2026-11-16 10:00", "")] if answered else []))
    with scope(system(AVON)):
        of = {"case": case, "force_id": AVON, "cps_area_scope": SOUTH_WEST, "suspect": m.Suspect.objects.get(case=case)}
        for position, since, until in (
            ("action_plan", "2026-09-11 10:00", "2026-09-30 10:00"),
            ("finalised", "2026-09-30 10:00", "2026-11-10 10:00"),
            ("action_plan", "2026-11-10 10:00", "2026-11-16 10:00" if answered else ""),
        ):
            m.CpsPosition.objects.create(**of, position=position, since=london(since), until=london(until) if until else None)
    found = seen(world.supervisor)
    if answered:
        assert month(found, "November 2026").police == Figure(1, 6, 6)
        assert found.now == Row("All", Figure(0), Figure(1, 4, 4))
    else:
        assert found.now == Row("All", Figure(1, 10, 10), Figure(0))
    client.force_login(world.supervisor)
    for address in (f"/cases/{case.pk}/", "/cases/"):
        page = " ".join(client.get(address).content.decode().split())
        assert ("since 16 November 2026" if answered else "since 10 November 2026") in page


def test_two_suspects_with_the_cps_at_once_are_one_stay(world: World) -> None:
    case = held(world, ("2026-09-01 10:00", "2026-09-20 10:00"))
    other = add_suspect(case, "2026-03-02 09:00", number=2)
    with scope(system(AVON)):
        m.CpsPosition.objects.create(
            case=case, force_id=AVON, cps_area_scope=SOUTH_WEST, suspect=other, position="with_cps",
            since=london("2026-09-10 10:00"), until=london("2026-09-30 10:00"),
        )  # fmt: skip
    assert month(seen(world.supervisor), "September 2026").cps == Figure(1, 29, 29)


def test_units_and_the_filter(world: World) -> None:
    held(world, unit=world.north)
    held(world, unit=world.south)
    assert {row.words for row in seen(world.supervisor).by_place} == {world.north.name, world.south.name}
    assert [row.words for row in seen(world.supervisor, world.north.pk).by_place] == [world.north.name]


def test_the_area_sees_its_own_by_force_and_another_area_nothing(world: World) -> None:
    held(world, ("2026-11-10 12:00", ""))
    assert [row.cps.number for row in seen(world.cps_manager).by_place] == [1]
    assert seen(world.other_area).cases == 0


def test_who_counts_alone_is_not_shown_small_numbers(world: World) -> None:
    for _ in range(4):
        held(world, ("2026-11-10 12:00", ""))
    for _ in range(5):
        held(world)
    found = seen(world.analyst)
    assert found.small
    assert found.now.cps == Figure(None)
    assert found.now.police.number == 5
    assert not seen(world.supervisor).small


def test_one_number_kept_back_takes_the_next_smallest_with_it() -> None:
    assert kept_back([Figure(3, 1, 2), Figure(9, 1, 1), Figure(7, 2, 2), Figure(0)]) == [
        Figure(None),
        Figure(9, 1, 1),
        Figure(None),
        Figure(0),
    ]
    assert kept_back([Figure(3), Figure(4), Figure(9)]) == [Figure(None), Figure(None), Figure(9)]
    assert kept_back([Figure(3)]) == [Figure(None)]
    assert figure([4, 1, 9, 2]) == Figure(4, 2, 9)


def test_the_page_and_its_file(world: World, client: Client) -> None:
    held(world, ("2026-11-10 12:00", ""))
    client.force_login(world.supervisor)
    page = client.get("/reports/turns/").content.decode()
    assert "With the CPS: 1." in page
    assert "Turns of police and CPS" in client.get("/reports/").content.decode()
    file = client.get("/reports/turns.csv").content.decode("utf-8-sig").splitlines()
    assert file[0].startswith("marking,table,line,police,")
    assert file[1].split(",")[1:4] == ["open now", world.north.name, "0"]
    with acting_as(world.auditor):
        acts = list(AccessLog.objects.filter(what__startswith="report of turns").order_by("at").values_list("what", "row_count"))
    assert acts == [("report of turns", 1), ("report of turns, file", 1)]


@pytest.mark.parametrize("who", ["investigator", "sergeant", "prosecutor", "isva", "auditor"])
def test_nobody_else_opens_it(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who))
    assert client.get("/reports/turns/").status_code in {403, 404}


@pytest.mark.parametrize("query", ["unit=nothing", "first=never", "first=2026-11&last=2026-01"])
def test_bad_input_is_answered_beside_the_field(world: World, client: Client, query: str) -> None:
    client.force_login(world.supervisor)
    for address in ("/reports/turns/", "/reports/turns.csv"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()


def test_four_queries_whatever_the_number_of_cases(world: World, django_assert_num_queries: Any) -> None:
    held(world, ("2026-11-10 12:00", ""))
    for number in (0, 5):
        for _ in range(number):
            held(world, ("2026-09-01 10:00", "2026-09-11 10:00"))
        with acting_as(world.supervisor), django_assert_num_queries(4):
            turns_of(world.supervisor, YEAR, None, NOW)
