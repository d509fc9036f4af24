"""Answering for an appointment that an event runs into: kept, moved or cancelled, the event being the reason."""

from datetime import datetime

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.planned import Planned
from cases.services.changing import changing
from core.exceptions import NotPossible
from victims.models import Appointment
from victims.models.appointment import CancelledBy, CancelReason
from victims.services.appointments import cancel, rebook, stands

Answer = m.AbstractionAnswer.Answer


def answer(actor: User, abstraction: m.Abstraction, planned: Planned, said: str, moved_to: datetime | None) -> object:
    """Answer for one appointment. Moved, the officer and the place stay. Raises NotAllowed, NotPossible, Conflict, Http404."""
    with changing(planned.case_id, actor=actor) as change:
        change.allow(permissions.ABSTRACT)
        row = change.get(Appointment, planned.key)
        stands(row)
        _check(abstraction, row, said, moved_to, change.now)
        if said == Answer.KEPT:
            row.abstraction = abstraction
            row.save(update_fields=["abstraction"])
            change.put_in_timeline(
                "appointment_stays", complainant=row.complainant, text=f"{row.get_purpose_display()}, {abstraction.event}"
            )
            return row
        cancel(change, row, CancelledBy.US, reason=CancelReason.ABSTRACTION, event=abstraction)
        return rebook(change, row, moved_to, row.with_user, "", row.interpreter_booked) if moved_to else row


def _check(event: m.Abstraction, row: Appointment, said: str, moved_to: datetime | None, now: datetime) -> None:
    if not event.starts_at <= row.starts_at < event.ends_at:
        raise NotPossible("This appointment is not in the hours of that event.")
    if not event.officers.filter(user=row.with_user_id).exists():
        raise NotPossible("That event does not take the officer of this appointment.")
    _check_answer(event, said, moved_to, now)


def _check_answer(event: m.Abstraction, said: str, moved_to: datetime | None, now: datetime) -> None:
    if said not in Answer.values:
        raise NotPossible("Select what becomes of the appointment", field="answer")
    if said != Answer.MOVED:
        if moved_to is not None:
            raise NotPossible("Leave this empty unless the appointment is moved", field="moved_to")
        return
    if moved_to is None:
        raise NotPossible("Enter when the appointment is now", field="moved_to")
    if moved_to <= now:
        raise NotPossible("Enter a time in the future", field="moved_to")
    if event.starts_at <= moved_to < event.ends_at:
        raise NotPossible("Enter a time outside the hours of the event", field="moved_to")
