"""The clocks of telling: each complainant is told what happened to the suspects whom her or his recorded crimes name. Pure.

[DESIGN] Decided here, because no source says it: trying in vain, or having no safe channel, stops no clock (nobody decided
that she or he is not to be told); a decision not to tell, with its reason, does. An entitlement that is raised gives at
least the rest of this working day and the next; it never makes a telling timely that was overdue already. What no
longer matters before anybody told it (an outcome reopened, an officer followed by another) ends its clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from cases.derive.bail_facts import BailFact
from cases.derive.clocks import Editions, Kind, Owes, Wanted, due_of
from cases.derive.clocks import register as register_rule
from cases.derive.facts import CHARGED_FROM_CUSTODY, CaseFacts, ComplainantFacts, Position, SuspectFacts
from core import calendar, clock
from core.calendar import Due, Unit

CHARGED = 1
TOLD_KINDS: tuple[Kind, ...] = tuple(kind for kind in Kind if kind.value.startswith("told_"))
BAIL_CHANGES = frozenset({"extended", "varied"})
ENTITLEMENT = ("complainant", "entitlement")


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to tell: which clock, the row it is about, when it happened, about which suspect, who owes it.

    `moot_at`: since when nobody need tell it any longer. `anew`: the same row happens again when it was taken back, so what was
    told of it before that does not count.
    """

    about: Kind
    fact_id: UUID
    at: datetime
    suspect_id: UUID | None = None
    owes: Owes = Owes.POLICE
    moot_at: datetime | None = None
    anew: bool = False


def register() -> None:
    """Add the clocks of telling to the table's rules."""
    register_rule("telling", telling)


def told_subject(complainant_id: UUID, fact_id: UUID) -> UUID:
    """Return what makes a telling one clock: one fact told to one complainant."""
    return uuid5(complainant_id, str(fact_id))


def about_of_outcome(code: int) -> Kind:
    """Return what is told of an outcome: a charge, or that it ended without one."""
    return Kind.TOLD_CHARGE if code == CHARGED else Kind.TOLD_NFA


def telling(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield one clock for each thing and each complainant who is to be told it."""
    for complainant in case.complainants:
        for duty in duties(case, complainant):
            yield _clock(case, complainant, duty, editions)


def duties(case: CaseFacts, complainant: ComplainantFacts) -> Iterator[Duty]:
    """Yield what one complainant is to be told: of the suspects her or his crimes name, not of others of the case.

    Where nobody is named, that the investigation of her or his crime ended.
    """
    yield Duty(Kind.TOLD_CRIME_RECORDED, case.id, complainant.since)
    for number, officer in enumerate(case.officers):
        followed = case.officers[number + 1].since if number + 1 < len(case.officers) else None
        yield Duty(Kind.TOLD_NEW_OFFICER, officer.id, officer.since, moot_at=followed)
    for suspect in case.suspects:
        if suspect.id in complainant.suspects:
            yield from _of_suspect(case, suspect)
    for hearing in case.hearings:
        if hearing.suspect_id in complainant.suspects:
            yield Duty(Kind.TOLD_HEARING, hearing.id, hearing.received_at, hearing.suspect_id)
    for crime in complainant.nameless:
        if crime.outcome_on is not None:
            yield Duty(Kind.TOLD_NFA, crime.id, clock.day_start(crime.outcome_on), anew=True)


def _of_suspect(case: CaseFacts, suspect: SuspectFacts) -> Iterator[Duty]:
    for arrest in suspect.arrests:
        yield Duty(Kind.TOLD_ARREST, arrest.id, arrest.at, suspect.id)
        if arrest.released_at is not None and arrest.released_to != CHARGED_FROM_CUSTODY:
            yield Duty(Kind.TOLD_RELEASE, arrest.id, arrest.released_at, suspect.id)
    for key, at in zip(suspect.interview_ids, suspect.interviews, strict=False):
        yield Duty(Kind.TOLD_INTERVIEW, key, at, suspect.id)
    for number, bail in enumerate(suspect.bails):
        replaced = suspect.bails[number + 1].granted_at if number + 1 < len(suspect.bails) else None
        yield from _of_bail(suspect, bail, replaced, case.as_of)
    yield from _of_outcomes(case, suspect)
    if suspect.position == Position.FINALISED and suspect.position_id and suspect.position_since:
        yield Duty(Kind.TOLD_CLOSED, suspect.position_id, suspect.position_since, suspect.id)


def _of_bail(suspect: SuspectFacts, bail: BailFact, replaced: datetime | None, as_of: datetime | None) -> Iterator[Duty]:
    """Bail granted, extended, its conditions changed; and its end, by an act or by running out without anything."""
    yield Duty(Kind.TOLD_BAIL, bail.id, bail.granted_at, suspect.id)
    for event in bail.events:
        if event.kind in BAIL_CHANGES and event.id is not None:
            yield Duty(Kind.TOLD_BAIL, event.id, event.at, suspect.id)
    ended = _bail_ended_at(bail, replaced, as_of)
    if ended is not None:
        yield Duty(Kind.TOLD_BAIL_ENDED, bail.id, ended, suspect.id)


def _bail_ended_at(bail: BailFact, replaced: datetime | None, as_of: datetime | None) -> datetime | None:
    """Return when bail ended: by what was recorded, or before that by running out. An end not known at import tells nobody anything."""
    if bail.passed_not_known:
        return None
    recorded = bail.ended.at if bail.ended else replaced
    if bail.suspended_since is not None:
        return recorded
    ran_out = bail.due().due_at
    if recorded is None:
        return ran_out if as_of is not None and as_of >= ran_out else None
    return min(recorded, ran_out)


def _of_outcomes(case: CaseFacts, suspect: SuspectFacts) -> Iterator[Duty]:
    """Every outcome is told: a charge, or that it ended without one. The CPS owes its own where the case is with it."""
    for outcome in suspect.outcomes:
        if outcome.id is None:
            continue
        owes = Owes.CPS if outcome.side == Owes.CPS and case.brought else Owes.POLICE
        at = clock.day_start(outcome.on)
        yield Duty(about_of_outcome(outcome.code), outcome.id, at, suspect.id, owes, outcome.reopened_at)


def _clock(case: CaseFacts, complainant: ComplainantFacts, duty: Duty, editions: Editions) -> Wanted:
    met, ended = stopped(complainant, duty)
    due, version, first, eased = _due(case, complainant, duty, met or ended, editions)
    return Wanted(
        duty.about,
        told_subject(complainant.id, duty.fact_id),
        started_at=duty.at,
        due=due,
        owes=duty.owes,
        suspect_id=duty.suspect_id,
        complainant_id=complainant.id,
        setting_version=version,
        first_due=first,
        eased_at=eased,
        met_at=met,
        ended_at=ended,
    )


def stopped(complainant: ComplainantFacts, duty: Duty) -> tuple[datetime | None, datetime | None]:
    """Return when she or he was told, or when it ended untold (decided not to tell, or moot): whichever came first, the other None.

    Told before it happened counts as told when it happened.
    """
    rows = [
        one for one in complainant.told if (one.about, one.fact_id) == (duty.about, duty.fact_id) and (not duty.anew or one.at >= duty.at)
    ]
    told = min((one.at for one in rows if one.was_told), default=None)
    decided = [one.at for one in rows if one.was_decided]
    ended = min([*decided, *([duty.moot_at] if duty.moot_at else [])], default=None)
    if told is not None and (ended is None or told <= ended):
        return max(told, duty.at), None
    return None, max(ended, duty.at) if ended is not None else None


def _due(
    case: CaseFacts, complainant: ComplainantFacts, duty: Duty, until: datetime | None, editions: Editions
) -> tuple[Due, int, Due | None, datetime | None]:
    """Return the due moment and edition; where a change made it later also the earliest it ever was, and when it was eased.

    A change of entitlement while the clock runs counts anew from its start, but never to earlier than the end of the next
    working day after the change, and never to later once it is overdue.
    """
    changes = sorted((c for c in case.corrections if (c.table, c.field) == ENTITLEMENT and c.row_id == complainant.id), key=lambda c: c.at)
    later = [c for c in changes if c.at > duty.at]
    entitlement = later[0].old if later else complainant.entitlement
    due, version = due_of(duty.about, entitlement, duty.at, editions)
    first, eased = due, None
    for change in later:
        if (until is not None and change.at >= until) or change.at >= due.due_at:
            break
        anew, version_anew = due_of(duty.about, change.new, duty.at, editions)
        if _when(anew) < _when(due):
            least = calendar.due(change.at, 1, Unit.WORKING_DAYS, editions.working)
            anew = min(due, max(anew, least, key=_when), key=_when)
        elif _when(anew) > _when(due):
            eased = change.at
        due, version, first = anew, version_anew, min(first, anew, key=_when)
    return due, version, (first if first != due else None), eased


def _when(due: Due) -> datetime:
    return due.due_at
