"""The acts on appointments: rows of the one table in cases/acts/."""

from cases.acts import Act, On, add
from victims.forms import appointments as forms
from victims.permissions import BOOK
from victims.services import appointments as services

A = On.APPOINTMENT

add(
    Act(
        "book-appointment",
        On.COMPLAINANT,
        "Book an appointment",
        "Book an appointment with the victim",
        forms.BookForm,
        services.book_appointment,
        BOOK,
        done="Appointment booked.",
        warns=services.warning_for,
    ),
    Act(
        "keep-appointment",
        A,
        "It was kept",
        "The appointment was kept",
        forms.KeepForm,
        services.keep_appointment,
        BOOK,
        services.has_begun,
        "Recorded as kept.",
    ),
    Act(
        "move-appointment",
        A,
        "Move it",
        "Move an appointment",
        forms.MoveForm,
        services.move_appointment,
        BOOK,
        services.stands,
        "Appointment moved.",
        warns=services.warning_for,
    ),
    Act(
        "cancel-appointment",
        A,
        "We cancel it",
        "Cancel an appointment",
        forms.CancelForm,
        services.cancel_by_us,
        BOOK,
        services.stands,
        "Appointment cancelled. Book another as soon as you can.",
    ),
    Act(
        "appointment-cancelled-by-victim",
        A,
        "The victim cancelled",
        "The victim cancelled an appointment",
        forms.CancelledByHerForm,
        services.cancel_by_her,
        BOOK,
        services.stands,
        "Recorded.",
    ),
    Act(
        "rebook-appointment",
        A,
        "Book another",
        "Book another appointment in its place",
        forms.RebookForm,
        services.rebook_appointment,
        BOOK,
        services.may_be_rebooked,
        "Appointment booked.",
        warns=services.warning_for,
    ),
)
