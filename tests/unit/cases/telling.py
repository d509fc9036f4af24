"""Facts and clocks of telling, for its tests."""

from uuid import UUID

from cases.derive.clocks import Editions, Wanted, wanted
from cases.derive.facts import (
    ArrestFact,
    CaseFacts,
    ComplainantFacts,
    SuspectFacts,
    ToldFact,
)
from cases.derive.told_rules import TOLD_KINDS
from tests.unit.cases.support import CASE, DAY0, SUSPECT, day

SHE, OTHER_SUSPECT = UUID(int=20), UUID(int=3)
FACT = UUID(int=30)


def she(*told: ToldFact, entitlement: str = "enhanced", names: tuple[UUID, ...] = (SUSPECT,), key: UUID = SHE) -> ComplainantFacts:
    return ComplainantFacts(key, "A", entitlement, DAY0, frozenset(names), told)


def known(*complainants: ComplainantFacts, suspects: tuple[SuspectFacts, ...] = (), **facts: object) -> CaseFacts:
    given: dict[str, object] = {"as_of": day(200), **facts}
    return CaseFacts(CASE, 52, DAY0, "standard", suspects=suspects, complainants=complainants, **{"live_from": None, **given})  # type: ignore[arg-type]


def told_clocks(facts: CaseFacts, kind: str | None = None, editions: Editions | None = None) -> list[Wanted]:
    found = [one for one in wanted(facts, editions or Editions()).values() if one.kind in TOLD_KINDS]
    return sorted((one for one in found if kind in {None, one.kind}), key=lambda one: (one.kind, one.started_at))


def only(facts: CaseFacts, kind: str) -> Wanted:
    (one,) = told_clocks(facts, kind)
    return one


def suspect(key: UUID = SUSPECT, **facts: object) -> SuspectFacts:
    return SuspectFacts(key, DAY0, **facts)  # type: ignore[arg-type]


ARRESTED = suspect(arrests=(ArrestFact(FACT, day(1)),))
