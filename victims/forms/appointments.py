"""Forms about appointments with a victim."""

from typing import Any, Final

from django import forms

from accounts.absence import away_words
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from core import clock
from core.formfields import GovDateTimeField
from core.words import inside
from victims.models import Appointment
from victims.models.appointment import AppointmentFor, CancelledBy, CancelReason
from victims.services.appointments import events_of_the_day, officers_on

NO_NAMES: Final = "No names and no place: others read this."


def _officers(form: ActForm) -> list[tuple[str, str]]:
    """Return the officers on the case as choices, each with an absence now or to come."""
    today = clock.today()
    found = officers_on(form.case) if form.case else []
    return [(str(one.pk), f"{one.name} ({inside(away)})" if (away := away_words(one, today)) else one.name) for one in found]


def _events(row: Appointment | None) -> list[tuple[str, str]]:
    """Return the events that take the officer of an appointment on its day, the latest first, as choices."""
    if row is None:
        return []
    taking = events_of_the_day(row).order_by("-starts_at", "id")
    return [(str(one.pk), f"{one.event}, {clock.london_day(one.starts_at):%d/%m/%Y}") for one in taking[:100]]


class WhenAndWith(ActForm):
    """When an appointment is, with whom and where."""

    starts_at = GovDateTimeField(label="When?", earliest=clock.today, error_messages={"required": "Enter when the appointment is"})
    with_id = f.KeyField(label="With which officer?")
    place = forms.CharField(label="Where?", max_length=LINE, required=False, help_text="Kept sealed, with the victim’s identity.")
    interpreter_booked = forms.BooleanField(label="An interpreter is booked", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = _officers(self)
        field: Any = self.fields["with_id"]
        field.choices = [*f.CHOOSE, *offered]
        own = str(self.target.with_user_id) if isinstance(self.target, Appointment) else str(self.user.pk if self.user else "")
        field.initial = own if own in dict(offered) else ""
        if isinstance(self.target, Appointment):
            self.fields["interpreter_booked"].initial = self.target.interpreter_booked
            self.fields["place"].help_text = "Leave this empty if the place stays the same. Kept sealed."


class BookForm(WhenAndWith):
    """A new appointment."""

    field_order = ("purpose", "starts_at", "with_id", "place", "interpreter_booked")
    purpose = f.radios("What is it for?", AppointmentFor.choices)


class RebookForm(WhenAndWith):
    """An appointment in the place of one that was cancelled."""


class KeepForm(ActForm):
    """Nothing but yes."""

    says = "The appointment took place."


class WithReason(ActForm):
    """Why we cancel, with the event where there is one."""

    asked_sometimes = frozenset({"abstraction_id", "reason_note"})
    reason = f.radios("Why do we cancel?", CancelReason.choices)
    abstraction_id = f.KeyField(label="If the officer is sent to an event: which one?", required=False)
    reason_note = f.line("Note", required=False, help_text=f"Needed for another reason. {NO_NAMES}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = _events(self.target if isinstance(self.target, Appointment) else None)
        field: Any = self.fields["abstraction_id"]
        field.choices = [("", "None" if events else "None: no event takes this officer"), *events]


class CancelForm(WithReason):
    """Why we cancel."""

    says = "How often we cancelled on the victim is shown on her or his page and in the report."


class CancelledByHerForm(ActForm):
    """Nothing need be said; a note may."""

    reason_note = f.line("Note", required=False, help_text=f"She or he owes nobody a reason. {NO_NAMES}")


class MoveForm(WithReason, WhenAndWith):
    """Cancelled and booked anew in one."""

    field_order = (
        "cancelled_by", "reason", "abstraction_id", "reason_note", "starts_at", "with_id", "place", "interpreter_booked",
    )  # fmt: skip
    asked_sometimes = frozenset({"reason", "abstraction_id", "reason_note"})
    cancelled_by = f.radios("Who asks for it to be moved?", [(CancelledBy.US, "We do"), (CancelledBy.HER, "The victim does")])
    reason = f.radios("If we do: why?", CancelReason.choices, required=False)
