"""The clocks of early advice and of triage: considered, triaged, answered, sent again. Pure.

[DESIGN] Decided here, because no source says it: a referral answers the question of early advice; what was sent and taken
back was considered all the same; a request nobody need answer any longer, because the case closed, ends its clocks.
"""

from collections.abc import Iterator
from datetime import datetime

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts
from core import calendar
from prosecution.derive.facts import ACCEPTED, AdviceFact, ProsecutionFacts, ReferralFact, SubmissionFact
from prosecution.derive.wanting import case_closed_at, earliest, wanted
from prosecution.models.advice import AdviceState
from prosecution.models.submission import Triage

RED, OTHER = "red", "other"
CAME_BACK = frozenset({Triage.RETURNED, Triage.RED_REJECTED})


def advice_clocks(case: CaseFacts, facts: ProsecutionFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the clocks of early advice, and of the triage of everything sent."""
    closed = case_closed_at(case)
    yield from _considered(case, facts, closed, editions)
    for what in facts.sent():
        yield from _triage(what, closed, editions)
    for request in facts.advice:
        yield from _response(request, facts.advice_counts_from, closed, editions)


def _considered(case: CaseFacts, facts: ProsecutionFacts, closed: datetime | None, editions: Editions) -> Iterator[Wanted]:
    """From the first suspect identified until asked for, or the reason for not asking, or a referral: once a case."""
    identified = min((suspect.identified_at for suspect in case.suspects), default=None)
    if identified is not None:
        asked = earliest(facts.not_sought_at, *(sent.submissions[0].at for sent in facts.sent()))
        yield wanted(Kind.EARLY_ADVICE_CONSIDERED, case.id, identified, editions, met=asked, ended=closed)


def _triage(what: AdviceFact | ReferralFact, closed: datetime | None, editions: Editions) -> Iterator[Wanted]:
    """Each sending waits for triage; one that came back waits for the next by the day that triage set."""
    over = earliest(what.ended_at, closed)
    for number, one in enumerate(what.submissions):
        withdrawn = one.triage == Triage.WITHDRAWN
        yield wanted(
            Kind.TRIAGE,
            one.id,
            one.at,
            editions,
            variant=RED if one.red else OTHER,
            met=None if withdrawn else one.triaged_at,
            ended=one.triaged_at if withdrawn else over,
        )
        if one.triage in CAME_BACK and one.triaged_at is not None and one.respond_by is not None:
            again: SubmissionFact | None = what.submissions[number + 1] if number + 1 < len(what.submissions) else None
            yield wanted(
                Kind.RESUBMISSION,
                one.id,
                one.triaged_at,
                editions,
                due=calendar.due_by_end_of(one.respond_by),
                met=again.at if again else None,
                ended=over,
            )


def _response(request: AdviceFact, counts_from: str, closed: datetime | None, editions: Editions) -> Iterator[Wanted]:
    """From the request that triage accepted, received or accepted as the setting says; after a challenge from its acceptance."""
    compliant = next((one for one in reversed(request.submissions) if one.triage == Triage.ACCEPTED), None)
    accepted = compliant.triaged_at if compliant else request.accepted_at
    since = compliant.at if compliant and counts_from != ACCEPTED else accepted
    if since is not None:
        advised = request.state == AdviceState.ADVISED
        yield wanted(
            Kind.EARLY_ADVICE_RESPONSE,
            request.id,
            since,
            editions,
            met=request.ended_at if advised else None,
            ended=closed if advised else earliest(request.ended_at, closed),
        )
