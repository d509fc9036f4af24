"""The offers of a meeting before a decision not to charge, in lines of the case page: the same for both sides."""

from accounts.models import User
from cases import models as m
from cases.acts import On
from cases.fragments import Fragment
from cases.pages.buttons import Buttons
from core import clock
from core.components import day_text, london_text
from prosecution.models import NfaMeeting

Line = tuple[str, str]


def about_words(row: NfaMeeting) -> str:
    """Return whom the meeting is about."""
    return f"Suspect {row.suspect.number}: {row.suspect.full_name}"


def in_view(row: NfaMeeting) -> list[Line]:
    """Return the offer: what stands above the form of its answer."""
    found = [
        ("Offered", f"{row.offered_by.name}, {london_text(row.offered_at)}"),
        ("To be answered by the end of", day_text(row.answer_by)),
        ("Said with it", row.note),
    ]
    return [(label, value) for label, value in found if value]


def section(case: m.Case, user: User) -> Fragment | None:
    """Return the lines of the case page. One query; nothing where no meeting was offered."""
    rows = NfaMeeting.objects.filter(case=case).select_related("suspect", "offered_by").order_by("-offered_at", "id")
    buttons = Buttons(case, user)
    meetings = [
        {
            "words": f"{about_words(row)}: offered by {row.offered_by.name}, {london_text(row.offered_at)}",
            "state": _state(row),
            "colour": "green" if row.answer else "orange",
            "note": row.note,
            "buttons": buttons.offered(On.NFA_MEETING, row, row.pk, f"suspect {row.suspect.number}"),
        }
        for row in rows
    ]
    return Fragment("prosecution/nfa/meetings.html", {"meetings": meetings}) if meetings else None


def _state(row: NfaMeeting) -> str:
    if row.answer == NfaMeeting.Answer.HELD:
        return f"Held {london_text(row.held_at)}"
    if row.answer:
        return str(row.get_answer_display())
    return f"No answer by {day_text(row.answer_by)}" if row.answer_by < clock.today() else f"To be answered by {day_text(row.answer_by)}"
