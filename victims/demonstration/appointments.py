"""Appointments and letters in the demonstration: kept to come, one cancelled for an event, one nobody has answered for, a letter half way.

Invented, and made by the services that the screens use. Safe to run again: a case with an appointment is left as it is.
"""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.demonstration import FORCE
from audit import context as audit_context
from cases import models as m
from cases.demonstration import EVENT, People, acting, at
from core import clock
from core.scope import scope, system
from victims.models import Appointment, Letter
from victims.planned_appointments import find
from victims.services.appointment_events import answer
from victims.services.appointments import book_appointment
from victims.services.letters import enter_letter, second_read

FIRST, SECOND, THIRD = "52/DEMO/04", "52/DEMO/05", "52/DEMO/06"
PLACE: Final = "Interview suite (invented)"
NOW_OVER: Final = timedelta(minutes=1)
"""How far ahead the appointment lies that has begun by the time anybody looks."""


def make_appointments() -> None:
    """Make them, once the demonstration's cases and events are there. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Appointments of the demonstration are made only where RASSO_DEMO is on.")
    people = People()
    with audit_context.acting_as_system(reason="demonstration"), transaction.atomic():
        _book(people, FIRST, at(3, 11), "statement")
        _book(people, SECOND, at(8, 14), "update")
        _book(people, THIRD, clock.now() + NOW_OVER, "personal_statement")
        _cancel_for_event(people)
        _write(people, FIRST)


def found(reference: str) -> tuple[m.Case, m.Complainant] | None:
    """Return a case of the demonstration with its first complainant, or None where it is not there."""
    with scope(system(FORCE)):
        case = m.Case.objects.filter(force_id=FORCE, crime_reference=reference).first()
        complainant = m.Complainant.objects.filter(case=case, label="A").first() if case else None
    return (case, complainant) if case and complainant else None


def _book(people: People, reference: str, when: Any, purpose: str) -> None:
    """Book with the officer in the case, unless something was booked there before."""
    there = found(reference)
    if there is None:
        return
    case, complainant = there
    with scope(system(FORCE)):
        done = Appointment.objects.filter(case=case).exists()
        officer = m.CasePerson.objects.filter(case=case, role=m.CaseRole.OFFICER, until__isnull=True).first()
    if done or officer is None:
        return
    inspector = people["supervisor"]
    with acting(inspector):
        book_appointment(
            actor=inspector,
            case_id=case.pk,
            complainant_id=complainant.pk,
            purpose=purpose,
            starts_at=when,
            with_id=officer.user_id,
            place=PLACE,
        )


def _cancel_for_event(people: People) -> None:
    """Answer for what the event runs into: cancelled, so that the page says how often we cancelled."""
    inspector = people["supervisor"]
    with acting(inspector):
        event = m.Abstraction.objects.visible_to(inspector).standing().filter(event=EVENT).first()
        if event is None:
            return
        for planned in find(inspector, event):
            answer(inspector, event, planned, m.AbstractionAnswer.Answer.CANCELLED, None)


def _write(people: People, reference: str) -> None:
    """Enter a letter that a second person has read, and whose route is not checked yet."""
    there = found(reference)
    if there is None:
        return
    case, complainant = there
    with scope(system(FORCE)):
        if Letter.objects.filter(case=case).exists():
            return
    writer, reader = people["supervisor"], people["reviewer"]
    with acting(writer):
        row = enter_letter(
            actor=writer,
            case_id=case.pk,
            complainant_id=complainant.pk,
            kind="update",
            written_at=clock.now() - timedelta(hours=3),
            reference="DEMO/L/1",
        )
    with acting(reader):
        second_read(actor=reader, case_id=case.pk, letter_id=row.pk)
