"""Plain facts for the clocks between police and CPS."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts, OutcomeFact, SuspectFacts
from core import clock
from prosecution.derive.facts import ItemFact, PlanFact, ProsecutionFacts, ReferralFact, SubmissionFact
from prosecution.derive.rules import prosecution

MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
CASE, A, B = UUID(int=1), UUID(int=10), UUID(int=11)
REFERRAL, PLAN, ITEM = UUID(int=100), UUID(int=200), UUID(int=300)
_numbers = count(1000)


def key() -> UUID:
    """Return a key that nothing else has."""
    return UUID(int=next(_numbers))


def london(text: str) -> datetime:
    """Return the moment of a wall clock in London."""
    return clock.as_utc(datetime.fromisoformat(text).replace(tzinfo=clock.LONDON))


def suspect(who: UUID = A, *outcomes: OutcomeFact, identified_at: datetime = MONDAY) -> SuspectFacts:
    """Return a suspect with these outcomes."""
    return SuspectFacts(who, identified_at, outcomes=outcomes)


def case(*suspects: SuspectFacts, as_of: datetime | None = None, **known: Any) -> CaseFacts:
    """Return a case of these suspects (one, where none is given) about which this much is known."""
    people = suspects or (suspect(),)
    facts = ProsecutionFacts(**known)
    return CaseFacts(CASE, 52, MONDAY, "medium", None, people, offences=(None,), beside={"prosecution": facts}, as_of=as_of, brought=True)


def clocks(about: CaseFacts, kind: Kind) -> list[Wanted]:
    """Return the clocks of one kind, by turn."""
    return sorted((one for one in prosecution(about, Editions()) if one.kind == kind), key=lambda one: (str(one.subject_id), one.sequence))


def only(about: CaseFacts, kind: Kind) -> Wanted:
    """Return the one clock of a kind."""
    (found,) = clocks(about, kind)
    return found


def sent(at: datetime = MONDAY, triaged_at: datetime | None = None, triage: str = "", **more: Any) -> SubmissionFact:
    """Return one sending."""
    return SubmissionFact(key(), at, triaged_at=triaged_at, triage=triage, **more)


def referral(*submissions: SubmissionFact, suspects: tuple[UUID, ...] = (A,), review_type: str = "28_days", **more: Any) -> ReferralFact:
    """Return a referral of these sendings: by default one, accepted a day later."""
    rows = submissions or (sent(MONDAY, MONDAY + DAY, "accepted"),)
    return ReferralFact(more.pop("id", REFERRAL), more.pop("state", "accepted"), review_type, suspects, submissions=rows, **more)


def item(**more: Any) -> ItemFact:
    """Return an item of an action plan."""
    return ItemFact(more.pop("id", ITEM), more.pop("state", "set"), more.pop("first_agreed_on", date(2026, 12, 1)), **more)


def plan(*items: ItemFact, state: str = "set", set_at: datetime = MONDAY + 3 * DAY, **more: Any) -> PlanFact:
    """Return a plan of the referral."""
    return PlanFact(more.pop("id", PLAN), state, set_at, more.pop("referral_id", REFERRAL), items=items or (item(),), **more)


def closed(on: datetime, code: int = 1, **more: Any) -> OutcomeFact:
    """Return an outcome of the day of a moment."""
    return OutcomeFact(code, clock.london_day(on), **more)
