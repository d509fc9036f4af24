"""Lines of enquiry: what each looks at, why it is needed, how it ended. The suspect comes first (domain.md section 1)."""

from datetime import date
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible

State = m.LineOfEnquiry.State
ENDS = frozenset({State.DONE, State.NOT_PURSUED})


def open_enquiry(
    *,
    actor: User,
    case_id: UUID,
    focus: str,
    what: str,
    necessity: str = "",
    suspect_id: UUID | None = None,
    state: str = State.GOING_ON,
    expected_on: date | None = None,
    version: int | None = None,
) -> m.LineOfEnquiry:
    """Open a line of enquiry. One that looks at the victim says why it is necessary, and shows that the gate is not yet met.

    Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        _check_focus(focus, necessity)
        if state in ENDS or state not in State.values:
            raise NotPossible("A new line of enquiry is contemplated or going on", field="state")
        suspect = change.suspect(suspect_id)[0] if suspect_id else None
        gate = m.Gate.OPEN if focus == m.Focus.VICTIM else m.Gate.NOT_NEEDED
        row = change.add(
            m.LineOfEnquiry,
            focus=focus,
            what=what,
            necessity=necessity,
            suspect=suspect,
            state=state,
            expected_on=expected_on,
            gate=gate,
            opened_at=change.now,
        )
        change.put_in_timeline("enquiry_opened", suspect=suspect, text=f"{m.Focus(focus).label}: {what}")
        return row


def _check_focus(focus: str, necessity: str) -> None:
    if focus not in m.Focus.values:
        raise NotPossible("Select what it looks at", field="focus")
    if focus == m.Focus.VICTIM and not necessity.strip():
        raise NotPossible("Say why it is necessary and proportionate to look at the victim", field="necessity")


def change_enquiry(
    *,
    actor: User,
    case_id: UUID,
    enquiry_id: UUID,
    what: str,
    necessity: str,
    state: str,
    expected_on: date | None,
    version: int | None = None,
) -> m.LineOfEnquiry:
    """Change a line of enquiry that has not ended. Its focus stays: one that looks elsewhere is another line.

    Its gate stays too: whether the conditions for looking at the victim are met follows from what is asked for.
    Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        row = _going(change, enquiry_id)
        _check_focus(row.focus, necessity)
        if state in ENDS or state not in State.values:
            raise NotPossible("Select contemplated or going on", field="state")
        row.what, row.necessity, row.state, row.expected_on = what, necessity, state, expected_on
        row.save(update_fields=["what", "necessity", "state", "expected_on"])
        change.put_in_timeline("enquiry_changed", text=f"{m.Focus(row.focus).label}: {what}")
        return row


def end_enquiry(*, actor: User, case_id: UUID, enquiry_id: UUID, state: str, result: str, version: int | None = None) -> m.LineOfEnquiry:
    """End a line of enquiry: done, or not pursued, and with what result or for what reason.

    Raises NotAllowed, NotPossible when it has ended, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        row = _going(change, enquiry_id)
        if state not in ENDS:
            raise NotPossible("Select done or not pursued", field="state")
        if not result.strip():
            raise NotPossible("Enter what came of it, or why it is not pursued", field="result")
        row.state, row.result, row.ended_at = state, result, change.now
        row.save(update_fields=["state", "result", "ended_at"])
        change.put_in_timeline("enquiry_ended", text=f"{row.what} – {State(state).label.lower()}: {result}")
        return row


def _going(change: Changing, enquiry_id: UUID) -> m.LineOfEnquiry:
    row = change.get(m.LineOfEnquiry, enquiry_id)
    if row.state in ENDS:
        raise NotPossible("This line of enquiry has ended.")
    return row
