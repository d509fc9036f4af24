"""Readers of what goes between police and support services: what is open, and what settled it."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.absence import away_words
from accounts.models import User
from cases import models as cases
from cases.models.telling import Channel
from core import clock
from victims.derive.contact_facts import ONE_WAY
from victims.models import Contact, ContactAgreement, IsvaMessage
from victims.models.contact import AgreedBy, BySide, To
from victims.models.isva import MessageKind

ANSWERED_SETTLES: Final = frozenset({MessageKind.QUESTION.value, MessageKind.CHOICE.value})
DISPUTED = "The ISVA says that the victim disputes the withdrawal. Record her or his own words anew first, or ask the ISVA to close it."


def away_in_words(isva: User | None) -> str:
    """Say when a client's ISVA is away and who covers; nothing while she or he is there. Reads `covered_by`."""
    words = away_words(isva, clock.today()) if isva is not None else ""
    if isva is None or not words:
        return ""
    return f"{words}, covered by {isva.covered_by.name}" if isva.covered_by else f"{words}, nobody covers"


def reaching(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Narrow contacts to those by police or CPS that reached the victim herself or himself, as they stand corrected.

    As for the clock of contact (derive/contact_turns.py), what is sent one way or through the ISVA reaches her or him only
    where that was agreed when it was entered.
    """
    corrected = Contact.objects.filter(supersedes=OuterRef("pk"))
    agreed = ContactAgreement.objects.filter(complainant=OuterRef("complainant"), created_at__lte=OuterRef("created_at"))
    latest = agreed.order_by("-created_at", "-id")
    rows = rows.filter(reached=True, to=To.VICTIM, side__in=(BySide.POLICE, BySide.CPS)).exclude(Exists(corrected))
    rows = rows.alias(agreed_channel=Subquery(latest.values("channel")[:1]), agreed_by=Subquery(latest.values("by")[:1]))
    named = Q(channel=F("agreed_channel")) | Q(channel=Channel.VIA_ISVA, agreed_by=AgreedBy.ISVA)
    return rows.filter(Q(imported=True) | ~Q(channel__in=[*ONE_WAY, Channel.VIA_ISVA]) | named)


def with_reached_since(rows: QuerySet[IsvaMessage]) -> QuerySet[Any]:
    """Annotate messages with `reached_since`: whether police or CPS reached the victim after what was said."""
    since = reaching(Contact.objects.filter(complainant=OuterRef("complainant"), at__gt=OuterRef("asked_at")))
    return rows.annotate(reached_since=Exists(since))


def is_settled(row: Any) -> bool:
    """Say whether a message, annotated by `with_reached_since`, waits for nobody any longer.

    A question and a choice are settled by an answer, "heard nothing" by a contact that reached her or him since, everything
    by being closed. A dispute stays until closed; her or his own words since are asked of the app of cases (`disputed`).
    """
    if row.closed_at is not None:
        return True
    if row.kind == MessageKind.HEARD_NOTHING:
        return bool(row.reached_since)
    return row.kind in ANSWERED_SETTLES and row.answered_at is not None


def open_messages(complainant_id: UUID, *, service_id: int | None = None) -> list[IsvaMessage]:
    """Return what an ISVA raised for a complainant and nothing has settled yet, oldest first, in one query."""
    rows = IsvaMessage.objects.filter(complainant=complainant_id, closed_at__isnull=True).order_by("asked_at", "id")
    if service_id is not None:
        rows = rows.filter(service_id=service_id)
    return [row for row in with_reached_since(rows) if not is_settled(row)]


def standing_disputes(rows: QuerySet[IsvaMessage]) -> QuerySet[IsvaMessage]:
    """Narrow messages to disputes of a withdrawal that stand: not closed, and no words of her or his own recorded since."""
    words = cases.SupportChange.objects.filter(complainant=OuterRef("complainant"), at__gt=OuterRef("asked_at"))
    return rows.filter(kind=MessageKind.DISPUTES, closed_at__isnull=True).exclude(Exists(words))


def disputed(case: cases.Case, complainants: Iterable[UUID]) -> list[str]:
    """Return why no further action is taken on these complainants' crimes: an ISVA says one of them disputes a withdrawal. One query."""
    rows = IsvaMessage.objects.filter(case=case, complainant__in=complainants)
    return [DISPUTED] if standing_disputes(rows).exists() else []
