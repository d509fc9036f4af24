"""How a charge ended at court, in a line: the last thing this record says of a suspect."""

from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from cases.services.changing import changing
from core import clock
from core.exceptions import NotPossible
from prosecution import permissions
from prosecution.models import CourtOutcome
from prosecution.policies_decision import is_charged


def record_court_outcome(
    *, actor: User, case_id: UUID, suspect_id: UUID, on: date, result: str, version: int | None = None
) -> CourtOutcome:
    """Record how a charge ended at court on a London day. A further line may follow: an appeal, a sentence after a verdict.

    Raises NotAllowed, Conflict, NotPossible (not charged, a day to come or before the charge, no result, recorded already).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.COURT)
        suspect, facts = change.suspect(suspect_id)
        is_charged(facts)
        outcome = facts.standing_outcome()
        if on > clock.today(change.now):
            raise NotPossible("The day must be today or in the past", field="on")
        if outcome is not None and on < outcome.on:
            raise NotPossible("Enter a day on or after the charge", field="on")
        if not result.strip():
            raise NotPossible("Enter how it ended", field="result")
        if CourtOutcome.objects.filter(case=change.case, suspect=suspect, on=on, result=result.strip()).exists():
            raise NotPossible("This is recorded already", field="result")
        row = change.add(CourtOutcome, suspect=suspect, on=on, result=result.strip())
        change.put_in_timeline("court_outcome_recorded", at=_moment(on, change.now), suspect=suspect, text=row.result)
        return row


def _moment(on: date, now: datetime) -> datetime:
    """Return now for today, else the start of the day."""
    return now if on == clock.today(now) else clock.day_start(on)
