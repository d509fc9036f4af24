"""Accepting an offer: the case goes on in the other force, and ends in the one that had it. One transaction, both scopes."""

from dataclasses import dataclass
from uuid import UUID

import audit.services
from accounts.models import Unit, User
from accounts.roles import WORKS_CASES_POLICE, Role
from audit.acts import Act
from cases import blocks, policies
from cases import models as m
from cases.models.base import TEXT
from cases.outcome_codes import TAKEN_OVER
from cases.services.changing import Changing, changing
from cases.services.copying import Rows, copy_rows, rows_to_go
from cases.services.logging import go_live, inserted
from cases.services.offers import Answering, answering, tell_sender, write_answer
from cases.services.roles import accreditation_warning, current, end, give_role
from cases.services.writing import cancel_plan_of
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system

NOT_NOW = "This case cannot be taken over at present. Ask the force that offered it."
STAYED = "Its notes and its history before today stay with {}."


@dataclass(frozen=True, slots=True)
class Accepted:
    """The case in the force that took it over, and what its officer lacks for it ("" for nothing)."""

    case: m.Case
    warning: str


def accept_offer(*, actor: User, offer_id: UUID, crime_reference: str, officer_id: UUID, unit_id: UUID | None = None) -> Accepted:
    """Take a case over: open it here with all its facts and their times, end it there with outcome 20, link the two.

    The unit is the officer's own where none is named. A restricted case arrives restricted, with who accepts it as its
    inspector. What the sender still has to settle is not said here: nothing of the case shows before it is accepted.
    Raises NotAllowed, NotPossible (answered or withdrawn, reference in use, not an officer or unit of this force, not to be
    taken over at present), Http404 for an offer to somebody else.
    """
    with answering(actor, offer_id, m.OfferState.ACCEPTED) as found:
        officer = _officer(actor, officer_id)
        unit = _unit(officer, unit_id)
        with scope(system(found.case.force_id)), changing(found.case.pk, actor=actor, locked=found.case) as leaving:
            _may_go(leaving)
            rows = rows_to_go(leaving.case)
            what, to = "case handed over to another force", found.offer.to_force.name
            audit.services.record(act=Act.DISCLOSURE, what=what, case_ids=[found.case.pk], owners=[found.case.force_id], recipients=to)
            new = _open_here(found, actor, rows, crime_reference, officer, unit)
            _close_there(leaving, found, new, actor)
            write_answer(found.offer, m.OfferState.ACCEPTED, by=actor, note=new.crime_reference, at=leaving.now, case=new)
        tell_sender(found)
        return Accepted(new, accreditation_warning(officer, m.CaseRole.OFFICER, clock.today()))


def _officer(actor: User, officer_id: UUID) -> User:
    officer = User.objects.filter(pk=officer_id, agency_id=actor.agency_id, is_active=True, role__in=WORKS_CASES_POLICE).first()
    if officer is None:
        raise NotPossible("Choose somebody of your force who works cases", field="officer_id")
    return officer


def _unit(officer: User, unit_id: UUID | None) -> Unit | None:
    if unit_id is None:
        return officer.unit
    unit = Unit.objects.filter(pk=unit_id, agency_id=officer.agency_id).first()
    if unit is None:
        raise NotPossible("Choose a unit of your force", field="unit_id")
    return unit


def _may_go(leaving: Changing) -> None:
    """Ask again what was asked when it was offered; the reason stays with the sender."""
    try:
        policies.case_takes_changes(leaving.case)
        policies.may_be_offered(leaving.facts())
        blocks.check_leaving(leaving.case)
    except NotPossible as refusal:
        raise NotPossible(NOT_NOW) from refusal


def _open_here(found: Answering, actor: User, rows: Rows, crime_reference: str, officer: User, unit: Unit | None) -> m.Case:
    """Open the linked case in the receiving force, recorded when it was recorded first."""
    before, sender = found.case, found.offer.force
    with scope(system(actor.agency_id)):
        go_live(actor.agency_id)
        same = {name: getattr(before, name) for name in ("recorded_at", "risk", "named", "restricted", "restricted_because")}
        reference = crime_reference.strip().upper()
        case = inserted(m.Case(**same, force_id=actor.agency_id, unit=unit, crime_reference=reference, created_by=actor))
        with changing(case.pk, actor=actor, locked=case) as change:
            stayed = STAYED.format(sender.name)
            change.put_in_timeline(
                "came_from_force", text=f"{sender.name}, {before.crime_reference}: {found.offer.reason.rstrip('.')}. {stayed}"[:TEXT]
            )
            copy_rows(rows, before=before, to=case, actor=actor)
            link = {"other_force": sender, "other_reference": before.crime_reference, "since": change.now}
            change.add(m.CaseLink, way=m.CaseLink.Way.FROM, **link)
            give_role(change, officer, m.CaseRole.OFFICER)
            if case.restricted and actor.pk != officer.pk:
                give_role(change, actor, m.CaseRole.INSPECTOR)
        audit.services.record(act=Act.COLLECTION, what="case taken over", case_ids=[case.pk], owners=[case.force_id])
        return case


def _close_there(leaving: Changing, found: Answering, new: m.Case, actor: User) -> None:
    """End the sender's case: outcome 20 wherever none stands, planned arrests and roles ended, the link written.

    Bail, custody and situations go on in the other force, so nothing here says that they ended.
    """
    today, to = clock.today(leaving.now), found.offer.to_force
    reason = f"Taken over by {to.name} as {new.crime_reference}"
    facts = {one.id: one for one in leaving.facts().suspects}
    for suspect in m.Suspect.objects.filter(case=leaving.case, recorded_in_error_at__isnull=True).order_by("number"):
        cancel_plan_of(leaving, suspect, reason)
        if facts[suspect.pk].standing_outcome() is None:
            leaving.add(m.SuspectOutcome, suspect=suspect, code=TAKEN_OVER, on=today, side=m.Side.POLICE, reasons=reason)
            leaving.put_in_timeline("outcome_recorded", suspect=suspect, text=reason)
    for crime in m.Offence.objects.filter(case=leaving.case, outcome_code__isnull=True).select_related("complainant"):
        crime.outcome_code, crime.outcome_on = TAKEN_OVER, today
        crime.save(update_fields=["outcome_code", "outcome_on"])
        leaving.put_in_timeline("crime_outcome", complainant=crime.complainant, text=f"{crime.code}: {reason}")
    _end_roles(leaving, found.offer)
    link = {"other_force": to, "other_reference": new.crime_reference, "since": leaving.now}
    leaving.add(m.CaseLink, way=m.CaseLink.Way.TO, **link)
    leaving.put_in_timeline("went_to_force", text=f"{to.name}, {new.crime_reference}")


def _end_roles(leaving: Changing, offer: m.CaseOffer) -> None:
    """End every role; on a restricted case a supervisor keeps one, or nobody would be left to read the record."""
    rows = list(current(leaving.case).select_related("user"))
    keeps = [row for row in rows if row.user.role == Role.SUPERVISOR] if leaving.case.restricted else []
    for row in rows:
        if row not in keeps:
            end(leaving, row)
    if leaving.case.restricted and not keeps and offer.created_by is not None:
        give_role(leaving, offer.created_by, m.CaseRole.INSPECTOR)
