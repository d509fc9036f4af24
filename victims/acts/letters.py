"""The acts on letters: rows of the one table in cases/acts/."""

from cases.acts import Act, On, add
from victims.forms import letters as forms
from victims.permissions import WRITE_LETTERS
from victims.services import letters as services

L = On.LETTER

add(
    Act(
        "enter-letter",
        On.COMPLAINANT,
        "Enter a letter",
        "Enter a letter to the victim",
        forms.EnterLetterForm,
        services.enter_letter,
        WRITE_LETTERS,
        done="Letter entered. Now a second person reads it, and the route is checked.",
    ),
    Act(
        "read-letter",
        L,
        "Second reading done",
        "Second reading of a letter",
        forms.SecondReadForm,
        services.second_read,
        WRITE_LETTERS,
        services.waits_for_reading,
        "Second reading recorded.",
    ),
    Act(
        "check-letter-route",
        L,
        "Check the route",
        "Check the route of a letter",
        forms.CheckRouteForm,
        services.check_route,
        WRITE_LETTERS,
        services.not_sent,
        "Route checked.",
        shown=True,
    ),
    Act(
        "send-letter",
        L,
        "Mark as sent",
        "Mark a letter as sent",
        forms.SendLetterForm,
        services.send_letter,
        WRITE_LETTERS,
        services.may_go,
        "Letter marked as sent.",
    ),
    Act(
        "letter-reached",
        L,
        "It reached her",
        "Record that a letter reached the victim",
        forms.LetterReachedForm,
        services.letter_reached,
        WRITE_LETTERS,
        services.may_have_reached,
        "Recorded. The time to ask for a review runs from that day.",
    ),
)
