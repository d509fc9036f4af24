"""The rules of the investigation's seven clocks: pure functions from facts to the clocks they ask for (design section 6)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cases.clocks import CLOCKS, Editions, Kind, Wanted, due_of
from cases.clocks import register as register_rule
from cases.facts import CaseFacts, ReviewFact, SuspectFacts
from cases.states import case_stage
from core import calendar
from core.calendar import Due, Unit


def register() -> None:
    """Add the investigation's clocks to the table's rules."""
    register_rule("investigation", investigation)


def investigation(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the clocks of the case and of each suspect, moved dates respected."""
    for one in _all(case, editions):
        yield _moved(case, one)


def _all(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    yield from _supervisor_review(case, editions)
    for suspect in case.suspects:
        yield _arrest(case, suspect, editions)
        yield from _interview_by(suspect, editions)
        yield from _situation_review(case, suspect, editions)
        yield from _bail_expiry(suspect)
        yield from _rui_review(case, suspect, editions)
        yield from _detention(suspect)


def _arrest(case: CaseFacts, suspect: SuspectFacts, editions: Editions) -> Wanted:
    """The arrest clock: by risk, from identification; a live situation lists it apart but never moves its due date."""
    due, version = due_of(Kind.ARREST, case.risk, suspect.identified_at, editions)
    met, ended = _first(suspect.stopped_arrest_clock_at(), suspect.closed_at())
    situation = suspect.live_situation()
    first, eased = _first_due(case, suspect, due, met or ended, editions)
    return Wanted(
        Kind.ARREST,
        suspect.id,
        suspect_id=suspect.id,
        started_at=suspect.identified_at,
        due=due,
        first_due=first,
        eased_at=eased,
        owes=CLOCKS[Kind.ARREST].owes,
        setting_version=version,
        met_at=met,
        ended_at=ended,
        paused_since=situation.since if situation and not (met or ended) else None,
    )


def _first(met: datetime | None, ended: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Return (met, ended) with only the earlier of the two: whichever came first is how the clock stopped."""
    if met is not None and ended is not None:
        return (met, None) if met <= ended else (None, ended)
    return met, ended


def _first_due(case: CaseFacts, suspect: SuspectFacts, due: Due, stopped: datetime | None, editions: Editions) -> tuple[Due, datetime | None]:
    """Return the earliest due moment that any version of risk and identification gave, and when it was last made later.

    Lowering the risk or moving the identification while the clock runs keeps the first due date in the report.
    """
    history = [c for c in case.corrections if (c.field == "risk" and c.row_id == case.id) or (c.field == "identified_at" and c.row_id == suspect.id)]
    risk, identified, now_due = case.risk, suspect.identified_at, due
    first, eased = due, None
    for change in sorted(history, key=lambda c: c.at, reverse=True):
        risk = change.old if change.field == "risk" else risk
        identified = datetime.fromisoformat(change.old) if change.field == "identified_at" else identified
        before, _ = due_of(Kind.ARREST, risk, identified, editions)
        if before.due_at < now_due.due_at and (stopped is None or change.at < stopped) and eased is None:
            eased = change.at
        first = min(first, before, key=lambda d: d.due_at)
        now_due = before
    return first, eased


def _interview_by(suspect: SuspectFacts, editions: Editions) -> Iterator[Wanted]:
    """An approved decision not to arrest asks for an interview under caution."""
    approved = suspect.no_arrest_approved_at()
    if approved is None:
        return
    due, version = due_of(Kind.INTERVIEW_BY, "", approved, editions)
    acts = [*suspect.interviews, *(arrest.at for arrest in suspect.arrests)]
    met, ended = _first(min(acts, default=None), suspect.closed_at())
    yield Wanted(
        Kind.INTERVIEW_BY, suspect.id, suspect_id=suspect.id, started_at=approved, due=due, owes=CLOCKS[Kind.INTERVIEW_BY].owes,
        setting_version=version, met_at=met, ended_at=ended,
    )  # fmt: skip


def _situation_review(case: CaseFacts, suspect: SuspectFacts, editions: Editions) -> Iterator[Wanted]:
    """While wanted (7 days), abroad or in prison (28 days), a supervisor reviews, again and again."""
    reviews = [review for review in case.reviews if review.of == "situation" and review.suspect_id == suspect.id]
    for situation in suspect.situations:
        ended = _earliest(suspect.situation_ended_at(situation), suspect.closed_at())
        turns = Turns(Kind.SITUATION_REVIEW, situation.id, suspect.id, situation.since, ended)
        yield from turns.wanted(reviews, lambda turn, kind=situation.kind: kind, editions)  # type: ignore[misc]


def _rui_review(case: CaseFacts, suspect: SuspectFacts, editions: Editions) -> Iterator[Wanted]:
    """Released under investigation: reviewed every 28 days until an outcome, an arrest or bail."""
    since = suspect.under_investigation_since()
    if since is None:
        return
    reviews = [review for review in case.reviews if review.of == "under_investigation" and review.suspect_id == suspect.id]
    later = [arrest.at for arrest in suspect.arrests if arrest.at > since] + [bail.granted_at for bail in suspect.bails if bail.granted_at > since]
    ended = _earliest(min(later, default=None), suspect.closed_at())
    yield from Turns(Kind.RUI_REVIEW, suspect.id, suspect.id, since, ended).wanted(reviews, lambda turn: "", editions)


def _bail_expiry(suspect: SuspectFacts) -> Iterator[Wanted]:
    """Every bail runs to its end; it stands still while suspended with the CPS. One that had passed at import asks first."""
    for number, bail in enumerate(suspect.bails):
        if bail.passed_not_known:
            continue
        replaced = suspect.bails[number + 1].granted_at if number + 1 < len(suspect.bails) else None
        extended = [event.at for event in bail.events if event.kind == "extended"]
        met, ended = _first(_earliest(bail.ended.at if bail.ended else None, replaced), suspect.closed_at())
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
        met, ended = _first(arrest.released_at, suspect.closed_at())
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


_REVIEW_TURNS = ("first", "second")


def _supervisor_review(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """72 hours, 7 days, then every 28 days while the case is open."""
    reviews = [review for review in case.reviews if review.of == "case"]
    turns = Turns(Kind.SUPERVISOR_REVIEW, case.id, None, case.recorded_at, case.closed_at() if not _open(case) else None)
    yield from turns.wanted(reviews, lambda turn: _REVIEW_TURNS[turn] if turn < len(_REVIEW_TURNS) else "later", editions)


def _open(case: CaseFacts) -> bool:
    return case_stage(case, case.recorded_at).is_open


@dataclass(frozen=True, slots=True)
class Turns:
    """A clock that starts again each time it is met, until what it is about ends."""

    kind: Kind
    subject_id: UUID
    suspect_id: UUID | None
    since: datetime
    ended_at: datetime | None

    def wanted(self, reviews: Iterable[ReviewFact], variant_of: Callable[[int], str], editions: Editions) -> Iterator[Wanted]:
        """Yield one clock a turn: met by each review in time order, the last one open or ended."""
        within = sorted((review for review in reviews if review.at >= self.since and (self.ended_at is None or review.at < self.ended_at)), key=lambda review: review.at)
        started, asked = self.since, None
        for turn, review in enumerate([*within, None]):
            if self.ended_at is not None and started >= self.ended_at:
                return
            due, version = due_of(self.kind, variant_of(turn), started, editions)
            if asked is not None:
                due = min(due, calendar.due_by_end_of(asked), key=lambda d: d.due_at)
            yield Wanted(
                self.kind,
                self.subject_id,
                suspect_id=self.suspect_id,
                sequence=turn,
                started_at=started,
                due=due,
                owes=CLOCKS[self.kind].owes,
                setting_version=version,
                met_at=review.at if review else None,
                ended_at=None if review else self.ended_at,
            )
            if review:
                started, asked = review.at, review.next_review_on


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _moved(case: CaseFacts, one: Wanted) -> Wanted:
    """Return the clock with the date a person moved it to, the first due date kept beside it."""
    moves = [move for move in case.overrides if (move.kind, move.subject_id, move.sequence) == one.key]
    if not moves or not CLOCKS[one.kind].movable:
        return one
    last = max(moves, key=lambda move: move.at)
    moved = calendar.due_by_end_of(last.moved_to)
    eased = last.at if moved.due_at > one.due.due_at else one.eased_at
    return replace(one, due=moved, first_due=one.first_due or min(one.due, moved, key=lambda d: d.due_at), eased_at=eased)
