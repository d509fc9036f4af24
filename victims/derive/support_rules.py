"""The clocks of support: to be referred, to be linked, to be answered, to hear, to be told by the ISVA. Pure.

[DESIGN] Decided here, because no source says it: an offer counts as referred; who declined is asked again after 28 days while
the case is open; what an ISVA raised and was asked ends with the client's consent; a thing that somebody else told
meanwhile need not be told by the ISVA. A link's clock starts when the case got it: before that no officer could know.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from cases.derive.clocks import Editions, Kind, Owes, Wanted, due_of
from cases.derive.clocks import register as register_rule
from cases.derive.facts import CaseFacts, ComplainantFacts
from cases.derive.states import case_stage
from victims.derive.support_facts import NAME, MessageFact, ReferralFact, SupportFacts, TellFact, load

AGAIN = "again"
QUESTIONS = frozenset({"question", "choice"})
HEARD_NOTHING = "heard_nothing"


def register() -> None:
    """Add the clocks of support to the table's rules."""
    register_rule(NAME, support, load)


def support(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the clocks of every complainant, and of the links that the case got."""
    facts: SupportFacts = case.beside.get(NAME) or SupportFacts()
    for complainant in case.complainants:
        yield from _referral(case, complainant, facts, editions)
    for message in facts.messages:
        yield from _message(message, facts, editions)
    for request in facts.tells:
        yield _tell(case, request, editions)
    for link in facts.links:
        yield _wanted(Kind.ISVA_LINK, link.id, link.since, editions, complainant=link.complainant_id, met=link.answered_at)


def _referral(case: CaseFacts, complainant: ComplainantFacts, facts: SupportFacts, editions: Editions) -> Iterator[Wanted]:
    """The first offer, then asking again after each time she or he declined."""
    rows = [one for one in facts.referrals if one.complainant_id == complainant.id]
    first = min((one.offered_at for one in rows), default=None)
    met = max(first, complainant.since) if first is not None else None
    yield _wanted(Kind.SUPPORT_REFERRAL, complainant.id, complainant.since, editions, complainant=complainant.id, met=met)
    closed = None if case_stage(case, case.as_of or case.recorded_at).is_open else case.closed_at()
    for number, declined in enumerate((one for one in rows if one.declined and one.answered_at), start=1):
        yield _again(complainant, number, declined, rows, closed, editions)


def _again(
    complainant: ComplainantFacts,
    number: int,
    declined: ReferralFact,
    rows: list[ReferralFact],
    closed: datetime | None,
    editions: Editions,
) -> Wanted:
    since = declined.answered_at or declined.offered_at
    asked = min((one.offered_at for one in rows if one.id != declined.id and one.offered_at > since), default=None)
    ended = max(closed, since) if closed is not None and asked is None else None
    return _wanted(
        Kind.SUPPORT_REFERRAL,
        complainant.id,
        since,
        editions,
        complainant=complainant.id,
        variant=AGAIN,
        sequence=number,
        met=asked,
        ended=ended,
    )


def _message(message: MessageFact, facts: SupportFacts, editions: Editions) -> Iterator[Wanted]:
    """A question or a choice until it is answered; "heard nothing" until a contact reaches her or him, or the ISVA closes it."""
    if message.kind in QUESTIONS:
        met, ended = _first(message.answered_at, _earliest(message.closed_at, message.gone_at))
        yield _wanted(Kind.ISVA_QUESTION, message.id, message.asked_at, editions, complainant=message.complainant_id, met=met, ended=ended)
    elif message.kind == HEARD_NOTHING:
        times = (facts.reached or {}).get(message.complainant_id, ())
        reached = next((at for at in times if at > message.asked_at), None)
        met, ended = _first(_earliest(reached, message.closed_at), message.gone_at)
        yield _wanted(Kind.HEARD_NOTHING, message.id, message.asked_at, editions, complainant=message.complainant_id, met=met, ended=ended)


def _tell(case: CaseFacts, request: TellFact, editions: Editions) -> Wanted:
    elsewhere = [
        told.at
        for complainant in case.complainants
        if complainant.id == request.complainant_id
        for told in complainant.told
        if (told.about, told.fact_id) == (request.about, request.fact_id) and told.was_told
    ]
    told = max(min(elsewhere), request.sent_at) if elsewhere else None
    met, ended = _first(request.answered_at, _earliest(request.over_at, told))
    return _wanted(
        Kind.TELL_REQUEST,
        request.id,
        request.sent_at,
        editions,
        complainant=request.complainant_id,
        owes=Owes.ISVA,
        met=met,
        ended=ended,
    )


def _wanted(
    kind: Kind,
    subject: UUID,
    since: datetime,
    editions: Editions,
    *,
    complainant: UUID | None,
    variant: str = "",
    sequence: int = 0,
    owes: Owes = Owes.POLICE,
    met: datetime | None = None,
    ended: datetime | None = None,
) -> Wanted:
    due, version = due_of(kind, variant, since, editions)
    return Wanted(
        kind,
        subject,
        since,
        due,
        owes,
        complainant_id=complainant,
        sequence=sequence,
        setting_version=version,
        met_at=met,
        ended_at=ended,
    )


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((one for one in moments if one is not None), default=None)


def _first(met: datetime | None, ended: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Return what stopped a clock, whichever came first; the other is None."""
    if met is not None and (ended is None or met <= ended):
        return met, None
    return None, ended
