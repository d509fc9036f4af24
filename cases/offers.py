"""Readers of offers between forces: what waits for whom, what was answered, and where a case went on or came from."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.http import Http404

from accounts.models import User
from cases import models as m

ANSWERED_SHOWN = 50


class Tie(NamedTuple):
    """What ties a case to another force: `state` is "offered" while an offer stands, "to" or "from" once it was accepted."""

    pk: UUID
    state: str
    force: str
    reference: str
    since: datetime
    reason: str

    @property
    def stands(self) -> bool:
        """Whether it is an offer that waits for its answer."""
        return self.state == m.OfferState.OFFERED


def ties_of(case: m.Case) -> list[Tie]:
    """Return where a case went on, where it came from and whom it is offered to, in one query."""
    order = ("pk", "x_state", "x_force", "x_reference", "x_since", "x_reason")

    def words(text: str) -> Cast:
        return Cast(Value(text), CharField())

    links = m.CaseLink.objects.filter(case=case).annotate(
        x_state=Cast(F("way"), CharField()), x_force=F("other_force__name"), x_reference=F("other_reference"), x_since=F("since"),
        x_reason=words(""),
    )  # fmt: skip
    offers = m.CaseOffer.objects.filter(case=case, state=m.OfferState.OFFERED).annotate(
        x_state=words(m.OfferState.OFFERED), x_force=F("to_force__name"), x_reference=words(""), x_since=F("created_at"),
        x_reason=F("reason"),
    )  # fmt: skip
    found = links.values_list(*order).union(offers.values_list(*order), all=True)
    return sorted((Tie(*row) for row in found), key=lambda tie: tie.since)


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers page of one force."""

    waiting: list[m.IncomingOffer]
    sent: list[m.CaseOffer]
    answered_in: list[m.IncomingOffer]
    answered_out: list[m.CaseOffer]

    @property
    def rows(self) -> int:
        """How many offers are shown."""
        return len(self.waiting) + len(self.sent) + len(self.answered_in) + len(self.answered_out)


def offers_of(user: User) -> Offers:
    """Return what waits (all of it, oldest first) and the newest of what was answered, in four queries."""
    incoming = m.IncomingOffer.objects.visible_to(user).select_related("from_force", "answered_by")
    seen = m.Case.objects.visible_to(user).values("pk")
    outgoing = m.CaseOffer.objects.filter(force_id=user.agency_id, case__in=seen).select_related("case", "to_force", "created_by")
    standing = m.OfferState.OFFERED
    return Offers(
        waiting=list(incoming.filter(state=standing).order_by("offered_at", "id")),
        sent=list(outgoing.filter(state=standing).order_by("created_at", "id")),
        answered_in=list(incoming.exclude(state=standing).order_by("-answered_at", "id")[:ANSWERED_SHOWN]),
        answered_out=list(outgoing.exclude(state=standing).order_by("-answered_at", "id")[:ANSWERED_SHOWN]),
    )


def offer_or_404(user: User, offer_id: UUID) -> m.IncomingOffer:
    """Return an offer made to this person's force. Raises Http404 for any other, the same as for nothing."""
    row = m.IncomingOffer.objects.visible_to(user).select_related("from_force", "answered_by").filter(pk=offer_id).first()
    if row is None:
        raise Http404
    return row  # type: ignore[no-any-return]


def sees_new_case(user: User, offer: m.IncomingOffer) -> bool:
    """Say whether the case that an accepted offer became is seen by this person: it may be restricted."""
    return offer.case_id is not None and bool(m.Case.objects.visible_to(user).filter(pk=offer.case_id).exists())
