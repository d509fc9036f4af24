"""What a victim says about the prosecution, on her or his page: every record, the latest first, and what is done about pressure or fear."""

from collections.abc import Mapping
from typing import Any, Final

from accounts.models import User
from cases import models as m
from cases.models.telling import Pressure
from victims.pages.places import on_victim
from victims.sight import Seen

PART: Final = "support"
AGAIN: Final = "supports-again"
TALK: Final = "record-withdrawal-talk"
MOST: Final = 50
"""How many records one page shows; nobody is asked so often."""


def section(seen: Seen, user: User) -> Mapping[str, Any]:
    """Return what the section shows. Two queries."""
    talks = m.WithdrawalTalk.objects.filter(case=seen.case, complainant=seen.complainant).select_related("by")
    rows = m.SupportChange.objects.filter(case=seen.case, complainant=seen.complainant).select_related("created_by")
    found = list(rows.order_by("-at", "-created_at")[:MOST])
    seen.complainant.supports = found[0].supports if found else ""  # type: ignore[attr-defined] # read by the policy of the button
    asked = next((row for row in found if row.pressure != Pressure.NOT_ASKED), None)
    buttons = on_victim(seen, user, AGAIN, "record-support", TALK, part=PART)
    return {
        "latest": found[0] if found else None,
        "earlier": found[1:],
        "talks": talks.order_by("-at", "-created_at")[:MOST],
        "fears": asked if asked is not None and asked.pressure == Pressure.YES else None,
        "again": next((button for button in buttons if button.slug == AGAIN), None),
        "buttons": [button for button in buttons if button.slug != AGAIN],
    }
