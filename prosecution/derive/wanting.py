"""What the rules of this app share: a clock from its start and whatever stopped it. Pure."""

from datetime import datetime
from uuid import UUID

from cases.derive.clocks import CLOCKS, FIRST_EDITION, Editions, Kind, Wanted, due_of
from cases.derive.facts import CaseFacts, SuspectFacts
from cases.derive.states import case_stage
from core import clock
from core.calendar import Due


def wanted(
    kind: Kind,
    subject: UUID,
    since: datetime,
    editions: Editions,
    *,
    variant: str = "",
    due: Due | None = None,
    suspect: UUID | None = None,
    sequence: int = 0,
    met: datetime | None = None,
    ended: datetime | None = None,
    paused: datetime | None = None,
) -> Wanted:
    """Return the clock, stopped by whichever of `met` and `ended` came first and by nothing before it began.

    `due` where somebody set the day; else by the length of the variant in force at the start.
    """
    version = FIRST_EDITION
    if due is None:
        due, version = due_of(kind, variant, since, editions)
    if met is not None and ended is not None:
        met, ended = (met, None) if met <= ended else (None, ended)
    met, ended = (max(met, since) if met else None), (max(ended, since) if ended else None)
    return Wanted(
        kind,
        subject,
        since,
        due,
        CLOCKS[kind].owes,
        suspect_id=suspect,
        sequence=sequence,
        setting_version=version,
        paused_since=max(paused, since) if paused and not (met or ended) else None,
        met_at=met,
        ended_at=ended,
    )


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the first of these moments, or None where there is none."""
    return min((one for one in moments if one is not None), default=None)


def case_closed_at(case: CaseFacts) -> datetime | None:
    """Return when the case closed: every suspect and crime has an outcome. None while it is open or administratively finalised."""
    if case_stage(case, case.as_of or case.recorded_at).is_open:
        return None
    return case.closed_at()


def settled_at(suspect: SuspectFacts, met: datetime | None = None) -> datetime | None:
    """Return when a suspect got the outcome that stands: the start of its day; an act `met` on that day came before it."""
    closed = suspect.closed_at()
    if closed is not None and met is not None and clock.london_day(met) == clock.london_day(closed):
        return met
    return closed
