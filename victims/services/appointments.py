"""Appointments with a victim: booked, kept, cancelled by us or by her or him, and rebooked. How often we cancelled stays countable.

The place is sealed. Nothing of it, and nothing typed beside a reason, goes on the timeline.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from cases import models as m
from cases.services.abstraction import events_taking
from cases.services.changing import Changing, changing
from core import clock
from core.components import day_text
from core.exceptions import NotPossible
from core.sealedfield import opening
from victims import permissions
from victims.models import Appointment
from victims.models.appointment import AppointmentFor, CancelledBy, CancelReason

SAME_PLACE: Final = "same place as the appointment before"


def book_appointment(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    purpose: str,
    starts_at: datetime,
    with_id: UUID,
    place: str = "",
    interpreter_booked: bool = False,
    version: int | None = None,
) -> Appointment:
    """Book an appointment with a complainant, by an officer of the force who has a part in the case.

    Raises NotAllowed, NotPossible (not in the future, nobody of the case, no such purpose), Conflict, Http404 for a
    complainant of another case.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.BOOK)
        complainant = change.get(m.Complainant, complainant_id)
        if purpose not in AppointmentFor.values:
            raise NotPossible("Select what the appointment is for", field="purpose")
        officer = _officer(change, with_id)
        row = _add(change, complainant, purpose, starts_at, officer, place, interpreter_booked)
        change.put_in_timeline("appointment_booked", complainant=complainant, text=AppointmentFor(purpose).label)
        return row


def keep_appointment(*, actor: User, case_id: UUID, appointment_id: UUID, version: int | None = None) -> Appointment:
    """Record that an appointment took place. Raises NotAllowed, NotPossible (settled already, not begun yet), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.BOOK)
        row = _standing(change, appointment_id)
        has_begun(row, change.now)
        row.kept_at = change.now
        row.save(update_fields=["kept_at"])
        change.put_in_timeline("appointment_kept", complainant=row.complainant, text=row.get_purpose_display())
        return row


def cancel_by_us(
    *,
    actor: User,
    case_id: UUID,
    appointment_id: UUID,
    reason: str,
    abstraction_id: UUID | None = None,
    reason_note: str = "",
    version: int | None = None,
) -> Appointment:
    """Cancel an appointment on the victim, with the reason; an officer sent to an event names which.

    Raises NotAllowed, NotPossible (settled already, no reason, no event or one that does not take the officer), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.BOOK)
        row = _standing(change, appointment_id)
        event = _event(change, row, reason, abstraction_id, reason_note)
        cancel(change, row, CancelledBy.US, reason=reason, event=event, note=reason_note)
        return row


def cancel_by_her(*, actor: User, case_id: UUID, appointment_id: UUID, reason_note: str = "", version: int | None = None) -> Appointment:
    """Record that the victim cancelled. She or he owes nobody a reason. Raises NotAllowed, NotPossible (settled already), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.BOOK)
        row = _standing(change, appointment_id)
        cancel(change, row, CancelledBy.HER, note=reason_note)
        return row


def move_appointment(
    *,
    actor: User,
    case_id: UUID,
    appointment_id: UUID,
    cancelled_by: str,
    starts_at: datetime,
    with_id: UUID,
    reason: str = "",
    abstraction_id: UUID | None = None,
    reason_note: str = "",
    place: str = "",
    interpreter_booked: bool = False,
    version: int | None = None,
) -> Appointment:
    """Cancel an appointment and book the one in its place, in one act. Returns the new one; an empty place keeps the one before.

    Raises as cancelling and booking do.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.BOOK)
        row = _standing(change, appointment_id)
        if cancelled_by not in CancelledBy.values:
            raise NotPossible("Select who asked for it", field="cancelled_by")
        event = None
        if cancelled_by == CancelledBy.US:
            event = _event(change, row, reason, abstraction_id, reason_note)
        elif reason or abstraction_id:
            raise NotPossible("Leave this empty unless we cancel", field="reason" if reason else "abstraction_id")
        officer = _officer(change, with_id)
        cancel(change, row, cancelled_by, reason=reason, event=event, note=reason_note)
        return rebook(change, row, starts_at, officer, place, interpreter_booked)


def rebook_appointment(
    *,
    actor: User,
    case_id: UUID,
    appointment_id: UUID,
    starts_at: datetime,
    with_id: UUID,
    place: str = "",
    interpreter_booked: bool = False,
    version: int | None = None,
) -> Appointment:
    """Book another in the place of one that was cancelled. Returns the new one; an empty place keeps the one before.

    Raises NotAllowed, NotPossible (not cancelled, rebooked already, not in the future, nobody of the case), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.BOOK)
        row = change.get(Appointment, appointment_id)
        may_be_rebooked(row)
        return rebook(change, row, starts_at, _officer(change, with_id), place, interpreter_booked)


def stands(row: Appointment) -> None:
    """A policy: only an appointment that was neither kept nor cancelled is. Raises NotPossible."""
    if row.kept_at is not None:
        raise NotPossible("This appointment was kept.")
    if row.cancelled_at is not None:
        raise NotPossible("This appointment was cancelled.")


def has_begun(row: Appointment, now: datetime | None = None) -> None:
    """A policy: nothing is kept before it began. Raises NotPossible."""
    stands(row)
    if row.starts_at > (now or clock.now()):
        raise NotPossible("This appointment is still to come.")


def may_be_rebooked(row: Appointment) -> None:
    """A policy: what was cancelled is rebooked once. Raises NotPossible."""
    if row.cancelled_at is None:
        raise NotPossible("This appointment was not cancelled: move it instead.")
    if row.rebooked_as_id is not None:
        raise NotPossible("Another appointment was booked in the place of this one already.")


def cancel(change: Changing, row: Appointment, by: str, *, reason: str = "", event: m.Abstraction | None = None, note: str = "") -> None:
    """Write that an appointment was cancelled. The caller has checked that it stands and the reason."""
    row.cancelled_at, row.cancelled_by, row.reason, row.abstraction, row.reason_note = change.now, by, reason, event, note
    row.save(update_fields=["cancelled_at", "cancelled_by", "reason", "abstraction", "reason_note"])
    label = CancelReason(reason).label if reason else ""
    words = [row.get_purpose_display(), CancelledBy(by).label.lower(), label.lower(), event.event if event else ""]
    change.put_in_timeline("appointment_cancelled", complainant=row.complainant, text=", ".join(filter(None, words)))


def rebook(change: Changing, row: Appointment, starts_at: datetime, officer: User, place: str, interpreter_booked: bool) -> Appointment:
    """Write the appointment in the place of one that was cancelled."""
    if not place.strip():
        with opening(SAME_PLACE):
            place = row.place
    made = _add(change, row.complainant, row.purpose, starts_at, officer, place, interpreter_booked)
    row.rebooked_as = made
    row.save(update_fields=["rebooked_as"])
    change.put_in_timeline("appointment_rebooked", complainant=row.complainant, text=row.get_purpose_display())
    return made


def warning_for(row: Appointment) -> str:
    """Say what takes the officer of an appointment just booked, or that she or he is away that day; "" for neither."""
    day, officer = clock.london_day(row.starts_at), row.with_user
    found = events_taking(officer.pk, row.force_id, row.starts_at).order_by("starts_at", "id").values_list("event", flat=True)
    words = [f"The officer is taken at that time for “{event}”." for event in found]
    if officer.is_away(day):
        words.append(f"The officer is away on {day_text(day)}.")
    return " ".join([*words, "Check who will be there."]) if words else ""


def _standing(change: Changing, appointment_id: UUID) -> Appointment:
    row = change.get(Appointment, appointment_id)
    stands(row)
    return row


def _add(
    change: Changing, complainant: m.Complainant, purpose: str, starts_at: datetime, officer: User, place: str, interpreter: bool
) -> Appointment:
    if starts_at <= change.now:
        raise NotPossible("Enter a date and time in the future", field="starts_at")
    return change.add(
        Appointment,
        complainant=complainant,
        purpose=purpose,
        starts_at=starts_at,
        with_user=officer,
        place=place.strip(),
        interpreter_booked=interpreter,
    )


def officers_on(case: m.Case) -> list[User]:
    """Return the officers of the force who have a part in the case now, by name: those with whom an appointment can be."""
    roles = m.CasePerson.objects.filter(case=case, until__isnull=True).exclude(role__in=m.CPS_CASE_ROLES)
    rows = User.objects.filter(pk__in=roles.values("user"), agency_id=case.force_id, is_active=True, role__in=WORKS_CASES_POLICE)
    return list(rows.order_by("name", "id"))


def _officer(change: Changing, with_id: UUID) -> User:
    found = next((one for one in officers_on(change.case) if one.pk == with_id), None)
    if found is None:
        raise NotPossible("Select an officer who works on this case", field="with_id")
    return found


def _event(change: Changing, row: Appointment, reason: str, abstraction_id: UUID | None, note: str) -> m.Abstraction | None:
    """Return the event that is the reason. Raises NotPossible where reason, event and note do not fit."""
    if reason not in CancelReason.values:
        raise NotPossible("Select why we cancel", field="reason")
    if reason == CancelReason.OTHER and not note.strip():
        raise NotPossible("Enter what the reason is", field="reason_note")
    if reason != CancelReason.ABSTRACTION:
        if abstraction_id is not None:
            raise NotPossible("Leave the event empty unless the officer was sent to one", field="abstraction_id")
        return None
    event = events_of_the_day(row).filter(pk=abstraction_id).first() if abstraction_id is not None else None
    if event is None:
        raise NotPossible("Select the event that the officer is sent to on the day of the appointment", field="abstraction_id")
    return event


def events_of_the_day(row: Appointment) -> QuerySet[m.Abstraction]:
    """Return the events that take the officer of an appointment on its London day: what may be the reason to cancel it."""
    day = clock.london_day(row.starts_at)
    begins, ends = clock.day_start(day), clock.day_start(day + timedelta(days=1))
    taking = m.Abstraction.objects.standing().filter(force_id=row.force_id, officers__user_id=row.with_user_id)
    found: QuerySet[m.Abstraction] = taking.filter(starts_at__lt=ends, ends_at__gte=begins)
    return found
