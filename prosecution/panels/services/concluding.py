"""What a panel concludes on a case, who reconsiders a decision it disagrees with, and what it learned.

A finding reverses nothing: whoever reconsiders took no part in the case and sat on no panel about it, and the decision is opened again
only by the act that opens any decision.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

import audit.services
from accounts.models import User
from accounts.roles import Role
from audit.acts import Act
from cases.models import ReopenBasis
from cases.models.base import LINE
from cases.services.outcomes import reopen
from core import clock
from core.exceptions import NotPossible
from prosecution.models import Conclusion, Finding, Heading, Learning, Pack, PackConflict, PanelCase, PanelMember, SharedFinding
from prosecution.panels import policies
from prosecution.panels.frame import as_organiser
from prosecution.panels.part import took_part
from prosecution.panels.permissions import LEARN, ORGANISE, RECONSIDER
from prosecution.panels.services.changing import ChangingPanel, changing_panel, locked_panel
from prosecution.panels.services.finding import pack_of


def waits_for_findings(pack: Pack) -> bool:
    """Say whether a member who reads this pack has not submitted yet. In the organiser's scope."""
    members = PanelMember.objects.filter(panel=pack.panel_id, left_at__isnull=True)
    readers = members.exclude(pk__in=PackConflict.objects.filter(pack=pack).values("member"))
    return readers.exclude(user__in=SharedFinding.objects.filter(pack=pack).values("user")).exists()


def own_is_due(pack: Pack, actor: User) -> bool:
    """Say whether the person is a member who reads this pack and has not submitted her or his own: nothing of the others is shown."""
    member = PanelMember.objects.filter(panel=pack.panel_id, user=actor.pk, left_at__isnull=True).first()
    return member is not None and not SharedFinding.objects.filter(pack=pack, user=actor.pk).exists()


def conclude(*, actor: User, panel_id: UUID, panel_case_id: UUID, conclusion: str, note: str = "", version: int | None = None) -> PanelCase:
    """Record what the panel concludes on a case, as its organiser. To disagree refers the decision for reconsideration.

    Raises Http404, NotAllowed, Conflict, NotPossible (took part, own finding not submitted, members still find before the day of the
    meeting, concluded already, no conclusion, no note).
    """
    with changing_panel(panel_id, actor=actor, what="conclude", version=version) as change:
        return _conclude(change, change.case_of(panel_case_id), conclusion, note)


def conclude_as_chair(*, actor: User, pack_id: UUID, conclusion: str, note: str = "") -> None:
    """Record the same as the panel's chair, who knows the pack and not the case. Raises as `conclude`; Http404 for no chair."""
    with transaction.atomic():
        pack, member = pack_of(actor, pack_id)
        if member.capacity != PanelMember.Capacity.CHAIR:
            raise Http404
        if not Finding.objects.filter(pack=pack, user=actor.pk, submitted_at__isnull=False).exists():
            raise NotPossible("Submit your own finding first.")
        with as_organiser(member.panel.agency), locked_panel(pack.panel_id, pack.agency_id, actor=actor, what="conclude") as change:
            row = PanelCase.objects.select_related("case", "pack").get(pack=pack)
            policies.took_no_part(actor.pk, took_part(row.case))
            _conclude(change, row, conclusion, note)


def _conclude(change: ChangingPanel, row: PanelCase, conclusion: str, note: str) -> PanelCase:
    if row.pack is None:
        raise Http404
    if row.conclusion:
        raise NotPossible(f"{row.concluded_by_name} recorded the conclusion already: {row.get_conclusion_display()}.")
    if conclusion not in Conclusion.values:
        raise NotPossible("Select what the panel concludes", field="conclusion")
    if own_is_due(row.pack, change.actor):
        raise NotPossible("Submit your own finding first.")
    waits = waits_for_findings(row.pack)
    policies.may_be_concluded(held_on=change.panel.held_on, today=clock.today(change.now), waits=waits)
    if conclusion != Conclusion.AGREE and not note.strip():
        raise NotPossible("Enter what the panel says", field="note")
    row.conclusion, row.concluded_at, row.concluded_by_name, row.note = conclusion, change.now, change.actor.name, note.strip()
    row.referred_at = change.now if conclusion == Conclusion.DISAGREE else None
    row.save(update_fields=["conclusion", "concluded_at", "concluded_by_name", "note", "referred_at"])
    return row


def refer(*, actor: User, panel_id: UUID, panel_case_id: UUID, email: str, version: int | None = None) -> PanelCase:
    """Name who reconsiders a decision that the panel disagrees with: somebody of the agency who took no part in case or panel.

    Raises Http404, NotAllowed, Conflict, NotPossible (the panel did not disagree, reconsidered already, nobody of that address may).
    """
    with changing_panel(panel_id, actor=actor, what="reconsider", version=version) as change:
        row = change.case_of(panel_case_id)
        _is_referred(row)
        person = User.objects.filter(email=email.strip().lower(), is_active=True, agency=change.panel.agency).first()
        if person is None or not RECONSIDER.holds(person):
            raise NotPossible("Nobody of your agency who may reconsider signs in with this address", field="email")
        _stands_apart(change, row, person, field="email")
        row.referred_to = person
        row.save(update_fields=["referred_to"])
        return row


def reconsider(
    *, actor: User, panel_id: UUID, panel_case_id: UUID, reconsideration: str, reopens: bool = False, version: int | None = None
) -> PanelCase:
    """Record what the reconsideration came to; the police may open the decision again with it, by the act that opens any.

    Raises Http404, NotAllowed, Conflict, NotPossible (not referred to this person, no reasons, took part, what `reopen` refuses).
    """
    with changing_panel(panel_id, actor=actor, what="reconsider", version=version, permission=RECONSIDER) as change:
        row = change.case_of(panel_case_id)
        _is_referred(row)
        if row.referred_to_id != actor.pk:
            raise NotPossible("This was referred to somebody else, or to nobody yet.")
        _stands_apart(change, row, actor, field=None)
        if not reconsideration.strip():
            raise NotPossible("Enter what the reconsideration came to, and why", field="reconsideration")
        if reopens:
            if actor.role != Role.SUPERVISOR:
                raise NotPossible("The police open a decision again, on the page of the case. Ask them", field="reopens")
            reason = reconsideration.strip()[:LINE]
            reopen(actor=actor, case_id=row.case_id, suspect_id=row.outcome.suspect_id, basis=ReopenBasis.REVIEW, reason=reason)
        row.reconsidered_at, row.reconsidered_by_name = change.now, actor.name
        row.reconsideration, row.reopened = reconsideration.strip(), reopens
        row.save(update_fields=["reconsidered_at", "reconsidered_by_name", "reconsideration", "reopened"])
        return row


def _is_referred(row: PanelCase) -> None:
    if row.referred_at is None:
        raise NotPossible("The panel did not disagree with this decision.")
    if row.reconsidered_at is not None:
        raise NotPossible(f"{row.reconsidered_by_name} reconsidered this decision already.")


def _stands_apart(change: ChangingPanel, row: PanelCase, person: User, *, field: str | None) -> None:
    """Whoever reconsiders took no part in the case, sat on no panel about it, and did not record the conclusion."""
    member = PanelMember.objects.filter(panel=change.panel, user=person).exists()
    if member or person.pk in took_part(row.case) or row.concluded_by_name == person.name:
        raise NotPossible("She or he took part in the case or in the panel: somebody else has to reconsider", field=field)


def add_learning(
    *, actor: User, panel_id: UUID, text: str, headings: list[str], email: str, due_on: date, pack_number: int | None = None,
    version: int | None = None,
) -> Learning:  # fmt: skip
    """Record something the panel learned: who of the agency does what about it, by when.

    Raises Http404, NotAllowed, Conflict, NotPossible (no text, nobody of that address, a day that is past, no such pack).
    """
    with changing_panel(panel_id, actor=actor, what="add-learning", version=version) as change:
        if not text.strip():
            raise NotPossible("Enter what was learned and what is to be done", field="text")
        owner = User.objects.filter(email=email.strip().lower(), is_active=True, agency=change.panel.agency).first()
        if owner is None or not LEARN.holds(owner):
            raise NotPossible("Nobody of your agency who works on cases signs in with this address", field="email")
        if due_on < clock.today(change.now):
            raise NotPossible("The day must be today or in the future", field="due_on")
        pack = Pack.objects.filter(panel=change.panel, number=pack_number, sent_at__isnull=False).first() if pack_number else None
        if pack_number and pack is None:
            raise NotPossible("This panel has no pack with this number", field="pack_number")
        known = [one for one in Heading.values if one in headings]
        row = Learning(**change.keys(), panel=change.panel, pack=pack, headings=known, text=text.strip(), owner=owner, due_on=due_on)
        row.save(force_insert=True)
        return row


def learning_done(*, actor: User, learning_id: UUID, done_note: str, done_on: date) -> Learning:
    """Record what was done: by its owner, or by an organiser. Raises Http404, NotAllowed, NotPossible (done already, no words)."""
    with transaction.atomic():
        rows = Learning.objects.filter(pk=learning_id, agency=actor.agency_id).select_for_update(of=("self",))
        row = rows.first()
        if row is None or not (row.owner_id == actor.pk or ORGANISE.holds(actor)):
            raise Http404
        LEARN.check(actor)
        if row.done_on is not None:
            raise NotPossible("This was recorded as done already. Nothing was changed.")
        if not done_note.strip():
            raise NotPossible("Enter what was done", field="done_note")
        if not clock.london_day(row.created_at) <= done_on <= clock.today():
            raise NotPossible("The day must be today or in the past, and not before this was learned", field="done_on")
        row.done_on, row.done_note = done_on, done_note.strip()
        row.save(update_fields=["done_on", "done_note"])
        audit.services.record(act=Act.ALTERATION, what="panel: learning done", owners=[row.agency_id])
    return row
