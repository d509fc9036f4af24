"""The clocks of a decision: the second check of a proposed one, and the Full Code Test after a threshold charge. Pure.

A second check is the CPS's alone: the police may not learn that a decision is proposed, so they never see its clock
(`Deadline.objects.shown_to`, and the database's own policy).
"""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts
from core import calendar
from prosecution.derive.facts import DecisionFact, ProsecutionFacts
from prosecution.derive.wanting import wanted
from prosecution.models.decision import DecisionType, Test


def decision_clocks(case: CaseFacts, facts: ProsecutionFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the second checks that were asked for, and the reviews of charges on the Threshold Test."""
    people = {suspect.id for suspect in case.suspects}
    turns: defaultdict[UUID, int] = defaultdict(int)
    for one in facts.proposals:
        if one.suspect_id in people:
            yield wanted(
                Kind.SECOND_CHECK,
                one.decision_id,
                one.proposed_at,
                editions,
                suspect=one.suspect_id,
                sequence=turns[one.decision_id],
                met=one.checked_at,
                ended=one.ended_at,
            )
            turns[one.decision_id] += 1
    for decision in facts.decisions:
        if decision.suspect_id in people:
            yield from _threshold(case, decision, editions)


def _threshold(case: CaseFacts, decision: DecisionFact, editions: Editions) -> Iterator[Wanted]:
    """From the charge, by the day the prosecutor set, until the Full Code Test is applied; over when the charge is reopened."""
    if decision.test != Test.THRESHOLD or decision.decision != DecisionType.CHARGE or decision.review_on is None:
        return
    reopened = next(
        (
            outcome.reopened_at
            for suspect in case.suspects
            for outcome in suspect.outcomes
            if outcome.id is not None and outcome.id == decision.outcome_id
        ),
        None,
    )
    yield wanted(
        Kind.THRESHOLD_REVIEW,
        decision.id,
        decision.decided_at,
        editions,
        due=calendar.due_by_end_of(decision.review_on),
        suspect=decision.suspect_id,
        met=decision.full_code_at,
        ended=reopened,
    )
