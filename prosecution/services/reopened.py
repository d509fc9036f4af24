"""A suspect whose investigation was reopened while the referral about her or him is still with the CPS.

The CPS is asked about her or him still: she or he stands again where that referral says, and is decided on in it. Without this
nobody could go on: the CPS decides on nobody who is not with it, and the police refer nobody who is in an open referral.
"""

from datetime import datetime
from typing import Final

from cases import models as m
from cases.derive.facts import CaseFacts, Position, SuspectFacts
from cases.services.reconcile import keys_of
from core import clock
from prosecution.models import ActionPlan, PlanState, ReferralState, ReferralSuspect
from prosecution.selectors_plan import concerned, items_of, suspects_of

WITH_CPS: Final = (ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.ON_PLAN)


def stand_again(case: m.Case, facts: CaseFacts) -> bool:
    """Let reopened suspects of an open referral stand with the CPS, or on its plan, from the moment they were reopened.

    Called in the system scope of the case's force. Says whether anybody does. No query where nobody was reopened.
    """
    reopened = {one.id: one for one in facts.suspects if one.outcomes and one.standing_outcome() is None and one.position is Position.NONE}
    if not reopened:
        return False
    rows = ReferralSuspect.objects.filter(case=case, suspect__in=reopened, removed_at__isnull=True, referral__state__in=WITH_CPS)
    found = list(rows.select_related("referral"))
    for row in found:
        m.CpsPosition.objects.create(
            **keys_of(case),
            suspect_id=row.suspect_id,
            position=m.Position.ACTION_PLAN if _on_plan(row) else m.Position.WITH_CPS,
            since=_moment(reopened[row.suspect_id], facts),
        )
    return bool(found)


def _on_plan(row: ReferralSuspect) -> bool:
    if row.referral.state != ReferralState.ON_PLAN:
        return False
    plan: ActionPlan = ActionPlan.objects.select_related("referral").get(referral=row.referral, state=PlanState.SET)
    return row.suspect_id in {one.pk for one in concerned(items_of(plan), suspects_of(plan))}


def _moment(suspect: SuspectFacts, facts: CaseFacts) -> datetime:
    return max((one.reopened_at for one in suspect.outcomes if one.reopened_at is not None), default=facts.as_of or clock.now())
