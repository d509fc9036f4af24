"""What the clocks of telling are derived from: complainants by label, what each was told, who became the officer, hearings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One thing told to one complainant, or not told with a reason: which clock, which fact, when."""

    about: str
    fact_id: UUID
    at: datetime
    not_told: bool = False


@dataclass(frozen=True, slots=True)
class ComplainantFacts:
    """One complainant: what she or he is entitled to, the suspects her or his recorded crimes name, and what was told."""

    id: UUID
    label: str
    entitlement: str
    since: datetime
    suspects: frozenset[UUID] = frozenset()
    told: tuple[ToldFact, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficerFact:
    """Somebody who became the officer in the case after another."""

    id: UUID
    since: datetime


@dataclass(frozen=True, slots=True)
class HearingFact:
    """A court hearing of one suspect, and when its date was received."""

    id: UUID
    suspect_id: UUID
    received_at: datetime
