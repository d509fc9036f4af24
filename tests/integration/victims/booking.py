"""Appointments, letters and requests to test on, made by the services that the screens use."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from cases import models as m
from cases.services.abstraction import enter_abstraction
from cases.services.enquiries import open_enquiry
from cases.services.roles import assign_person
from core import clock
from core.scope import scope, system
from tests.factories import World, acting_as, ago
from tests.integration.cases.making import do, make_case
from victims.models import Appointment, DeviceRequest, InformationRequest, Letter
from victims.services.appointments import book_appointment
from victims.services.devices import agree_device, ask_for_device, give_device_notice, take_device
from victims.services.letters import enter_letter
from victims.services.requests import draft_request, record_notice

CANARY = "Quellwasser"
FILLED: dict[str, Any] = {
    "reasonable_because": "The messages of that week are disputed",
    "holder_has_it_because": "It keeps them for six years",
    "necessary_because": "Nothing else shows the times",
    "proportionate_because": "One week only",
    "less_intrusive_means": "The suspect’s own records were asked for first",
    "how_handled": "Read by one officer, kept apart, destroyed at the end",
}


def soon(days: float = 2) -> datetime:
    """A moment to come, to the second."""
    return (clock.now() + timedelta(days=days)).replace(microsecond=0)


def case_of(world: World, **facts: Any) -> m.Case:
    """A case of the investigator with one complainant."""
    return make_case(world.investigator, "Invented", **facts)


def victim_of(case: m.Case) -> m.Complainant:
    """The only complainant."""
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case)


def book(world: World, case: m.Case, at: datetime | None = None, *, by: User | None = None, **more: Any) -> Appointment:
    """Book a statement with the investigator."""
    given: dict[str, Any] = {"purpose": "statement", "with_id": world.investigator.pk, "place": f"Room at {CANARY} House", **more}
    return do(by or world.investigator, book_appointment, case, complainant_id=victim_of(case).pk, starts_at=at or soon(), **given)


def past(world: World, case: m.Case, **more: Any) -> Appointment:
    """Book one that has begun since."""
    row = book(world, case, **more)
    with scope(system(case.force_id)):
        Appointment.objects.filter(pk=row.pk).update(starts_at=ago(hours=3))
        return Appointment.objects.get(pk=row.pk)


def event(
    world: World, *officers: User, starts: datetime | None = None, ends: datetime | None = None, name: str = "Festival"
) -> m.Abstraction:
    """An event of the force around the day after tomorrow."""
    with acting_as(world.supervisor):
        return enter_abstraction(
            actor=world.supervisor,
            event=name,
            starts_at=starts or soon(1),
            ends_at=ends or soon(3),
            officer_ids=[one.pk for one in officers or (world.investigator,)],
        )


def join(world: World, case: m.Case, person: User, role: str) -> None:
    """Give somebody a part in the case."""
    do(world.supervisor, assign_person, case, user_id=person.pk, role=role)


def letter(world: World, case: m.Case) -> Letter:
    """A letter entered by the investigator."""
    return do(
        world.investigator, enter_letter, case, complainant_id=victim_of(case).pk, kind="update", written_at=ago(hours=2), reference="L/7"
    )


def enquiry(world: World, case: m.Case) -> m.LineOfEnquiry:
    """A line of enquiry about the victim."""
    return do(world.investigator, open_enquiry, case, focus="victim", what="Messages of that week", necessity="They are disputed")


def draft(world: World, case: m.Case, *, records: str = "medical", by: User | None = None, **texts: Any) -> InformationRequest:
    """A draft of a request, nothing filled in but what it cannot do without."""
    line = enquiry(world, case)
    return do(
        by or world.investigator, draft_request, case, complainant_id=victim_of(case).pk, records=records, holder=f"{CANARY} Surgery",
        wanted=f"Letters about {CANARY}", enquiry_id=line.pk, **texts,
    )  # fmt: skip


def noticed(world: World, case: m.Case, row: InformationRequest, at: datetime | None = None) -> InformationRequest:
    """The notice was given to the victim."""
    return do(world.investigator, record_notice, case, information_request_id=row.pk, notice_to="victim", given_at=at or ago(hours=1))


def fresh(model: Any, row: Any) -> Any:
    """The row as the database has it now."""
    with scope(system(row.force_id)):
        return (
            model.objects.select_related("line_of_enquiry").get(pk=row.pk)
            if hasattr(row, "line_of_enquiry_id")
            else model.objects.get(pk=row.pk)
        )


def device(world: World, case: m.Case) -> DeviceRequest:
    """A request for a device, prepared."""
    line = enquiry(world, case)
    return do(
        world.investigator, ask_for_device, case, complainant_id=victim_of(case).pk, device=f"Phone, {CANARY}",
        scope="Messages of that week", reason="They are disputed", necessary_because="Nothing else shows them",
        less_intrusive_means="Pictures of the screen were not enough",
        how_handled="Read by one officer", enquiry_id=line.pk,
    )  # fmt: skip


def taken(world: World, case: m.Case, *, days: int = 5) -> DeviceRequest:
    """A device that was taken an hour ago and is back in some days."""
    row = device(world, case)
    do(world.investigator, give_device_notice, case, device_request_id=row.pk, given_at=ago(hours=4))
    do(
        world.investigator,
        agree_device,
        case,
        device_request_id=row.pk,
        agreed_at=ago(hours=3),
        agreed_freely_because="Asked alone, with time",
    )
    at = ago(hours=1)
    due = clock.london_day(at) + timedelta(days=days)
    return do(world.investigator, take_device, case, device_request_id=row.pk, taken_at=at, due_back_on=due)
