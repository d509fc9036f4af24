"""Being away and cover: pages, London days, and what follows: sight, and who is told instead."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.absence import absences, may_cover, overlap, warning_of
from accounts.models import User
from accounts.roles import Role
from accounts.services.absence import set_away
from cases.services.access import exclude
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.making import do, make_case, sees

SignIn = Callable[[User], Client]
PAGE = "/away/"


def away(person: User, first: int | None, last: int | None, cover: User | None = None) -> None:
    """Let somebody be away from and to so many days from today; None for the last is open-ended."""
    today = clock.today()
    with scope(system(AVON)):
        User.objects.filter(pk=person.pk).update(
            away_from=None if first is None else today + timedelta(days=first),
            away_to=None if last is None else today + timedelta(days=last),
            covered_by=cover,
        )


@pytest.mark.parametrize(
    ("first", "last", "covers"),
    [(0, 0, True), (-3, None, True), (0, None, True), (1, None, False), (-3, -1, False), (1, 2, False), (-1, 0, True), (None, None, False)],
)
def test_cover_sees_on_the_days_of_the_absence_and_no_others(world: World, first: int | None, last: int | None, covers: bool) -> None:
    case = make_case(world.investigator, unit_id=world.north.pk)
    away(world.investigator, first, last, world.other_unit)
    assert sees(world.other_unit, case) is covers


def test_who_covers_sees_for_whom(world: World, sign_in: Callable[[User], Client]) -> None:
    away(world.colleague, 0, 0, world.investigator)
    assert "You cover for" in sign_in(world.investigator).get("/away/").content.decode()
    assert world.colleague.name in sign_in(world.investigator).get("/away/").content.decode()
    assert "You cover for" not in sign_in(world.sergeant).get("/away/").content.decode()


def test_cover_begins_and_ends_at_london_midnight(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(world.investigator, unit_id=world.north.pk)
    with scope(system(AVON)):
        User.objects.filter(pk=world.investigator.pk).update(
            away_from=date(2026, 7, 1), away_to=date(2026, 7, 2), covered_by=world.other_unit
        )
    for hour, minute, day, month, seen in ((22, 59, 30, 6, False), (23, 0, 30, 6, True), (22, 59, 2, 7, True), (23, 0, 2, 7, False)):
        moment = datetime(2026, month, day, hour, minute, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert sees(world.other_unit, case) is seen, moment


def test_cover_of_a_cover_is_not_chained(world: World) -> None:
    case = make_case(world.investigator, unit_id=world.north.pk)
    third = make_user(AVON, Role.INVESTIGATOR, unit=world.south)
    away(world.investigator, -1, None, world.other_unit)
    away(world.other_unit, -1, None, third)
    assert sees(world.other_unit, case)
    assert not sees(third, case)


def test_whoever_is_excluded_sees_nothing_by_covering(world: World) -> None:
    case = make_case(world.investigator, unit_id=world.north.pk)
    do(world.supervisor, exclude, case, user_id=world.other_unit.pk, reason="Knows the suspect")
    away(world.investigator, -1, None, world.other_unit)
    assert not sees(world.other_unit, case)


def test_only_who_does_the_same_sort_of_work_covers(world: World) -> None:
    with acting_as(world.supervisor):
        offered = {one.pk for one in may_cover(world.investigator)}
        assert {world.colleague.pk, world.sergeant.pk, world.supervisor.pk} <= offered
        assert not offered & {world.investigator.pk, world.analyst.pk, world.auditor.pk, world.kent.pk}
        with refused("same sort of work", "covered_by"):
            set_away(actor=world.supervisor, person=world.investigator, away_from=clock.today(), away_to=None, covered_by=world.analyst)


def test_the_list_warns_of_what_is_to_be_settled(world: World) -> None:
    away(world.investigator, -1, None)
    away(world.colleague, 3, 5, world.investigator)
    away(world.sergeant, 14, 20, world.supervisor)
    away(world.other_unit, 15, 20, world.supervisor)
    with acting_as(world.supervisor):
        found = absences(world.supervisor, clock.today())
        assert [(one.person.pk, one.now, one.warning) for one in found] == [
            (world.investigator.pk, True, "Nobody covers"),
            (world.colleague.pk, False, "Whoever covers is away in the same days"),
            (world.sergeant.pk, False, ""),
        ]
        assert absences(world.kent_supervisor, clock.today()) == []


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [((1, 3), (3, 5), True), ((1, 2), (3, 5), False), ((1, None), (9, 9), True), ((5, None), (1, 4), False), ((None, None), (1, 2), False)],
)
def test_overlap(one: tuple[Any, Any], other: tuple[Any, Any], both: bool) -> None:
    def person(days: tuple[Any, Any]) -> User:
        return User(away_from=days[0] and date(2026, 1, days[0]), away_to=days[1] and date(2026, 1, days[1]))

    assert overlap(person(one), person(other)) is overlap(person(other), person(one)) is both


def typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_a_person_enters_the_own_absence_and_is_back(world: World, sign_in: SignIn) -> None:
    browser, path = sign_in(world.investigator), f"{PAGE}{world.investigator.pk}/"
    answer = browser.post(path, typed("away_from", clock.today()) | {"covered_by": str(world.colleague.pk)}, follow=True)
    assert "Absence saved." in answer.content.decode()
    with scope(system(AVON)):
        world.investigator.refresh_from_db()
    assert (world.investigator.away_to, world.investigator.covered_by_id) == (None, world.colleague.pk)
    assert browser.post(path, {"back": "1"}).status_code == 302
    with scope(system(AVON)):
        world.investigator.refresh_from_db()
    assert (world.investigator.away_from, world.investigator.covered_by_id) == (None, None)


def test_errors_stand_beside_the_field(world: World, sign_in: SignIn) -> None:
    sent = typed("away_from", clock.today()) | typed("away_to", clock.today() - timedelta(days=1))
    answer = sign_in(world.investigator).post(f"{PAGE}{world.investigator.pk}/", sent)
    assert answer.status_code == 400
    assert 'id="id_away_to-error"' in answer.content.decode()


def test_who_may_enter_whose_absence(world: World, sign_in: SignIn) -> None:
    theirs = f"{PAGE}{world.investigator.pk}/"
    strangers = ("colleague", "kent_supervisor", "cps_manager", "analyst")
    expected = {"investigator": 200, "sergeant": 200, "supervisor": 200, **dict.fromkeys(strangers, 404)}
    for who, status in expected.items():
        assert sign_in(getattr(world, who)).get(theirs).status_code == status, who
    assert sign_in(world.cps_manager).get(f"{PAGE}{world.prosecutor.pk}/").status_code == 200


def test_those_who_lead_find_people_and_others_do_not(world: World, sign_in: SignIn) -> None:
    away(world.colleague, -1, None)
    part = world.other_unit.name[-4:]
    assert world.other_unit.name in sign_in(world.sergeant).post(PAGE, {"name": part}).content.decode()
    html = sign_in(world.investigator).post(PAGE, {"name": part}).content.decode()
    assert world.other_unit.name not in html
    assert world.colleague.name not in html, "who else is away is for those who lead"


def test_the_number_of_queries_does_not_grow(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)
    away(world.colleague, -1, None, world.sergeant)
    browser.get(PAGE)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(PAGE).status_code == 200
        return len(captured)

    before = queries()
    for _ in range(5):
        away(make_user(AVON, Role.INVESTIGATOR, unit=world.south), 0, None, world.sergeant)
    assert queries() == before


def test_a_cover_who_has_left_is_said(world: World) -> None:
    away(world.investigator, 0, None, world.colleague)
    with scope(system(AVON)):
        User.objects.filter(pk=world.colleague.pk).update(is_active=False)
        person = User.objects.select_related("covered_by").get(pk=world.investigator.pk)
        assert warning_of(person) == "Whoever covers has left"
