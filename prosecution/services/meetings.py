"""Meetings and calls between investigator and prosecutor: when, how, who, and what was agreed. Append-only."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from cases.models.base import LINE, TEXT
from cases.services.changing import changing
from core.exceptions import NotPossible
from prosecution import permissions
from prosecution.models import Meeting


def record_meeting(*, actor: User, case_id: UUID, at: datetime, how: str, who: str, agreed: str, version: int | None = None) -> Meeting:
    """Record a meeting or call that took place at an aware moment. Both agencies read it, and the timeline says what was agreed.

    Raises NotAllowed, Conflict, NotPossible (not brought to the CPS, in the future, nobody named,
    nothing agreed).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.MEET)
        if not change.case.brought:
            raise NotPossible("This case has not been brought to the CPS.")
        change.not_in_future(at)
        if how not in Meeting.How.values:
            raise NotPossible("Select how you met", field="how")
        words, outcome = who.strip(), agreed.strip()
        if not words or len(words) > LINE:
            raise NotPossible("Enter who took part", field="who")
        if not outcome or len(outcome) > TEXT:
            raise NotPossible("Enter what was agreed", field="agreed")
        row = change.add(Meeting, at=at, how=how, who=words, agreed=outcome)
        change.put_in_timeline("meeting_recorded", at=at, text=in_words(row)[:TEXT])
        return row


def in_words(row: Meeting) -> str:
    """Return a meeting in a line or two, as the timeline says it: the same for both agencies."""
    return f"{row.get_how_display()}, with {row.who}. Agreed: {row.agreed}"
