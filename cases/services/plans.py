"""When an arrest is to be made and by whom, and why it is late. None of it stops a clock."""

from datetime import datetime
from uuid import UUID

from django.http import Http404

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from cases import models as m
from cases import permissions, policies
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible

State = m.PlannedArrest.State


def plan_arrest(
    *, actor: User, case_id: UUID, suspect_id: UUID, planned_for: datetime, officer_id: UUID | None = None, version: int | None = None
) -> m.PlannedArrest:
    """Plan the arrest of a suspect, by an officer of the force (blank: by oneself).

    Raises NotAllowed, NotPossible (in custody, has an outcome, planned already, not in the future, not an officer here), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.may_be_arrested(facts)
        if m.PlannedArrest.objects.filter(case=change.case, suspect=suspect, state=State.PLANNED).exists():
            raise NotPossible("An arrest is planned already: move or cancel that one.")
        _in_future(change, planned_for)
        plan = change.add(m.PlannedArrest, suspect=suspect, planned_for=planned_for, officer=_officer(actor, officer_id))
        change.put_in_timeline("arrest_planned", suspect=suspect)
        return plan


def move_plan(
    *,
    actor: User,
    case_id: UUID,
    plan_id: UUID,
    planned_for: datetime,
    because: str,
    officer_id: UUID | None = None,
    version: int | None = None,
) -> m.PlannedArrest:
    """Move a planned arrest to another time, and another officer if one is given. Returns the new plan.

    Raises NotAllowed, NotPossible (no longer planned, not in the future, no reason, not an officer here), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        plan = _planned(change, plan_id)
        suspect, facts = change.suspect(plan.suspect_id)
        policies.may_be_arrested(facts)
        _in_future(change, planned_for)
        _end(plan, State.MOVED, because)
        change.put_in_timeline("arrest_plan_moved", suspect=suspect, text=because)
        return change.add(m.PlannedArrest, suspect=suspect, planned_for=planned_for, officer=_officer(actor, officer_id or plan.officer_id))


def cancel_plan(*, actor: User, case_id: UUID, plan_id: UUID, because: str, version: int | None = None) -> m.PlannedArrest:
    """Cancel a planned arrest. Raises NotAllowed, NotPossible (no longer planned, no reason), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        plan = _planned(change, plan_id)
        suspect, _ = change.suspect(plan.suspect_id)
        _end(plan, State.CANCELLED, because)
        change.put_in_timeline("arrest_plan_cancelled", suspect=suspect, text=because)
        return plan


def _planned(change: Changing, plan_id: UUID) -> m.PlannedArrest:
    plan = change.get(m.PlannedArrest, plan_id)
    plan_stands(plan)
    return plan


def plan_stands(plan: m.PlannedArrest) -> None:
    """A policy: only an arrest still planned is moved or cancelled. Raises NotPossible."""
    if plan.state != State.PLANNED:
        raise NotPossible("This arrest is no longer planned.")


def _end(plan: m.PlannedArrest, state: str, because: str) -> None:
    if not because.strip():
        raise NotPossible("Enter the reason", field="because")
    plan.state, plan.ended_because = state, because
    plan.save(update_fields=["state", "ended_because"])


def _in_future(change: Changing, planned_for: datetime) -> None:
    if planned_for <= change.now:
        raise NotPossible("Enter a date and time in the future", field="planned_for")


def _officer(actor: User, officer_id: UUID | None) -> User:
    """The officer who is to make it: somebody who works cases in the same force."""
    if officer_id is None or officer_id == actor.pk:
        return actor
    officer = User.objects.filter(pk=officer_id, agency_id=actor.agency_id, is_active=True, role__in=WORKS_CASES_POLICE).first()
    if officer is None:
        raise NotPossible("Select an officer of your force", field="officer_id")
    return officer


def record_delay(
    *,
    actor: User,
    case_id: UUID,
    suspect_id: UUID,
    reason: str,
    abstraction_id: UUID | None = None,
    note: str = "",
    version: int | None = None,
) -> m.ArrestDelay:
    """Record why an arrest is late. It stops and moves nothing; the latest reason is the one shown.

    Raises NotAllowed, NotPossible (no arrest clock runs, no such reason, an event without that reason, that reason with
    neither event nor note), Conflict, Http404 for an event of another force.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.arrest_is_owed(facts)
        if reason not in m.DelayReason.values:
            raise NotPossible("Select a reason", field="reason")
        abstraction = _abstraction(change, reason, abstraction_id)
        _check_note(reason, abstraction, note)
        event = abstraction.event if abstraction else ""
        text = ": ".join(filter(None, [m.DelayReason(reason).label, event, note]))
        change.put_in_timeline("arrest_delayed", suspect=suspect, text=text)
        return change.add(m.ArrestDelay, suspect=suspect, at=change.now, reason=reason, abstraction=abstraction, event=event, note=note)


def _check_note(reason: str, abstraction: m.Abstraction | None, note: str) -> None:
    if reason == m.DelayReason.OTHER and not note.strip():
        raise NotPossible("Enter what the reason is", field="note")
    if reason == m.DelayReason.ABSTRACTION and abstraction is None and not note.strip():
        raise NotPossible("Select the event, or enter what the officers were taken for", field="abstraction_id")


def _abstraction(change: Changing, reason: str, abstraction_id: UUID | None) -> m.Abstraction | None:
    if abstraction_id is None:
        return None
    if reason != m.DelayReason.ABSTRACTION:
        raise NotPossible("Leave the event empty unless officers were taken for it", field="abstraction_id")
    abstraction: m.Abstraction | None = m.Abstraction.objects.filter(pk=abstraction_id, force_id=change.case.force_id).first()
    if abstraction is None:
        raise Http404
    return abstraction
