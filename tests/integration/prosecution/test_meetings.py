"""Meetings and calls between investigator and prosecutor: recorded by either side, read by both."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client

from accounts.models import User
from cases import models as m
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from prosecution.models import Meeting
from prosecution.permissions import MEET
from prosecution.services.meetings import record_meeting
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.asking import refused, texts
from tests.integration.prosecution.making import brought_case, do, fresh, police_case
from tests.integration.prosecution.passing import met

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SAID = {"how": "video", "who": "DC Example and a prosecutor", "agreed": "The phone comes first"}


@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor", "cps_manager", "vlo"])
def test_either_side_records_it_and_both_read_it(world: World, sign_in: SignIn, who: str) -> None:
    case = brought_case(world)
    do(getattr(world, who), record_meeting, case, at=ago(hours=1), **SAID)
    assert texts(case, "meeting_recorded") == ["By video, with DC Example and a prosecutor. Agreed: The phone comes first"]
    for reader in (world.investigator, world.prosecutor):
        with acting_as(reader):
            assert Meeting.objects.filter(case=case).count() == 1
        html = sign_in(reader).get(f"/cases/{case.pk}/").content.decode()
        assert "Meetings and calls" in html
        assert "The phone comes first" in html


def test_who_may_not_and_who_does_not_see_the_case(world: World) -> None:
    case = brought_case(world)
    for person in (world.analyst, world.other_area, world.isva, world.kent):
        with pytest.raises((Http404, NotAllowed)):
            do(person, record_meeting, case, at=ago(hours=1), **SAID)
    assert not MEET.holds(world.analyst)
    with scope(system(AVON)):
        assert not Meeting.objects.filter(case=case).exists()


def test_what_it_cannot_do_without(world: World) -> None:
    case = brought_case(world)
    given = {"at": ago(hours=1), **SAID}
    for name, value, words, field in (
        ("at", clock.now() + timedelta(hours=2), "in the past", "at"),
        ("how", "pigeon", "how you met", "how"),
        ("who", "  ", "who took part", "who"),
        ("agreed", " ", "what was agreed", "agreed"),
        ("who", "x" * 251, "who took part", "who"),
    ):
        with refused(words, field):
            do(world.investigator, record_meeting, case, **{**given, name: value})
    with refused("has not been brought"):
        do(world.investigator, record_meeting, police_case(world, reference="52/OWN/1"), **given)


def test_it_is_never_changed(world: World) -> None:
    case = brought_case(world)
    row = met(world, case)
    for person in (world.investigator, world.prosecutor):
        with acting_as(person), pytest.raises(DatabaseError), transaction.atomic():
            Meeting.objects.filter(pk=row.pk).update(agreed="Something else")


def test_an_old_version_is_said_to_have_changed(world: World) -> None:
    case = brought_case(world)
    version = fresh(case).version
    met(world, case)
    with pytest.raises(Conflict):
        do(world.prosecutor, record_meeting, case, at=ago(hours=1), version=version, **SAID)


def test_the_form_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    browser, address = sign_in(world.prosecutor), f"/cases/{case.pk}/record-meeting/"
    assert browser.get(address).status_code == 200
    sent = {"version": str(fresh(case).version), "how": "call", "who": "Keep me", "agreed": "a" * 5_000}
    answered = browser.post(address, sent)
    assert answered.status_code == 400
    html = answered.content.decode()
    assert 'id="id_agreed-error"' in html
    assert "Keep me" in html


def test_the_act_is_offered_only_once_the_case_was_brought(world: World, sign_in: SignIn) -> None:
    own, shared = police_case(world, reference="52/OWN/1"), brought_case(world)
    browser = sign_in(world.investigator)
    assert "record-meeting" not in browser.get(f"/cases/{own.pk}/").content.decode()
    assert "record-meeting" in browser.get(f"/cases/{shared.pk}/").content.decode()


def test_a_case_recorded_in_error_takes_none(world: World) -> None:
    case = brought_case(world)
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(recorded_in_error_at=clock.now())
    with refused("recorded in error"):
        do(world.investigator, record_meeting, case, at=ago(hours=1), **SAID)
