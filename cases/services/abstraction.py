"""Officers taken from their cases for an event: entered once, answered for each arrest planned in those hours.

The answers are the delay reasons: nobody types the event again, and the report counts what each event cost.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404

import audit.services
from accounts.models import Unit, User
from accounts.roles import WORKS_CASES_POLICE
from audit.acts import Act
from cases import models as m
from cases import permissions, policies
from cases.services.changing import Changing, changing
from core.exceptions import Change, Conflict, NotPossible

Answer = m.AbstractionAnswer.Answer
LONGEST = timedelta(days=62)
"""The longest event in one entry: a year typed wrong would take officers for ever."""


def enter_abstraction(
    *, actor: User, event: str, starts_at: datetime, ends_at: datetime, officer_ids: Collection[UUID], unit_id: UUID | None = None
) -> m.Abstraction:
    """Enter an event that takes officers of the force from their cases, from when until when.

    Planned ahead or after it happened. Raises NotAllowed, NotPossible (ends before it begins or is longer than LONGEST,
    nobody named, somebody of another force, a unit of another force).
    """
    permissions.ABSTRACT.check(actor)
    officers = _check(actor, starts_at, ends_at, officer_ids, unit_id)
    with transaction.atomic():
        row = m.Abstraction(force_id=actor.agency_id, unit_id=unit_id, event=event, starts_at=starts_at, ends_at=ends_at, created_by=actor)
        _write(row, officers)
        audit.services.record(act=Act.COLLECTION, what="abstraction entered", owners=[actor.agency_id], row_count=len(officers))
    return row


def change_abstraction(
    *,
    actor: User,
    entry_id: UUID,
    edition: int,
    event: str,
    starts_at: datetime,
    ends_at: datetime,
    officer_ids: Collection[UUID],
    why: str,
    unit_id: UUID | None = None,
) -> m.Abstraction:
    """Correct an event: its words, its hours, or whom it takes. A further edition; the ones before stay as the record.

    `edition` is the one the form was made from. Answers that were given stand. Raises NotAllowed, NotPossible (as
    entering, called off already, nothing changed, no reason), Conflict, Http404 for no event of this force.
    """
    permissions.ABSTRACT.check(actor)
    before = _edition(actor, entry_id, edition)
    taken = set(before.officers.values_list("user_id", flat=True))
    officers = _check(actor, starts_at, ends_at, officer_ids, unit_id, taken=taken)
    same = (before.event, before.starts_at, before.ends_at, before.unit_id) == (event, starts_at, ends_at, unit_id)
    if same and taken == {one.pk for one in officers}:
        raise NotPossible("Change something, or go back")
    row = m.Abstraction(event=event, starts_at=starts_at, ends_at=ends_at, unit_id=unit_id)
    return _further(actor, before, row, officers, why)


def call_off(*, actor: User, entry_id: UUID, edition: int, why: str) -> m.Abstraction:
    """Say that an event takes nobody after all. What was answered for it stands; nothing more is asked.

    Raises NotAllowed, NotPossible (called off already, no reason), Conflict, Http404 for no event of this force.
    """
    permissions.ABSTRACT.check(actor)
    before = _edition(actor, entry_id, edition)
    officers = [row.user for row in before.officers.select_related("user")]
    facts = {"event": before.event, "starts_at": before.starts_at, "ends_at": before.ends_at, "unit_id": before.unit_id}
    return _further(actor, before, m.Abstraction(**facts, called_off=True), officers, why)


def _check(
    actor: User,
    starts_at: datetime,
    ends_at: datetime,
    officer_ids: Collection[UUID],
    unit_id: UUID | None,
    taken: Collection[UUID] = (),
) -> list[User]:
    """Return the officers. One taken by the edition before may have left the force or its cases since."""
    if ends_at <= starts_at:
        raise NotPossible("The end must be after the beginning", field="ends_at")
    if ends_at - starts_at > LONGEST:
        raise NotPossible(f"An event lasts {LONGEST.days} days or fewer. Enter a longer one in parts", field="ends_at")
    wanted = set(officer_ids)
    if not wanted:
        raise NotPossible("Select at least one officer", field="officer_ids")
    works = Q(agency_id=actor.agency_id) & (Q(role__in=WORKS_CASES_POLICE) | Q(pk__in=taken))
    officers = list(User.objects.filter(works, pk__in=wanted))
    if len(officers) != len(wanted):
        raise NotPossible("Choose officers of this force who work cases", field="officer_ids")
    if unit_id is not None and not Unit.objects.filter(pk=unit_id, agency_id=actor.agency_id).exists():
        raise NotPossible("Choose a unit of this force", field="unit_id")
    return officers


def _edition(actor: User, entry_id: UUID, edition: int) -> m.Abstraction:
    """Return the latest edition of an entry. Raises Http404, Conflict where it is not the one asked for, NotPossible when called off."""
    rows = m.Abstraction.objects.visible_to(actor).current().filter(Q(pk=entry_id) | Q(first_id=entry_id))
    latest = rows.select_related("created_by").first()
    if latest is None or latest.entry_id != entry_id:
        raise Http404
    if latest.edition != edition:
        raise Conflict(_changed(latest))
    if latest.called_off:
        raise NotPossible("This event was called off.")
    return latest  # type: ignore[no-any-return]


def _changed(row: m.Abstraction) -> Change:
    return Change(who=row.created_by.name, what="called this event off" if row.called_off else "changed this event", at=row.created_at)


def _further(actor: User, before: m.Abstraction, row: m.Abstraction, officers: Sequence[User], why: str) -> m.Abstraction:
    """Write the next edition. Of two written at once one wins: the database numbers editions once."""
    if not why.strip():
        raise NotPossible("Enter the reason", field="why")
    row.force_id, row.created_by, row.first_id, row.edition, row.why = (
        before.force_id, actor, before.entry_id, before.edition + 1, why,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _write(row, officers)
    except IntegrityError as error:
        if "editions_of_an_abstraction_are_numbered_once" not in str(error):
            raise
        first = m.Abstraction.objects.select_related("created_by").get(first_id=row.first_id, edition=row.edition)
        raise Conflict(_changed(first)) from error
    audit.services.record(act=Act.ALTERATION, what="abstraction changed", owners=[actor.agency_id], row_count=len(officers))
    return row


def _write(row: m.Abstraction, officers: Sequence[User]) -> None:
    row.save(force_insert=True)
    m.AbstractionOfficer.objects.bulk_create(
        [m.AbstractionOfficer(force_id=row.force_id, abstraction=row, user=officer) for officer in officers]
    )


def editions_of(abstraction: m.Abstraction) -> QuerySet[m.Abstraction]:
    """Return every edition of the entry that this is one of."""
    rows: QuerySet[m.Abstraction] = m.Abstraction.objects.filter(Q(pk=abstraction.entry_id) | Q(first_id=abstraction.entry_id))
    return rows


def plans_to_answer(abstraction: m.Abstraction, user: User) -> QuerySet[m.PlannedArrest]:
    """Return the arrests planned for its officers in its hours that nobody has answered for, of cases this person sees.

    What was answered for an edition before is answered. An event that was called off asks nothing.
    """
    answered = m.AbstractionAnswer.objects.filter(abstraction__in=editions_of(abstraction)).values("plan")
    return (
        m.PlannedArrest.objects.filter(
            case__in=m.Case.objects.visible_to(user),
            state=m.PlannedArrest.State.PLANNED,
            officer__in=m.AbstractionOfficer.objects.filter(abstraction=abstraction, abstraction__called_off=False).values("user"),
            planned_for__gte=abstraction.starts_at,
            planned_for__lt=abstraction.ends_at,
        )
        .exclude(pk__in=answered)
        .select_related("case", "suspect", "officer")
        .order_by("planned_for", "id")
    )


def events_taking(officer_id: UUID, force_id: int, at: datetime) -> QuerySet[m.Abstraction]:
    """Return the events that take an officer at a moment."""
    rows: QuerySet[m.Abstraction] = m.Abstraction.objects.standing().filter(
        force_id=force_id, starts_at__lte=at, ends_at__gt=at, officers__user_id=officer_id
    )
    return rows


def warning_for(plan: m.PlannedArrest) -> str:
    """Say what takes the officer of an arrest just planned or moved in those hours, or "" when nothing does."""
    found = events_taking(plan.officer_id, plan.force_id, plan.planned_for).order_by("starts_at", "id").values_list("event", flat=True)
    events = ", ".join(f"“{event}”" for event in found)
    return f"The officer is taken at that time for {events}. A supervisor has to say what becomes of this arrest." if events else ""


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
        abstraction = m.Abstraction.objects.standing().filter(pk=abstraction_id, force_id=change.case.force_id).first()
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
    if m.AbstractionAnswer.objects.filter(abstraction__in=editions_of(abstraction), plan=plan).exists():
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
