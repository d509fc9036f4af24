"""What the clocks of telling are derived from: complainants by label, what each was told, who became the officer, hearings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

NOT_REACHED: Final = frozenset({"tried", "no_safe_channel"})
"""Reasons not to have told that say it could not be done. Nobody decided that she or he is not to be told: it stays owed."""


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One thing told to one complainant, or not told and why: which clock, which fact, when.

    `before` is about the time before a release alone: told then it is told; not told then, it is still to be told.
    """

    about: str
    fact_id: UUID
    at: datetime
    because: str = ""
    before: bool = False

    @property
    def was_told(self) -> bool:
        """Whether she or he was told."""
        return not self.because

    @property
    def was_decided(self) -> bool:
        """Whether it was decided not to tell, which ends the duty; trying in vain does not."""
        return bool(self.because) and self.because not in NOT_REACHED and not self.before


@dataclass(frozen=True, slots=True)
class PlanFact:
    """A plan for telling one decision about one suspect (None: nobody was identified), when it was made, and for when.

    `teller_there`: who is to tell still has a role on the case. `arranged`: who is with her or him, and the letter's route,
    are recorded.
    """

    about: str
    suspect_id: UUID | None
    at: datetime
    planned_at: datetime
    arranged: bool = True
    teller_there: bool = True


@dataclass(frozen=True, slots=True)
class CrimeFact:
    """A recorded crime of one complainant that names no suspect, and its outcome and day where it has one."""

    id: UUID
    outcome_code: int | None = None
    outcome_on: date | None = None


@dataclass(frozen=True, slots=True)
class ComplainantFacts:
    """One complainant: what she or he is entitled to, the suspects her or his recorded crimes name, what was told and planned."""

    id: UUID
    label: str
    entitlement: str
    since: datetime
    suspects: frozenset[UUID] = frozenset()
    told: tuple[ToldFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    nameless: tuple[CrimeFact, ...] = ()
    """Her or his recorded crimes for which nobody is named."""


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
