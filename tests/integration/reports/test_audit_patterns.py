"""Patterns of looking: each at its threshold (just below: nothing; at: found), once, for whom, and who closes it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from accounts.roles import Role
from audit.services import search_hash
from cases.services.sharing import bring_to_area
from core import clock
from reports.auditing import thresholds as t
from reports.models import Pattern
from tests.factories import AVON, SOUTH_WEST, World, make_user
from tests.integration.cases.making import do, make_case
from tests.integration.reports.auditing import find, found, look, looks, on, weekday

# --- repeated refusals


@pytest.mark.parametrize(("number", "kinds"), [(t.DENIALS_A_DAY.value - 1, []), (t.DENIALS_A_DAY.value, ["denials"])])
def test_refusals_in_a_day(world: World, number: int, kinds: list[str]) -> None:
    day, case_id = weekday(), uuid4()
    looks(world.colleague, [on(day)] * number, case_id, act="denial")
    look(world.colleague, on(day - timedelta(days=1), 23.5), case_id, act="denial")  # another day's
    look(world.investigator, on(day), case_id, act="denial")  # another person's
    find()
    rows = found()
    assert [row.kind for row in rows] == kinds
    assert [(row.actor_id, row.day, row.case_ids, row.counts) for row in rows] == [
        (world.colleague.pk, day, [case_id], {"denials": number}) for _ in kinds
    ]


# --- out of hours


def of_the_night(world: World, day: date, number: int, *, hour: float = 23, before: int = 0) -> list[Pattern]:
    """Let somebody look so often in one night, and on so many days before, and return what is found."""
    looks(world.colleague, [on(day, hour)] * number, uuid4())
    for back in range(1, before + 1):
        look(world.colleague, on(day - timedelta(days=back * 7), 22), uuid4())
    find()
    return [row for row in found(kind="out_of_hours") if row.day == day]


def test_looks_at_night_at_the_threshold_and_below(world: World) -> None:
    assert of_the_night(world, weekday(), t.OUT_OF_HOURS_LOOKS.value - 1) == []
    look(world.colleague, on(weekday(), 23.5), uuid4())
    find()
    (row,) = found(kind="out_of_hours")
    assert row.counts == {"looks": t.OUT_OF_HOURS_LOOKS.value, "days_before": 0}
    assert len(row.case_ids) == 2


@pytest.mark.parametrize(("before", "number"), [(t.OUT_OF_HOURS_USUAL_DAYS.value, 0), (t.OUT_OF_HOURS_USUAL_DAYS.value - 1, 1)])
def test_somebody_on_nights_is_left_alone(world: World, before: int, number: int) -> None:
    assert len(of_the_night(world, weekday(), t.OUT_OF_HOURS_LOOKS.value, before=before)) == number


@pytest.mark.parametrize(("hour", "number"), [(21.99, 0), (22, 1), (0, 1), (5.99, 1), (6, 0)])
def test_when_the_night_begins_and_ends(world: World, hour: float, number: int) -> None:
    assert len(of_the_night(world, weekday(), t.OUT_OF_HOURS_LOOKS.value, hour=hour)) == number


def test_a_weekend_is_out_of_hours_all_day(world: World) -> None:
    day = clock.today() - timedelta(days=1)
    while day.isoweekday() != 6:
        day -= timedelta(days=1)
    assert len(of_the_night(world, day, t.OUT_OF_HOURS_LOOKS.value, hour=11)) == 1


# --- volume


def opens(world: World, day: date, number: int) -> None:
    """Let somebody open so many cases in a day."""
    looks(world.colleague, [on(day)], *[uuid4()] * 0)
    for _ in range(number):
        look(world.colleague, on(day), uuid4())


@pytest.mark.parametrize(("number", "kinds"), [(t.VOLUME_CASES.value - 1, []), (t.VOLUME_CASES.value, ["volume"])])
def test_many_cases_in_a_day(world: World, number: int, kinds: list[str]) -> None:
    opens(world, weekday(), number)
    look(world.colleague, on(weekday()), *[uuid4() for _ in range(200)], what="case list")  # a list opens nothing
    find()
    assert [row.kind for row in found()] == kinds
    assert [row.counts for row in found()] == [{"cases": number, "usual": 0} for _ in kinds]


@pytest.mark.parametrize(("more", "kinds"), [(-1, []), (0, ["volume"])])
def test_many_for_this_person(world: World, more: int, kinds: list[str]) -> None:
    usual = t.VOLUME_CASES.value // 2
    for back in (10, 11, 14):
        opens(world, clock.today() - timedelta(days=back), usual)
    opens(world, weekday(), usual * t.VOLUME_TIMES_MEDIAN.value + more)
    find()
    assert [row.kind for row in found() if row.day == weekday()] == kinds


def test_the_same_case_often_is_one_case(world: World) -> None:
    looks(world.colleague, [on(weekday())] * (t.VOLUME_CASES.value + 5), uuid4())
    find()
    assert found() == []


# --- own name


def named(world: World, name: str) -> User:
    return make_user(AVON, Role.INVESTIGATOR, name=name, unit=world.north)


def test_a_case_with_the_own_surname(world: World) -> None:
    case = make_case(world.investigator, "O'Quillfeather", "Other", reference="52/NAME/1")
    other = make_case(world.investigator, "Quill", reference="52/NAME/2")
    person = named(world, "DC Maren O’QUILLFEATHER")
    look(person, on(weekday()), case.pk, other.pk, what="case list")  # a list opens nothing
    look(person, on(weekday()), other.pk)
    look(world.colleague, on(weekday()), case.pk)
    find()
    assert found() == []
    look(person, on(weekday()), case.pk)
    find()
    (row,) = found()
    assert (row.kind, row.actor_id, row.case_ids, row.counts) == ("own_name", person.pk, [case.pk], {"cases": 1, "searches": 0})
    assert "uill" not in str(row.counts)


def test_a_search_for_the_own_name_is_known_by_its_hash(world: World) -> None:
    person = named(world, "DC Maren Quillfeather")
    look(person, on(weekday()), what="case search", search_hash=search_hash("Marrowdale"))
    find()
    assert found() == []
    for words in ("quillfeather ", "Maren Quillfeather"):
        look(person, on(weekday()), what="case search", search_hash=search_hash(words))
    find()
    (row,) = found()
    assert (row.kind, row.counts, row.case_ids) == ("own_name", {"cases": 0, "searches": 2}, [])


def test_a_forename_or_another_forces_case_is_no_match(world: World) -> None:
    case = make_case(world.investigator, "Test", reference="52/NAME/3")  # every suspect's forename is "Test"
    theirs = make_case(world.kent, "Quillfeather", reference="46/NAME/1")
    look(named(world, "DC Maren Quillfeather"), on(weekday()), theirs.pk)
    find()
    assert found() == []
    look(named(world, "DC Ann Test"), on(weekday()), case.pk)
    find()
    assert len(found()) == 1


def test_a_case_is_asked_about_once_a_person(world: World) -> None:
    first, second = (make_case(world.investigator, "Quillfeather", reference=f"52/NAME/{number}") for number in (1, 2))
    person = named(world, "DC Maren Quillfeather")
    look(person, on(weekday(3)), first.pk)
    look(person, on(weekday(1)), first.pk)
    find()
    assert [row.day for row in found()] == [min(weekday(3), weekday(1))]
    if weekday(3) != weekday(1):
        look(person, on(weekday(1)), second.pk)
        find()
        assert [row.case_ids for row in found()] == [[first.pk], [second.pk]]


def test_in_a_cps_area_names_are_read_in_the_areas_cases(world: World) -> None:
    case = make_case(world.investigator, "Quillfeather", reference="52/NAME/1")
    person = make_user(SOUTH_WEST, Role.PROSECUTOR, name="Maren Quillfeather")
    look(person, on(weekday()), case.pk, agencies=[SOUTH_WEST, AVON])
    find()
    assert found(SOUTH_WEST) == []  # not brought: the Area has no such case
    do(world.investigator, bring_to_area, case)
    find()
    assert [row.case_ids for row in found(SOUTH_WEST)] == [[case.pk]]
    assert found(AVON) == []  # the Area's people are its own auditors' business
