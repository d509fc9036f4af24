"""Appointments as a sort of planned thing that an event runs into: kept, moved to, cancelled, with the event as the reason.

Moved and cancelled are written on the appointment as cancelled by us. Kept is written as the event beside an appointment
that stands; it speaks for the events entered before that one too, so that nobody is asked of each in turn.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from cases import models as m
from cases import planned
from cases.planned import Answered, Counted, Planned, Sort, Within
from cases.services.abstraction import editions_of
from victims.models import Appointment
from victims.services.appointment_events import answer

Answer = m.AbstractionAnswer.Answer
VERBS = ("appointment_cancelled", "appointment_stays")


def standing() -> QuerySet[Appointment]:
    """Return the appointments that were neither kept nor cancelled."""
    return Appointment.objects.filter(kept_at__isnull=True, cancelled_at__isnull=True)


def find(user: User, event: m.Abstraction) -> Sequence[Planned]:
    """Return the appointments that wait for an answer, the earliest first."""
    if event.called_off:
        return []
    rows = standing().filter(
        ~_answered_by(editions_of(event).values("pk"), event.created_at),
        case__in=m.Case.objects.visible_to(user),
        with_user__in=event.officers.values("user"),
        starts_at__gte=event.starts_at,
        starts_at__lt=event.ends_at,
    )
    return [_planned(row) for row in _loaded(rows)]


def _answered_by(editions: object, entered_at: object) -> Q:
    """Return a condition on standing appointments: kept through one of these editions, or through an event entered later."""
    return Q(abstraction__isnull=False) & (Q(abstraction__in=editions) | Q(abstraction__created_at__gte=entered_at))


def _loaded(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return rows.defer("place").select_related("case", "complainant", "with_user").order_by("starts_at", "id")


def _planned(row: Appointment) -> Planned:
    about = f"Victim {row.complainant.label}, {row.get_purpose_display()}"
    return Planned(row.pk, row.case_id, row.force_id, row.case.crime_reference, about, row.starts_at, row.with_user.name)


def answered(user: User, event: m.Abstraction) -> Sequence[Answered]:
    """Return the appointments answered for in any edition of the event, the earliest first. Two queries."""
    rows = list(
        _loaded(Appointment.objects.filter(abstraction__in=editions_of(event), case__in=m.Case.objects.visible_to(user))).select_related(
            "case", "complainant", "with_user", "rebooked_as"
        )
    )
    told = _told(rows)
    return [_answered(row, told) for row in rows]


def _told(rows: Sequence[Appointment]) -> Mapping[tuple[UUID, str], list[m.TimelineEvent]]:
    found: dict[tuple[UUID, str], list[m.TimelineEvent]] = {}
    events = m.TimelineEvent.objects.filter(complainant__in={row.complainant_id for row in rows}, kind__in=VERBS)
    for one in events.order_by("created_at"):
        found.setdefault((one.complainant_id, one.kind), []).append(one)  # type: ignore[arg-type]
    return found


def _answered(row: Appointment, told: Mapping[tuple[UUID, str], list[m.TimelineEvent]]) -> Answered:
    kind = VERBS[0] if row.cancelled_at else VERBS[1]
    said = told.get((row.complainant_id, kind), [])
    if row.cancelled_at is not None:
        said = [one for one in said if one.happened_at == row.cancelled_at]
    answer = Answer.KEPT if row.cancelled_at is None else Answer.MOVED if row.rebooked_as else Answer.CANCELLED
    by, at = (said[-1].actor_name, said[-1].happened_at) if said else ("", row.cancelled_at or row.created_at)
    return Answered(_planned(row), answer.label, row.rebooked_as.starts_at if row.rebooked_as else None, by, at)


def count(user: User, keys: Sequence[UUID]) -> Mapping[UUID, int]:
    """Return how many appointments wait for an answer, for each event. One query."""
    taken = m.AbstractionOfficer.objects.filter(abstraction=OuterRef(OuterRef("pk")), user=OuterRef("with_user"))
    same = m.Abstraction.objects.annotate(entry=Coalesce(F("first_id"), F("pk"))).filter(
        pk=OuterRef("abstraction"), entry=OuterRef(OuterRef("entry"))
    )
    waiting = standing().filter(
        Exists(taken),
        ~(Q(abstraction__isnull=False) & (Exists(same) | Q(abstraction__created_at__gte=OuterRef("created_at")))),
        case__in=m.Case.objects.visible_to(user),
        force=OuterRef("force_id"),
        starts_at__gte=OuterRef("starts_at"),
        starts_at__lt=OuterRef("ends_at"),
    )
    number = Subquery(waiting.order_by().values("force").annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    rows = m.Abstraction.objects.visible_to(user).filter(pk__in=list(keys), called_off=False)
    entries = rows.annotate(entry=Coalesce(F("first_id"), F("pk")))
    return dict(entries.annotate(waiting=Coalesce(number, Value(0))).values_list("pk", "waiting"))


def tally(user: User, within: Within) -> Iterator[Counted]:
    """Yield each appointment in these months that an event of the list ran into, with what was answered. Two queries."""
    rows = Appointment.objects.filter(
        case__in=m.Case.objects.counted_by(user), starts_at__gte=within.starts_at, starts_at__lt=within.ends_at
    ).defer("place")
    if within.unit is not None:
        rows = rows.filter(with_user__unit=within.unit)
    rows = rows.select_related("abstraction")
    for row in rows.filter(abstraction__isnull=False).select_related("abstraction", "with_user__unit"):
        entry = row.abstraction.entry_id if row.abstraction else None
        if entry in within.entries:
            yield Counted(row.starts_at, row.with_user.unit.name if row.with_user.unit else "", entry, _said(row))
    open_ones = rows.filter(kept_at__isnull=True, cancelled_at__isnull=True, force_id=user.agency_id, with_user__in=within.taken)
    yield from _not_answered(open_ones.select_related("abstraction"), within)


def _said(row: Appointment) -> str:
    if row.cancelled_at is None:
        return str(Answer.KEPT)
    return str(Answer.MOVED if row.rebooked_as_id else Answer.CANCELLED)


def _not_answered(rows: Iterable[Appointment], within: Within) -> Iterator[Counted]:
    for row in rows:
        kept = row.abstraction
        for event, unit in within.taken[row.with_user_id]:
            if not event.starts_at <= row.starts_at < event.ends_at:
                continue
            if kept is None or (kept.entry_id != event.entry_id and kept.created_at < event.created_at):
                yield Counted(row.starts_at, unit, event.entry_id, "")


def register() -> None:
    """Add appointments to the table."""
    planned.add(Sort("appointment", "Appointment", "appointments", find, answered, count, answer, tally))
