"""Whose turn it is on the case page and in the list: since when, how long each side held it, filter and order."""

from typing import Any

import pytest
from django.test import Client

from cases import listing
from cases import models as m
from cases.derive.turn_spells import Held
from cases.rows import held_words
from core import clock
from core.components import day_text
from core.scope import scope, system
from tests.factories import AVON, SOUTH_WEST, World, acting_as, ago
from tests.integration.cases.making import fresh, make_case, suspect_of

pytestmark = pytest.mark.django_db


def placed(world: World, reference: str, *stays: tuple[str, float, float | None], suspects: tuple[str, ...] = ("Smith",)) -> m.Case:
    """Return a case brought to the CPS whose first suspect had these stays, in days ago; the turn follows."""
    case = make_case(world.investigator, *suspects, reference=reference, recorded_at=ago(days=30))
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=SOUTH_WEST)
        case = fresh(case)
        for position, since, until in stays:
            m.CpsPosition.objects.create(
                case=case, force_id=AVON, cps_area_scope=SOUTH_WEST, suspect=suspect_of(case), position=position,
                since=ago(days=since), until=None if until is None else ago(days=until),
            )  # fmt: skip
        with_cps = int(any(position == "with_cps" and until is None for position, _, until in stays))
        m.Case.objects.filter(pk=case.pk).update(turn_cps=with_cps, turn_police=len(suspects) - with_cps)
    return fresh(case)


def page(client: Client, user: Any, address: str) -> str:
    client.force_login(user)
    return " ".join(client.get(address).content.decode().split())


def test_the_header_says_since_when_and_how_long_each_side_held_it(world: World, client: Client) -> None:
    case = placed(world, "52/TURN/1", ("with_cps", 20, 15), ("action_plan", 15, 7), ("with_cps", 7, None))
    since = day_text(clock.london_day(ago(days=7)))
    for user in (world.investigator, world.prosecutor):
        assert f"With the CPS since {since} · police 18 days, CPS 12 days in all" in page(client, user, f"/cases/{case.pk}/")


def test_a_case_of_the_police_alone_says_nothing_of_the_cps(world: World, client: Client) -> None:
    case = make_case(world.investigator, "Smith", reference="52/TURN/2")
    assert "days in all" not in page(client, world.investigator, f"/cases/{case.pk}/")


def test_the_words() -> None:
    at = clock.day_start(clock.london_day(ago(days=1)))
    assert (
        held_words(Held("police", at, 1, 0)) == f"With the police since {day_text(clock.london_day(at))} · police 1 day, CPS 0 days in all"
    )
    assert held_words(Held("", None, 1234, 12)) == "police 1,234 days, CPS 12 days in all"


def test_the_list_says_since_when(world: World, client: Client) -> None:
    placed(world, "52/TURN/3", ("with_cps", 7, None))
    placed(world, "52/TURN/4", ("with_cps", 20, 5))
    said = page(client, world.investigator, "/cases/")
    assert f"Turn: CPS, since {day_text(clock.london_day(ago(days=7)))}" in said
    assert f"Turn: Police, since {day_text(clock.london_day(ago(days=5)))}" in said


def references(user: Any, **asked: Any) -> list[str]:
    with acting_as(user):
        sort = asked.pop("sort", listing.DEFAULT_SORT)
        return [case.crime_reference for case in listing.page_of(user, listing.Filters(**asked), sort).rows]


def test_filter_and_order_by_whose_turn_it_is(world: World) -> None:
    placed(world, "52/TURN/5", ("with_cps", 7, None))
    placed(world, "52/TURN/6", ("with_cps", 20, 5))
    placed(world, "52/TURN/7", ("with_cps", 7, None), suspects=("Smith", "Jones"))
    for user in (world.supervisor, world.prosecutor):
        assert set(references(user, turn=("cps",))) == {"52/TURN/5", "52/TURN/7"}
        assert set(references(user, turn=("police",))) == {"52/TURN/6", "52/TURN/7"}
        assert references(user, turn=("both",)) == ["52/TURN/7"]
        assert references(user, sort="turn")[0] == "52/TURN/6"
        assert references(user, sort="-turn")[-1] == "52/TURN/6"


def test_the_filter_is_offered_and_what_is_not_offered_is_refused(world: World, client: Client) -> None:
    client.force_login(world.investigator)
    assert client.get("/cases/?turn=both&sort=-turn").status_code == 200
    assert client.get("/cases/?turn=nobody").status_code == 400
