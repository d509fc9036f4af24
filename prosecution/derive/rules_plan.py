"""The clocks of an action plan: each item, each challenge, the proposal to finalise, and the review of a finalisation. Pure.

[DESIGN] Decided here, because no source says it: while the move is the CPS's (an item challenged, said to be done or said to be
impossible) the item stands still, so that nobody chases the police for it; its date never moves, so what is not taken as done
is as late as it was. The rest of an item done in part keeps the first date of the whole.
"""

from collections.abc import Iterator
from datetime import datetime

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts, SuspectFacts
from core import calendar
from prosecution.derive.facts import FinalisationFact, ItemFact, PlanFact, ProsecutionFacts
from prosecution.derive.items import effective_at
from prosecution.derive.wanting import earliest, settled_at, wanted
from prosecution.models.plan import ItemState, PlanState

STANDS_STILL = frozenset({ItemState.CHALLENGED, ItemState.DONE, ItemState.CANNOT})
OVER = frozenset({PlanState.ANSWERED, PlanState.ENDED, PlanState.FINALISED})


def plan_clocks(case: CaseFacts, facts: ProsecutionFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the clocks of every plan that was set, and of every administrative finalisation."""
    people = {suspect.id: suspect for suspect in case.suspects}
    for plan in facts.plans:
        for item in plan.items:
            if item.suspect_id is None or item.suspect_id in people:
                suspect = people.get(item.suspect_id) if item.suspect_id else None
                yield _item(item, plan, suspect, case.as_of, editions)
                yield from _challenges(item, plan, editions)
        if plan.referral_id is not None:
            yield from _proposed(plan, facts.finalisations, editions)
    for one in facts.finalisations:
        yield wanted(Kind.REOPENING_REVIEW, one.id, one.at, editions, met=one.reviewed_at, ended=_all_settled(one, case, facts))


def _item(item: ItemFact, plan: PlanFact, suspect: SuspectFacts | None, as_of: datetime | None, editions: Editions) -> Wanted:
    """From when the plan was set, due on the date first agreed, until it counts as done; over when dropped or the plan ended."""
    met = effective_at(item.state, item.reported_at, item.settled_at, editions.working, as_of=as_of)
    dropped = item.settled_at if item.state == ItemState.DROPPED else None
    moot = settled_at(suspect, met) if suspect is not None else None
    return wanted(
        Kind.ACTION_ITEM,
        item.id,
        plan.set_at,
        editions,
        due=calendar.due_by_end_of(_whole_of(item, plan).first_agreed_on),
        suspect=item.suspect_id,
        met=met,
        ended=earliest(dropped, _ended(plan), moot),
        paused=_stands_still_since(item),
    )


def _whole_of(item: ItemFact, plan: PlanFact) -> ItemFact:
    """Return the item that a rest is the rest of, however often it was done in part."""
    by_id = {one.id: one for one in plan.items}
    seen = {item.id}
    while item.part_of in by_id and item.part_of not in seen:
        item = by_id[item.part_of]
        seen.add(item.id)
    return item


def _stands_still_since(item: ItemFact) -> datetime | None:
    if item.state not in STANDS_STILL:
        return None
    if item.state == ItemState.CHALLENGED:
        return item.challenges[-1].at if item.challenges else None
    return item.reported_at


def _ended(plan: PlanFact) -> datetime | None:
    return plan.ended_at if plan.state in {PlanState.ENDED, PlanState.FINALISED} else None


def _challenges(item: ItemFact, plan: PlanFact, editions: Editions) -> Iterator[Wanted]:
    """Each challenge waits for the CPS."""
    for number, one in enumerate(item.challenges):
        yield wanted(
            Kind.ACTION_CHALLENGE,
            item.id,
            one.at,
            editions,
            suspect=item.suspect_id,
            sequence=number,
            met=one.answered_at,
            ended=_ended(plan),
        )


def _proposed(plan: PlanFact, finalisations: tuple[FinalisationFact, ...], editions: Editions) -> Iterator[Wanted]:
    """From when the plan was set; anew from each reopening of its finalisation."""
    since = plan.set_at
    own = [one for one in finalisations if one.plan_id == plan.id]
    for number, one in enumerate([*own, None]):
        yield wanted(
            Kind.FINALISE_PROPOSED,
            plan.id,
            since,
            editions,
            sequence=number,
            met=one.at if one else earliest(plan.kept_open_at, plan.ended_at if plan.state in OVER else None),
        )
        if one is None or not one.reopened or one.reviewed_at is None:
            return
        since = one.reviewed_at


def _all_settled(one: FinalisationFact, case: CaseFacts, facts: ProsecutionFacts) -> datetime | None:
    """Return when the last suspect of what was finalised got an outcome; None while any has none."""
    keys = {key for referral in facts.referrals if referral.id == one.referral_id for key in referral.suspects}
    closed = [suspect.closed_at() for suspect in case.suspects if suspect.id in keys]
    days = [at for at in closed if at is not None]
    return max(days) if days and len(days) == len(closed) else None
