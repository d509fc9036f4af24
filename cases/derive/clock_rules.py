"""The rules of the investigation's clocks: pure functions from facts to the clocks they ask for (design section 6)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from cases.derive.arrest_rules import arrest_clocks, earliest, first_of, interview_clocks
from cases.derive.clocks import CLOCKS, Editions, Kind, Wanted, due_of
from cases.derive.clocks import register as register_rule
from cases.derive.facts import CaseFacts, SuspectFacts
from cases.derive.states import case_stage
from core import calendar
from core.calendar import Unit

Spell = tuple[datetime, datetime | None]
"""From when until when (None: still)."""


def register() -> None:
    """Add the investigation's clocks to the table's rules."""
    register_rule("investigation", investigation)


def investigation(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the clocks of the case and of each suspect, moved dates respected."""
    for one in _all(case, editions):
        yield _moved(case, one)


def _all(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    yield from _supervisor_review(case, editions)
    yield from _break_glass_review(case, editions)
    for suspect in case.suspects:
        yield from arrest_clocks(case, suspect, editions)
        yield from interview_clocks(suspect, editions)
        yield from _situation_review(case, suspect, editions)
        yield from _bail_expiry(suspect)
        yield from _rui_review(case, suspect, editions)
        yield from _detention(suspect)


def _situation_review(case: CaseFacts, suspect: SuspectFacts, editions: Editions) -> Iterator[Wanted]:
    """While wanted (7 days), abroad or in prison (28 days), a supervisor reviews, again and again."""
    reviews = [
        (review.at, review.next_review_on) for review in case.reviews if review.of == "situation" and review.suspect_id == suspect.id
    ]
    for situation in suspect.situations:
        kind = situation.kind
        spells = _open_parts(situation.since, suspect.situation_ended_at(situation), suspect.closed_spells())
        yield from Turns(Kind.SITUATION_REVIEW, situation.id, suspect.id, lambda turn, kind=kind: kind).wanted(spells, reviews, editions)  # type: ignore[misc]


def _rui_review(case: CaseFacts, suspect: SuspectFacts, editions: Editions) -> Iterator[Wanted]:
    """Released under investigation: reviewed every 28 days until an outcome, an arrest or bail."""
    reviews = [
        (review.at, review.next_review_on)
        for review in case.reviews
        if review.of == "under_investigation" and review.suspect_id == suspect.id
    ]
    spells = [part for since, until in suspect.under_investigation() for part in _open_parts(since, until, suspect.closed_spells())]
    yield from Turns(Kind.RUI_REVIEW, suspect.id, suspect.id, lambda turn: "").wanted(spells, reviews, editions)


def _bail_expiry(suspect: SuspectFacts) -> Iterator[Wanted]:
    """Every bail runs to its end; it stands still while suspended with the CPS. One that had passed at import asks first."""
    for number, bail in enumerate(suspect.bails):
        if bail.passed_not_known:
            continue
        replaced = suspect.bails[number + 1].granted_at if number + 1 < len(suspect.bails) else None
        extended = [event.at for event in bail.events if event.kind == "extended"]
        met, ended = first_of(earliest(bail.ended.at if bail.ended else None, replaced), suspect.closed_at(), since=bail.granted_at)
        yield Wanted(
            Kind.BAIL_EXPIRY,
            bail.id,
            suspect_id=suspect.id,
            started_at=max([bail.granted_at, *extended]),
            due=bail.due(),
            owes=CLOCKS[Kind.BAIL_EXPIRY].owes,
            met_at=met,
            ended_at=ended,
            paused_since=None if met or ended else bail.suspended_since,
        )


def _detention(suspect: SuspectFacts) -> Iterator[Wanted]:
    """The detention clock of an arrest, in hours from the relevant time."""
    for arrest in suspect.arrests:
        if arrest.began_at is None or arrest.hours is None:
            continue
        due = calendar.due(arrest.began_at, arrest.hours, Unit.HOURS, calendar.england_and_wales())
        met, ended = first_of(arrest.released_at, suspect.closed_at(), since=arrest.began_at)
        yield Wanted(
            Kind.DETENTION,
            arrest.id,
            suspect_id=suspect.id,
            started_at=arrest.began_at,
            due=due,
            owes=CLOCKS[Kind.DETENTION].owes,
            met_at=met,
            ended_at=ended,
        )


def _break_glass_review(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Every use of emergency access is reviewed by an auditor, whatever becomes of the case."""
    for access in case.emergencies:
        due, version = due_of(Kind.BREAK_GLASS_REVIEW, "", access.at, editions)
        yield Wanted(
            Kind.BREAK_GLASS_REVIEW,
            access.id,
            started_at=access.at,
            due=due,
            owes=CLOCKS[Kind.BREAK_GLASS_REVIEW].owes,
            setting_version=version,
            met_at=access.reviewed_at,
        )


_REVIEW_TURNS = ("first", "second")


def _supervisor_review(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """72 hours, 7 days, then every 28 days while the case is open; not while every suspect had an outcome, until one was reopened."""
    reviews = [(review.at, review.next_review_on) for review in case.reviews if review.of == "case"]
    closed = case.closed_spells()
    closed_at = None if _open(case) else case.closed_at()
    spells = _open_parts(case.recorded_at, closed_at, closed)
    yield from Turns(Kind.SUPERVISOR_REVIEW, case.id, None, _review_turn).wanted(spells, reviews, editions)


def _review_turn(turn: int) -> str:
    return _REVIEW_TURNS[turn] if turn < len(_REVIEW_TURNS) else "later"


def _open(case: CaseFacts) -> bool:
    return case_stage(case, case.recorded_at).is_open


def _open_parts(since: datetime, until: datetime | None, closed: Iterable[Spell]) -> Iterator[Spell]:
    """Yield what is left of a spell when the closed ones, in order, are taken out of it."""
    for start, end in closed:
        if (until is not None and start >= until) or (end is not None and end <= since):
            continue
        if start > since:
            yield since, start
        if end is None:
            return
        since = end
    if until is None or since < until:
        yield since, until


@dataclass(frozen=True, slots=True)
class Turns:
    """A clock that starts again each time it is met, through one or more spells. Its turns are numbered through all of them."""

    kind: Kind
    subject_id: UUID
    suspect_id: UUID | None
    variant_of: Callable[[int], str]

    def wanted(self, spells: Iterable[Spell], reviews: Sequence[tuple[datetime, date | None]], editions: Editions) -> Iterator[Wanted]:
        """Yield one clock a turn: met by each review in time order, the last one of a spell open or ended."""
        turn = 0
        for since, until in spells:
            within = sorted(
                (review for review in reviews if review[0] >= since and (until is None or review[0] < until)), key=lambda review: review[0]
            )
            started, asked = since, None
            for at, next_on in [*within, (None, None)]:
                yield self._one(turn, started, asked, editions, met=at, ended=None if at else until)
                turn += 1
                if at is not None:
                    started, asked = at, next_on

    def _one(
        self, turn: int, started: datetime, asked: date | None, editions: Editions, *, met: datetime | None, ended: datetime | None
    ) -> Wanted:
        """The clock of one turn: as long as the rule says, or until the day the last review asked for if that is sooner."""
        due, version = due_of(self.kind, self.variant_of(turn), started, editions)
        if asked is not None:
            due = min(due, calendar.due_by_end_of(asked), key=lambda d: d.due_at)
        return Wanted(
            self.kind,
            self.subject_id,
            suspect_id=self.suspect_id,
            sequence=turn,
            started_at=started,
            due=due,
            owes=CLOCKS[self.kind].owes,
            setting_version=version,
            met_at=met,
            ended_at=ended,
        )


def _moved(case: CaseFacts, one: Wanted) -> Wanted:
    """Return the clock with the date a person moved it to, the first due date kept beside it."""
    moves = [move for move in case.overrides if (move.kind, move.subject_id, move.sequence) == one.key]
    if not moves or not CLOCKS[one.kind].movable:
        return one
    last = max(moves, key=lambda move: move.at)
    moved = calendar.due_by_end_of(last.moved_to)
    eased = last.at if moved.due_at > one.due.due_at else one.eased_at
    return replace(one, due=moved, first_due=one.first_due or min(one.due, moved, key=lambda d: d.due_at), eased_at=eased)
