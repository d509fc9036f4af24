"""Arrest, interview, release and bail from the extract: the later event wins, and nothing entered here is back-dated.

The extract gives one arrest, one interview and one state of release a suspect. It gives no time of release and none of
the grant of bail: the last of arrest and interview stands for both, because a suspect is released after the interview
(PACE s.37); without either, the identification.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cases import models as m
from cases.extract.records import SuspectFacts
from cases.extract.values import Moment
from cases.importing.standing import Standing
from cases.importing.taking import Taking
from core import calendar, clock

EVENT_COLUMNS: Final = frozenset({"arrested_at", "interviewed_at", "bail_status", "bail_expires_on"})
UNDER_INVESTIGATION: Final = "rui"


@dataclass
class Events:
    """The events of one suspect: what stands, what the file says, and where new rows go."""

    taking: Taking
    standing: Standing
    suspect: m.Suspect
    facts: SuspectFacts

    def __post_init__(self) -> None:
        """Load what stands; of a suspect who is new here that is nothing."""
        self.arrests = self.standing.of_suspect(m.Arrest, self.suspect, "at")
        self.interviews = self.standing.of_suspect(m.Interview, self.suspect, "at")
        self.bails = self.standing.of_suspect(m.Bail, self.suspect, "granted_at")

    def take(self, changed: frozenset[str]) -> None:
        """Take what changed: arrest first, since interview and release depend on it."""
        if "arrested_at" in changed and self.facts.arrested_at is not None:
            self._arrest(self.facts.arrested_at)
        if "interviewed_at" in changed and self.facts.interviewed_at is not None:
            self._interview(self.facts.interviewed_at)
        if changed & {"bail_status", "bail_expires_on"} and self.facts.bail_status is not None:
            self._release(self.facts.bail_status, self.facts.bail_expires_on)

    # -- arrest and interview ---------------------------------------------------------------------------------------

    def _arrest(self, said: Moment) -> None:
        if not self._settle_when(self.arrests, said, "arrested_at"):
            return
        self.arrests.append(self.taking.add(m.Arrest, suspect=self.suspect, at=said.at, imported=True))
        self.arrests.sort(key=lambda row: row.at)
        self.taking.happened("arrested", at=said.at, suspect=self.suspect)
        self._close_plan()

    def _interview(self, said: Moment) -> None:
        if not self._settle_when(self.interviews, said, "interviewed_at"):
            return
        after = any(not said.before(Moment(row.at, day_only=False)) for row in self.arrests)
        manner = m.InterviewManner.AFTER_ARREST if after else m.InterviewManner.NOT_KNOWN
        self.interviews.append(self.taking.add(m.Interview, suspect=self.suspect, at=said.at, manner=manner, imported=True))
        self.taking.happened("interviewed", at=said.at, suspect=self.suspect)

    def _settle_when(self, rows: Sequence[Any], said: Moment, column: str) -> bool:
        """Say whether a new row is wanted; else what stands agrees, was corrected, or the difference was put on the list.

        What the extract gave is corrected. What was entered here stays: a later event of the extract is another event,
        an earlier one is a difference that somebody answers.
        """
        if not rows:
            return True
        if any(agrees(row.at, said) for row in rows):
            return False
        entered = [row for row in rows if self.taking.entered_here(row, "at")]
        latest = rows[-1]
        if not entered:
            self._move(latest, said.at, column)
            return False
        if Moment(entered[-1].at, day_only=False).before(said) and Moment(latest.at, day_only=False).before(said):
            return True
        self.taking.disagree(column, here=latest.at.isoformat(), extract=said.at.isoformat(), suspect=self.suspect)
        return False

    def _move(self, row: Any, at: datetime, column: str) -> None:
        """Correct the time of an event that the extract gave, and keep its release after it."""
        self.taking.correct(row, "at", at, column=column, suspect=self.suspect)
        released = getattr(row, "released_at", None)
        if released is not None and released < at:
            self.taking.alter(row, released_at=at)

    def _close_plan(self) -> None:
        plans = self.standing.of_suspect(m.PlannedArrest, self.suspect, "planned_for")
        for plan in plans:
            if plan.state == m.PlannedArrest.State.PLANNED:
                self.taking.alter(plan, state=m.PlannedArrest.State.MADE)

    # -- release and bail -------------------------------------------------------------------------------------------

    def _release(self, status: str, end: date | None) -> None:
        bail = self._live_bail()
        if self._stands(status, end, bail):
            return
        if self._entered_later():
            self._disagree_on_release(status, end, bail)
        elif status == UNDER_INVESTIGATION:
            self._under_investigation(status, bail)
        elif end is None:
            # Bail without its last day and without who authorised it has no end that could be told.
            self._disagree_on_release(status, end, bail)
        elif bail is not None:
            self._other_end(bail, end)
        else:
            self._grant(end)

    def _live_bail(self) -> m.Bail | None:
        latest = self.bails[-1] if self.bails else None
        if latest is None or any(event.kind == m.BailEventKind.ENDED for event in self.standing.bail_events[latest.pk]):
            return None
        return latest

    def _stands(self, status: str, end: date | None, bail: m.Bail | None) -> bool:
        if status == UNDER_INVESTIGATION:
            return bail is None and self._released_to() == m.ReleasedTo.UNDER_INVESTIGATION
        return bail is not None and bail.own_end_on == end

    def _released_to(self) -> str:
        """What the latest release or end of bail was to."""
        releases = [(row.released_at, row.released_to) for row in self.arrests if row.released_at]
        for bail in self.bails:
            releases += [(event.at, event.ended_to) for event in self.standing.bail_events[bail.pk] if event.kind == m.BailEventKind.ENDED]
        return max(releases, default=(None, ""), key=lambda release: release[0])[1]

    def _entered_later(self) -> bool:
        """Whether release or bail was entered here and the extract tells of no arrest after it."""
        moments = [bail.granted_at for bail in self.bails if bail.created_by_id is not None or self.taking.entered_here(bail, "own_end_on")]
        moments += [event.at for bail in self.bails for event in self.standing.bail_events[bail.pk] if event.created_by_id is not None]
        by_person = self.taking.person_did("released", self.suspect)
        moments += [row.released_at for row in self.arrests if row.released_at and (by_person or row.created_by_id is not None)]
        moments += [row.at for row in self.arrests if row.created_by_id is not None]
        said = self.facts.arrested_at
        return bool(moments) and (said is None or not Moment(max(moments), day_only=False).before(said))

    def _disagree_on_release(self, status: str, end: date | None, bail: m.Bail | None) -> None:
        here = release_text("bail", bail.own_end_on) if bail else self._released_to()
        self.taking.disagree("bail_status", here=here, extract=release_text(status, end), suspect=self.suspect)

    def _under_investigation(self, status: str, bail: m.Bail | None) -> None:
        if bail is not None:
            at = min(self.taking.now, calendar.due_by_end_of(bail.own_end_on or clock.today(self.taking.now)).due_at)
            kind, to = m.BailEventKind.ENDED, m.EndedTo.UNDER_INVESTIGATION
            self.standing.bail_events[bail.pk].append(
                self.taking.add(m.BailEvent, bail=bail, kind=kind, at=max(at, bail.granted_at), ended_to=to)
            )
            self.taking.happened("bail_ended", at=at, suspect=self.suspect, text="Released under investigation")
        elif self.arrests:
            self._release_arrest(m.ReleasedTo.UNDER_INVESTIGATION)
            self.taking.happened("released", at=self._released_at(), suspect=self.suspect, text="Under investigation")
        else:
            self._disagree_on_release(status, None, None)

    def _other_end(self, bail: m.Bail, end: date) -> None:
        self.taking.correct(bail, "own_end_on", end, column="bail_status", suspect=self.suspect)
        passed = end < self.taking.as_of
        if bail.passed_at_import != passed:
            self.taking.alter(bail, passed_at_import=passed)

    def _grant(self, end: date) -> None:
        arrest = self.arrests[-1] if self.arrests else None
        at = self._released_at()
        if arrest is not None:
            self._release_arrest(m.ReleasedTo.BAIL)
        passed = end < self.taking.as_of
        not_recorded = m.Authority.NOT_RECORDED
        bail = self.taking.add(
            m.Bail,
            suspect=self.suspect,
            arrest=arrest,
            granted_at=at,
            authority=not_recorded,
            own_end_on=end,
            imported=True,
            passed_at_import=passed,
        )
        self.bails.append(bail)
        self.taking.happened("bail_granted", at=at, suspect=self.suspect, text=f"Until {end.day} {end:%B %Y}")

    def _release_arrest(self, to: str) -> None:
        arrest = self.arrests[-1]
        if arrest.released_to in ("", m.ReleasedTo.NOT_KNOWN):
            self.taking.alter(arrest, released_at=arrest.released_at or self._released_at(), released_to=to)
        elif arrest.released_to != to:
            self.taking.correct(arrest, "released_to", to, column="bail_status", suspect=self.suspect)

    def _released_at(self) -> datetime:
        """The last of arrest and interview; without either, the identification."""
        moments = [*(row.at for row in self.arrests[-1:]), *(row.at for row in self.interviews[-1:])]
        return max(moments, default=self.suspect.identified_at)


def agrees(here: datetime, said: Moment) -> bool:
    """Whether the extract tells the same moment, to the minute, or the same day where it tells only that."""
    if said.day_only:
        return clock.london_day(here) == said.day
    return here.replace(second=0, microsecond=0) == said.at.replace(second=0, microsecond=0)


def release_text(status: str, end: date | None) -> str:
    """Status and last day as one text: "bail 2027-04-10", "rui"."""
    return f"{status} {end.isoformat()}" if end else status
