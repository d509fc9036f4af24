"""The clocks of an arrest, and of the interview that a decision not to arrest asks for: pure functions from facts.

[DESIGN] Where what ended because she or he did not support the prosecution is opened again, the police go on where they left off
with clocks anew: the turn that the outcome ended stays ended, and one as long as the first begins with the reopening. Any other
reopening (a decision overturned, new evidence) lets the clock stand where it would have: it was never over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.derive.clocks import CLOCKS, Editions, Kind, Wanted, due_of
from cases.derive.facts import CaseFacts, SuspectFacts
from core import clock
from core.calendar import Due


@dataclass(frozen=True, slots=True)
class Going:
    """From when until when a suspect's part goes on without being left off (None: still), and how often it was before."""

    since: datetime
    until: datetime | None
    number: int

    def stopped(self, met: datetime | None, ended: datetime | None) -> tuple[datetime | None, datetime | None]:
        """Return when a clock of this part was met, or ended: by being left off, or by whichever of the two came first."""
        return (None, self.until) if self.until is not None else first_of(met, ended, since=self.since)


def arrest_clocks(case: CaseFacts, suspect: SuspectFacts, editions: Editions) -> Iterator[Wanted]:
    """By risk, from identification, and anew from where it was left off; a live situation lists it apart but never moves its due date."""
    for going in goings(suspect, suspect.identified_at, suspect.stopped_arrest_clock_at()):
        yield _arrest(case, suspect, going, editions)


def goings(suspect: SuspectFacts, since: datetime, stopped: datetime | None) -> Iterator[Going]:
    """Yield the parts of a clock from its start: one, and another after each time it was left off without having stopped."""
    number = 0
    for one in sorted(suspect.outcomes, key=lambda outcome: outcome.on):
        end = one.reopened_at
        if not one.left_off or end is None or end <= since or (stopped is not None and stopped < end):
            continue
        yield Going(since, max(clock.day_start(one.on), since), number)
        since, number = end, number + 1
    yield Going(since, None, number)


def _arrest(case: CaseFacts, suspect: SuspectFacts, going: Going, editions: Editions) -> Wanted:
    due, version = due_of(Kind.ARREST, case.risk, going.since, editions)
    met, ended = going.stopped(suspect.stopped_arrest_clock_at(), suspect.closed_at())
    situation = suspect.live_situation()
    first, eased = _first_due(case, suspect, going, due, met or ended, editions)
    return Wanted(
        Kind.ARREST,
        suspect.id,
        suspect_id=suspect.id,
        sequence=going.number,
        started_at=going.since,
        due=due,
        first_due=first,
        eased_at=eased,
        owes=CLOCKS[Kind.ARREST].owes,
        setting_version=version,
        met_at=met,
        ended_at=ended,
        paused_since=max(situation.since, going.since if going.number else situation.since) if situation and not (met or ended) else None,
    )


def first_of(met: datetime | None, ended: datetime | None, *, since: datetime) -> tuple[datetime | None, datetime | None]:
    """Return (met, ended) with only the earlier of the two: whichever came first is how the clock stopped.

    An outcome has a day and no time: an act on that same day came before it. Nothing ends before it began.
    """
    if met is not None and (ended is None or clock.london_day(met) <= clock.london_day(ended)):
        return met, None
    return None, max(ended, since) if ended is not None else None


def _first_due(
    case: CaseFacts, suspect: SuspectFacts, going: Going, due: Due, stopped: datetime | None, editions: Editions
) -> tuple[Due, datetime | None]:
    """Return the earliest due moment that any version of risk and identification gave, and when it was last made later.

    Lowering the risk or moving the identification while the clock runs keeps the first due date in the report. A risk
    lowered before anybody was identified, by any version of that, eased no clock. A turn that began with a reopening knows the
    risk since then, and no identification.
    """
    identified = [c for c in case.corrections if c.field == "identified_at" and c.row_id == suspect.id and not going.number]
    known = min([going.since, *(datetime.fromisoformat(c.old) for c in identified)])
    history = [c for c in case.corrections if c in identified or (c.field == "risk" and c.row_id == case.id and c.at >= known)]
    risk, since, now_due = case.risk, going.since, due
    first, eased = due, None
    # Reversed first and sorted stably: of two made at one moment the one made last comes first.
    for change in sorted(reversed(history), key=lambda c: c.at, reverse=True):  # noqa: C414
        risk = change.old if change.field == "risk" else risk
        since = datetime.fromisoformat(change.old) if change.field == "identified_at" else since
        before, _ = due_of(Kind.ARREST, risk, since, editions)
        if before.due_at < now_due.due_at and (stopped is None or change.at < stopped) and eased is None:
            eased = change.at
        first = min(first, before, key=lambda d: d.due_at)
        now_due = before
    return first, eased


def interview_clocks(suspect: SuspectFacts, editions: Editions) -> Iterator[Wanted]:
    """The first approved decision not to arrest asks for an interview under caution; an arrest after all ends that.

    Somebody interviewed before the decision owes no second one by it. A later decision never restarts the clock.
    """
    approved = min(suspect.no_arrest, default=None)
    if approved is None or any(at < approved for at in suspect.interviews):
        return
    arrested = min((arrest.at for arrest in suspect.arrests if arrest.at >= approved), default=None)
    interviewed = min(suspect.interviews, default=None)
    if arrested is not None and interviewed is not None and arrested < interviewed:
        interviewed = None
    for going in goings(suspect, approved, earliest(arrested, interviewed)):
        due, version = due_of(Kind.INTERVIEW_BY, "", going.since, editions)
        met, ended = going.stopped(interviewed, earliest(arrested, suspect.closed_at()))
        yield Wanted(
            Kind.INTERVIEW_BY,
            suspect.id,
            suspect_id=suspect.id,
            sequence=going.number,
            started_at=going.since,
            due=due,
            owes=CLOCKS[Kind.INTERVIEW_BY].owes,
            setting_version=version,
            met_at=met,
            ended_at=ended,
        )


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the first of these moments, or None where there is none."""
    return min((moment for moment in moments if moment is not None), default=None)
