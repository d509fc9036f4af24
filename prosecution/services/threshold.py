"""After a charge on the Threshold Test: the Full Code Test applied on or before its day, or the charge discontinued.

The charge stays as history either way. Discontinued ends the review; the suspect's outcome is opened again only by the act that
reopens an investigation, and what follows then is a decision of its own.
"""

from uuid import UUID

from accounts.models import User
from cases.services.changing import changing
from core.exceptions import NotPossible
from prosecution import permissions
from prosecution.models import ChargingDecision, ThresholdReview
from prosecution.policies_decision import threshold_may_be_reviewed
from prosecution.services import whom


def review_threshold(
    *, actor: User, case_id: UUID, charging_decision_id: UUID, result: str, note: str, version: int | None = None
) -> ThresholdReview:
    """Record what the Full Code Test came to. Its clock ends.

    Raises NotAllowed, Conflict, NotPossible (no charge on the Threshold Test, reviewed already, no result, no note).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.DECIDE)
        decision = change.get(ChargingDecision, charging_decision_id)
        threshold_may_be_reviewed(decision)
        if result not in ThresholdReview.Result.values:
            raise NotPossible("Select what the Full Code Test came to", field="result")
        if not note.strip():
            raise NotPossible("Enter the reasons", field="note")
        row = change.add(ThresholdReview, decision=decision, suspect=decision.suspect, at=change.now, result=result, note=note.strip())
        change.put_in_timeline("threshold_reviewed", suspect=decision.suspect, text=f"{row.get_result_display()}: {row.note}")
        whom.tell_all(change, whom.officer(change), "threshold_reviewed", row.pk)
        return row
