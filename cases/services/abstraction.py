"""Officers taken from their cases for an event: entered once, answered for each arrest planned in those hours.

The answers are the delay reasons: nobody types the event again, and the report counts what each event cost.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

import audit.services
from accounts.models import Unit, User
from accounts.roles import WORKS_CASES_POLICE
from audit.acts import Act
from cases import models as m
from cases import permissions, policies
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible

Answer = m.AbstractionAnswer.Answer


def enter_abstraction(
    *, actor: User, event: str, starts_at: datetime, ends_at: datetime, officer_ids: Collection[UUID], unit_id: UUID | None = None
) -> m.Abstraction:
    """Enter an event that takes officers of the force from their cases, from when until when.

    Planned ahead or after it happened. Raises NotAllowed, NotPossible (ends before it begins, nobody named, somebody of
    another force, a unit of another force).
    """
    permissions.ABSTRACT.check(actor)
    if ends_at <= starts_at:
        raise NotPossible("The end must be after the beginning", field="ends_at")
    wanted = set(officer_ids)
    if not wanted:
        raise NotPossible("Select at least one officer", field="officer_ids")
    officers = list(User.objects.filter(pk__in=wanted, agency_id=actor.agency_id, role__in=WORKS_CASES_POLICE))
    if len(officers) != len(wanted):
        raise NotPossible("Choose officers of this force who work cases", field="officer_ids")
    if unit_id is not None and not Unit.objects.filter(pk=unit_id, agency_id=actor.agency_id).exists():
        raise NotPossible("Choose a unit of this force", field="unit_id")
    with transaction.atomic():
        row = m.Abstraction(force_id=actor.agency_id, unit_id=unit_id, event=event, starts_at=starts_at, ends_at=ends_at, created_by=actor)
        row.save(force_insert=True)
        m.AbstractionOfficer.objects.bulk_create(
            [m.AbstractionOfficer(force_id=actor.agency_id, abstraction=row, user=officer) for officer in officers]
        )
        audit.services.record(act=Act.COLLECTION, what="abstraction entered", owners=[actor.agency_id], row_count=len(officers))
    return row


def plans_to_answer(abstraction: m.Abstraction, user: User) -> QuerySet[m.PlannedArrest]:
    """Return the arrests planned for its officers in its hours that nobody has answered for, of cases this person sees."""
    answered = m.AbstractionAnswer.objects.filter(abstraction=abstraction).values("plan")
    return (
        m.PlannedArrest.objects.filter(
            case__in=m.Case.objects.visible_to(user),
            state=m.PlannedArrest.State.PLANNED,
            officer__in=m.AbstractionOfficer.objects.filter(abstraction=abstraction).values("user"),
            planned_for__gte=abstraction.starts_at,
            planned_for__lt=abstraction.ends_at,
        )
        .exclude(pk__in=answered)
        .select_related("case", "suspect", "officer")
        .order_by("planned_for", "id")
    )


def answer_plan(
    *,
    actor: User,
    case_id: UUID,
    abstraction_id: UUID,
    plan_id: UUID,
    answer: str,
    moved_to: datetime | None = None,
    version: int | None = None,
) -> m.AbstractionAnswer:
    """Say what becomes of a planned arrest in an abstraction's hours: kept, moved to, or cancelled.

    Moved and cancelled write the reason for delay with the event's name. Raises NotAllowed, NotPossible (already
    answered, no longer planned, not touched by this abstraction, moved into its own hours), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ABSTRACT)
        abstraction = m.Abstraction.objects.filter(pk=abstraction_id, force_id=change.case.force_id).first()
        if abstraction is None:
            raise Http404
        plan = change.get(m.PlannedArrest, plan_id)
        _check_touched(abstraction, plan)
        _check_answer(abstraction, change, answer, moved_to)
        suspect, facts = change.suspect(plan.suspect_id)
        if answer != Answer.KEPT:
            policies.not_settled(facts)
            _write_outcome(change, abstraction, plan, suspect, answer, moved_to)
        else:
            change.put_in_timeline("arrest_plan_kept", suspect=suspect, text=abstraction.event)
        return change.add(m.AbstractionAnswer, abstraction=abstraction, plan=plan, answer=answer, moved_to=moved_to)


def _check_touched(abstraction: m.Abstraction, plan: m.PlannedArrest) -> None:
    if plan.state != m.PlannedArrest.State.PLANNED:
        raise NotPossible("This arrest is no longer planned.")
    if not abstraction.starts_at <= plan.planned_for < abstraction.ends_at:
        raise NotPossible("This arrest is not planned in the hours of that event.")
    if not m.AbstractionOfficer.objects.filter(abstraction=abstraction, user=plan.officer_id).exists():
        raise NotPossible("That event does not take the officer of this planned arrest.")
    if m.AbstractionAnswer.objects.filter(abstraction=abstraction, plan=plan).exists():
        raise NotPossible("This planned arrest has been answered for.")


def _check_answer(abstraction: m.Abstraction, change: Changing, answer: str, moved_to: datetime | None) -> None:
    if answer not in Answer.values:
        raise NotPossible("Select what becomes of the planned arrest", field="answer")
    if answer != Answer.MOVED:
        if moved_to is not None:
            raise NotPossible("Leave this empty unless the arrest is moved", field="moved_to")
        return
    if moved_to is None:
        raise NotPossible("Enter when the arrest is planned for now", field="moved_to")
    if moved_to <= change.now:
        raise NotPossible("Enter a time in the future", field="moved_to")
    if abstraction.starts_at <= moved_to < abstraction.ends_at:
        raise NotPossible("Enter a time outside the hours of the event", field="moved_to")


def _write_outcome(
    change: Changing, abstraction: m.Abstraction, plan: m.PlannedArrest, suspect: m.Suspect, answer: str, moved_to: datetime | None
) -> None:
    """End the plan, make the new one where it was moved, and give the event as the reason for delay."""
    plan.state = m.PlannedArrest.State.MOVED if moved_to else m.PlannedArrest.State.CANCELLED
    plan.ended_because = abstraction.event
    plan.save(update_fields=["state", "ended_because"])
    if moved_to:
        change.add(m.PlannedArrest, suspect=suspect, planned_for=moved_to, officer_id=plan.officer_id)
    change.put_in_timeline("arrest_plan_moved" if moved_to else "arrest_plan_cancelled", suspect=suspect, text=abstraction.event)
    change.add(
        m.ArrestDelay, suspect=suspect, at=change.now, reason=m.DelayReason.ABSTRACTION, abstraction=abstraction, event=abstraction.event
    )
    change.put_in_timeline("arrest_delayed", suspect=suspect, text=f"{m.DelayReason.ABSTRACTION.label}: {abstraction.event}")
