"""A victim's device: notice, free agreement, taken, due back, returned; refused or withdrawn at any time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import deadline, refused
from tests.integration.cases.making import do
from tests.integration.victims.booking import CANARY, case_of, device, fresh, taken, victim_of
from victims.models import DeviceRequest
from victims.services import devices as services
from victims.services.requests import draft_request, withdraw_request

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
FREELY = {"agreed_freely_because": "Asked alone, with time"}


@pytest.fixture
def case(world: World) -> m.Case:
    from tests.integration.cases.asking import live_since

    live_since(AVON, days=365)
    return case_of(world)


def act(world: World, service: Any, case: m.Case, row: DeviceRequest, **more: Any) -> Any:
    return do(world.investigator, service, case, device_request_id=row.pk, **more)


def test_the_steps_come_in_their_order(world: World, case: m.Case) -> None:
    row = device(world, case)
    with refused("First give the written notice"):
        act(world, services.agree_device, case, row, agreed_at=ago(hours=1), **FREELY)
    act(world, services.give_device_notice, case, row, given_at=ago(hours=3))
    with refused("First notice and agreement"):
        act(world, services.take_device, case, row, taken_at=ago(hours=1), due_back_on=clock.today())
    with refused("after the notice", "agreed_at"):
        act(world, services.agree_device, case, row, agreed_at=ago(hours=5), **FREELY)
    with refused("nobody pressed", "agreed_freely_because"):
        act(world, services.agree_device, case, row, agreed_at=ago(hours=2), agreed_freely_because=" ")
    act(world, services.agree_device, case, row, agreed_at=ago(hours=2), **FREELY)
    with refused("after she or he agreed", "taken_at"):
        act(world, services.take_device, case, row, taken_at=ago(hours=3), due_back_on=clock.today())
    for days in (-2, 93):
        with refused("within 92 days", "due_back_on"):
            act(world, services.take_device, case, row, taken_at=ago(minutes=5), due_back_on=clock.today() + timedelta(days=days))


def test_the_database_lets_no_device_be_taken_without_notice_and_agreement(world: World, case: m.Case) -> None:
    row = device(world, case)
    with scope(system(AVON)), pytest.raises(IntegrityError), transaction.atomic():
        DeviceRequest.objects.filter(pk=row.pk).update(taken_at=clock.now(), due_back_on=clock.today())


def test_taken_a_clock_runs_and_returned_it_is_met(world: World, case: m.Case) -> None:
    row = taken(world, case)
    clock_of = deadline(case, "device_return")
    assert (clock_of.subject_id, clock_of.due_on, clock_of.complainant_id) == (row.pk, row.due_back_on, victim_of(case).pk)
    with refused("after the device was taken", "returned_at"):
        act(world, services.return_device, case, row, returned_at=ago(hours=2))
    act(world, services.return_device, case, row, returned_at=clock.now())
    assert deadline(case, "device_return").met_at is not None
    with refused("back already"):
        act(world, services.return_device, case, row, returned_at=clock.now())


def test_the_day_is_moved_only_with_a_reason_and_her_knowing(world: World, case: m.Case) -> None:
    row = taken(world, case)
    later = clock.today() + timedelta(days=20)
    for more, field in (
        ({"moved_to": clock.today(), "reason": "x", "told": True}, "moved_to"),
        ({"moved_to": clock.today() + timedelta(days=93), "reason": "x", "told": True}, "moved_to"),
        ({"moved_to": later, "reason": " ", "told": True}, "reason"),
        ({"moved_to": later, "reason": "The laboratory is late", "told": False}, "told"),
    ):
        with refused("Enter|First tell", field):
            act(world, services.move_device_return, case, row, **more)
    act(world, services.move_device_return, case, row, moved_to=later, reason="The laboratory is late", told=True)
    now = deadline(case, "device_return")
    assert (now.due_on, now.first_due_on) == (later, row.due_back_on)


def test_a_refusal_stops_it_without_a_reason(world: World, case: m.Case) -> None:
    row = device(world, case)
    act(world, services.refuse_device, case, row, refused_at=ago(minutes=5))
    for service, more in (
        (services.give_device_notice, {"given_at": ago(minutes=1)}),
        (services.agree_device, {"agreed_at": ago(minutes=1), **FREELY}),
        (services.take_device, {"taken_at": ago(minutes=1), "due_back_on": clock.today()}),
        (services.refuse_device, {"refused_at": ago(minutes=1)}),
    ):
        with refused("refused"):
            act(world, service, case, row, **more)


def test_withdrawn_a_device_with_us_is_due_that_day_and_can_still_be_given_back(world: World, case: m.Case) -> None:
    row = taken(world, case)
    with refused("record that the agreement is withdrawn"):
        act(world, services.refuse_device, case, row, refused_at=ago(minutes=5))
    at = ago(minutes=5)
    act(world, services.withdraw_device_agreement, case, row, withdrawn_at=at)
    assert deadline(case, "device_return").due_on == clock.london_day(at)
    with refused("withdrew"):
        act(world, services.move_device_return, case, row, moved_to=clock.today() + timedelta(days=9), reason="x", told=True)
    act(world, services.return_device, case, row, returned_at=clock.now())
    assert fresh(DeviceRequest, row).returned_at is not None


def gate(row: DeviceRequest) -> str:
    return str(fresh(DeviceRequest, row).line_of_enquiry.gate)


def test_the_line_of_enquiry_is_met_once_she_agreed_and_open_again_when_she_no_longer_does(world: World, case: m.Case) -> None:
    row = device(world, case)
    assert gate(row) == "open"
    act(world, services.give_device_notice, case, row, given_at=ago(hours=3))
    assert gate(row) == "open", "a notice is no agreement"
    act(world, services.agree_device, case, row, agreed_at=ago(hours=2), **FREELY)
    assert gate(row) == "met"
    act(world, services.withdraw_device_agreement, case, row, withdrawn_at=ago(hours=1))
    assert gate(row) == "open"


def test_a_request_beside_a_device_keeps_the_line_of_enquiry_open(world: World, case: m.Case) -> None:
    row = taken(world, case)
    given = {"records": "medical", "holder": "Surgery", "wanted": "One date", "enquiry_id": row.line_of_enquiry_id}
    assert gate(row) == "met"
    asked = do(world.investigator, draft_request, case, complainant_id=victim_of(case).pk, **given)
    assert gate(row) == "open", "its gates are open"
    do(world.investigator, withdraw_request, case, information_request_id=asked.pk)
    assert gate(row) == "met"


def test_withdrawn_before_it_was_taken_nothing_is_taken(world: World, case: m.Case) -> None:
    row = device(world, case)
    with refused("record a refusal"):
        act(world, services.withdraw_device_agreement, case, row, withdrawn_at=ago(minutes=5))
    act(world, services.give_device_notice, case, row, given_at=ago(hours=3))
    act(world, services.agree_device, case, row, agreed_at=ago(hours=2), **FREELY)
    act(world, services.withdraw_device_agreement, case, row, withdrawn_at=ago(hours=1))
    with refused("withdrew the agreement"):
        act(world, services.take_device, case, row, taken_at=ago(minutes=5), due_back_on=clock.today())


def test_nothing_is_asked_for_without_saying_why(world: World, case: m.Case) -> None:
    line = device(world, case).line_of_enquiry_id
    whole = dict.fromkeys(services.ASKED, "x")
    for name in services.ASKED:
        with refused("Enter", name):
            do(
                world.investigator, services.ask_for_device, case, complainant_id=victim_of(case).pk, enquiry_id=line,
                **{**whole, name: " "},
            )  # fmt: skip


def test_the_case_and_the_worklist_carry_the_button_of_giving_it_back(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = taken(world, case)
    browser = sign_in(world.investigator)
    for address in (f"/cases/{case.pk}/", "/"):
        html = browser.get(address).content.decode()
        assert f"return-device/{row.pk}/" in html, address
        assert CANARY not in html


def test_what_is_asked_for_stands_on_its_own_page_alone(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = device(world, case)
    here = f"/victims/{victim_of(case).pk}/"
    browser = sign_in(world.investigator)
    assert CANARY not in browser.get(here).content.decode()
    assert CANARY in browser.get(f"{here}devices/{row.pk}/").content.decode()
    assert sign_in(world.sergeant).get(f"{here}devices/{row.pk}/").status_code == 404
