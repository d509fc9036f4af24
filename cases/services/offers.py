"""Offering a case to another force, taking the offer back, declining it. Until it is accepted the sender owes everything.

An offer is two rows, one in each side's scope. The sender's case is locked first by whoever changes an offer, then the
two rows in the order of sender and receiver: of two answers at once one is written and the other is told.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.http import Http404

import audit.services
from accounts.models import Agency, User
from accounts.roles import AgencyKind, Role
from audit.acts import Act
from cases import blocks, offer_states, permissions, policies
from cases import models as m
from cases.services.changing import changing
from cases.services.roles import current
from core.exceptions import NotPossible
from core.scope import scope, system
from notifications.services import tell


def offer_to_force(*, actor: User, case_id: UUID, force_id: int, reason: str, version: int | None = None) -> m.CaseOffer:
    """Offer the case to another force, whose supervisors see reference, risk, dates and the reason, and nothing else of it.

    A restricted case may be offered too. Raises NotAllowed, NotPossible (closed, no recorded crime, a suspect with the CPS,
    offered already, no such force), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(offer_states.step(None, m.OfferState.OFFERED).permission)
        policies.may_be_offered(change.facts())
        blocks.check_leaving(change.case)
        no_standing_offer(change.case)
        other = Agency.objects.filter(pk=force_id, kind=AgencyKind.POLICE).exclude(pk=actor.agency_id).first()
        if other is None:
            raise NotPossible("Choose another force", field="force_id")
        offer = change.add(m.CaseOffer, to_force=other, reason=reason)
        _offer_there(change.case, offer, actor)
        change.put_in_timeline("offered_to_force", text=f"{other.name}: {reason}")
        what = "case offered to another force"
        audit.services.record(act=Act.DISCLOSURE, what=what, case_ids=[case_id], owners=[actor.agency_id], recipients=other.name)
        for person in User.objects.filter(agency=other, role=Role.SUPERVISOR, is_active=True):
            tell(user=person, subject="case_offered", key=str(offer.offer_key))
        return offer


def _offer_there(case: m.Case, offer: m.CaseOffer, actor: User) -> None:
    """Write the receiver's row: what it says here is all that the other force sees."""
    suspects = m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True)
    row = m.IncomingOffer(
        id=offer.offer_key,
        force_id=offer.to_force_id,
        from_force_id=case.force_id,
        crime_reference=case.crime_reference,
        risk=case.risk,
        recorded_at=case.recorded_at,
        identified_at=suspects.aggregate(first=Min("identified_at"))["first"],
        reason=offer.reason,
        offered_by_name=actor.name,
        offered_at=offer.created_at,
    )
    with scope(system(offer.to_force_id)):
        row.save(force_insert=True)


def no_standing_offer(case: m.Case) -> None:
    """A policy: a case stays as it is while another force thinks about taking it over. Raises NotPossible."""
    standing = m.CaseOffer.objects.filter(case=case, state=m.OfferState.OFFERED).select_related("to_force").first()
    if standing is not None:
        raise NotPossible(f"This case is offered to {standing.to_force.name}. Withdraw that offer first.")


def offer_stands(offer: Any) -> None:
    """A policy on anything that has the state of an offer: it is answered once. Raises NotPossible."""
    offer_states.step(offer.state, m.OfferState.WITHDRAWN)


def withdraw_offer(*, actor: User, case_id: UUID, offer_id: UUID, reason: str, version: int | None = None) -> m.CaseOffer:
    """Take an offer back before it is answered. Raises NotAllowed, NotPossible when it was answered, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.HAND_OVER)
        offer = change.get(m.CaseOffer, offer_id)
        offer_states.step(offer.state, m.OfferState.WITHDRAWN)
        write_answer(offer, m.OfferState.WITHDRAWN, by=actor, note=reason, at=change.now)
        change.put_in_timeline("offer_withdrawn", text=f"{offer.to_force.name}: {reason}")
        return offer


def decline_offer(*, actor: User, offer_id: UUID, reason: str) -> m.CaseOffer:
    """Decline an offer, as a supervisor of the force it was made to; the sender is told why.

    Raises NotAllowed, NotPossible when it was answered or withdrawn, Http404 for an offer to somebody else.
    """
    with answering(actor, offer_id, m.OfferState.DECLINED) as found:
        with scope(system(found.case.force_id)), changing(found.case.pk, actor=actor, locked=found.case) as change:
            write_answer(found.offer, m.OfferState.DECLINED, by=actor, note=reason, at=change.now)
            change.put_in_timeline("offer_declined", text=f"{found.offer.to_force.name}: {reason}")
        tell_sender(found)
        return found.offer


@dataclass(slots=True)
class Answering:
    """An offer being answered: the sender's case and row, both locked, and who at the sender hears of it."""

    offer: m.CaseOffer
    case: m.Case
    told: list[User]


@contextmanager
def answering(actor: User, offer_id: UUID, after: m.OfferState) -> Iterator[Answering]:
    """Prove sight of an offer, lock the case behind it, and check that this answer is still open, in one transaction."""
    with transaction.atomic():
        incoming = m.IncomingOffer.objects.visible_to(actor).filter(pk=offer_id).first()
        if incoming is None:
            raise Http404
        with scope(system(incoming.from_force_id)):
            case_id = m.CaseOffer.objects.values_list("case_id", flat=True).get(offer_key=incoming.pk)
            case = m.Case.objects.select_for_update(of=("self",)).get(pk=case_id)
            offer = m.CaseOffer.objects.select_related("to_force", "force").get(offer_key=incoming.pk)
            inspectors = current(case).filter(role=m.CaseRole.INSPECTOR).values_list("user", flat=True)
            told = User.objects.filter(pk__in=[offer.created_by_id, *inspectors], is_active=True, role=Role.SUPERVISOR)
            found = Answering(offer, case, list(told))
        offer_states.step(offer.state, after).permission.check(actor)
        yield found


def write_answer(offer: m.CaseOffer, state: m.OfferState, *, by: User, note: str, at: datetime, case: m.Case | None = None) -> None:
    """Write the answer on both rows. The caller holds the lock of the sender's case."""
    offer.state, offer.answered_at, offer.answered_by_name, offer.answer_note = state, at, by.name, note
    with scope(system(offer.force_id)):
        offer.save(update_fields=["state", "answered_at", "answered_by_name", "answer_note"])
    answered_by = by if by.agency_id == offer.to_force_id else None
    with scope(system(offer.to_force_id)):
        m.IncomingOffer.objects.filter(pk=offer.offer_key).update(
            state=state, answered_at=at, answered_by=answered_by, answer_note=note, case=case
        )


def tell_sender(found: Answering) -> None:
    """Tell those of the sender that the offer was answered."""
    for person in found.told:
        tell(user=person, subject="offer_answered", key=str(found.offer.offer_key), case_id=found.case.pk)
