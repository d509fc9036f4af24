"""Decisions that are being prepared, beside the referral they are about: who prepares what, and how far it has come."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from cases.pages.buttons import Button
from core.words import inside
from prosecution.models import ProposedDecision
from prosecution.policies_decision import LIVE


def prepared_on(cases: Collection[UUID]) -> Mapping[UUID, list[ProposedDecision]]:
    """Return suspect → the decisions that are being prepared on her or him. One query."""
    found: dict[UUID, list[ProposedDecision]] = defaultdict(list)
    for row in ProposedDecision.objects.filter(case__in=list(cases), state__in=LIVE).select_related("suspect", "by").order_by("created_at"):
        found[row.suspect_id].append(row)
    return found


def in_words(row: ProposedDecision) -> str:
    """Return one in words."""
    decision, state = row.get_decision_display() or "decision", inside(str(row.get_state_display()))
    return f"Suspect {row.suspect.number}: {inside(str(decision))}, prepared by {row.by.name} ({state})"


def still_to_prepare(buttons: Iterable[Button], prepared: Iterable[ProposedDecision], reader: UUID) -> list[Button]:
    """Leave out the button that begins what the reader has begun already: it is changed, or discarded, from its own row."""
    own = {row.suspect_id for row in prepared if row.by_id == reader}
    return [button for button in buttons if button.slug != "prepare-decision" or button.target not in own]
