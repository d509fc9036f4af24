"""A suspect whose investigation was reopened: where she or he stands with the CPS then.

While the referral is still with the CPS, it is asked about her or him still: she or he stands again where that referral says, and
is decided on in it. Without this nobody could go on: the CPS decides on nobody who is not with it, and the police refer nobody who
is in an open referral.

[DESIGN] Where the outcome was that she or he did not support the prosecution, and she or he supports it again, the suspect stands
where she or he was left off, though the last outcome ended the referral meanwhile:

- with the CPS, under a referral that triage had accepted: that referral goes on, with the prosecutor who had it;
- on an action plan: with the CPS too. The dates of that plan are long past and were agreed for another time: the prosecutor says
  anew what is needed, by when, or decides;
- waiting for triage, returned, or with the police: with the police, who go on where the investigation stood, and send the file
  (anew) when it is ready;
- finalised administratively: that stands, until the police reopen it as they do any other.

Any other reopening after a referral ended sends nobody back: it is referred anew. But a decision of the CPS that a review overturned
puts the suspect back with the CPS by itself (review_results.py).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from cases import models as m
from cases.derive.facts import CaseFacts, OutcomeFact, Position, SuspectFacts
from cases.services.reconcile import keys_of
from core import clock
from prosecution import states
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
    _go_on_with(case, [one for one in reopened.values() if _left_off(one) is not None])
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


def _left_off(suspect: SuspectFacts) -> OutcomeFact | None:
    """Return the outcome that was opened last, if she or he supports the prosecution again: it goes on where it was left."""
    last = max((one for one in suspect.outcomes if one.reopened_at is not None), key=lambda one: (one.reopened_at, one.on), default=None)
    return last if last is not None and last.left_off else None


def _go_on_with(case: m.Case, suspects: Iterable[SuspectFacts]) -> None:
    """Let the referral go on under which each of these stood with the CPS until the outcome: it ended with that outcome."""
    for suspect in suspects:
        outcome = _left_off(suspect)
        stays = m.CpsPosition.objects.filter(case=case, suspect=suspect.id).order_by("-since", "-created_at")
        stay = stays.values_list("position", "until").first()
        if outcome is None or stay is None or stay[0] == m.Position.FINALISED or stay[1] is None or clock.london_day(stay[1]) < outcome.on:
            continue
        _reopen(case, suspect)


def _reopen(case: m.Case, suspect: SuspectFacts) -> None:
    """Open the last referral of a suspect, if triage had accepted it and the last outcome ended it."""
    rows = ReferralSuspect.objects.filter(case=case, suspect=suspect.id, removed_at__isnull=True)
    row = rows.exclude(referral__state=ReferralState.WITHDRAWN).select_related("referral").order_by("-referral__number").first()
    if row is None or row.referral.state != ReferralState.DECIDED or row.referral.accepted_at is None:
        return
    referral = row.referral
    referral.state, referral.ended_at = states.step(states.REFERRAL, referral.state, ReferralState.ACCEPTED).after, None
    referral.save(update_fields=["state", "ended_at"])


def _on_plan(row: ReferralSuspect) -> bool:
    if row.referral.state != ReferralState.ON_PLAN:
        return False
    plan: ActionPlan = ActionPlan.objects.select_related("referral").get(referral=row.referral, state=PlanState.SET)
    return row.suspect_id in {one.pk for one in concerned(items_of(plan), suspects_of(plan))}


def _moment(suspect: SuspectFacts, facts: CaseFacts) -> datetime:
    return max((one.reopened_at for one in suspect.outcomes if one.reopened_at is not None), default=facts.as_of or clock.now())
