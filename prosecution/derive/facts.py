"""What passes between police and CPS in one case, as plain values: what its clocks are derived from. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

NAME: Final = "prosecution"
RECEIVED, ACCEPTED = "received", "accepted"
"""From when the time for early advice counts: the receipt of the request that triage accepted, or its acceptance."""


@dataclass(frozen=True, slots=True)
class SubmissionFact:
    """One sending of a request or a referral, and what triage made of it."""

    id: UUID
    at: datetime
    red: bool = False
    triaged_at: datetime | None = None
    triage: str = ""
    respond_by: date | None = None


@dataclass(frozen=True, slots=True)
class AdviceFact:
    """A request for early advice that was sent at least once, with its sendings in order."""

    id: UUID
    state: str
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    submissions: tuple[SubmissionFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """A referral that was sent at least once, with its suspects and its sendings in order."""

    id: UUID
    state: str
    review_type: str
    suspects: tuple[UUID, ...] = ()
    ended_at: datetime | None = None
    submissions: tuple[SubmissionFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ChallengeFact:
    """A challenge of an item, and when the CPS answered it."""

    at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemFact:
    """An item of an action plan that was set. `suspect_id` None: it is about all of them."""

    id: UUID
    state: str
    first_agreed_on: date
    suspect_id: UUID | None = None
    part_of: UUID | None = None
    reported_at: datetime | None = None
    settled_at: datetime | None = None
    challenges: tuple[ChallengeFact, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFact:
    """An action plan that was set, for a referral or for early advice."""

    id: UUID
    state: str
    set_at: datetime
    referral_id: UUID | None = None
    ended_at: datetime | None = None
    kept_open_at: datetime | None = None
    items: tuple[ItemFact, ...] = ()

    def concerns(self, suspect_id: UUID) -> bool:
        """Say whether it asks for anything about this suspect. A plan about somebody else stops nobody's clock."""
        return any(item.suspect_id in {None, suspect_id} for item in self.items)


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """A decision on a suspect that was published. `full_code_at`: when the Full Code Test was applied after a threshold charge."""

    id: UUID
    suspect_id: UUID
    decided_at: datetime
    referral_id: UUID | None = None
    test: str = ""
    decision: str = ""
    review_on: date | None = None
    outcome_id: UUID | None = None
    full_code_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProposalFact:
    """One time that a prepared decision waited for a second prosecutor: since when, and how that ended."""

    decision_id: UUID
    suspect_id: UUID
    proposed_at: datetime
    checked_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FinalisationFact:
    """An administrative finalisation, and its review."""

    id: UUID
    referral_id: UUID
    plan_id: UUID
    at: datetime
    reviewed_at: datetime | None = None
    reopened: bool = False


@dataclass(frozen=True, slots=True)
class ReviewAskedFact:
    """A victim's request for a review of a decision. `side`: whose decision it is, and who owes the review."""

    id: UUID
    side: str
    received_on: date
    complainant_id: UUID | None = None
    suspect_id: UUID | None = None
    acknowledged_at: datetime | None = None
    completed_at: datetime | None = None
    longer_until: date | None = None
    expedited: bool = False


@dataclass(frozen=True, slots=True)
class ProsecutionFacts:
    """All of one case. Tuples are in order of time."""

    not_sought_at: datetime | None = None
    advice: tuple[AdviceFact, ...] = ()
    referrals: tuple[ReferralFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    proposals: tuple[ProposalFact, ...] = ()
    finalisations: tuple[FinalisationFact, ...] = ()
    advice_counts_from: str = RECEIVED
    reviews: tuple[ReviewAskedFact, ...] = ()

    def sent(self) -> tuple[AdviceFact | ReferralFact, ...]:
        """Return everything that was sent to the CPS."""
        return (*self.advice, *self.referrals)
