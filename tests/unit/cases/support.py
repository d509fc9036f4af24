"""Facts as plain values for the tests of states and clocks."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from cases.derive.clocks import Editions, Wanted, wanted
from cases.derive.facts import ArrestFact, BailEventFact, BailFact, CaseFacts, OutcomeFact, SituationFact, SuspectFacts

CASE = UUID(int=1)
SUSPECT = UUID(int=2)
DAY0 = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday in winter time: London and UTC read the same."""


def day(number: float) -> datetime:
    """Return the moment this many days after the beginning."""
    return DAY0 + timedelta(days=number)


def arrest(at: float, released: float | None = None, to: str = "under_investigation", *, imported: bool = False) -> ArrestFact:
    return ArrestFact(uuid4(), day(at), imported, None if released is None else day(released), "" if released is None else to)


def bail(
    at: float,
    *events: BailEventFact,
    authority: str = "custody_officer",
    own: date | None = None,
    passed: bool = False,
    arrested: float | None = None,
) -> BailFact:
    return BailFact(uuid4(), day(at), authority, None if arrested is None else day(arrested), own, passed, events)


def event(kind: str, at: float, *, months: int | None = None, own: date | None = None, to: str = "") -> BailEventFact:
    return BailEventFact(kind, day(at), months, own, to)


def situation(since: float, ended: float | None = None, kind: str = "wanted") -> SituationFact:
    return SituationFact(uuid4(), kind, day(since), None if ended is None else day(ended))


def outcome(on: float, code: int = 15, reopened: float | None = None) -> OutcomeFact:
    return OutcomeFact(code, day(on).date(), None if reopened is None else day(reopened))


def suspect(identified: float = 0, key: UUID = SUSPECT, **facts: object) -> SuspectFacts:
    return SuspectFacts(id=key, identified_at=day(identified), **facts)  # type: ignore[arg-type]


def case(*suspects: SuspectFacts, risk: str = "standard", recorded: float = 0, live_from: date | None = None, **facts: object) -> CaseFacts:
    return CaseFacts(id=CASE, force_id=52, recorded_at=day(recorded), risk=risk, live_from=live_from, suspects=suspects, **facts)  # type: ignore[arg-type]


def clocks(facts: CaseFacts, kind: str, editions: Editions | None = None) -> list[Wanted]:
    """Return the clocks of one kind that the facts ask for, in the order of their turns."""
    found = [one for one in wanted(facts, editions or Editions()).values() if one.kind == kind]
    return sorted(found, key=lambda one: (one.started_at, one.sequence))


def clock_of(facts: CaseFacts, kind: str, editions: Editions | None = None) -> Wanted:
    """Return the only clock of a kind."""
    (one,) = clocks(facts, kind, editions)
    return one
