"""The facts of a case as plain values: what states and clocks are derived from. Pure; loading them is cases/selectors.py."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core import calendar, clock
from core.calendar import Due, Unit

MONTHS_OF_AUTHORITY = {"custody_officer": 3, "inspector": 6, "superintendent": 9, "court": 12}
"""PACE ss.47ZB (3 months), 47ZD (6), 47ZDA (9), 47ZF (12); domain.md section 8."""


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
class BailEventFact:
    """One event of a bail."""

    kind: str
    at: datetime
    months: int | None = None
    own_end_on: date | None = None
    ended_to: str = ""


@dataclass(frozen=True, slots=True)
class BailFact:
    """A grant of bail with its events in order of time."""

    id: UUID
    granted_at: datetime
    authority: str
    arrested_at: datetime | None = None
    own_end_on: date | None = None
    passed_at_import: bool = False
    events: tuple[BailEventFact, ...] = ()

    @property
    def ended(self) -> BailEventFact | None:
        """The event that ended it, if any."""
        return next((event for event in self.events if event.kind == "ended"), None)

    @property
    def passed_not_known(self) -> bool:
        """Its end had passed when it was imported, and nobody has said what happened."""
        return self.passed_at_import and not self.events

    @property
    def suspended_since(self) -> datetime | None:
        """When it was suspended with the CPS, if it still is (PACE s.47ZL)."""
        since = None
        for event in self.events:
            if event.kind == "suspended":
                since = event.at
            elif event.kind == "running_again":
                since = None
        return since

    def ends_on(self) -> date:
        """Return the last day of the bail: own day or computed from the arrest, moved by the days it stood suspended.

        Months begin the day after the arrest (PACE s.47ZB). The latest extension counts.
        """
        end = self.own_end_on or calendar.months_end_on(self._from(), MONTHS_OF_AUTHORITY.get(self.authority, 3))
        suspended: datetime | None = None
        for event in self.events:
            if event.kind == "extended":
                end = event.own_end_on or calendar.months_end_on(self._from(), event.months or 0)
            elif event.kind == "suspended":
                suspended = event.at
            elif event.kind == "running_again" and suspended is not None:
                end = calendar.due(clock.day_start(end), max((clock.london_day(event.at) - clock.london_day(suspended)).days, 0), Unit.DAYS, calendar.england_and_wales()).due_on
                suspended = None
        return end

    def due(self) -> Due:
        """Return the end of bail as a due moment: in time for the whole of its last day."""
        return calendar.due_by_end_of(self.ends_on())

    def lapsed(self, at: datetime) -> bool:
        """Say whether its last day has passed with nothing recorded and no suspension."""
        return self.ended is None and self.suspended_since is None and at >= self.due().due_at

    def days_used(self, at: datetime) -> int:
        """Return the days of bail used by `at`, days suspended left out."""
        first = clock.london_day(self.granted_at)
        last = clock.london_day(self.ended.at if self.ended else at)
        used, suspended = (last - first).days, None
        for event in self.events:
            if event.kind == "suspended":
                suspended = clock.london_day(event.at)
            elif event.kind == "running_again" and suspended is not None:
                used -= (clock.london_day(event.at) - suspended).days
                suspended = None
        if suspended is not None:
            used -= max((last - suspended).days, 0)
        return max(used, 0)

    def _from(self) -> date:
        return clock.london_day(self.arrested_at or self.granted_at)


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """A suspect's outcome and whether it was reopened."""

    code: int
    on: date
    reopened_at: datetime | None = None


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
class SuspectFacts:
    """One suspect. Tuples are in order of time."""

    id: UUID
    identified_at: datetime
    arrests: tuple[ArrestFact, ...] = ()
    interviews: tuple[datetime, ...] = ()
    no_arrest: tuple[datetime, ...] = field(default=())
    situations: tuple[SituationFact, ...] = ()
    bails: tuple[BailFact, ...] = ()
    outcomes: tuple[OutcomeFact, ...] = ()
    position: Position = Position.NONE

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

    def under_investigation_since(self) -> datetime | None:
        """Since when the suspect is released under investigation: by the latest release or end of bail, whichever came last."""
        releases = [(arrest.released_at, arrest.released_to) for arrest in self.arrests if arrest.released_at]
        ends = [(bail.ended.at, bail.ended.ended_to) for bail in self.bails if bail.ended]
        at, to = max([*releases, *ends], default=(None, ""))
        return at if to == "under_investigation" else None

    def no_arrest_approved_at(self) -> datetime | None:
        """When a decision not to arrest was last approved."""
        return max(self.no_arrest, default=None)

    def stopped_arrest_clock_at(self) -> datetime | None:
        """The first act that the arrest clock waits for: arrest, interview under caution, or an approved decision not to arrest."""
        acts = [*(arrest.at for arrest in self.arrests), *self.interviews, *self.no_arrest]
        return min(acts, default=None)

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
    recorded_in_error: bool = False
    merged: bool = False

    def closed_at(self) -> datetime | None:
        """The start of the last day on which a crime or a suspect got its outcome; meaningful once the case is not open."""
        suspects = [suspect.closed_at() for suspect in self.suspects]
        days = [at for at in suspects if at is not None]
        if self.offences_closed_on is not None:
            days.append(clock.day_start(self.offences_closed_on))
        return max(days, default=None)

    @property
    def offences_without_outcome(self) -> int:
        """How many recorded crimes have no outcome yet."""
        return sum(code is None for code in self.offences)

    def before_live(self, moment: datetime) -> bool:
        """Say whether a fact of this moment came before the force went live: its duties are "before this system, not known"."""
        return self.live_from is not None and clock.london_day(moment) < self.live_from
