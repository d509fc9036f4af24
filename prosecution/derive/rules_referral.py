"""The clock of a charging decision: one a referral and suspect, and a new turn each time the CPS has to decide. Pure.

[DESIGN] Decided here, because no source says it: a plan that asks for nothing about a suspect stops nobody's clock but that
of those it asks about; a plan that was answered, or a finalisation reopened with no plan standing, lets a new turn begin. So does
the reopening of a suspect while the CPS has the referral, or goes on with it because of that: what was decided before it no longer
counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts, SuspectFacts
from core import clock
from prosecution.derive.facts import DecisionFact, FinalisationFact, PlanFact, ProsecutionFacts, ReferralFact, SubmissionFact
from prosecution.derive.wanting import earliest, wanted
from prosecution.models.decision import DecisionType
from prosecution.models.plan import PlanState
from prosecution.models.referral import ReviewType
from prosecution.models.submission import Triage


@dataclass(frozen=True, slots=True)
class Turn:
    """From when the CPS has to decide, how soon, and until when if something else than a decision stopped it.

    `planned_at`: an action plan was set, which meets it; `over_at`: it came back or was withdrawn, which ends it.
    """

    since: datetime
    variant: str
    planned_at: datetime | None = None
    over_at: datetime | None = None
    reopened: bool = False
    """It began with a reopening: whatever the day of an outcome says, none stood at that moment."""


def review_subject(referral_id: UUID, suspect_id: UUID) -> UUID:
    """Return what makes the charging review one clock: one referral and one of its suspects."""
    return uuid5(referral_id, str(suspect_id))


def referral_clocks(case: CaseFacts, facts: ProsecutionFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the charging reviews of every referral, suspect by suspect."""
    people = {suspect.id: suspect for suspect in case.suspects}
    for referral in facts.referrals:
        for key in referral.suspects:
            if key in people:
                yield from _reviews(people[key], referral, facts, editions)


def _reviews(suspect: SuspectFacts, referral: ReferralFact, facts: ProsecutionFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield a clock a turn, as long as nothing final was decided on this suspect that still stood when the turn began."""
    decisions = [one for one in facts.decisions if one.suspect_id == suspect.id and _is_of(one, referral)]
    number = 0
    for turn in _turns(referral, suspect, facts):
        final = min((one.decided_at for one in decisions if _is_final(one, suspect, turn.since)), default=None)
        settled = _settled_in(suspect, turn.since)
        if number and not turn.reopened and ((final is not None and final < turn.since) or (settled is not None and settled <= turn.since)):
            continue
        decided = min((one.decided_at for one in decisions if one.decided_at >= turn.since), default=final)
        met = earliest(decided, turn.planned_at)
        if met is not None and settled is not None and clock.london_day(met) <= clock.london_day(settled):
            settled = None  # an outcome has a day and no time: an act of that day came before it
        yield wanted(
            Kind.CHARGING_REVIEW,
            review_subject(referral.id, suspect.id),
            turn.since,
            editions,
            variant=turn.variant,
            suspect=suspect.id,
            sequence=number,
            met=met,
            ended=earliest(turn.over_at, settled, _ended(referral, met)),
        )
        number += 1


def _is_final(decision: DecisionFact, suspect: SuspectFacts, since: datetime) -> bool:
    """Say whether a decision settled the suspect, and had not been taken back by a reopening when a turn began."""
    if decision.decision == DecisionType.FURTHER_EVIDENCE:
        return False
    taken_back = next((one.reopened_at for one in suspect.outcomes if one.id is not None and one.id == decision.outcome_id), None)
    return taken_back is None or taken_back > since


def _is_of(decision: DecisionFact, referral: ReferralFact) -> bool:
    """Say whether a decision was made in a referral: it names it, or names none and came after it was sent."""
    if decision.referral_id is None:
        return decision.decided_at >= referral.submissions[0].at
    return decision.referral_id == referral.id


def _ended(referral: ReferralFact, met: datetime | None) -> datetime | None:
    """Return when the referral ended, for a suspect on whom nothing was decided in it."""
    return referral.ended_at if met is None else None


def _settled_in(suspect: SuspectFacts, since: datetime) -> datetime | None:
    """Return when an outcome of any kind came that stood at `since` or came after it: the start of its day."""
    return next((start for start, until in suspect.closed_spells() if until is None or until > since), None)


def _turns(referral: ReferralFact, suspect: SuspectFacts, facts: ProsecutionFacts) -> list[Turn]:
    """Return the turns of a referral as far as they concern one suspect, in order."""
    found: list[Turn] = []
    runs: Turn | None = None
    for turn in filter(None, (_first_turn(one, referral.review_type) for one in referral.submissions)):
        if turn.over_at is not None:
            found.append(turn)
        else:
            runs = turn
    if runs is None:
        return found
    since: datetime | None = runs.since
    plans = [plan for plan in facts.plans if plan.referral_id == referral.id and plan.concerns(suspect.id)]
    for plan in plans:
        if since is not None:
            found.append(Turn(since, runs.variant, planned_at=plan.set_at))
        since = _after(plan, facts.finalisations)
    if since is not None:
        found.append(Turn(since, runs.variant))
    return sorted([*found, *_reopened(referral, suspect, plans, runs)], key=lambda turn: turn.since)


def _reopened(referral: ReferralFact, suspect: SuspectFacts, plans: list[PlanFact], runs: Turn) -> Iterator[Turn]:
    """Yield a turn for each reopening while the CPS had the referral, but not while its plan was with the police."""
    for at in (one.reopened_at for one in suspect.outcomes):
        if at is None or at < runs.since or (referral.ended_at is not None and referral.ended_at <= at):
            continue
        if not any(plan.set_at <= at and (plan.ended_at is None or plan.ended_at > at) for plan in plans):
            planned_at = min((plan.set_at for plan in plans if plan.set_at > at), default=None)
            yield Turn(at, runs.variant, planned_at, reopened=True)


def _first_turn(one: SubmissionFact, review_type: str) -> Turn | None:
    """Return the turn that a sending begins. Red begins as it is sent, whatever triage says later; all else when accepted."""
    accepted = one.triage == Triage.ACCEPTED
    if one.red and (review_type == ReviewType.RED or not accepted):
        came_back = one.triaged_at if one.triaged_at is not None and not accepted else None
        return Turn(one.at, ReviewType.RED, over_at=came_back)
    return Turn(one.triaged_at, review_type) if accepted and one.triaged_at is not None else None


def _after(plan: PlanFact, finalisations: tuple[FinalisationFact, ...]) -> datetime | None:
    """Return when the CPS has to decide again after a plan: answered, or its finalisation reopened and no plan standing."""
    if plan.state == PlanState.ANSWERED:
        return plan.ended_at
    if plan.state == PlanState.SET:
        return None
    return max((one.reviewed_at for one in finalisations if one.plan_id == plan.id and one.reopened and one.reviewed_at), default=None)
