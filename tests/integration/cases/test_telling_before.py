"""Told before a release or a change of bail, tried, or not told: asked by every form that records one; the supervisor hears at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.complainants import add_complainant
from cases.services.crimes import add_crime
from cases.services.roles import assign_person
from cases.services.telling import not_told
from cases.services.telling_before import Before
from core import clock
from core.scope import scope, system
from notifications import sending
from notifications.models import Notice
from tests.factories import World, acting_as, ago
from tests.integration.cases.making import do, fresh, suspect_of
from tests.integration.cases.telling import arrested_case, deadlines, her, refused, release, things

SignIn = Callable[[User], Client]
SUNDAY_NIGHT = "2026-11-22 23:15"


@pytest.fixture
def case(world: World) -> m.Case:
    return arrested_case(world)


def parts(name: str, at: datetime) -> dict[str, Any]:
    """Return a moment as a person types it."""
    local = at.astimezone(clock.LONDON)
    return {f"{name}_day": local.day, f"{name}_month": local.month, f"{name}_year": local.year, f"{name}_time": f"{local:%H:%M}"}


def typed(case: m.Case, **more: Any) -> dict[str, Any]:
    """Return what is sent to record a release under investigation two hours ago."""
    given = {"version": fresh(case).version, "to": "under_investigation", "authority": "custody_officer", **parts("at", ago(hours=2))}
    return {**given, **more}


def address(case: m.Case) -> str:
    return f"/cases/{case.pk}/record-release/{suspect_of(case).pk}/"


def heard(case: m.Case) -> list[Any]:
    with scope(system(case.force_id)):
        return list(Notice.objects.filter(subject="not_told").order_by("created_at").values_list("user", flat=True))


@pytest.mark.parametrize(
    ("answer", "beside"),
    [
        ({}, "telling_A_said"),
        ({"telling_A_said": "told", "telling_A_how": "telephone"}, "telling_A_at"),
        ({"telling_A_said": "told", **parts("telling_A_at", ago(hours=3))}, "telling_A_how"),
        ({"telling_A_said": "told", "telling_A_how": "telephone", **parts("telling_A_at", ago(hours=1))}, "telling_A_at"),
        ({"telling_A_said": "tried"}, "telling_A_how"),
        ({"telling_A_said": "not_told"}, "telling_A_because"),
        ({"telling_A_said": "not_told", "telling_A_because": "harm"}, "telling_A_note"),
        ({"telling_A_said": "not_told", "telling_A_because": "tried"}, "telling_A_because"),
        ({"telling_A_said": "perhaps"}, "telling_A_said"),
    ],
    ids=["nothing", "no time", "no way", "after it", "tried how", "why not", "in words", "not an answer here", "none of the three"],
)
def test_a_release_is_not_recorded_before_it_is_said(
    world: World, case: m.Case, sign_in: SignIn, answer: dict[str, Any], beside: str
) -> None:
    answered = sign_in(world.investigator).post(address(case), typed(case, **answer))
    assert answered.status_code == 400
    assert f'id="id_{beside}-error"' in answered.content.decode() or f'href="#id_{beside}' in answered.content.decode()
    with scope(system(case.force_id)):
        assert m.Arrest.objects.get(case=case).released_at is None
    assert heard(case) == []


def test_each_complainant_whom_it_concerns_is_asked_about_and_nobody_else(world: World, case: m.Case, sign_in: SignIn) -> None:
    for _ in range(2):
        do(world.investigator, add_complainant, case)
    do(world.investigator, add_crime, case, complainant_id=her(case, "B").pk, code="19C", suspect_ids=[suspect_of(case).pk])
    page = sign_in(world.investigator).get(address(case)).content.decode()
    assert [f"Was Victim {label} told before?" in page for label in "ABC"] == [True, True, False]


def test_one_was_told_and_one_could_not_be_reached(world: World, case: m.Case, sign_in: SignIn) -> None:
    do(world.investigator, add_complainant, case)
    do(world.investigator, add_crime, case, complainant_id=her(case, "B").pk, code="19C", suspect_ids=[suspect_of(case).pk])
    do(world.supervisor, assign_person, case, user_id=world.supervisor.pk, role="inspector")
    said = {"telling_A_said": "told", "telling_A_how": "telephone", **parts("telling_A_at", ago(hours=3))}
    answered = sign_in(world.investigator).post(address(case), typed(case, **said, telling_B_said="tried", telling_B_how="telephone"))
    assert answered.status_code == 302
    found = {one.complainant_id: one.met_at is not None for one in deadlines(case, "told_release")}
    assert found == {her(case).pk: True, her(case, "B").pk: False}
    assert heard(case) == [world.supervisor.pk]


@pytest.mark.parametrize("slug", ["vary-bail", "extend-bail", "end-bail"])
def test_every_change_of_bail_asks(world: World, case: m.Case, sign_in: SignIn, slug: str) -> None:
    release(world, case, Before(her(case).pk, "told", ago(hours=3), "telephone"))
    with scope(system(case.force_id)):
        bail = m.Bail.objects.get(case=case)
    assert "Was Victim A told before?" in sign_in(world.investigator).get(f"/cases/{case.pk}/{slug}/{bail.pk}/").content.decode()


def test_on_a_sunday_night_the_duty_supervisor_is_told_and_emailed_at_once(
    world: World, case: m.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(world.supervisor, assign_person, case, user_id=world.supervisor.pk, role="inspector")
    moment = clock.as_utc(datetime.fromisoformat(SUNDAY_NIGHT).replace(tzinfo=clock.LONDON))
    with scope(system(case.force_id)):
        m.Case.objects.filter(pk=case.pk).update(recorded_at=moment.replace(day=1))
        m.Arrest.objects.filter(case=case).update(at=moment.replace(hour=3))
    monkeypatch.setattr(clock, "now", lambda: moment)
    do(
        world.investigator, not_told, case, complainant_id=her(case).pk, things=things(case, "told_arrest"),
        because="harm", note="He is with her",
    )  # fmt: skip
    assert heard(case) == [], "of an arrest nobody is woken"
    release(world, case, Before(her(case).pk, "not_told", because="no_safe_channel"))
    assert heard(case) == [world.supervisor.pk]
    assert sending.send_due() == 1
    assert [message.to for message in mail.outbox] == [[world.supervisor.email]]


def test_without_an_inspector_the_supervisors_of_the_unit_hear_and_whoever_recorded_it_does_not(world: World, case: m.Case) -> None:
    release(world, case, Before(her(case).pk, "tried", how="telephone"))
    with scope(system(case.force_id)):
        near = User.objects.filter(agency_id=case.force_id, role="supervisor", is_active=True, unit=case.unit_id)
        every = User.objects.filter(agency_id=case.force_id, role="supervisor", is_active=True)
        assert set(heard(case)) == set((near if case.unit_id and near.exists() else every).values_list("pk", flat=True))


def test_the_inspectors_notice_leads_to_the_case(world: World, case: m.Case, sign_in: SignIn) -> None:
    do(world.supervisor, assign_person, case, user_id=world.supervisor.pk, role="inspector")
    release(world, case, Before(her(case).pk, "not_told", because="asked_not"))
    inbox = sign_in(world.supervisor).get("/inbox/").content.decode()
    assert "A victim was not told of a release or of bail" in inbox


def test_about_somebody_it_does_not_concern_nothing_is_said(world: World, case: m.Case) -> None:
    do(world.investigator, add_complainant, case)
    with refused("No recorded crime of this complainant"):
        release(world, case, Before(her(case, "B").pk, "told", ago(hours=3), "telephone"))
    with refused("Select whether", field="telling_A_said"):
        release(world, case, Before(her(case).pk, "perhaps"))
    with acting_as(world.investigator):
        assert m.Arrest.objects.get(case=case).released_at is None
