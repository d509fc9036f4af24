"""Letters on a victim's page: the register, each with what is still open before it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from accounts.models import User
from cases.acts import On
from cases.pages.buttons import Button
from core.components import day_text
from victims.models import Letter
from victims.pages.places import on_row, on_victim, victim_page
from victims.services.letters import open_steps
from victims.sight import Seen

PART: Final = "letters"


@dataclass(frozen=True, slots=True)
class LetterCard:
    """One letter of the register."""

    row: Letter
    state: str
    colour: str
    open: str
    buttons: Sequence[Button]


def section(seen: Seen, user: User) -> Mapping[str, Any]:
    """Return what the section shows. One query; the routes stay sealed."""
    rows = Letter.objects.filter(case=seen.case, complainant=seen.complainant)
    found = rows.select_related("created_by", "second_read_by", "route_checked_by").order_by("-written_at", "id")
    return {"cards": [_card(seen, user, row) for row in found], "buttons": on_victim(seen, user, "enter-letter", part=PART)}


def _card(seen: Seen, user: User, row: Letter) -> LetterCard:
    missing = open_steps(row)
    if row.sent_on is not None:
        state, colour = f"Sent on {day_text(row.sent_on)}", "green"
    else:
        state, colour = ("Not to be sent yet", "orange") if missing else ("May be sent", "blue")
    buttons = on_row(seen, user, On.LETTER, row, row.get_kind_display(), address=victim_page(seen), part=PART)
    words = f"Still open before it can be marked as sent: {' and '.join(missing)}." if missing else ""
    return LetterCard(row, state, colour, words, buttons)
