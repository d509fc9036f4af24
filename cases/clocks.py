"""The one table of clocks: what starts each, what stops it, how long, who owes it, which source says so.

Pure. Other apps add their kinds to `CLOCKS` and a function facts → wanted clocks by `register()` in AppConfig.ready();
`cases.services.reconcile` runs them all. Lengths here are the first edition, in force from 1 January 1900; later
editions and an agency's own are ClockSetting rows. A clock keeps the edition in force at its start.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models

from cases.facts import CaseFacts
from core import calendar, clock
from core.calendar import Due, Unit, WorkingDays


class Owes(models.TextChoices):
    """Who owes what a clock waits for."""

    POLICE = "police", "Police"
    CPS = "cps", "CPS"
    ISVA = "isva", "ISVA"
    AUDIT = "audit", "Auditor"


class Kind(models.TextChoices):
    """The kinds of clock that an investigation has."""

    ARREST = "arrest", "Arrest"
    INTERVIEW_BY = "interview_by", "Interview under caution"
    SITUATION_REVIEW = "situation_review", "Review of a suspect who cannot be arrested"
    BAIL_EXPIRY = "bail_expiry", "End of bail"
    RUI_REVIEW = "rui_review", "Review of a release under investigation"
    SUPERVISOR_REVIEW = "supervisor_review", "Supervisor's review"
    DETENTION = "detention", "Detention"
    BREAK_GLASS_REVIEW = "break_glass_review", "Auditor’s review of emergency access"


@dataclass(frozen=True, slots=True)
class Length:
    """How long: an amount of a unit (calendar days, working days, hours, months)."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Clock:
    """One row of the table. `lengths` by variant ('' where there is one); empty where the length is computed."""

    kind: Kind
    starts: str
    stops: str
    lengths: Mapping[str, Length]
    owes: Owes
    source: str
    reminders: tuple[int, ...] = (7, 2)
    critical_after: int = 7
    movable: bool = False
    before_live: bool = False
    outlives: bool = False
    """It runs on when the case was recorded in error or merged: it is about somebody who looked, not about the case."""


def days(amount: int) -> Length:
    """Return a length in calendar days."""
    return Length(amount, Unit.DAYS)


CLOCKS: dict[str, Clock] = {
    row.kind: row
    for row in (
        Clock(
            Kind.ARREST,
            starts="suspect identified",
            stops="arrested, interviewed under caution, or a decision not to arrest approved by a second person; "
            "listed apart while wanted, abroad or in prison elsewhere",
            lengths={"high": days(1), "medium": days(7), "standard": days(28)},
            owes=Owes.POLICE,
            source="Local policy, to be confirmed by the force: no law or national rule sets a time "
            "(HMICFRS, 22 August 2024, found arrests delayed)",
            reminders=(7, 2, 1),
            before_live=True,
        ),
        Clock(
            Kind.INTERVIEW_BY,
            starts="decision not to arrest approved",
            stops="interviewed under caution",
            lengths={"": days(28)},
            owes=Owes.POLICE,
            source="Local policy, to be confirmed by the force",
        ),
        Clock(
            Kind.SITUATION_REVIEW,
            starts="wanted, abroad or in prison elsewhere",
            stops="reviewed; repeats until the situation ends",
            lengths={"wanted": days(7), "abroad": days(28), "prison": days(28)},
            owes=Owes.POLICE,
            source="Local policy, to be confirmed by the force",
            reminders=(2,),
        ),
        Clock(
            Kind.BAIL_EXPIRY,
            starts="bail granted or extended",
            stops="charged, released, extended or answered; stands still while suspended with the CPS",
            lengths={},
            owes=Owes.POLICE,
            source="Police and Criminal Evidence Act 1984 ss.47ZB, 47ZD, 47ZDA, 47ZF, 47ZL",
            reminders=(28, 14, 7, 2),
            critical_after=0,
            before_live=True,
        ),
        Clock(
            Kind.RUI_REVIEW,
            starts="released under investigation",
            stops="reviewed; repeats until the suspect has an outcome or is on bail",
            lengths={"": days(28)},
            owes=Owes.POLICE,
            source="Local policy, to be confirmed by the force: the law sets no date",
            reminders=(2,),
            before_live=True,
        ),
        Clock(
            Kind.SUPERVISOR_REVIEW,
            starts="recorded",
            stops="reviewed; repeats while the case is open",
            lengths={"first": Length(72, Unit.HOURS), "second": days(7), "later": days(28)},
            owes=Owes.POLICE,
            source="Local policy, to be confirmed by the force",
            reminders=(2,),
            movable=True,
        ),
        Clock(
            Kind.DETENTION,
            starts="the relevant time of an arrest",
            stops="released or charged",
            lengths={},
            owes=Owes.POLICE,
            source="Police and Criminal Evidence Act 1984 ss.41-44",
            reminders=(),
            critical_after=0,
        ),
        Clock(
            Kind.BREAK_GLASS_REVIEW,
            starts="emergency access taken",
            stops="reviewed by an auditor of the force",
            lengths={"": Length(2, Unit.WORKING_DAYS)},
            owes=Owes.AUDIT,
            source="Local policy, to be confirmed by the force",
            reminders=(1,),
            outlives=True,
        ),
    )
}

FIRST_EDITION = 1


@dataclass(frozen=True, slots=True)
class Edition:
    """A later length of one clock: for everybody (`agency_id` None) or one agency, from a day on."""

    kind: str
    variant: str
    agency_id: int | None
    version: int
    length: Length
    in_force_from: date


class Editions:
    """The settings of one force: later editions, to look up the length in force at a clock's start, and its working days."""

    def __init__(self, editions: Iterable[Edition] = (), working: WorkingDays | None = None) -> None:
        self.working = working or calendar.england_and_wales()
        self._editions = sorted(editions, key=lambda edition: (edition.agency_id is not None, edition.in_force_from, edition.version))

    def in_force(self, kind: str, variant: str, on: date) -> tuple[Length, int]:
        """Return length and version in force on a day: an agency's own before everybody's, the latest before older ones."""
        found = CLOCKS[kind].lengths[variant], FIRST_EDITION
        for edition in self._editions:
            if (edition.kind, edition.variant) == (kind, variant) and edition.in_force_from <= on:
                found = edition.length, edition.version
        return found

    def changed(self, *, edition: Edition | None = None, working: WorkingDays | None = None) -> "Editions":
        """Return these settings with one edition more, or with other working days: what a change would make of them."""
        return Editions([*self._editions, *([edition] if edition else [])], working or self.working)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clock that the facts ask for. Times are those of the facts; `paused_since` when it stands in a list of its own."""

    kind: str
    subject_id: UUID
    started_at: datetime
    due: Due
    owes: str
    suspect_id: UUID | None = None
    sequence: int = 0
    setting_version: int = FIRST_EDITION
    first_due: Due | None = None
    eased_at: datetime | None = None
    paused_since: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def key(self) -> tuple[str, UUID, int]:
        """What makes it one clock: its kind, what it is about, and its turn."""
        return self.kind, self.subject_id, self.sequence


Rule = Callable[[CaseFacts, Editions], Iterable[Wanted]]
_rules: dict[str, Rule] = {}


def register(name: str, rule: Rule) -> None:
    """Add a function facts → clocks wanted. Called once an app from AppConfig.ready(); again with the same name replaces."""
    _rules[name] = rule


def wanted(case: CaseFacts, editions: Editions) -> dict[tuple[str, UUID, int], Wanted]:
    """Return every clock that the facts ask for, by key. Clocks of duties before the force went live are left out."""
    gone = case.recorded_in_error or case.merged
    found: dict[tuple[str, UUID, int], Wanted] = {}
    for rule in _rules.values():
        for one in rule(case, editions):
            row = CLOCKS[one.kind]
            if (row.outlives or not gone) and (row.before_live or not case.before_live(one.started_at)):
                found[one.key] = one
    return found


def due_of(kind: str, variant: str, started: datetime, editions: Editions) -> tuple[Due, int]:
    """Return when a clock of this kind that started then is due, and the edition it keeps."""
    length, version = editions.in_force(kind, variant, clock.london_day(started))
    return calendar.due(started, length.amount, length.unit, editions.working), version


class Urgency(models.TextChoices):
    """How a deadline stands, derived and never stored."""

    CRITICAL = "critical", "Critically overdue"
    OVERDUE = "overdue", "Overdue"
    TODAY = "today", "Due today"
    SOON = "soon", "Due soon"
    UPCOMING = "upcoming", "Not due yet"


def urgency(kind: str, due_at: datetime, due_on: date, now: datetime) -> Urgency:
    """Return how a running deadline stands now. Soon is within the first reminder of its kind, in days."""
    row = CLOCKS[kind]
    if now >= due_at:
        return Urgency.CRITICAL if now - due_at >= timedelta(days=row.critical_after) else Urgency.OVERDUE
    left = (due_on - clock.london_day(now)).days
    if left <= 0:
        return Urgency.TODAY
    return Urgency.SOON if left <= max(row.reminders, default=1) else Urgency.UPCOMING
