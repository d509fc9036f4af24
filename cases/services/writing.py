"""Writers of one fact each that several services share. They ask no permission and no policy: their callers have."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from cases import models as m
from cases.derive.bail_facts import BailFact
from cases.derive.facts import SuspectFacts
from cases.services.changing import Changing

VERB_OF: dict[m.BailEventKind, str] = {
    m.BailEventKind.VARIED: "bail_varied",
    m.BailEventKind.EXTENDED: "bail_extended",
    m.BailEventKind.SUSPENDED: "bail_suspended",
    m.BailEventKind.RUNNING_AGAIN: "bail_running_again",
    m.BailEventKind.BREACHED: "bail_breached",
    m.BailEventKind.FAILED_TO_ANSWER: "bail_failed_to_answer",
    m.BailEventKind.ENDED: "bail_ended",
}
"""What the timeline calls each thing that happens to a bail."""


def write_bail(
    change: Changing,
    suspect: m.Suspect,
    *,
    granted_at: datetime,
    authority: str,
    arrest: m.Arrest | None,
    own_end_on: date | None = None,
    conditions: str = "",
    victim_views_sought: bool = False,
    text: str = "",
) -> m.Bail:
    """Write a grant of bail."""
    bail = change.add(
        m.Bail,
        suspect=suspect,
        arrest=arrest,
        granted_at=granted_at,
        authority=authority,
        own_end_on=own_end_on,
        conditions=conditions,
        victim_views_sought=victim_views_sought,
    )
    change.put_in_timeline("bail_granted", at=granted_at, suspect=suspect, text=text)
    return bail


def write_bail_event(
    change: Changing, bail_id: UUID, suspect: m.Suspect, kind: m.BailEventKind, *, at: datetime, text: str = "", **facts: Any
) -> m.BailEvent:
    """Append what happened to a bail; `text` is what the timeline says of it, the note where it gives none."""
    event = change.add(m.BailEvent, bail_id=bail_id, kind=kind, at=at, **facts)
    change.put_in_timeline(VERB_OF[kind], at=at, suspect=suspect, text=text or event.note)
    return event


def end_live_bail(change: Changing, suspect: m.Suspect, facts: SuspectFacts, *, at: datetime, to: m.EndedTo) -> None:
    """End the bail that still runs, if one does, because something else followed it. Never before its own last event."""
    bail = facts.live_bail()
    if bail is not None:
        write_bail_event(change, bail.id, suspect, m.BailEventKind.ENDED, at=max(at, last_of(bail)), ended_to=to, text=to.label)


def last_of(bail: BailFact) -> datetime:
    """Return when the last thing happened to a bail: its grant or its latest event."""
    return max([bail.granted_at, *(event.at for event in bail.events)])


def cancel_plan_of(change: Changing, suspect: m.Suspect, because: str) -> None:
    """Cancel the planned arrest of a suspect, if there is one."""
    plan = m.PlannedArrest.objects.filter(case=change.case, suspect=suspect, state=m.PlannedArrest.State.PLANNED).first()
    if plan is not None:
        plan.state, plan.ended_because = m.PlannedArrest.State.CANCELLED, because
        plan.save(update_fields=["state", "ended_because"])
        change.put_in_timeline("arrest_plan_cancelled", suspect=suspect, text=because)
