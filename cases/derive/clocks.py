"""Which clocks the facts ask for, under which edition of the table's lengths, and how a running one stands now.

Pure. Each app adds a function facts → wanted clocks for its own kinds by `register()` in AppConfig.ready();
`cases.services.reconcile` runs them all. Lengths in clock_table.py are the first edition, in force from 1 January 1900; later
editions and an agency's own are ClockSetting rows. A clock keeps the edition in force at its start.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from cases.derive.clock_table import CLOCKS as CLOCKS
from cases.derive.facts import CaseFacts
from cases.derive.kinds import Clock as Clock
from cases.derive.kinds import Kind as Kind
from cases.derive.kinds import Length as Length
from cases.derive.kinds import Owes as Owes
from core import calendar, clock
from core.calendar import Due, WorkingDays

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
    complainant_id: UUID | None = None
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
Load = Callable[[Any], Any]
"""Case row → what an app above `cases` knows of it beside the facts of `cases`, in a fixed number of queries."""
_rules: dict[str, Rule] = {}
_loads: dict[str, Load] = {}


def register(name: str, rule: Rule, load: Load | None = None) -> None:
    """Add a function facts → clocks wanted. Called once an app from AppConfig.ready(); again with the same name replaces.

    What `load` gives for a case stands in the facts as `beside[name]` when the rule is asked.
    """
    _rules[name] = rule
    if load is not None:
        _loads[name] = load


def beside(case: Any, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what the apps above know of a case, by the name of their rule. Called in the system scope of its force.

    What is `known` already is not loaded: the importer knows all of a case that is new here.
    """
    given = known or {}
    return {name: given[name] if name in given else load(case) for name, load in _loads.items()}


def wanted(case: CaseFacts, editions: Editions) -> dict[tuple[str, UUID, int], Wanted]:
    """Return every clock that the facts ask for, by key. Clocks of duties before the force went live are left out."""
    gone = case.recorded_in_error or case.merged
    found: dict[tuple[str, UUID, int], Wanted] = {}
    for rule in _rules.values():
        for one in rule(case, editions):
            row = CLOCKS[one.kind]
            if (row.outlives or not gone) and (row.before_live or not case.before_live(one.started_at)):
                found[one.key] = one if row.outlives else until_taken_over(one, case.went_on_at)
    return found


def until_taken_over(one: Wanted, at: datetime | None) -> Wanted:
    """Return a clock as it stands in a force from which another took the case over at a moment (None: nobody did).

    What still ran ends there: the other force owes it, from the same start.
    """
    if at is None or one.met_at is not None or one.ended_at is not None:
        return one
    return replace(one, ended_at=max(at, one.started_at), paused_since=None)


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
