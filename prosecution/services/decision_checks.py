"""The second check of a decision: proposed by whoever prepared it, confirmed or sent back by another prosecutor.

Which decisions need it is a setting (SECOND_CHECK_DECISIONS), and in which roles the second prosecutor is (SECOND_CHECK_ROLES),
for everybody or for one Area.
"""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases.services.changing import Changing
from core import clock
from core.exceptions import NotPossible
from prosecution import permissions, states
from prosecution.decision_said import missing, said_by
from prosecution.models import ProposedDecision
from prosecution.models import ProposedState as D
from prosecution.policies_decision import may_be_checked, second_check_is_due, second_check_roles
from prosecution.services import whom
from prosecution.services.decisions import check_not_overtaken, check_undecided, derive_clocks, own_of
from prosecution.services.quietly import quietly

CHANGED_SINCE = "What was proposed changed since you opened this page. Read it again, then answer."


def propose_decision(*, actor: User, case_id: UUID, proposed_decision_id: UUID, version: int | None = None) -> ProposedDecision:
    """Put a decision to a second prosecutor. It waits from now on, and its clock runs.

    Raises NotAllowed, NotPossible (another’s, no second check is due, something is missing, it waits or ended already).
    """
    with quietly(case_id, actor=actor, permission=permissions.DECIDE, what="decision proposed") as change:
        row = own_of(change, proposed_decision_id)
        if not second_check_is_due(row.decision, by_direct=actor.role == Role.CPS_DIRECT):
            raise NotPossible("This decision needs no second check. Publish it when everything is there.")
        check_undecided(change, change.suspect(row.suspect_id)[1])
        check_complete(row, change.now)
        states.step(states.DECISION, row.state, D.WAITS)
        row.state, row.proposed_at, row.checked_at, row.checked_by = D.WAITS, change.now, None, None
        row.save(update_fields=["state", "proposed_at", "checked_at", "checked_by"])
        derive_clocks(change)
        whom.tell_all(change, whom.managers(change), "decision_waits", _this_time(change, row))
        return row


def check_complete(row: ProposedDecision, now: datetime) -> None:
    """Refuse what is not complete, naming the first thing that is missing. Raises NotPossible."""
    for _, reason in missing(said_by(row), clock.today(now)):
        raise NotPossible(f"This is not complete yet. {reason}.")


def check_decision(
    *,
    actor: User,
    case_id: UUID,
    proposed_decision_id: UUID,
    confirm: bool,
    note: str = "",
    seen: str = "",
    version: int | None = None,
) -> ProposedDecision:
    """Confirm a colleague’s decision, or send it back with a note. Never one’s own.

    `seen` says which proposal was read (its moment in ISO form): one changed since is read again first. Raises NotAllowed,
    NotPossible (one’s own, not the grade, does not wait, changed since, sent back without a note).
    """
    with quietly(case_id, actor=actor, permission=permissions.CHECK, what="second check") as change:
        row = change.get(ProposedDecision, proposed_decision_id)
        check_not_overtaken(change, row)
        may_be_checked(row)
        if row.by_id == actor.pk:
            raise NotPossible("You prepared this: another prosecutor has to check it.")
        if actor.role not in second_check_roles(actor.agency_id):
            raise NotPossible("Your role does not make second checks in this service.")
        if seen and row.proposed_at is not None and seen != row.proposed_at.isoformat():
            raise NotPossible(CHANGED_SINCE)
        if not confirm and not note.strip():
            raise NotPossible("Enter why you send it back", field="note")
        after = D.CONFIRMED if confirm else D.SENT_BACK
        states.step(states.DECISION, row.state, after)
        row.state, row.checked_at, row.checked_by, row.check_note = after, change.now, actor, note.strip()
        row.save(update_fields=["state", "checked_at", "checked_by", "check_note"])
        derive_clocks(change)
        whom.tell_all(change, [row.by], "decision_checked", _this_time(change, row))
        return row


def _this_time(change: Changing, row: ProposedDecision) -> str:
    """Return what makes a notice one of this time: the case has no new version, and the same decision may come back."""
    return f"{row.pk}:{change.now.timestamp():.0f}"
