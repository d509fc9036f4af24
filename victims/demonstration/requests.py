"""Requests in the demonstration: one for counselling records with gates open, and a device that is due back.

Invented, and made by the services that the screens use. Safe to run again: a case with a request is left as it is.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.demonstration import FORCE
from accounts.models import User
from audit import context as audit_context
from cases import models as m
from cases.demonstration import People, acting
from cases.services.enquiries import open_enquiry
from core import clock
from core.scope import scope, system
from victims.demonstration.appointments import FIRST, THIRD, found
from victims.models import DeviceRequest, InformationRequest
from victims.services.devices import agree_device, ask_for_device, give_device_notice, take_device
from victims.services.requests import draft_request


def make_requests() -> None:
    """Make them, once the demonstration's cases are there. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Requests of the demonstration are made only where RASSO_DEMO is on.")
    inspector = People()["supervisor"]
    with audit_context.acting_as_system(reason="demonstration"), transaction.atomic():
        _counselling(inspector)
        _device(inspector)


def _there(reference: str, model: type[InformationRequest] | type[DeviceRequest]) -> tuple[m.Case, m.Complainant] | None:
    """Return the case with its first complainant, or None where it is not there or has such a request already."""
    there = found(reference)
    with scope(system(FORCE)):
        return None if there is None or model.objects.filter(case=there[0]).exists() else there


def _enquiry(inspector: User, case: m.Case, what: str) -> m.LineOfEnquiry:
    why = "The defence is expected to say that the messages show the opposite"
    return open_enquiry(actor=inspector, case_id=case.pk, focus=m.Focus.VICTIM, what=what, necessity=why)


def _counselling(inspector: User) -> None:
    there = _there(THIRD, InformationRequest)
    if there is None:
        return
    case, complainant = there
    with acting(inspector):
        draft_request(
            actor=inspector,
            case_id=case.pk,
            complainant_id=complainant.pk,
            records="counselling",
            holder="Harbour Counselling (invented)",
            wanted="The day of the first visit, and nothing else",
            enquiry_id=_enquiry(inspector, case, "When she first told somebody").pk,
            reasonable_because="When she first told somebody is disputed",
        )


def _device(inspector: User) -> None:
    there = _there(FIRST, DeviceRequest)
    if there is None:
        return
    case, complainant = there
    now = clock.now()
    ids: dict[str, Any] = {"actor": inspector, "case_id": case.pk}
    with acting(inspector):
        row = ask_for_device(
            **ids,
            complainant_id=complainant.pk,
            enquiry_id=_enquiry(inspector, case, "Messages between 1 and 3 of that month").pk,
            device="Mobile telephone",
            scope="Messages with the suspect on three days",
            reason="The suspect says that the messages show agreement",
            necessary_because="Nothing else holds these messages whole",
            less_intrusive_means="Pictures of the screen leave out when each message was sent",
            how_handled="Read by one officer; only the three days are copied",
        )
        at: dict[str, Any] = {**ids, "device_request_id": row.pk}
        give_device_notice(**at, given_at=now - timedelta(days=6))
        agree_device(
            **at, agreed_at=now - timedelta(days=5, hours=2), agreed_freely_because="Asked alone, with her adviser, after a day to think"
        )
        taken = now - timedelta(days=5)
        take_device(**at, taken_at=taken, due_back_on=clock.london_day(taken) + timedelta(days=6))
