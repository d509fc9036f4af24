"""What a client takes home: where things stand, in plain words. One text for the screen and for the paper.

It names nobody but the officer; no crime, no suspect, nothing that says what kind of case it is, because it is read wherever
it lies. It says only what the client was told already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core import clock
from core.components import day_text, london_text
from core.pdf import tagged_pdf, template
from victims.agreed import agreed_with_you
from victims.client import ClientPage, coming
from victims.models.appointment import AppointmentFor

TITLE: Final = "Where things stand"
MOST_TOLD: Final = 12
WHAT_FOR: Final[dict[str, str]] = {
    AppointmentFor.INTERVIEW: "Interview with the police",
    AppointmentFor.STATEMENT: "Statement to the police",
    AppointmentFor.PERSONAL_STATEMENT: "Statement about how you have been affected",
    AppointmentFor.MEDICAL: "Appointment",
    AppointmentFor.IDENTIFICATION: "Appointment with the police",
    AppointmentFor.UPDATE: "Meeting with the police",
    AppointmentFor.COURT_VISIT: "Visit to the court",
    AppointmentFor.OTHER: "Appointment",
}
"""Purpose as a client reads it: nothing that tells a stranger what it is about."""
ASK: Final = (
    "You can change how often and how you are contacted, at any time.",
    "You can ask to be told why something was decided.",
    "Therapy or counselling need not wait for anything on this page.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the paper: its heading and its sentences."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole of it."""

    opening: str
    parts: Sequence[Part]


def paper_of(page: ClientPage) -> Paper:
    """Return the paper of a client whose page has been read."""
    told = [f"{one.words}. You were told on {london_text(one.at)}." for one in page.told[:MOST_TOLD]]
    booked = [f"{london_text(one.starts_at)}: {WHAT_FOR[one.purpose]}" for one in coming(page.appointments)]
    parts = [
        Part("Who to ask", [_who(page)]),
        Part("When you will hear next", _next(page)),
        Part("Appointments to come", booked),
        Part("What you have been told so far", told or ["Nothing yet."]),
        Part("What you can ask for", ASK),
    ]
    return Paper(f"As recorded on {day_text(clock.today())}.", [part for part in parts if part.lines])


def paper_pdf(paper: Paper) -> bytes:
    """Return the paper as a tagged PDF. Raises CannotPrint, PdfFailed."""
    return tagged_pdf(template("victims.notices", "where_things_stand"), {
        "title": TITLE,
        "opening": paper.opening,
        "headings": [part.heading for part in paper.parts],
        "texts": ["\n".join(part.lines) for part in paper.parts],
    })  # fmt: skip


def _who(page: ClientPage) -> str:
    if page.officer:
        return f"{page.officer} looks after this with the police."
    return "Nobody at the police has been named yet. Ask your adviser."


def _next(page: ClientPage) -> list[str]:
    if page.next_contact_on is None:
        return [agreed_with_you(page.agreement)]
    day = day_text(page.next_contact_on)
    late = f"You should have heard by {day}. Your adviser can ask the officer for you."
    return [late if page.overdue else f"You will hear by {day}.", agreed_with_you(page.agreement)]
