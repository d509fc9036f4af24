"""Arrest and release, attempts, and interviews under caution."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from cases import models as m
from cases import permissions, policies
from cases.derive import pace
from cases.derive.facts import BailFact, SuspectFacts
from cases.models.telling import ToldAbout
from cases.services.changing import Actor, Changing, changing
from cases.services.outcomes import Ending, check_ending, write_outcome
from cases.services.telling import Thing
from cases.services.telling_before import Before, write_before
from cases.services.writing import end_live_bail, write_bail
from core import clock
from core.exceptions import NotPossible


def record_arrest(
    *, actor: Actor, case_id: UUID, suspect_id: UUID, at: datetime, note: str = "", new_evidence: bool = False, version: int | None = None
) -> m.Arrest:
    """Record an arrest: stops the arrest clock, ends wanted or abroad and live bail, and closes a planned arrest as made.

    Raises NotAllowed, NotPossible (in custody, has an outcome, before identification, before the last release, in the
    future), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.may_be_arrested(facts)
        policies.not_before_identified(facts, at)
        change.not_in_future(at)
        _not_before_last_arrest(facts, at)
        end_live_bail(change, suspect, facts, at=at, to=m.EndedTo.ARREST)
        return write_arrest(change, suspect, at=at, note=note, new_evidence=new_evidence)


def _not_before_last_arrest(facts: SuspectFacts, at: datetime) -> None:
    last = facts.latest_arrest()
    if last is not None and at <= (last.released_at or last.at):
        raise NotPossible("Enter a time after the last arrest and release", field="at")


def write_arrest(
    change: Changing, suspect: m.Suspect, *, at: datetime, note: str = "", new_evidence: bool = False, imported: bool = False
) -> m.Arrest:
    """Write the fact, and close a planned arrest as made."""
    arrest = change.add(m.Arrest, suspect=suspect, at=at, note=note, new_evidence=new_evidence, imported=imported)
    plan = m.PlannedArrest.objects.filter(case=change.case, suspect=suspect, state=m.PlannedArrest.State.PLANNED).first()
    if plan is not None:
        plan.state = m.PlannedArrest.State.MADE
        plan.save(update_fields=["state"])
    change.put_in_timeline("arrested", at=at, suspect=suspect, text=note)
    return arrest


def record_release(
    *,
    actor: Actor,
    case_id: UUID,
    suspect_id: UUID,
    at: datetime,
    to: str,
    authority: str = m.Authority.CUSTODY_OFFICER,
    conditions: str = "",
    victim_views_sought: bool = False,
    views_note: str = "",
    own_end_on: date | None = None,
    code: int | None = None,
    side: str = "",
    reasons: str = "",
    telling: Sequence[Before] = (),
    version: int | None = None,
) -> m.Arrest:
    """Record a release, and in the same act what it was to: bail granted, under investigation, or an outcome of that day.

    `telling` says of each complainant whose crime names the suspect whether she or he was told before.
    Raises NotAllowed, NotPossible (not in custody, before the arrest, in the future, nothing said of what follows, and
    what `grant` and `check_ending` refuse), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.may_be_released(facts)
        _check_released_to(to, conditions)
        arrest = _release(change, suspect, facts, at=at, to=to)
        things: list[Thing] = [(ToldAbout.RELEASE, arrest.pk)]
        if to == m.ReleasedTo.BAIL:
            bail = grant(
                change, suspect, facts, arrest, granted_at=at, authority=authority, conditions=conditions,
                victim_views_sought=victim_views_sought, views_note=views_note, own_end_on=own_end_on,
            )  # fmt: skip
            things.append((ToldAbout.BAIL, bail.pk))
        elif to == m.ReleasedTo.OUTCOME:
            _end_with_outcome(change, suspect, facts, at, code, side, reasons)
        write_before(change, suspect, things, telling, happened_at=at)
        return arrest


def _end_with_outcome(
    change: Changing, suspect: m.Suspect, facts: SuspectFacts, at: datetime, code: int | None, side: str, reasons: str
) -> None:
    if code is None:
        raise NotPossible("Select an outcome", field="code")
    ending = Ending(code, clock.london_day(at), side, reasons)
    check_ending(change, facts, ending, field="at")
    write_outcome(change, suspect, facts, ending, at=at)


def _check_released_to(to: str, conditions: str) -> None:
    if to not in ON_SCREEN:
        raise NotPossible("Select what the suspect was released to", field="to")
    if to != m.ReleasedTo.BAIL and conditions.strip():
        raise NotPossible("Only bail has conditions: leave this empty, or select bail", field="conditions")


ON_SCREEN = frozenset({m.ReleasedTo.BAIL, m.ReleasedTo.UNDER_INVESTIGATION, m.ReleasedTo.OUTCOME})


def _release(change: Changing, suspect: m.Suspect, facts: SuspectFacts, *, at: datetime, to: str) -> m.Arrest:
    latest = facts.latest_arrest()
    assert latest is not None  # noqa: S101  may_be_released has said so
    if at < latest.at:
        raise NotPossible("Enter a time after the arrest", field="at")
    change.not_in_future(at)
    arrest = change.get(m.Arrest, latest.id)
    arrest.released_at, arrest.released_to = at, to
    arrest.save(update_fields=["released_at", "released_to"])
    change.put_in_timeline("released", at=at, suspect=suspect, text=m.ReleasedTo(to).label)
    return arrest


def grant(
    change: Changing,
    suspect: m.Suspect,
    facts: SuspectFacts,
    arrest: m.Arrest,
    *,
    granted_at: datetime,
    authority: str,
    conditions: str,
    victim_views_sought: bool,
    views_note: str,
    own_end_on: date | None,
) -> m.Bail:
    """Check and write a grant of bail. A breach arrest does not begin the period afresh: it runs on from the first arrest.

    Raises NotPossible (no authority, an end past the authority's period or before the grant, the victim's views neither
    sought nor explained).
    """
    if authority not in m.Authority.values or authority == m.Authority.NOT_RECORDED:
        raise NotPossible("Select who authorised the bail", field="authority")
    check_views(conditions, victim_views_sought, views_note)
    counted_from = _counted_from(change, facts, arrest)
    bail = BailFact(arrest.pk, granted_at, authority, counted_from.at, own_end_on)
    latest = pace.end_of(bail, max(step.months for step in pace.LADDER if step.authority == authority))
    if own_end_on is not None and not clock.london_day(granted_at) <= own_end_on <= latest:
        raise NotPossible(f"Enter a day from the grant to {pace.in_words(latest)}, the last this authority can give", field="own_end_on")
    said = " ".join(filter(None, [f"Until {pace.in_words(bail.ends_on())}.", conditions, views_note]))
    return write_bail(
        change,
        suspect,
        granted_at=granted_at,
        authority=authority,
        arrest=counted_from,
        own_end_on=own_end_on,
        conditions=conditions,
        victim_views_sought=victim_views_sought,
        text=said,
    )


def check_views(conditions: str, sought: bool, note: str) -> None:
    """The duty to seek the victim's views on conditions (statutory guidance of 2023): sought, or said why not."""
    if conditions.strip() and not sought and not note.strip():
        raise NotPossible("Say that the victim’s views were sought, or why they could not be", field="victim_views_sought")


def _counted_from(change: Changing, facts: SuspectFacts, arrest: m.Arrest) -> m.Arrest:
    """The arrest that the bail period counts from: that of the bail which this arrest ended, unless it was on new evidence."""
    ended_by_arrest = [bail for bail in facts.bails if bail.ended is not None and bail.ended.ended_to == m.EndedTo.ARREST]
    if not ended_by_arrest or arrest.new_evidence:
        return arrest
    earlier = change.get(m.Bail, ended_by_arrest[-1].id)
    return change.get(m.Arrest, earlier.arrest_id) if earlier.arrest_id else arrest


def record_attempt(
    *, actor: Actor, case_id: UUID, suspect_id: UUID, at: datetime, what_happened: str, version: int | None = None
) -> m.ArrestAttempt:
    """Record that officers went to arrest and could not. It stops no clock.

    Raises NotAllowed, NotPossible (in custody, has an outcome, before identification, in the future), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.may_be_arrested(facts)
        policies.not_before_identified(facts, at)
        change.not_in_future(at)
        change.put_in_timeline("arrest_attempted", at=at, suspect=suspect, text=what_happened)
        return change.add(m.ArrestAttempt, suspect=suspect, at=at, what_happened=what_happened)


def record_interview(
    *,
    actor: Actor,
    case_id: UUID,
    suspect_id: UUID,
    at: datetime,
    manner: str,
    protection: str = "",
    note: str = "",
    version: int | None = None,
) -> m.Interview:
    """Record an interview under caution. Without arrest no bail conditions are possible, so it says what else protects.

    Raises NotAllowed, NotPossible (has an outcome, a time that cannot be, after an arrest that is not there, voluntary
    while in custody, no protection named, recorded already), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.not_settled(facts)
        policies.not_before_identified(facts, at)
        change.not_in_future(at)
        _check_manner(facts, at, manner, protection)
        if at in facts.interviews:
            raise NotPossible("An interview at this time is recorded already", field="at")
        change.put_in_timeline(
            "interviewed", at=at, suspect=suspect, text=". ".join(filter(None, [m.InterviewManner(manner).label, protection, note]))
        )
        return change.add(m.Interview, suspect=suspect, at=at, manner=manner, protection=protection, note=note)


def _check_manner(facts: SuspectFacts, at: datetime, manner: str, protection: str) -> None:
    held = any(
        arrest.at <= at and not arrest.imported and (arrest.released_at is None or at < arrest.released_at) for arrest in facts.arrests
    )
    if manner == m.InterviewManner.AFTER_ARREST:
        if not any(arrest.at <= at for arrest in facts.arrests):
            raise NotPossible("There is no arrest before this time", field="at")
    elif manner != m.InterviewManner.VOLUNTARY:
        raise NotPossible("Select how the suspect came to be interviewed", field="manner")
    elif held:
        raise NotPossible("The suspect was in custody at this time", field="manner")
    elif not facts.arrests and not protection.strip():
        raise NotPossible("Without an arrest no bail conditions are possible: enter what else protects the victim", field="protection")
