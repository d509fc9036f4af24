"""The second belt alone: the application's filter is taken away, and the boundary between agencies still holds on every table."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from accounts.models import User
from accounts.scopes import scope_of
from cases import models as m
from cases.querysets import CaseQuerySet
from core.scope import Kind, Scope, scope, system
from tests.architecture.filled import Filled, fill
from tests.architecture.grants import GRANTS, OF_A_FORCE, OF_AN_AREA
from tests.factories import AVON, KENT, SOUTH_EAST, SOUTH_WEST, World

pytestmark = pytest.mark.django_db
POLICE, CPS, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.SYSTEM)


@dataclass(frozen=True, slots=True)
class Held:
    """One case of Kent with South East, one of Avon with South West, one of Avon not brought to the CPS."""

    kent: Filled
    avon: Filled
    unbrought: Filled


@pytest.fixture
def held(world: World) -> Held:
    avon = {"officer": world.investigator, "supervisor": world.supervisor}
    return Held(
        kent=fill(
            force_id=KENT,
            area=SOUTH_EAST,
            officer=world.kent,
            supervisor=world.kent_supervisor,
            prosecutor=world.other_area,
            reference="46/1",
        ),
        avon=fill(force_id=AVON, area=SOUTH_WEST, **avon, prosecutor=world.prosecutor, reference="52/1"),
        unbrought=fill(force_id=AVON, area=0, **avon, prosecutor=None, reference="52/2"),
    )


@pytest.fixture
def one_belt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the first belt away: everybody may see everything, as far as the application is concerned."""

    def everything(self: CaseQuerySet, user: User) -> CaseQuerySet:
        return self.all()

    monkeypatch.setattr(CaseQuerySet, "visible_to", everything)


def readable(kind: str) -> list[str]:
    """Return the tables that a kind reads."""
    return sorted(table for table, rules in OF_A_FORCE.items() if kind in rules and "SELECT" in rules[kind].commands)


def count(table: str, where: str = "true") -> int:
    """Count a table's rows as the scope in force sees them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}")
        return int(cursor.fetchone()[0])


def as_user(user: User) -> Any:
    """Run a block under a person's scope."""
    return scope(scope_of(user))


def test_every_table_that_police_read_holds_a_row_of_both_forces(world: World, held: Held) -> None:
    """Without this the tests below could pass on empty tables."""
    for person, force in ((world.investigator, AVON), (world.kent, KENT)):
        with as_user(person):
            empty = [table for table in readable(POLICE) if count(table, f"force_id = {force}") == 0]
        assert empty == []


def test_police_see_no_row_of_another_force(world: World, held: Held, one_belt: None) -> None:
    with as_user(world.investigator):
        seen = {table: count(table, f"force_id <> {AVON}") for table in readable(POLICE)}
        assert set(m.Case.objects.visible_to(world.investigator)) == {held.avon.case, held.unbrought.case}
    assert {table for table, rows in seen.items() if rows} == set()


def test_an_area_sees_only_rows_of_cases_it_holds(world: World, held: Held, one_belt: None) -> None:
    for person, area, case in ((world.other_area, SOUTH_EAST, held.kent.case), (world.prosecutor, SOUTH_WEST, held.avon.case)):
        with as_user(person):
            foreign = {table for table in readable(CPS) if count(table, f"cps_area_scope <> {area}")}
            empty = {table for table in readable(CPS) if not count(table)}
            assert list(m.Case.objects.visible_to(person)) == [case]
        assert (foreign, empty) == (set(), set())


def test_an_area_sees_only_what_is_for_it(world: World, held: Held, one_belt: None) -> None:
    """Offers of other Areas and notices of cases elsewhere: no row of a case, so by the number of the Area alone."""
    for person, area in ((world.other_area, SOUTH_EAST), (world.cps_manager, SOUTH_WEST)):
        with as_user(person):
            seen = {table: (count(table), count(table, f"area_id = {area}")) for table in OF_AN_AREA}
        assert all(own == everything > 0 for everything, own in seen.values()), seen
    with scope(Scope(kind=Kind.CPS)):
        assert not any(count(table) for table in OF_AN_AREA)
    for table in OF_AN_AREA:
        assert set(GRANTS[table]) == {CPS, SYSTEM}


def test_a_case_not_brought_is_seen_by_no_prosecutor(world: World, held: Held, one_belt: None) -> None:
    """Nor by a scope of the CPS that names no Area: there 0 stands for none, on a row for "not brought"."""
    for wanted in (scope_of(world.prosecutor), scope_of(world.other_area), scope_of(world.cps_direct), Scope(kind=Kind.CPS)):
        with scope(wanted):
            assert not any(count(table, "cps_area_scope = 0") for table in readable(CPS))


@pytest.mark.parametrize("who", ["isva", "auditor", "administrator"])
def test_people_who_work_no_cases_are_denied(world: World, held: Held, one_belt: None, who: str) -> None:
    person = getattr(world, who)
    with as_user(person), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(m.Case.objects.visible_to(person))


def test_notes_of_one_agency_do_not_exist_for_the_other(world: World, held: Held) -> None:
    for person, table in ((world.prosecutor, "cases_policenote"), (world.investigator, "cases_cpsnote")):
        with as_user(person), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            count(table)


def test_the_system_works_one_force_at_a_time(held: Held) -> None:
    every_force = {"cases_deadline"}
    with scope(system(AVON)):
        seen = {table for table in readable(SYSTEM) if count(table, f"force_id = {KENT}")}
    assert seen == every_force


def test_a_row_cannot_be_hung_on_another_forces_case(world: World, held: Held) -> None:
    """Under one's own force number the composite key refuses it, under the other's the policy does."""
    for force, error in ((AVON, IntegrityError), (KENT, ProgrammingError)):
        with as_user(world.investigator), pytest.raises(error), transaction.atomic():
            m.ArrestAttempt.objects.create(
                case_id=held.kent.case.pk,
                force_id=force,
                cps_area_scope=SOUTH_EAST,
                suspect=held.kent.suspect,
                at=held.kent.case.recorded_at,
                what_happened="x",
            )


def test_a_prosecutor_cannot_hang_a_note_on_another_areas_case(world: World, held: Held) -> None:
    for area, error in ((SOUTH_WEST, IntegrityError), (SOUTH_EAST, ProgrammingError)):
        with as_user(world.prosecutor), pytest.raises(error), transaction.atomic():
            m.CpsNote.objects.create(case_id=held.kent.case.pk, force_id=KENT, cps_area_scope=area, text="x", author_name="x")


def test_no_row_moves_to_another_force(world: World, held: Held) -> None:
    for wanted in (scope_of(world.supervisor), system(AVON), Scope(kind=Kind.SYSTEM, force_id=KENT, agency_id=KENT)):
        for model in (m.Case, m.Suspect, m.Arrest, m.Deadline):
            with scope(wanted):
                changed = moved(model)
            assert changed == 0, f"{model.__name__} moved"


def moved(model: Any) -> int:
    """Try to give Avon's rows to Kent; return how many went. A refusal of any kind is none."""
    try:
        with transaction.atomic():
            return int(model.objects.filter(force_id=AVON).update(force_id=KENT))
    except DatabaseError:
        return 0


def test_updates_and_deletes_reach_no_other_force(world: World, held: Held) -> None:
    with as_user(world.investigator):
        assert m.Case.objects.filter(pk=held.kent.case.pk).update(urn="") == 0
        assert m.SuspectNameKey.objects.filter(force_id=KENT).delete()[0] == 0


def test_a_reference_used_in_another_force_is_accepted_and_says_nothing(world: World, held: Held) -> None:
    with as_user(world.investigator):
        mine = m.Case.objects.create(
            force_id=AVON, crime_reference=held.kent.case.crime_reference, recorded_at=held.kent.case.recorded_at, risk="high"
        )
        m.Person.objects.create(force_id=AVON, nominal="46/1")
        assert m.Case.objects.filter(crime_reference="46/1").get() == mine


def test_bringing_a_case_moves_every_row_with_it(world: World, held: Held) -> None:
    with scope(system(AVON)):
        m.Case.objects.filter(pk=held.avon.case.pk).update(cps_area_scope=SOUTH_EAST)
    with as_user(world.other_area):
        behind = {table for table in readable(CPS) if not count(table, f"force_id = {AVON}")}
    with as_user(world.prosecutor):
        left = {table for table in readable(CPS) if count(table)}
    assert (behind, left) == ({"prosecution_panelcase"}, set()), "what a panel of one Area chose is no other Area’s"


def test_after_a_scope_has_ended_nothing_is_left_of_it(world: World, held: Held) -> None:
    with as_user(world.investigator):
        assert count("cases_case")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        count("cases_case")


def test_a_scope_without_a_force_sees_nothing(held: Held) -> None:
    for kind in (Kind.POLICE, Kind.CPS):
        with scope(Scope(kind=kind)):
            assert [table for table in readable(str(kind)) if count(table)] == []
