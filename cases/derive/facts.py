"""The facts of a case as plain values: what states and clocks are derived from. Pure; loading them is cases/selectors.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from cases.derive.bail_facts import MONTHS_OF_AUTHORITY as MONTHS_OF_AUTHORITY
from cases.derive.bail_facts import BailEventFact as BailEventFact
from cases.derive.bail_facts import BailFact as BailFact
from cases.derive.told_facts import ComplainantFacts as ComplainantFacts
from cases.derive.told_facts import CrimeFact as CrimeFact
from cases.derive.told_facts import HearingFact as HearingFact
from cases.derive.told_facts import OfficerFact as OfficerFact
from cases.derive.told_facts import PlanFact as PlanFact
from cases.derive.told_facts import ToldFact as ToldFact
from core import clock

SUPPORTS_AGAIN: Final = "supports_again"
"""The value of ReopenBasis for a complainant who supports the prosecution again."""
CHARGED_FROM_CUSTODY = "charged"
"""Of an arrest, instead of a release: the CPS charged somebody in custody, which may have gone on to court."""
ENDED = frozenset({"outcome", CHARGED_FROM_CUSTODY})


class Position(StrEnum):
    """Where a suspect stands with the CPS."""

    NONE = "none"
    WITH_CPS = "with_cps"
    ACTION_PLAN = "action_plan"
    FINALISED = "finalised"


@dataclass(frozen=True, slots=True)
class ArrestFact:
    """An arrest and its release. `imported` arrests that say no release are not custody but "not known"."""

    id: UUID
    at: datetime
    imported: bool = False
    released_at: datetime | None = None
    released_to: str = ""
    began_at: datetime | None = None
    hours: int | None = None

    @property
    def in_custody(self) -> bool:
        """An arrest entered here with no release after it."""
        return self.released_at is None and not self.imported


@dataclass(frozen=True, slots=True)
class SituationFact:
    """Wanted, abroad or in prison elsewhere, with its ends."""

    id: UUID
    kind: str
    since: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """A suspect's outcome and whether it was reopened."""

    code: int
    on: date
    reopened_at: datetime | None = None
    id: UUID | None = None
    side: str = ""
    basis: str = ""
    """On what basis it was reopened; "" while it stands."""

    @property
    def left_off(self) -> bool:
        """It was opened again because she or he supports the prosecution again: the police go on where they left off, with clocks anew."""
        return self.reopened_at is not None and self.basis == SUPPORTS_AGAIN


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """A supervisor's review, and the day it asks the next one for."""

    of: str
    suspect_id: UUID | None
    at: datetime
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True)
class CorrectionFact:
    """A correction that was made: field, old and new value as texts, when, and whether it came from the extract."""

    table: str
    row_id: UUID
    field: str
    old: str
    new: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """A moved date for one clock."""

    kind: str
    subject_id: UUID
    sequence: int
    moved_to: date
    at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyFact:
    """Sight of the case taken in an emergency, and when an auditor reviewed it."""

    id: UUID
    at: datetime
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SuspectFacts:
    """One suspect. Tuples are in order of time."""

    id: UUID
    identified_at: datetime
    arrests: tuple[ArrestFact, ...] = ()
    interviews: tuple[datetime, ...] = ()
    interview_ids: tuple[UUID, ...] = ()
    """The rows of the interviews, in the same order."""
    no_arrest: tuple[datetime, ...] = field(default=())
    situations: tuple[SituationFact, ...] = ()
    bails: tuple[BailFact, ...] = ()
    outcomes: tuple[OutcomeFact, ...] = ()
    position: Position = Position.NONE
    position_id: UUID | None = None
    position_since: datetime | None = None

    def latest_arrest(self) -> ArrestFact | None:
        """The last arrest."""
        return self.arrests[-1] if self.arrests else None

    def standing_outcome(self) -> OutcomeFact | None:
        """The outcome that was not reopened, if any."""
        return next((outcome for outcome in reversed(self.outcomes) if outcome.reopened_at is None), None)

    def live_situation(self) -> SituationFact | None:
        """The situation that holds now; an arrest or interview after it began ends wanted and abroad."""
        for situation in reversed(self.situations):
            if self.situation_ended_at(situation) is None:
                return situation
        return None

    def situation_ended_at(self, situation: SituationFact) -> datetime | None:
        """When the situation ended: as recorded, or for wanted and abroad by the first arrest or interview after it."""
        acts = [*(arrest.at for arrest in self.arrests), *self.interviews] if situation.kind in {"wanted", "abroad"} else []
        ends = [at for at in acts if at >= situation.since]
        if situation.ended_at is not None:
            ends.append(situation.ended_at)
        return min(ends, default=None)

    def live_bail(self) -> BailFact | None:
        """The latest bail, unless it ended."""
        return self.bails[-1] if self.bails and self.bails[-1].ended is None else None

    def under_investigation(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """Return the spells under investigation, in order: since when, and until the next arrest or bail (None: still).

        One begins with a release, or an end of bail, to investigation. One that was to an outcome (or a charge) begins it when that
        outcome is reopened: nothing else is known to hold the suspect then.
        """
        spells = []
        for at, to in self._let_go():
            since = at if to == "under_investigation" else self._reopened_after(at) if to in ENDED else None
            if since is not None:
                later = [arrest.at for arrest in self.arrests if arrest.at > since] + [
                    bail.granted_at for bail in self.bails if bail.granted_at > since
                ]
                spells.append((since, min(later, default=None)))
        return tuple(sorted(set(spells), key=lambda spell: spell[0]))

    def _let_go(self) -> list[tuple[datetime, str]]:
        """Every release and every end of bail, with what it was to."""
        releases = [(arrest.released_at, arrest.released_to) for arrest in self.arrests if arrest.released_at]
        return [*releases, *((bail.ended.at, bail.ended.ended_to) for bail in self.bails if bail.ended)]

    def _reopened_after(self, at: datetime) -> datetime | None:
        return min((o.reopened_at for o in self.outcomes if o.reopened_at is not None and o.reopened_at > at), default=None)

    def under_investigation_since(self) -> datetime | None:
        """Since when the suspect is released under investigation, if she or he is."""
        spells = self.under_investigation()
        return spells[-1][0] if spells and spells[-1][1] is None else None

    def no_arrest_approved_at(self) -> datetime | None:
        """When a decision not to arrest was last approved."""
        return max(self.no_arrest, default=None)

    def stopped_arrest_clock_at(self) -> datetime | None:
        """The first act that the arrest clock waits for: arrest, interview under caution, or an approved decision not to arrest."""
        acts = [*(arrest.at for arrest in self.arrests), *self.interviews, *self.no_arrest]
        return min(acts, default=None)

    def closed_spells(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """Return from when until when the suspect had an outcome (None: still has it), in order; from the start of its day."""
        return tuple((clock.day_start(outcome.on), outcome.reopened_at) for outcome in sorted(self.outcomes, key=lambda o: o.on))

    def closed_at(self) -> datetime | None:
        """The start of the day of the standing outcome, when the suspect's clocks end."""
        outcome = self.standing_outcome()
        return clock.day_start(outcome.on) if outcome else None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case. `offences` are the outcome codes of its recorded crimes (None: none yet)."""

    id: UUID
    force_id: int
    recorded_at: datetime
    risk: str
    live_from: date | None
    suspects: tuple[SuspectFacts, ...] = ()
    offences: tuple[int | None, ...] = ()
    offences_closed_on: date | None = None
    has_enquiries: bool = False
    reviews: tuple[ReviewFact, ...] = ()
    corrections: tuple[CorrectionFact, ...] = ()
    overrides: tuple[OverrideFact, ...] = ()
    emergencies: tuple[EmergencyFact, ...] = ()
    complainants: tuple[ComplainantFacts, ...] = ()
    officers: tuple[OfficerFact, ...] = ()
    hearings: tuple[HearingFact, ...] = ()
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What apps above know of the case, by name; loaded for clocks alone."""
    as_of: datetime | None = None
    """The moment at which clocks are derived: bail that runs out by itself is a fact from then on. None: nobody asks."""
    recorded_in_error: bool = False
    went_on_at: datetime | None = None
    """When another force took the case over: what this force owed until then, that one owes from there on."""
    merged: bool = False
    brought: bool = False
    restricted: bool = False
    offered: bool = False
    """Offered to another force. Known to the page and the forms of acts alone: no clock and no status asks."""

    def closed_at(self) -> datetime | None:
        """The start of the last day on which a crime or a suspect got its outcome; meaningful once the case is not open."""
        suspects = [suspect.closed_at() for suspect in self.suspects]
        days = [at for at in suspects if at is not None]
        if self.offences_closed_on is not None:
            days.append(clock.day_start(self.offences_closed_on))
        return max(days, default=None)

    def closed_spells(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """Return the past spells in which every suspect had an outcome, each ended by a reopening, in order."""
        spells = []
        for reopened in sorted({until for suspect in self.suspects for _, until in suspect.closed_spells() if until is not None}):
            covering = [
                max(
                    (start for start, until in suspect.closed_spells() if start <= reopened and (until is None or until >= reopened)),
                    default=None,
                )
                for suspect in self.suspects
            ]
            starts = [start for start in covering if start is not None]
            if len(starts) == len(covering):
                spells.append((max(starts), reopened))
        return tuple(spells)

    @property
    def offences_without_outcome(self) -> int:
        """How many recorded crimes have no outcome yet."""
        return sum(code is None for code in self.offences)

    def before_live(self, moment: datetime) -> bool:
        """Say whether a fact of this moment came before the force went live: its duties are "before this system, not known"."""
        return self.live_from is not None and clock.london_day(moment) < self.live_from
