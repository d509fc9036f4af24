"""Human acts on a clock: a later date where its kind allows one, or why it cannot be met. Reconcile respects them."""

from datetime import date, timedelta
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.derive.clocks import CLOCKS, Kind, Owes
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotPossible

FURTHEST = timedelta(days=92)
"""`[DESIGN]`: how far ahead a date may be moved in one go."""


def move_deadline(
    *, actor: User, case_id: UUID, deadline_id: UUID, moved_to: date, reason: str, version: int | None = None
) -> m.DeadlineOverride:
    """Move the due date of a clock whose kind may be moved. The first date stays beside it, and lateness counts from that.

    Raises NotAllowed, NotPossible (not movable, not running, a day passed or too far ahead), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        deadline = _running(change, deadline_id)
        may_be_moved(deadline)
        today = clock.today(change.now)
        if moved_to <= today:
            raise NotPossible("Enter a day after today", field="moved_to")
        if moved_to > today + FURTHEST:
            raise NotPossible("Enter a day within three months", field="moved_to")
        row = change.add(m.DeadlineOverride, **_clock_of(deadline), moved_to=moved_to, reason=reason, at=change.now)
        change.put_in_timeline(
            "deadline_moved", suspect=deadline.suspect, text=f"{Kind(deadline.kind).label}, to {moved_to.isoformat()}: {reason}"
        )
        return row


def may_be_moved(deadline: m.Deadline) -> None:
    """A policy: the law's dates and the dates that protect somebody stay as they are. Raises NotPossible."""
    if not CLOCKS[deadline.kind].movable:
        raise NotPossible("This due date cannot be moved. You can say why it cannot be met.")


def cannot_be_met(*, actor: User, case_id: UUID, deadline_id: UUID, because: str, version: int | None = None) -> m.DeadlineOverride:
    """Say why a due date cannot be met. It moves and stops nothing.

    Raises NotAllowed, NotPossible when the clock is not running, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        deadline = _running(change, deadline_id)
        row = change.add(m.DeadlineOverride, **_clock_of(deadline), cannot_be_met_because=because, at=change.now)
        change.put_in_timeline("deadline_cannot_be_met", suspect=deadline.suspect, text=f"{Kind(deadline.kind).label}: {because}")
        return row


def _running(change: Changing, deadline_id: UUID) -> m.Deadline:
    deadline = change.get(m.Deadline, deadline_id)
    if deadline.met_at is not None or deadline.ended_at is not None or deadline.cancelled:
        raise NotPossible("This clock no longer runs.")
    if deadline.owes == Owes.AUDIT:
        raise NotPossible("This clock is an auditor’s.")
    return deadline


def _clock_of(deadline: m.Deadline) -> dict[str, object]:
    return {"kind": deadline.kind, "subject_id": deadline.subject_id, "sequence": deadline.sequence}
