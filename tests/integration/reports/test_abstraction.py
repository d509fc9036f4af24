"""What abstraction costs: hours by London month, arrests by answer, who counts what, and the file."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.services.abstraction import call_off, change_abstraction, enter_abstraction
from core import clock
from core.scope import scope, system
from reports.abstraction import Report, Span, month_after, parts, report_of
from tests.factories import AVON, World, acting_as
from tests.integration.reports.making import add, add_suspect, london, make_case

SignIn = Callable[[User], Client]
PAGE, FILE = "/reports/abstraction/", "/reports/abstraction.csv"
AUTUMN = Span(date(2026, 10, 1), date(2026, 11, 1))


def enter(world: World, begins: str, ends: str, *officers: User, event: str = "Festival") -> m.Abstraction:
    with acting_as(world.supervisor):
        return enter_abstraction(
            actor=world.supervisor, event=event, starts_at=london(begins), ends_at=london(ends), officer_ids=[one.pk for one in officers]
        )


def answered(world: World, row: m.Abstraction, answer: str, at: str = "2026-10-10 09:00", **facts: Any) -> m.Case:
    case = make_case(unit=world.north, **facts)
    plan = add(case, m.PlannedArrest, suspect=add_suspect(case, "2026-10-01 09:00"), planned_for=london(at), officer=world.investigator)
    if answer:
        moved = london("2026-12-01 09:00") if answer == "moved" else None
        with acting_as(world.supervisor):
            m.AbstractionAnswer.objects.create(
                case=case, force_id=AVON, cps_area_scope=0, abstraction=row, plan=plan, answer=answer, moved_to=moved
            )
    return case


def read(user: User, span: Span = AUTUMN, **more: Any) -> Report:
    with acting_as(user):
        return report_of(user, span, **more)


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        ("2026-10-10 08:00", "2026-10-10 20:00", {10: 12}),
        ("2026-10-31 20:00", "2026-11-01 04:00", {10: 4, 11: 4}),
        ("2026-10-24 20:00", "2026-10-25 08:00", {10: 13}),  # the clocks go back: an hour more
        ("2026-09-30 12:00", "2026-10-01 12:00", {10: 12}),  # what fell before the span is left out
        ("2026-11-30 23:00", "2026-12-01 01:00", {11: 1}),
    ],
)
def test_hours_fall_in_the_london_month_in_which_they_passed(begins: str, ends: str, hours: dict[int, int]) -> None:
    found = {month.month: seconds / 3600 for month, seconds in parts(london(begins), london(ends), AUTUMN)}
    assert found == hours


def test_the_month_after_december() -> None:
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)


def test_hours_are_times_officers_by_unit_and_event(world: World) -> None:
    enter(world, "2026-10-10 08:00", "2026-10-10 18:00", world.investigator, world.colleague, world.other_unit)
    report = read(world.supervisor)
    assert [(name, cost.hours) for name, cost in report.by_unit] == [("Test North", "20"), ("Test South", "10")]
    assert [(name, cost.hours) for name, cost in report.by_event] == [("Festival", "30")]
    assert [(name, cost.hours) for name, cost in report.by_month] == [("October 2026", "30")]
    assert read(world.supervisor, unit=world.south.pk).total.hours == "10"


def test_arrests_count_by_answer_and_those_not_answered_too(world: World) -> None:
    row = enter(world, "2026-10-10 08:00", "2026-10-10 18:00", world.investigator)
    for answer in ("kept", "moved", "cancelled", "cancelled", ""):
        answered(world, row, answer)
    answered(world, row, "", at="2026-10-10 18:00")
    with scope(system(AVON)):
        ended = m.AbstractionAnswer.objects.exclude(answer="kept").values("plan")
        m.PlannedArrest.objects.filter(pk__in=list(ended.values_list("plan", flat=True))).update(state="cancelled")
    total = read(world.supervisor).total.of("arrest")
    assert (total.kept, total.moved, total.cancelled, total.delayed, total.open) == (1, 1, 2, 3, 1)


def test_a_corrected_event_counts_once_and_one_called_off_not_at_all(world: World) -> None:
    row = enter(world, "2026-10-10 08:00", "2026-10-10 18:00", world.investigator)
    answered(world, row, "kept")
    with acting_as(world.supervisor):
        second = change_abstraction(
            actor=world.supervisor, entry_id=row.pk, edition=1, event="Festival", why="Shorter",
            starts_at=row.starts_at, ends_at=london("2026-10-10 12:00"), officer_ids=[world.investigator.pk],
        )  # fmt: skip
    total = read(world.supervisor).total
    assert (total.hours, total.of("arrest").kept) == ("4", 1)
    with acting_as(world.supervisor):
        call_off(actor=world.supervisor, entry_id=row.pk, edition=second.edition, why="Weather")
    assert read(world.supervisor).cells == {}


def test_supervisors_count_what_they_see_and_analysts_the_force(world: World) -> None:
    row = enter(world, "2026-10-10 08:00", "2026-10-10 18:00", world.investigator)
    answered(world, row, "kept")
    answered(world, row, "kept", restricted=True, restricted_because="Somebody known here")
    assert read(world.supervisor2).total.of("arrest").kept == 1
    assert read(world.analyst).total.of("arrest").kept == 2
    assert read(world.kent_supervisor).cells == {}


def this_month(world: World, event: str, *officers: User) -> m.Abstraction:
    day = clock.today().replace(day=1).isoformat()
    return enter(world, f"{day} 08:00", f"{day} 18:00", *officers, event=event)


def test_the_page_and_the_file_name_no_case_and_nobody(world: World, sign_in: SignIn) -> None:
    row = this_month(world, "=Festival", world.investigator)
    answered(world, row, "kept", at=f"{clock.today().replace(day=1)} 09:00", crime_reference="52/CANARY/1")
    for who in (world.supervisor, world.analyst):
        browser = sign_in(who)
        html, text = browser.get(PAGE).content.decode(), browser.get(FILE).content.decode("utf-8-sig")
        assert "10 officer-hours taken. Arrests: 0 delayed, 1 kept. Appointments: 0 delayed, 0 kept." in html
        for words in ("52/CANARY/1", world.investigator.name, "Invented"):
            assert words not in html.split("<main", 1)[1]
            assert words not in text
        (record,) = csv.DictReader(io.StringIO(text))
        assert (record["unit"], record["officer_hours"], record["arrests_kept"]) == ("Test North", "10.0", "1")
        assert not record["event"].startswith("="), "no cell is a formula"


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("who", ["investigator", "sergeant", "prosecutor", "cps_manager", "auditor", "administrator", "isva"])
def test_nobody_else_learns_that_there_is_such_a_report(world: World, sign_in: SignIn, who: str, address: str) -> None:
    assert sign_in(getattr(world, who)).get(address).status_code == 404


def test_months_the_wrong_way_round_are_refused_beside_the_field(world: World, sign_in: SignIn) -> None:
    this = clock.today().isoformat()[:7]
    answer = sign_in(world.supervisor).get(PAGE, {"first": this, "last": f"{clock.today().year - 1}-06"})
    assert answer.status_code == 400
    assert 'id="id_last-error"' in answer.content.decode()
    assert sign_in(world.supervisor).get(PAGE, {"first": "2026-13"}).status_code == 400


def test_the_number_of_queries_does_not_grow(world: World, sign_in: SignIn) -> None:
    row = this_month(world, "First", world.investigator)
    day = clock.today().replace(day=1)
    answered(world, row, "kept", at=f"{day} 09:00")
    browser = sign_in(world.supervisor)
    browser.get(PAGE)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(PAGE).status_code == 200
        return len(captured)

    before = queries()
    for number in range(4):
        other = this_month(world, f"Event {number}", world.investigator, world.other_unit)
        answered(world, other, "kept", at=f"{day} 10:00")
        answered(world, other, "", at=f"{day} 11:00")
    assert queries() == before
