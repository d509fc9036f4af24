"""Letters on a victim's page: the register, each with what is still open before it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from cases.acts import On
from cases.models import WrittenReasons
from cases.pages.buttons import Button
from core.components import day_text
from victims.models import Letter
from victims.models.appointment import LetterKind
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
    found = list(rows.select_related("created_by", "second_read_by", "route_checked_by").order_by("-written_at", "id"))
    reached = _reached(seen, found)
    cards = [_card(seen, user, row, reached.get(row.pk)) for row in found]
    return {"cards": cards, "buttons": on_victim(seen, user, "enter-letter", part=PART)}


def _reached(seen: Seen, rows: Sequence[Letter]) -> dict[UUID, date]:
    """Return when letters of no further action reached the victim. One query, where one was sent."""
    keys = [row.pk for row in rows if row.kind == LetterKind.NO_FURTHER_ACTION and row.sent_on is not None]
    if not keys:
        return {}
    found = WrittenReasons.objects.filter(case=seen.case, letter_id__in=keys, withdrawn_at__isnull=True)
    return {key: day for key, day in found.values_list("letter_id", "reached_on") if key is not None}


def _card(seen: Seen, user: User, row: Letter, reached: date | None) -> LetterCard:
    missing = open_steps(row)
    if reached is not None:
        state, colour = f"Reached her or him on {day_text(reached)}", "green"
    elif row.sent_on is not None:
        state, colour = f"Sent on {day_text(row.sent_on)}", "green"
    else:
        state, colour = ("Not to be sent yet", "orange") if missing else ("May be sent", "blue")
    buttons = on_row(seen, user, On.LETTER, row, row.get_kind_display(), address=victim_page(seen), part=PART)
    if reached is not None:
        buttons = [button for button in buttons if button.slug != "letter-reached"]
    words = f"Still open before it can be marked as sent: {' and '.join(missing)}." if missing else ""
    return LetterCard(row, state, colour, words, buttons)
