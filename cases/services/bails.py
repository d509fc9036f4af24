"""Pre-charge bail from grant to end: conditions, extensions by the ladder of PACE, suspension, breach, failure to answer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions, policies
from cases.derive import pace
from cases.derive.bail_facts import BailFact
from cases.derive.facts import SuspectFacts
from cases.models.telling import ToldAbout
from cases.services import extensions
from cases.services.arrests import check_views, grant
from cases.services.changing import Changing, changing
from cases.services.outcomes import Ending, check_ending, write_outcome
from cases.services.telling_before import Before, write_before
from cases.services.writing import last_of, write_bail_event
from core import clock
from core.exceptions import NotPossible

EventKind = m.BailEventKind


def grant_bail(
    *,
    actor: User,
    case_id: UUID,
    suspect_id: UUID,
    granted_at: datetime,
    authority: str,
    conditions: str = "",
    victim_views_sought: bool = False,
    views_note: str = "",
    own_end_on: date | None = None,
    telling: Sequence[Before] = (),
    version: int | None = None,
) -> m.Bail:
    """Record bail of somebody arrested before and not in custody now: an arrest of the extract, a release put right.

    Raises NotAllowed, NotPossible (no arrest, in custody, on bail already, before the arrest, and what `grant` refuses), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.bail_may_be_granted(facts)
        arrest = m.Arrest.objects.filter(case=change.case, suspect=suspect).order_by("-at")[0]
        change.not_in_future(granted_at, field="granted_at")
        if granted_at < (arrest.released_at or arrest.at):
            raise NotPossible("Enter a time after the arrest and release", field="granted_at")
        bail = grant(
            change,
            suspect,
            facts,
            arrest,
            granted_at=granted_at,
            authority=authority,
            conditions=conditions,
            victim_views_sought=victim_views_sought,
            views_note=views_note,
            own_end_on=own_end_on,
        )
        write_before(change, suspect, [(ToldAbout.BAIL, bail.pk)], telling, happened_at=granted_at)
        return bail


def vary_bail(
    *,
    actor: User,
    case_id: UUID,
    bail_id: UUID,
    at: datetime,
    conditions: str,
    victim_views_sought: bool = False,
    views_note: str = "",
    telling: Sequence[Before] = (),
    version: int | None = None,
) -> m.BailEvent:
    """Record varied conditions (blank: none any longer). The victim's views are sought, or it says why not.

    Raises NotAllowed, NotPossible (ended, nothing varied, a time that cannot be, views), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, _, fact = bail_of(change, bail_id)
        policies.bail_runs(fact)
        check_at(change, fact, at)
        if conditions == row.conditions:
            raise NotPossible("Enter the conditions as they are now: they have not changed", field="conditions")
        # Taking conditions away is the variation she most needs a say in.
        check_views(conditions or row.conditions, victim_views_sought, views_note)
        row.conditions, row.victim_views_sought = conditions, victim_views_sought
        row.save(update_fields=["conditions", "victim_views_sought"])
        said = " ".join(filter(None, [conditions or "No conditions.", "Victim’s views sought." if victim_views_sought else "", views_note]))
        event = write_bail_event(change, row.pk, suspect, EventKind.VARIED, at=at, note=said)
        write_before(change, suspect, [(ToldAbout.BAIL, event.pk)], telling, happened_at=at)
        return event


def extend_bail(
    *,
    actor: User,
    case_id: UUID,
    bail_id: UUID,
    at: datetime,
    authority: str,
    conditions_met: bool,
    representations: str,
    months: int | None = None,
    own_end_on: date | None = None,
    authorised_by: str = "",
    authoriser_id: UUID | None = None,
    telling: Sequence[Before] = (),
    version: int | None = None,
) -> m.BailEvent:
    """Record an extension, decided before the bail ended, by the next authority that PACE names.

    An inspector goes to 6 months in all, a superintendent to 9, a court to 12, 18 or 24, or to a day within. The rank of
    who decided is checked where she or he is known here. Conditions A to D hold, and representations were invited. Raises
    NotAllowed, Conflict, NotPossible for anything else.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, _, fact = bail_of(change, bail_id)
        policies.bail_may_be_extended(fact)
        check_at(change, fact, at)
        step = extensions.step_of(fact, at, authority, months)
        until = extensions.until(fact, step, own_end_on)
        extensions.check_lawful(conditions_met, representations)
        who = extensions.authorised(actor, step, authoriser_id, authorised_by)
        note = f"Until {pace.in_words(until)} ({step.words}), authorised by {who}"
        facts: dict[str, Any] = {"authority": authority, "months": step.months, "own_end_on": own_end_on, "conditions_met": True}
        event = write_bail_event(change, row.pk, suspect, EventKind.EXTENDED, at=at, representations=representations, note=note, **facts)
        write_before(change, suspect, [(ToldAbout.BAIL, event.pk)], telling, happened_at=at)
        return event


def suspend_bail(*, actor: User, case_id: UUID, bail_id: UUID, at: datetime, note: str = "", version: int | None = None) -> m.BailEvent:
    """Record that bail stands still while the CPS decides (PACE s.47ZL). Raises NotAllowed, NotPossible, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, _, fact = bail_of(change, bail_id)
        policies.bail_may_be_suspended(fact)
        policies.with_the_cps(change.case)
        check_at(change, fact, at)
        if at >= fact.due().due_at:
            raise NotPossible("This bail had ended by then", field="at")
        return write_bail_event(change, row.pk, suspect, EventKind.SUSPENDED, at=at, note=note)


def resume_bail(*, actor: User, case_id: UUID, bail_id: UUID, at: datetime, note: str = "", version: int | None = None) -> m.BailEvent:
    """Record that bail runs again: its end moves by the days it stood still. Raises NotAllowed, NotPossible, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, _, fact = bail_of(change, bail_id)
        policies.bail_may_run_again(fact)
        check_at(change, fact, at)
        return write_bail_event(change, row.pk, suspect, EventKind.RUNNING_AGAIN, at=at, note=note)


def record_breach(*, actor: User, case_id: UUID, bail_id: UUID, at: datetime, note: str, version: int | None = None) -> m.BailEvent:
    """Record a breach of conditions: what happened and what was done. The bail stands. Raises NotAllowed, NotPossible, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, _, fact = bail_of(change, bail_id)
        policies.bail_runs(fact)
        check_since_grant(change, fact, at)
        if not note.strip():
            raise NotPossible("Enter what happened", field="note")
        return write_bail_event(change, row.pk, suspect, EventKind.BREACHED, at=at, note=note)


def record_failure_to_answer(
    *, actor: User, case_id: UUID, bail_id: UUID, at: datetime, note: str = "", version: int | None = None
) -> m.BailEvent:
    """Record that the suspect did not answer bail. The bail stands until an act ends it. Raises NotAllowed, NotPossible, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, _, fact = bail_of(change, bail_id)
        policies.bail_runs(fact)
        check_since_grant(change, fact, at)
        return write_bail_event(change, row.pk, suspect, EventKind.FAILED_TO_ANSWER, at=at, note=note)


def end_bail(
    *,
    actor: User,
    case_id: UUID,
    bail_id: UUID,
    at: datetime,
    to: str,
    note: str = "",
    code: int | None = None,
    side: str = "",
    reasons: str = "",
    telling: Sequence[Before] = (),
    version: int | None = None,
) -> m.Bail:
    """Record the end of bail and what follows: under investigation, or an outcome of that day in the same act.

    An arrest or a new grant ends it by itself. Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, facts, fact = bail_of(change, bail_id)
        policies.bail_runs(fact)
        check_at(change, fact, at)
        write_end(change, row, suspect, facts, at=at, to=to, note=note, outcome=(code, side, reasons))
        write_before(change, suspect, [(ToldAbout.BAIL_ENDED, row.pk)], telling, happened_at=at)
        return row


def write_end(
    change: Changing,
    row: m.Bail,
    suspect: m.Suspect,
    facts: SuspectFacts,
    *,
    at: datetime,
    to: str,
    note: str,
    outcome: tuple[int | None, str, str],
    long_since: bool = False,
) -> None:
    """Write the end, and the outcome where that follows (which writes the end of live bail itself).

    `long_since`: an extract gave the bail, and somebody says how it had ended before; nobody looks at that outcome again.
    """
    if to == m.EndedTo.UNDER_INVESTIGATION:
        text = " ".join(filter(None, [f"{m.EndedTo.UNDER_INVESTIGATION.label}.", note]))
        write_bail_event(change, row.pk, suspect, EventKind.ENDED, at=at, ended_to=to, note=note, text=text)
        return
    if to != m.EndedTo.OUTCOME:
        raise NotPossible("Select what follows", field="to")
    code, side, reasons = outcome
    if code is None:
        raise NotPossible("Select an outcome", field="code")
    ending = Ending(code, clock.london_day(at), side, reasons, looked_at=long_since)
    policies.outcome_may_be_recorded(facts)
    check_ending(change, facts, ending, field="at")
    write_outcome(change, suspect, facts, ending, at=at)


def bail_of(change: Changing, bail_id: UUID) -> tuple[m.Bail, m.Suspect, SuspectFacts, BailFact]:
    """A bail of this case with its suspect and the facts of both. Refuses who may not; Http404 for none."""
    change.allow(permissions.INVESTIGATE)
    row = change.get(m.Bail, bail_id)
    suspect, facts = change.suspect(row.suspect_id)
    policies.not_settled(facts)
    if facts.bails[-1].id != row.pk:
        raise NotPossible("A later grant of bail replaced this one.")
    return row, suspect, facts, next(bail for bail in facts.bails if bail.id == row.pk)


def check_since_grant(change: Changing, fact: BailFact, at: datetime) -> None:
    """Raise NotPossible for a time in the future or before the grant. A breach is often heard of after bail was extended or varied."""
    change.not_in_future(at)
    if at < fact.granted_at:
        raise NotPossible("Enter a time after bail was granted", field="at")


def check_at(change: Changing, fact: BailFact, at: datetime) -> None:
    """Raise NotPossible for a time in the future, or before the last thing that happened to this bail."""
    change.not_in_future(at)
    if at < last_of(fact):
        raise NotPossible("Enter a time after the grant and the last thing recorded of this bail", field="at")
