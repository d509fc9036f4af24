"""Planned arrests as a sort of planned thing that an event runs into."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from cases import models as m
from cases.planned import Answered, Counted, Planned, Sort, Within, add
from cases.services.abstraction import answer_plan, editions_of, plans_to_answer


def find(user: User, abstraction: m.Abstraction) -> Sequence[Planned]:
    """Return the planned arrests that wait for an answer, the earliest first."""
    return [_planned(plan) for plan in plans_to_answer(abstraction, user)]


def answered(user: User, abstraction: m.Abstraction) -> Sequence[Answered]:
    """Return the planned arrests answered for in any edition of the event, the earliest first."""
    rows = m.AbstractionAnswer.objects.filter(abstraction__in=editions_of(abstraction), case__in=m.Case.objects.visible_to(user))
    found = rows.select_related("case", "plan__case", "plan__suspect", "plan__officer", "created_by").order_by("plan__planned_for", "id")
    return [
        Answered(_planned(row.plan), row.get_answer_display(), row.moved_to, row.created_by.name if row.created_by else "", row.created_at)
        for row in found
    ]


def _planned(plan: m.PlannedArrest) -> Planned:
    about = f"Suspect {plan.suspect.number}, {plan.suspect.full_name}"
    return Planned(plan.pk, plan.case_id, plan.force_id, plan.case.crime_reference, about, plan.planned_for, plan.officer.name)


def count(user: User, keys: Sequence[UUID]) -> Mapping[UUID, int]:
    """Return how many planned arrests wait for an answer, for each event."""
    answers = m.AbstractionAnswer.objects.annotate(entry=Coalesce("abstraction__first_id", "abstraction_id"))
    taken = m.AbstractionOfficer.objects.filter(abstraction=OuterRef(OuterRef("pk")), user=OuterRef("officer"))
    waiting = m.PlannedArrest.objects.filter(
        Exists(taken),
        ~Exists(answers.filter(plan=OuterRef("pk"), entry=OuterRef(OuterRef("entry")))),
        case__in=m.Case.objects.visible_to(user),
        force=OuterRef("force_id"),
        state=m.PlannedArrest.State.PLANNED,
        planned_for__gte=OuterRef("starts_at"),
        planned_for__lt=OuterRef("ends_at"),
    )
    number = Subquery(waiting.order_by().values("force").annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    rows = (
        m.Abstraction.objects.visible_to(user).filter(pk__in=list(keys), called_off=False).annotate(entry=Coalesce(F("first_id"), F("pk")))
    )
    return dict(rows.annotate(waiting=Coalesce(number, Value(0))).values_list("pk", "waiting"))


def answer(actor: User, abstraction: m.Abstraction, planned: Planned, said: str, moved_to: datetime | None) -> object:
    """Answer for one planned arrest."""
    return answer_plan(
        actor=actor, case_id=planned.case_id, abstraction_id=abstraction.pk, plan_id=planned.key, answer=said, moved_to=moved_to
    )


def tally(user: User, within: Within) -> Iterator[Counted]:
    """Yield each arrest planned in a time that an event of the list ran into, with what was answered. Three queries."""
    keys = list(within.entries)
    rows = m.AbstractionAnswer.objects.filter(
        Q(abstraction__in=keys) | Q(abstraction__first__in=keys),
        case__in=m.Case.objects.counted_by(user),
        plan__planned_for__gte=within.starts_at,
        plan__planned_for__lt=within.ends_at,
    )
    if within.unit is not None:
        rows = rows.filter(plan__officer__unit=within.unit)
    entry = Coalesce("abstraction__first_id", "abstraction_id")
    for row in rows.annotate(entry=entry).values("answer", "entry", "plan__planned_for", "plan__officer__unit__name"):
        yield Counted(row["plan__planned_for"], row["plan__officer__unit__name"] or "", row["entry"], row["answer"])
    yield from _not_answered(user, within)


def _not_answered(user: User, within: Within) -> Iterator[Counted]:
    """Yield the arrests planned in an event's hours that nobody has answered for."""
    plans = m.PlannedArrest.objects.filter(
        case__in=m.Case.objects.counted_by(user),
        force_id=user.agency_id,
        state=m.PlannedArrest.State.PLANNED,
        officer__in=within.taken,
        planned_for__gte=within.starts_at,
        planned_for__lt=within.ends_at,
    ).prefetch_related("answers__abstraction")
    for plan in plans:
        answered = {answer.abstraction.entry_id for answer in plan.answers.all()}
        for event, unit in within.taken[plan.officer_id]:
            if event.starts_at <= plan.planned_for < event.ends_at and event.entry_id not in answered:
                yield Counted(plan.planned_for, unit, event.entry_id, "")


def register() -> None:
    """Add planned arrests to the table."""
    add(Sort("arrest", "Planned arrest", "arrests", find, answered, count, answer, tally))
