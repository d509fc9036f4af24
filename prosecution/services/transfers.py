"""Offering a case to another CPS Area, taking the offer back, accepting and declining it. Until it is accepted the sender owes everything.

An offer is two rows, one in each side's scope. The case is locked first by whoever changes an offer: of two answers at once
one is written and the other is told. Accepted, the case with every row is the other Area's; the roles of the old Area's people
end, and the prosecutor whom the receiver names has what they had open.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.http import Http404

import audit.services
from accounts.models import Agency, User
from accounts.roles import AgencyKind, Role
from audit.acts import Act
from cases import models as m
from cases.models import OfferState
from cases.policies import case_takes_changes
from cases.services.changing import Changing, changing
from cases.services.roles import CPS_ROLE_OF, current, end, give_role
from core.exceptions import NotPossible
from core.scope import scope, system
from notifications.services import tell
from prosecution import permissions as p
from prosecution import states
from prosecution.models import AdviceState, AreaTransfer, EarlyAdvice, IncomingTransfer, Referral, ReferralState
from prosecution.services.whom import barred_of, managers, officer, tell_all

WHAT: Final = "case offered to another CPS Area"


def may_be_offered(case: m.Case) -> None:
    """A policy: an open case that is with an Area may be offered to another. Raises NotPossible."""
    if not case.brought:
        raise NotPossible("This case has not been brought to the CPS.")
    if not case.open:
        raise NotPossible("This case is closed, so there is nothing for another Area to take over.")


def offer_to_area(*, actor: User, case_id: UUID, area_id: int, reason: str, version: int | None = None) -> AreaTransfer:
    """Offer the case to another Area, whose legal managers see reference, risk, force, what is due and the reason, and nothing else of it.

    Raises NotAllowed, NotPossible (closed, offered already, no such Area, no reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(states.step(states.TRANSFER, None, OfferState.OFFERED).permission or p.TRANSFER)
        may_be_offered(change.case)
        no_standing_offer(change.case)
        other = Agency.objects.filter(pk=area_id, kind=AgencyKind.CPS_AREA).exclude(pk=actor.agency_id).first()
        if other is None:
            raise NotPossible("Choose another CPS Area", field="area_id")
        if not reason.strip():
            raise NotPossible("Enter the reason", field="reason")
        row = change.add(AreaTransfer, to_area=other, from_area_id=actor.agency_id, reason=reason.strip())
        barred = _offer_there(change, row, actor)
        change.put_in_timeline("offered_to_area", text=other.name)
        audit.services.record(act=Act.DISCLOSURE, what=WHAT, case_ids=[case_id], owners=[change.case.force_id], recipients=other.name)
        for person in _managers_of(other.pk, barred):
            tell(user=person, subject="area_offered", key=str(row.transfer_key), done_by=actor)
        return row


def _offer_there(change: Changing, row: AreaTransfer, actor: User) -> set[UUID]:
    """Write the receiver's row: what it says here is all that the other Area sees. Returns who of it never hears of the case."""
    due = change.case.next_due_cps
    incoming = IncomingTransfer(
        id=row.transfer_key,
        area_id=row.to_area_id,
        from_area_id=row.from_area_id,
        force_id=change.case.force_id,
        case_key=change.case.pk,
        crime_reference=change.case.crime_reference,
        risk=change.case.risk,
        next_due_at=None if due == m.NOTHING_DUE else due,
        reason=row.reason,
        offered_by_name=actor.name,
        offered_at=row.created_at,
    )
    with scope(system(change.case.force_id)):
        incoming.not_for = barred_of(change.case, row.to_area_id)
        incoming.save(force_insert=True)
    return set(incoming.not_for)


def _managers_of(area_id: int, barred: Collection[UUID] = ()) -> list[User]:
    return [one for one in managers(area_id) if one.role == Role.CPS_MANAGER and one.pk not in barred]


def no_standing_offer(case: m.Case) -> None:
    """A policy: a case is offered to one Area at a time. Raises NotPossible."""
    standing = AreaTransfer.objects.filter(case=case, state=OfferState.OFFERED).select_related("to_area").first()
    if standing is not None:
        raise NotPossible(f"This case is offered to {standing.to_area.name}. Withdraw that offer first.")


def withdraw_area_offer(*, actor: User, case_id: UUID, area_transfer_id: UUID, reason: str, version: int | None = None) -> AreaTransfer:
    """Take an offer back before it is answered. Raises NotAllowed, NotPossible when it was answered, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        row = change.get(AreaTransfer, area_transfer_id)
        change.allow(states.step(states.TRANSFER, row.state, OfferState.WITHDRAWN).permission or p.TRANSFER)
        _write_answer(row, OfferState.WITHDRAWN, change=change, by=actor, note=reason.strip())
        change.put_in_timeline("area_offer_withdrawn", text=row.to_area.name)
        return row


def end_standing_offer(change: Changing, because: str) -> None:
    """End an offer that stands because the case is no longer the Area's to give: the police took it back."""
    with scope(system(change.case.force_id)):
        row = AreaTransfer.objects.filter(case=change.case, state=OfferState.OFFERED).first()
        if row is not None:
            _write_answer(row, OfferState.WITHDRAWN, change=change, by=None, note=because)


def decline_area_offer(*, actor: User, transfer_id: UUID, reason: str) -> AreaTransfer:
    """Decline an offer, as a legal manager of the Area it was made to; whoever offered it is told.

    Raises NotAllowed, NotPossible when it was answered or withdrawn, Http404 for an offer to somebody else.
    """
    with answering(actor, transfer_id, OfferState.DECLINED) as found:
        if not reason.strip():
            raise NotPossible("Enter the reason", field="reason")
        with scope(system(found.case.force_id)), changing(found.case.pk, actor=actor, locked=found.case) as change:
            _write_answer(found.row, OfferState.DECLINED, change=change, by=actor, note=reason.strip())
            change.put_in_timeline("area_offer_declined", text=found.row.to_area.name)
        _tell_offerer(found)
        return found.row


def accept_area_offer(*, actor: User, transfer_id: UUID, prosecutor_id: UUID) -> m.Case:
    """Take a case over, as a legal manager of the Area it was offered to, and name its prosecutor there. Every clock goes on.

    Raises NotAllowed, NotPossible (answered, withdrawn, no longer that Area's, nobody of the own Area named), Http404 for an
    offer to somebody else.
    """
    with answering(actor, transfer_id, OfferState.ACCEPTED) as found:
        row, case = found.row, found.case
        case_takes_changes(case)
        if case.cps_area_scope != row.from_area_id:
            raise NotPossible("The case is no longer with the Area that offered it. Decline the offer.")
        person = _prosecutor_there(case, actor, prosecutor_id)
        with scope(system(case.force_id)), changing(case.pk, actor=actor, locked=case) as change:
            _write_answer(row, OfferState.ACCEPTED, change=change, by=actor, note="")
            for one in current(case).filter(role__in=m.CPS_CASE_ROLES):
                end(change, one)
            case.cps_area_scope = row.to_area_id
            case.save(update_fields=["cps_area_scope"])
            for event in change.timeline:
                event.cps_area_scope = row.to_area_id
            change.put_in_timeline("area_offer_accepted", text=f"{row.to_area.name}, from {row.from_area.name}")
            give_role(change, person, m.CaseRole.PROSECUTOR)
            _give_open_work(case, person)
        _tell_offerer(found)
        tell_all(change, officer(change), "area_changed", row.pk)
        tell_all(change, [person], "case_handed_over", row.pk)
        return case


def _prosecutor_there(case: m.Case, actor: User, prosecutor_id: UUID) -> User:
    """Return the prosecutor named, of the receiver's own Area and not excluded from the case. Raises NotPossible beside the field."""
    roles = CPS_ROLE_OF[m.CaseRole.PROSECUTOR]
    person = User.objects.visible_to(actor).active().filter(pk=prosecutor_id, role__in=roles).first()
    with scope(system(case.force_id)):
        barred = person is not None and m.Exclusion.objects.filter(case=case, user=person, lifted_at__isnull=True).exists()
    if person is None or barred:
        raise NotPossible("Choose a prosecutor of your Area", field="prosecutor_id")
    return person


def _give_open_work(case: m.Case, person: User) -> None:
    """Give what the old Area's prosecutors had open to the prosecutor named."""
    Referral.objects.filter(case=case, state__in=[ReferralState.ACCEPTED, ReferralState.ON_PLAN]).update(prosecutor=person)
    EarlyAdvice.objects.filter(case=case, state=AdviceState.ACCEPTED).update(prosecutor=person)


@dataclass(slots=True)
class Answering:
    """An offer being answered: the case and the sender's row, both locked."""

    row: AreaTransfer
    case: m.Case


@contextmanager
def answering(actor: User, transfer_id: UUID, after: OfferState) -> Iterator[Answering]:
    """Prove sight of an offer, lock the case behind it, and check that this answer is still open, in one transaction."""
    with transaction.atomic():
        incoming = IncomingTransfer.objects.visible_to(actor).filter(pk=transfer_id).first()
        if incoming is None:
            raise Http404
        with scope(system(incoming.force_id)):
            case = m.Case.objects.select_for_update(of=("self",)).get(pk=incoming.case_key)
            row = AreaTransfer.objects.select_related("to_area", "from_area", "created_by").get(transfer_key=incoming.pk)
        (states.step(states.TRANSFER, row.state, after).permission or p.TRANSFER).check(actor)
        yield Answering(row, case)


def _write_answer(row: AreaTransfer, state: OfferState, *, change: Changing, by: User | None, note: str) -> None:
    """Write the answer on both rows. The caller holds the lock of the case."""
    at: datetime = change.now
    row.state, row.answered_at, row.answered_by_name, row.answer_note = state, at, change.actor.name, note
    answered_by = by if by is not None and by.agency_id == row.to_area_id else None
    with scope(system(change.case.force_id)):
        row.save(update_fields=["state", "answered_at", "answered_by_name", "answer_note"])
        IncomingTransfer.objects.filter(pk=row.transfer_key).update(state=state, answered_at=at, answered_by=answered_by, answer_note=note)


def _tell_offerer(found: Answering) -> None:
    """Tell whoever offered the case that it was answered; where she or he has left, the legal managers of that Area."""
    offerer = found.row.created_by
    people = [offerer] if offerer is not None and offerer.is_active else _managers_of(found.row.from_area_id)
    for person in people:
        tell(user=person, subject="area_offer_answered", key=str(found.row.transfer_key))
