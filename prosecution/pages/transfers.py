"""Readers of what leaves and reaches an Area: cases that other Areas offer, those it offers, and those with CPS Direct meanwhile."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import On
from cases.pages.buttons import Button, Buttons
from core import clock
from core.components import days_text, london_text
from prosecution.models import AreaNotice, AreaTransfer, IncomingTransfer

ANSWERED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class SentOffer:
    """An offer of this Area that waits, with what may be done about it."""

    row: AreaTransfer
    buttons: list[Button]


@dataclass(frozen=True, slots=True)
class Transfers:
    """The page of cases between Areas."""

    waiting: list[IncomingTransfer]
    sent: list[SentOffer]
    answered_in: list[IncomingTransfer]
    answered_out: list[AreaTransfer]

    @property
    def forces(self) -> set[int]:
        """The forces whose cases are shown."""
        here = {row.force_id for row in (*self.waiting, *self.answered_in)}
        return here | {one.row.force_id for one in self.sent} | {row.force_id for row in self.answered_out}

    @property
    def rows(self) -> int:
        """How many offers are shown."""
        return len(self.waiting) + len(self.sent) + len(self.answered_in) + len(self.answered_out)


def transfers_of(user: User) -> Transfers:
    """Return what waits (all of it, oldest first) and the newest of what was answered, in four queries."""
    incoming = IncomingTransfer.objects.visible_to(user).select_related("from_area", "force", "answered_by")
    seen = m.Case.objects.visible_to(user).values("pk")
    outgoing = AreaTransfer.objects.filter(from_area_id=user.agency_id, case__in=seen).select_related("case", "to_area", "created_by")
    standing = m.OfferState.OFFERED
    return Transfers(
        waiting=list(incoming.filter(state=standing).order_by("offered_at", "id")),
        sent=[_sent(user, row) for row in outgoing.filter(state=standing).order_by("created_at", "id")],
        answered_in=list(incoming.exclude(state=standing).order_by("-answered_at", "id")[:ANSWERED_SHOWN]),
        answered_out=list(outgoing.exclude(state=standing).order_by("-answered_at", "id")[:ANSWERED_SHOWN]),
    )


def _sent(user: User, row: AreaTransfer) -> SentOffer:
    return SentOffer(row, Buttons(row.case, user).offered(On.AREA_TRANSFER, row, row.pk, row.case.crime_reference))


def transfer_or_404(user: User, key: UUID) -> IncomingTransfer:
    """Return an offer made to this person's Area. Raises Http404 for any other, the same as for nothing."""
    rows = IncomingTransfer.objects.visible_to(user).select_related("from_area", "force", "answered_by")
    row: IncomingTransfer | None = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def case_address(user: User, row: IncomingTransfer) -> str:
    """Return the address of the case that an accepted offer gave, where this person sees it; "" otherwise."""
    seen = row.state == m.OfferState.ACCEPTED and m.Case.objects.visible_to(user).filter(pk=row.case_key).exists()
    return reverse("case_page", args=[row.case_key]) if seen else ""


def owed_next(row: IncomingTransfer) -> str:
    """Return when the CPS next owes something, in words: the day where a whole day is given, else the London moment."""
    if row.next_due_at is None:
        return "Nothing is due"
    day = clock.london_day(row.next_due_at)
    if row.next_due_at == clock.day_start(day):  # a clock of days runs out as its last day ends
        return days_text(day - timedelta(days=1), clock.today())
    return london_text(row.next_due_at)


def with_direct_of(user: User) -> list[AreaNotice]:
    """Return the notices of what of a reader's Area is with CPS Direct, longest first. One query."""
    return list(AreaNotice.objects.visible_to(user).filter(until__isnull=True).order_by("since", "id"))
