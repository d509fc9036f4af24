"""Whom a reminder reminds: who owes it, from the case outwards, and nobody who may not know of the case."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import pytest

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.reminding import recipients
from cases.reminding.recipients import Running
from core.scope import scope, system
from notifications.models import Notice
from tests.factories import AVON, SOUTH_WEST, World, make_user
from tests.integration.cases.reminding import began, case_of, deadline, name, planned, sweep, told
from tests.integration.notifications.making import notices

pytestmark = pytest.mark.django_db
DUE, ON_THE_DAY, OVERDUE, CRITICAL = "2026-11-16", "2026-11-16 10:00", "2026-11-17 10:00", "2026-11-25 10:00"


@pytest.fixture(autouse=True)
def _began(db: None) -> None:
    began()


def reminded(monkeypatch: pytest.MonkeyPatch, now: str = ON_THE_DAY) -> set[UUID]:
    """Return who is reminded by the sweeps of this moment."""
    sweep(monkeypatch, now)
    return {user for _, user in planned()}


def keys(*people: User) -> set[UUID]:
    return {person.pk for person in people}


def complainant(case: m.Case) -> m.Complainant:
    with scope(system(case.force_id)):
        row: m.Complainant = m.Complainant.objects.create(case=case, force_id=case.force_id, cps_area_scope=case.cps_area_scope, label="A")
    return row


def exclude(case: m.Case, user: User) -> None:
    with scope(system(case.force_id)):
        m.Exclusion.objects.create(case=case, force_id=case.force_id, cps_area_scope=case.cps_area_scope, user=user, reason="made up")


def test_the_officer_and_for_a_complainant_the_liaison_officer_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(world.investigator, unit=world.north)
    name(case, world.colleague, "solo")
    name(case, world.sergeant, "sergeant")
    deadline(case, DUE)
    assert reminded(monkeypatch) == keys(world.investigator)
    deadline(case, DUE, kind="told_arrest", complainant=complainant(case))
    assert reminded(monkeypatch) == keys(world.investigator, world.colleague)


@pytest.mark.parametrize(
    ("roles", "who"),
    [
        ({"inspector": "supervisor2", "sergeant": "sergeant"}, ["supervisor2"]),
        ({"sergeant": "sergeant"}, ["sergeant"]),
        ({}, ["sergeant", "supervisor"]),
    ],
)
def test_without_an_officer_the_line_above(world: World, monkeypatch: pytest.MonkeyPatch, roles: dict[str, str], who: list[str]) -> None:
    case = case_of(unit=world.north)
    for role, person in roles.items():
        name(case, getattr(world, person), role)
    deadline(case, DUE)
    assert reminded(monkeypatch) == {getattr(world, person).pk for person in who}


def test_a_case_of_no_unit_and_nobody_reminds_the_forces_supervisors(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deadline(case_of(), DUE)
    assert reminded(monkeypatch) == keys(world.supervisor, world.supervisor2)


def test_a_supervisors_review_reminds_who_does_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(world.investigator, unit=world.north)
    name(case, world.supervisor2, "inspector")
    deadline(case, DUE, kind="supervisor_review")
    assert reminded(monkeypatch) == keys(world.supervisor2)


def test_critically_overdue_goes_up_from_the_inspector_outwards(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    own, unit, force = case_of(world.investigator, unit=world.north), case_of(world.colleague, unit=world.north), case_of(world.other_unit)
    name(own, world.supervisor2, "inspector")
    for case in (own, unit, force):
        deadline(case, DUE)
    sweep(monkeypatch, OVERDUE)
    sweep(monkeypatch, CRITICAL)
    up = [(notice.case_id, notice.user_id) for notice in notices() if notice.subject == "reminder_escalated"]
    assert sorted(up) == sorted(
        [(own.pk, world.supervisor2.pk), (unit.pk, world.supervisor.pk), (force.pk, world.supervisor.pk), (force.pk, world.supervisor2.pk)]
    )


def test_excluded_people_are_passed_by_at_every_place(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(world.investigator, unit=world.north)
    for person in (world.investigator, world.supervisor):
        exclude(case, person)
    deadline(case, DUE)
    assert reminded(monkeypatch) == keys(world.sergeant)
    sweep(monkeypatch, CRITICAL)
    assert told(world.supervisor) == told(world.investigator) == []
    assert told(world.supervisor2) == [("reminder_escalated", 1)]


def test_excluded_between_planning_and_handing_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from cases.reminding.sweep import plan_reminders
    from tests.integration.notifications.making import stand_at

    case = case_of(world.investigator, unit=world.north)
    deadline(case, DUE)
    stand_at(monkeypatch, ON_THE_DAY)
    plan_reminders()
    exclude(case, world.investigator)
    for _ in range(2):
        sweep(monkeypatch, "2026-11-16 10:01")
    assert told(world.investigator) == []
    assert told(world.sergeant) == [("reminder_today", 1)]


def test_a_restricted_case_reminds_nobody_without_a_role_on_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(unit=world.north, restricted=True)
    deadline(case, DUE)
    assert reminded(monkeypatch) == set()
    assert reminded(monkeypatch, CRITICAL) == set()
    name(case, world.supervisor, "inspector")
    assert reminded(monkeypatch, CRITICAL) == keys(world.supervisor), "whoever is named later hears where it stands"


def test_what_the_cps_owes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The prosecutor; about a complainant the named liaison officer first; nobody named: the Area's managers, who get escalations."""
    case, nobodys = case_of(world.investigator, cps_area_scope=SOUTH_WEST), case_of(cps_area_scope=SOUTH_WEST)
    name(case, world.prosecutor, "prosecutor")
    deadline(case, DUE, owes="cps")
    assert reminded(monkeypatch) == keys(world.prosecutor)
    row = complainant(case)
    deadline(case, DUE, owes="cps", kind="victim_contact", complainant=row)
    assert reminded(monkeypatch) == keys(world.prosecutor)
    name(case, world.vlo, "vlo")
    deadline(case, DUE, owes="cps", kind="told_charge", complainant=row)
    assert reminded(monkeypatch) == keys(world.prosecutor, world.vlo)
    deadline(nobodys, DUE, owes="cps")
    assert reminded(monkeypatch) == keys(world.prosecutor, world.vlo, world.cps_manager)
    sweep(monkeypatch, OVERDUE)
    before = len(told(world.cps_manager))
    sweep(monkeypatch, CRITICAL)
    assert told(world.cps_manager)[before:] == [("reminder_escalated", 3), ("reminder_escalated", 1)] or told(world.cps_manager)[
        before:
    ] == [
        ("reminder_escalated", 1),
        ("reminder_escalated", 3),
    ]
    assert {notice.user_id for notice in notices() if notice.subject == "reminder_escalated"} == keys(world.cps_manager)


def test_what_auditors_owe_names_no_case_to_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deadline(case_of(world.investigator), DUE, kind="break_glass_review", owes="audit")
    assert reminded(monkeypatch) == keys(world.auditor)
    assert [notice.case_id for notice in notices()] == [None]


def test_apps_above_answer_for_the_owers_they_know(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipients, "_finders", {})
    manager = make_user(world.isva.agency_id, Role.ISVA_MANAGER)
    asked: list[tuple[int, bool]] = []

    def find(rows: Sequence[Running], escalated: bool) -> Mapping[UUID, Collection[UUID]]:
        asked.append((len(rows), escalated))
        return {row.id: [manager.pk if escalated else world.isva.pk] for row in rows}

    case = case_of(world.investigator)
    for _ in range(2):
        deadline(case, DUE, kind="tell_request", owes="isva")
    assert reminded(monkeypatch) == set(), "nobody has said who"
    recipients.register("isva", find)
    assert reminded(monkeypatch) == keys(world.isva)
    assert asked == [(2, False), (2, True)]
    assert reminded(monkeypatch, CRITICAL) == keys(world.isva, manager)
    with scope(system(AVON)):
        assert set(Notice.objects.filter(user__in=[world.isva, manager]).values_list("case_id", flat=True)) == {None}


def test_who_has_left_is_not_planned_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(world.investigator, unit=world.north)
    deadline(case, DUE)
    with scope(system(AVON)):
        User.objects.filter(pk__in=[world.investigator.pk, world.sergeant.pk]).update(is_active=False)
    assert reminded(monkeypatch) == keys(world.supervisor)
