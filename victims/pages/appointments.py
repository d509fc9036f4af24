"""Appointments on a victim's page, and the list with the places for those who are shown identity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from accounts.models import User
from cases.acts import On
from cases.listing import is_cps
from cases.pages.buttons import Button
from core import clock
from core.components import london_text
from victims.models import Appointment
from victims.models.appointment import CancelledBy, CancelReason
from victims.pages.places import on_row, on_victim, victim_page
from victims.services.consulting import Reason, consulting
from victims.sight import Seen

PART: Final = "appointments"
SHOWN: Final = 5
"""How many settled appointments stand on the victim's page; the list has all."""


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """One appointment. `place` is empty where it is not shown."""

    row: Appointment
    state: str
    colour: str
    reason: str
    buttons: Sequence[Button]
    place: str = ""


def appointments_of(seen: Seen, user: User) -> list[Appointment]:
    """Return the appointments with a complainant, those to come first, then the latest. One query; the place stays sealed.

    The event that took the officer is read for police alone: events are the force's own.
    """
    also = () if is_cps(user) else ("abstraction",)
    rows = Appointment.objects.filter(case=seen.case, complainant=seen.complainant)
    found = list(rows.select_related("with_user", "rebooked_as", *also).order_by("-starts_at", "id"))
    waiting = [row for row in reversed(found) if _waits(row)]
    return waiting + [row for row in found if not _waits(row)]


def _waits(row: Appointment) -> bool:
    return row.kept_at is None and row.cancelled_at is None


def section(seen: Seen, user: User) -> Mapping[str, Any]:
    """Return what the section shows. One query."""
    rows = appointments_of(seen, user)
    waiting = [row for row in rows if _waits(row)]
    settled = [row for row in rows if not _waits(row)]
    return {
        "sentence": cancelled_sentence(rows, seen.complainant.label),
        "cards": [card(seen, user, row) for row in [*waiting, *settled[:SHOWN]]],
        "more": len(settled) > SHOWN,
        "buttons": on_victim(seen, user, "book-appointment", part=PART),
        "may_show": seen.identity and bool(rows),
    }


def listed(seen: Seen, user: User) -> dict[str, Any]:
    """Return the whole list with the places, once the look is logged. The caller has proved `seen.identity`."""
    rows = appointments_of(seen, user)
    with consulting(seen.case, reason=Reason.APPOINTMENT, what="appointments with places"):
        cards = [card(seen, user, row, place=row.place) for row in rows]
    return {"sentence": cancelled_sentence(rows, seen.complainant.label), "cards": cards}


def cancelled_sentence(rows: Sequence[Appointment], label: str) -> str:
    """Say how often we cancelled on the victim, and how often because an officer was sent to an event."""
    ours = [row for row in rows if row.cancelled_by == CancelledBy.US]
    if not ours:
        return "We have not cancelled an appointment on her or him." if rows else ""
    times = "once" if len(ours) == 1 else "twice" if len(ours) == 2 else f"{len(ours)} times"
    events = sum(1 for row in ours if row.reason == CancelReason.ABSTRACTION)
    because = (
        "" if not events else ", because the officer was sent to an event" if events == len(ours) else f", {events} of them for an event"
    )
    return f"We cancelled on Victim {label} {times}{because}."


def card(seen: Seen, user: User, row: Appointment, *, place: str = "") -> AppointmentCard:
    """Return one appointment as it is shown."""
    state, colour = _state(row)
    about = f"{row.get_purpose_display()}, {london_text(row.starts_at)}"
    buttons = on_row(seen, user, On.APPOINTMENT, row, about, address=victim_page(seen), part=PART)
    return AppointmentCard(row, state, colour, _reason(row, events=not is_cps(user)), buttons, place)


def _state(row: Appointment) -> tuple[str, str]:
    if row.kept_at is not None:
        return "Kept", "green"
    if row.cancelled_at is not None:
        return ("Cancelled by us", "red") if row.cancelled_by == CancelledBy.US else ("Cancelled by the victim", "grey")
    return ("Kept or cancelled?", "orange") if row.starts_at <= clock.now() else ("Booked", "blue")


def _reason(row: Appointment, *, events: bool) -> str:
    """Return why it was cancelled, and what stands in its place; or the event through which it is kept."""
    event = f"“{row.abstraction.event}”" if events and row.abstraction else ""
    if row.cancelled_at is None:
        return f"Kept through {event}" if event else ""
    words = ": ".join(filter(None, [row.get_reason_display() if row.reason else "", event, row.reason_note]))
    instead = f"Booked again for {london_text(row.rebooked_as.starts_at)}" if row.rebooked_as else ""
    return ". ".join(filter(None, [words, instead]))
