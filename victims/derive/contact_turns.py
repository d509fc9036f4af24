"""The turns of the contact clock of one victim: each contact that reached her or him meets one and starts the next. Pure.

[DESIGN] Decided here, because no source says it:
- The first turn runs from the day the agreement begins, or from the recording of the crime if that is later.
- A text, an email or a letter meets a turn only where the agreement names that channel, and never after another of them.
- Contact through the ISVA meets a turn only where that was agreed; what the ISVA does of her or his own never does.
- Contact with a contact person meets a turn where she or he stood in for the victim at that time (loading.py says who).
- A changed agreement moves the running turn only while it is not due soon. Fewer days count from the change, more from
  the last contact. Opting out ends the turn, on time or late; agreeing again begins another. But what was due soon or
  overdue when she or he opted out comes back as it was if it is agreed again within 28 days and nobody was reached
  meanwhile: opting out and in again is a changed agreement by another name.
- A day agreed in a contact is a promise: the next turn is due by it if that is sooner, and without an agreement too.
- While there is no safe channel the turn stands in a list of its own, and its due date does not move.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from cases.derive.clocks import Kind, Urgency, urgency
from cases.models.telling import Channel
from core import calendar, clock
from core.calendar import Due, Unit
from victims.derive.contact_facts import ONE_WAY, AgreementFact, ContactFact, VictimContact

COMES_BACK: Final = timedelta(days=28)
"""Agreed again within this of opting out, a turn that was due soon or overdue comes back as it was."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: from when, due when, the earliest it ever was due, and how it stopped if it did."""

    started_at: datetime
    due: Due
    promised: Due | None = None
    first_due: Due | None = None
    eased_at: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether it was neither met nor ended."""
        return self.met_at is None and self.ended_at is None


def turns_of(recorded_at: datetime, known: VictimContact) -> tuple[Turn, ...]:
    """Return the turns of one victim's contact in order of time; at most the last one runs."""
    walk = _Walk()
    happened: list[tuple[datetime, int, AgreementFact | ContactFact]] = [
        *((at, 0, agreed) for at, agreed in in_effect(recorded_at, known.agreements)),
        *((contact.at, 1, contact) for contact in known.contacts),
    ]
    for at, _, one in sorted(happened, key=lambda step: (step[0], step[1], step[2].id)):
        if isinstance(one, AgreementFact):
            walk.agree(at, one)
        else:
            walk.meet(one)
    return tuple(walk.turns)


def in_effect(recorded_at: datetime, agreements: Iterable[AgreementFact]) -> tuple[tuple[datetime, AgreementFact], ...]:
    """Return each agreement with the moment from which it holds, in order of time.

    The first holds from the day it names, which may have passed when it was entered; a later one never before it was
    entered, so that nothing agreed afterwards makes a contact timely. One replaced before it began never holds.
    """
    found: list[tuple[datetime, AgreementFact]] = []
    for agreed in sorted(agreements, key=lambda one: (one.made_at, one.id)):
        earliest = agreed.made_at if found else recorded_at
        holds = max(clock.day_start(agreed.starts_on), earliest)
        found = [before for before in found if before[0] < holds]
        found.append((holds, agreed))
    return tuple(found)


def days_after(moment: datetime, days: int) -> Due:
    """Return the end of the London day that many days after a moment's."""
    return calendar.due(moment, days, Unit.DAYS, calendar.england_and_wales())


@dataclass(slots=True)
class _Walk:
    """Going through what happened in order of time: the turns so far, what holds, and whether the last contact that met was one-way."""

    turns: list[Turn] = field(default_factory=list)
    agreed: AgreementFact | None = None
    sent_last: bool = False
    reached_since: bool = False
    """Whether a contact counted since the last turn was ended by opting out."""

    @property
    def _open(self) -> Turn | None:
        return self.turns[-1] if self.turns and self.turns[-1].running else None

    def agree(self, at: datetime, agreed: AgreementFact) -> None:
        """An agreement begins to hold: a running turn ends by opting out or is moved, else one begins."""
        self.agreed, running = agreed, self._open
        if agreed.interval_days is None:
            if running is not None:
                self.turns[-1], self.reached_since = replace(running, ended_at=at), False
        elif running is not None:
            self.turns[-1] = _moved(running, at, agreed.interval_days)
        elif self._comes_back(at):
            self.turns[-1] = replace(self.turns[-1], ended_at=None)
        else:
            self._begin(at)

    def _comes_back(self, at: datetime) -> bool:
        """Say whether the last turn stands again: opting out ended it while it was due soon or overdue, not long ago."""
        last = self.turns[-1] if self.turns else None
        if last is None or last.ended_at is None or self.reached_since:
            return False
        return at - last.ended_at <= COMES_BACK and not _upcoming(last, last.ended_at)

    def meet(self, contact: ContactFact) -> None:
        """A contact: one that counts meets the running turn and begins the next."""
        if not self._counts(contact):
            return
        self.reached_since = True
        if self._open is not None:
            self.turns[-1] = replace(self.turns[-1], met_at=contact.at)
        self.sent_last = not contact.imported and contact.channel in ONE_WAY
        self._begin(contact.at, calendar.due_by_end_of(contact.next_agreed_on) if contact.next_agreed_on else None)

    def _begin(self, at: datetime, promised: Due | None = None) -> None:
        interval = self.agreed.interval_days if self.agreed else None
        dues = [due for due in (days_after(at, interval) if interval else None, promised) if due is not None]
        if dues:
            self.turns.append(Turn(at, min(dues, key=_when), promised))

    def _counts(self, contact: ContactFact) -> bool:
        """Say whether a contact meets the clock: it reached her or him, by a way that was agreed or lets both speak."""
        if not contact.reached or contact.side == "isva":
            return False
        if contact.channel == Channel.VIA_ISVA and not contact.imported:
            return contact.to != "person" and self._names(contact.channel)
        with_whom = contact.to == "victim" or (contact.to == "person" and contact.stands_in)
        if contact.channel in ONE_WAY and not contact.imported:
            return with_whom and self._names(contact.channel) and not self.sent_last
        return with_whom

    def _names(self, channel: str) -> bool:
        return self.agreed is not None and self.agreed.names(channel)


def _moved(turn: Turn, at: datetime, days: int) -> Turn:
    """Return a running turn under a changed number of days: as it was if it is due soon or overdue."""
    if not _upcoming(turn, at):
        return turn
    anew = days_after(turn.started_at, days)
    if _when(anew) < _when(turn.due):
        anew = min(turn.due, days_after(at, days), key=_when)
    if turn.promised is not None:
        anew = min(anew, turn.promised, key=_when)
    if _when(anew) > _when(turn.due):
        return replace(turn, due=anew, first_due=turn.first_due or turn.due, eased_at=at)
    first = turn.first_due and min(turn.first_due, anew, key=_when)
    return replace(turn, due=anew, first_due=first)


def _upcoming(turn: Turn, at: datetime) -> bool:
    """Say whether a turn was neither due soon nor overdue at a moment."""
    return urgency(Kind.VICTIM_CONTACT, turn.due.due_at, turn.due.due_on, at) == Urgency.UPCOMING


def _when(due: Due) -> datetime:
    return due.due_at
