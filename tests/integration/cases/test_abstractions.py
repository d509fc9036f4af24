"""Events that take officers: entered once, answered in the row, corrected without losing what stood before."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.planned import to_answer
from cases.services.abstraction import answer_plan, call_off, change_abstraction, enter_abstraction, plans_to_answer
from cases.services.access import exclude, restrict
from cases.services.plans import move_plan, plan_arrest
from core import clock
from core.clock import LONDON
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from tests.factories import AVON, World, acting_as
from tests.integration.cases.asking import refused, texts
from tests.integration.cases.making import do, make_case, suspect_of

SignIn = Callable[[User], Client]
LIST, NEW = "/abstractions/", "/abstractions/new/"


def ahead(**parts: float) -> datetime:
    return (clock.now() + timedelta(**parts)).replace(second=0, microsecond=0)


def enter(world: World, *officers: User, begins: float = 2, ends: float = 4, event: str = "Carnival") -> m.Abstraction:
    with acting_as(world.supervisor):
        return enter_abstraction(
            actor=world.supervisor,
            event=event,
            starts_at=ahead(days=begins),
            ends_at=ahead(days=ends),
            officer_ids=[one.pk for one in officers or (world.investigator,)],
        )


def planned(world: World, case: m.Case, days: float = 3) -> m.PlannedArrest:
    return do(world.investigator, plan_arrest, case, suspect_id=suspect_of(case).pk, planned_for=ahead(days=days))


def waiting(user: User, row: m.Abstraction) -> list[UUID]:
    with acting_as(user):
        listed, counted = list(plans_to_answer(row, user).values_list("pk", flat=True)), to_answer(user, [row.pk])[row.pk]
    assert len(listed) == counted, "the list and the page say the same"
    return listed


def change(world: World, row: m.Abstraction, actor: User | None = None, **facts: Any) -> m.Abstraction:
    person = actor or world.supervisor
    given = {"event": row.event, "starts_at": row.starts_at, "ends_at": row.ends_at, "why": "Typed wrong", **facts}
    with acting_as(person):
        given.setdefault("officer_ids", list(row.officers.values_list("user_id", flat=True)))
        return change_abstraction(actor=person, entry_id=row.entry_id, edition=row.edition, **given)


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, "Invented", unit_id=world.north.pk)


def test_only_plans_of_its_officers_in_its_hours_wait(world: World, case: m.Case) -> None:
    row = enter(world)
    plan = planned(world, case)
    other = make_case(world.investigator, "Other", reference="52/TEST/2")
    planned(world, other, days=5)
    third = make_case(world.colleague, "Third", reference="52/TEST/3")
    do(world.colleague, plan_arrest, third, suspect_id=suspect_of(third).pk, planned_for=ahead(days=3))

    assert waiting(world.supervisor, row) == [plan.pk]


def test_the_last_moment_is_outside_and_the_first_inside(world: World, case: m.Case) -> None:
    row = enter(world)
    do(world.investigator, plan_arrest, case, suspect_id=suspect_of(case).pk, planned_for=row.ends_at)
    assert waiting(world.supervisor, row) == []
    other = make_case(world.investigator, "Other", reference="52/TEST/2")
    do(world.investigator, plan_arrest, other, suspect_id=suspect_of(other).pk, planned_for=row.starts_at)
    assert len(waiting(world.supervisor, row)) == 1


def test_a_correction_is_a_further_edition_and_the_first_stays(world: World, case: m.Case) -> None:
    row = enter(world)
    plan = planned(world, case)
    second = change(world, row, ends_at=ahead(days=2.5), event="Carnival Friday")

    assert waiting(world.supervisor, second) == [], "the plan is outside the hours now"
    with scope(system(AVON)):
        kept = m.Abstraction.objects.get(pk=row.pk)
        assert (kept.event, kept.ends_at, kept.edition) == ("Carnival", row.ends_at, 1)
        assert [one.pk for one in m.Abstraction.objects.current()] == [second.pk]
    with refused("not planned in the hours"):
        do(world.supervisor, answer_plan, case, abstraction_id=second.pk, plan_id=plan.pk, answer="kept")
    with pytest.raises(Http404):
        do(world.supervisor, answer_plan, case, abstraction_id=row.pk, plan_id=plan.pk, answer="kept")


def test_an_officer_taken_off_or_added_changes_what_waits(world: World, case: m.Case) -> None:
    row = enter(world, world.colleague)
    plan = planned(world, case)
    assert waiting(world.supervisor, row) == []
    second = change(world, row, officer_ids=[world.colleague.pk, world.investigator.pk])
    assert waiting(world.supervisor, second) == [plan.pk]
    third = change(world, second, officer_ids=[world.colleague.pk])
    assert waiting(world.supervisor, third) == []


def test_an_answer_holds_through_later_editions(world: World, case: m.Case) -> None:
    row = enter(world)
    plan = planned(world, case)
    do(world.supervisor, answer_plan, case, abstraction_id=row.pk, plan_id=plan.pk, answer="kept")
    second = change(world, row, event="Carnival weekend")

    assert waiting(world.supervisor, second) == []
    with refused("has been answered for"):
        do(world.supervisor, answer_plan, case, abstraction_id=second.pk, plan_id=plan.pk, answer="cancelled")


def test_called_off_asks_nothing_and_is_called_off_once(world: World, case: m.Case) -> None:
    row = enter(world)
    planned(world, case)
    with acting_as(world.supervisor):
        off = call_off(actor=world.supervisor, entry_id=row.pk, edition=1, why="Weather")
    assert waiting(world.supervisor, off) == []
    with acting_as(world.supervisor), refused("was called off"):
        call_off(actor=world.supervisor, entry_id=row.pk, edition=2, why="Again")
    with acting_as(world.supervisor), pytest.raises(Conflict) as told:
        call_off(actor=world.supervisor, entry_id=row.pk, edition=1, why="Again")
    assert (told.value.change.who, told.value.change.what) == (world.supervisor.name, "called this event off")


def test_what_cannot_be_entered_or_changed(world: World) -> None:
    row = enter(world)
    with refused("Change something"):
        change(world, row)
    with refused("Enter the reason", "why"):
        change(world, row, event="Other", why=" ")
    with refused("after the beginning", "ends_at"):
        change(world, row, ends_at=row.starts_at)
    with refused("62 days", "ends_at"):
        change(world, row, ends_at=row.starts_at + timedelta(days=63))
    with refused("officers of this force", "officer_ids"):
        change(world, row, officer_ids=[world.kent.pk])
    with pytest.raises(NotAllowed):
        change(world, row, actor=world.sergeant, event="Other")
    with pytest.raises(Http404):
        change(world, row, actor=world.kent_supervisor, event="Other", officer_ids=[world.kent.pk])


def test_of_two_corrections_at_once_one_wins_and_the_other_is_told(committed: str) -> None:
    world = World.make()
    row = enter(world)
    together = Barrier(2)

    def send(actor: User) -> Any:
        try:
            together.wait(10)
            return change(world, row, actor=actor, event=f"By {actor.name}")
        except Conflict as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(send, (world.supervisor, world.supervisor2)))
    told = [one for one in results if isinstance(one, Conflict)]
    assert len(told) == 1
    assert told[0].change.what == "changed this event"


def test_the_page_lists_and_answers_several_at_once(world: World, case: m.Case, sign_in: SignIn) -> None:
    row, plan = enter(world), planned(world, case)
    other = make_case(world.investigator, "Other", reference="52/TEST/2", unit_id=world.north.pk)
    second = planned(world, other, days=3.5)
    browser = sign_in(world.supervisor2)
    html = browser.get(f"{LIST}{row.pk}/").content.decode()
    assert "52/TEST/1" in html
    assert "52/TEST/2" in html
    local = ahead(days=6).astimezone(LONDON)
    moved: dict[str, Any] = {"day": local.day, "month": local.month, "year": local.year, "time": "09:30"}
    sent: dict[str, Any] = {f"arrest-{plan.pk}-answer": "moved", f"arrest-{second.pk}-answer": "cancelled"}
    refusal = browser.post(f"{LIST}{row.pk}/", sent)
    assert refusal.status_code == 400
    assert f'id="id_arrest-{plan.pk}-moved_to-error"' in refusal.content.decode(), "beside the field"
    assert len(waiting(world.supervisor, row)) == 2, "all or nothing"
    sent |= {f"arrest-{plan.pk}-moved_to_{part}": value for part, value in moved.items()}
    assert browser.post(f"{LIST}{row.pk}/", sent).status_code == 302
    assert waiting(world.supervisor, row) == []
    for one in (case, other):
        assert texts(one, "arrest_delayed") == ["Officers taken for an event or other duty: Carnival"]
    html = browser.get(f"{LIST}{row.pk}/").content.decode()
    assert "Moved to" in html
    assert "Cancelled" in html


def test_what_somebody_else_settled_is_told_and_nothing_saved(world: World, case: m.Case, sign_in: SignIn) -> None:
    row, plan = enter(world), planned(world, case)
    other = make_case(world.investigator, "Other", reference="52/TEST/2", unit_id=world.north.pk)
    second = planned(world, other)
    do(world.supervisor, answer_plan, case, abstraction_id=row.pk, plan_id=plan.pk, answer="kept")
    sent = {f"arrest-{plan.pk}-answer": "cancelled", f"arrest-{second.pk}-answer": "kept"}
    answer = sign_in(world.supervisor2).post(f"{LIST}{row.pk}/", sent)
    assert answer.status_code == 400
    assert "Somebody else has settled 1 of these" in answer.content.decode()
    assert waiting(world.supervisor, row) == [second.pk]


def test_a_supervisor_sees_no_arrest_of_a_case_she_may_not_see(world: World, case: m.Case, sign_in: SignIn) -> None:
    row, plan = enter(world), planned(world, case)
    do(world.supervisor, restrict, case, because="Somebody known here")
    assert waiting(world.supervisor, row) == [plan.pk]
    assert waiting(world.supervisor2, row) == []
    other = make_case(world.investigator, "Other", reference="52/TEST/2", unit_id=world.north.pk)
    planned(world, other)
    do(world.supervisor, exclude, other, user_id=world.supervisor2.pk, reason="Knows the suspect")
    html = sign_in(world.supervisor2).get(f"{LIST}{row.pk}/").content.decode()
    assert "52/TEST" not in html
    assert sign_in(world.kent_supervisor).get(f"{LIST}{row.pk}/").status_code == 404
    assert "Carnival" not in sign_in(world.kent_supervisor).get(LIST).content.decode()


def test_whoever_plans_into_the_hours_is_warned(world: World, case: m.Case, sign_in: SignIn) -> None:
    enter(world)
    local = ahead(days=3).astimezone(LONDON)
    sent = {"planned_for_day": local.day, "planned_for_month": local.month, "planned_for_year": local.year, "planned_for_time": "12:00"}
    path = reverse("case_act_on", args=[case.pk, "plan-arrest", suspect_of(case).pk])
    with scope(system(AVON)):
        version = m.Case.objects.get(pk=case.pk).version
    answer = sign_in(world.investigator).post(path, {**sent, "version": version, "officer_id": str(world.investigator.pk)}, follow=True)
    assert "The officer is taken at that time for “Carnival”" in answer.content.decode()


def test_a_plan_moved_into_the_hours_waits(world: World, case: m.Case) -> None:
    row, plan = enter(world), planned(world, case, days=8)
    new = do(world.investigator, move_plan, case, plan_id=plan.pk, planned_for=ahead(days=3), because="Earlier")
    assert waiting(world.supervisor, row) == [new.pk]


def test_finding_a_name_keeps_what_was_ticked_and_judges_nothing(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)
    ticked = str(world.other_unit.pk)
    html = browser.post(NEW, {"find_now": "1", "find": world.colleague.name, "event": "Match", "officer_ids": [ticked]}).content.decode()
    assert f'value="{world.colleague.pk}"' in html
    assert f'value="{ticked}"' in html
    assert f'value="{world.investigator.pk}"' not in html
    assert 'value="Match"' in html
    assert "There is a problem" not in html


def test_everyone_of_a_unit_is_taken(world: World, sign_in: SignIn) -> None:
    moment = {"day": 1, "month": 3, "year": 2027}
    sent: dict[str, Any] = {f"{name}_{part}": value for name in ("starts_at", "ends_at") for part, value in moment.items()}
    sent |= {"starts_at_time": "08:00", "ends_at_time": "20:00", "event": "Match", "unit_ids": [str(world.north.pk)]}
    assert sign_in(world.supervisor).post(NEW, sent).status_code == 302
    with scope(system(AVON)):
        row = m.Abstraction.objects.get(event="Match")
        assert set(row.officers.values_list("user_id", flat=True)) == {
            one.pk for one in (world.investigator, world.colleague, world.sergeant, world.supervisor)
        }


def test_who_is_away_is_marked(world: World, sign_in: SignIn) -> None:
    with scope(system(AVON)):
        User.objects.filter(pk=world.colleague.pk).update(away_from=clock.today())
    assert "Away, no last day known" in sign_in(world.supervisor).get(NEW).content.decode()


def queries(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = enter(world)
    planned(world, case)
    browser = sign_in(world.supervisor)
    page = f"{LIST}{row.pk}/"
    before = queries(browser, LIST), queries(browser, page)
    for number in range(2, 6):
        other = make_case(world.investigator, "Other", reference=f"52/TEST/{number}", unit_id=world.north.pk)
        plan = planned(world, other)
        enter(world, event=f"Event {number}")
        if number == 3:
            do(world.supervisor, answer_plan, other, abstraction_id=row.pk, plan_id=plan.pk, answer="kept")
    assert (queries(browser, LIST), queries(browser, page)) == before
