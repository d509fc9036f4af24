"""Readers of what goes between police and support services: what is open, and what settled it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from cases import models as cases
from victims.models import Contact, IsvaMessage
from victims.models.contact import BySide, To
from victims.models.isva import MessageKind

DISPUTED = "The ISVA says that the victim disputes the withdrawal. Record her or his own words anew first, or ask the ISVA to close it."


def reaching(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Narrow contacts to those by police or CPS that reached the victim herself or himself, as they stand corrected."""
    corrected = Contact.objects.filter(supersedes=OuterRef("pk"))
    return rows.filter(reached=True, to=To.VICTIM, side__in=(BySide.POLICE, BySide.CPS)).exclude(Exists(corrected))


def open_messages(complainant_id: UUID, *, service_id: int | None = None) -> list[IsvaMessage]:
    """Return what an ISVA raised for a complainant and nothing has settled yet, oldest first, in one query.

    A question and a choice are settled by an answer, "heard nothing" by a contact that reached her or him since, everything
    by being closed. A dispute stays until closed; her or his own words since are asked of the app of cases (`disputed`).
    """
    since = reaching(Contact.objects.filter(complainant=OuterRef("complainant"), at__gt=OuterRef("asked_at")))
    rows = IsvaMessage.objects.filter(complainant=complainant_id, closed_at__isnull=True).order_by("asked_at", "id")
    if service_id is not None:
        rows = rows.filter(service_id=service_id)
    answered = {MessageKind.QUESTION.value, MessageKind.CHOICE.value}
    found = rows.annotate(reached_since=Exists(since))
    return [
        row
        for row in found
        if not (row.kind in answered and row.answered_at is not None)
        and not (row.kind == MessageKind.HEARD_NOTHING and getattr(row, "reached_since", False))
    ]


def disputed(case: cases.Case, complainants: Iterable[UUID]) -> list[str]:
    """Return why these complainants' crimes cannot be closed as not supported: an ISVA says one of them disputes it. One query."""
    words = cases.SupportChange.objects.filter(complainant=OuterRef("complainant"), at__gt=OuterRef("asked_at"))
    rows = IsvaMessage.objects.filter(case=case, kind=MessageKind.DISPUTES, closed_at__isnull=True, complainant__in=complainants)
    return [DISPUTED] if rows.exclude(Exists(words)).exists() else []
