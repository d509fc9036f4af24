"""Organising a panel: its meeting, its members, sending the packs, closing it, calling it off."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

import audit.services
from accounts.models import User
from audit.acts import Act
from core import clock
from core.exceptions import NotPossible
from prosecution.models import PackConflict, Panel, PanelCase, PanelMember, PanelState
from prosecution.panels.knowing import known_of
from prosecution.panels.part import barred
from prosecution.panels.permissions import ORGANISE
from prosecution.panels.redaction import Why, says
from prosecution.panels.services.changing import ChangingPanel, changing_panel

TOOK_PART = "Took part in the case, or must not see it"


def organise(*, actor: User, title: str, held_on: date) -> Panel:
    """Plan a meeting. Raises NotAllowed, NotPossible (no title, a day that is past)."""
    ORGANISE.check(actor)
    _check_meeting(title, held_on)
    with transaction.atomic():
        panel = Panel(agency_id=actor.agency_id, created_by=actor, title=title.strip(), held_on=held_on, changed_by_name=actor.name)
        panel.save(force_insert=True)
        audit.services.record(act=Act.COLLECTION, what="panel planned", owners=[actor.agency_id])
    return panel


def change_panel(*, actor: User, panel_id: UUID, title: str, held_on: date, version: int | None = None) -> Panel:
    """Change title and day before the packs go out. Raises Http404, NotAllowed, Conflict, NotPossible."""
    with changing_panel(panel_id, actor=actor, what="change", version=version) as change:
        _check_meeting(title, held_on)
        change.panel.title, change.panel.held_on = title.strip(), held_on
        return change.panel


def _check_meeting(title: str, held_on: date) -> None:
    if not title.strip():
        raise NotPossible("Enter a title", field="title")
    if held_on < clock.today():
        raise NotPossible("The day must be today or in the future", field="held_on")


def add_member(*, actor: User, panel_id: UUID, email: str, capacity: str, version: int | None = None) -> PanelMember:
    """Put a person on the panel, by the address she or he signs in with, of whatever agency.

    Whoever took part in a case of the panel gets no pack of it. Raises Http404, NotAllowed, Conflict, NotPossible (nobody signs in with
    this address, a member already, no capacity).
    """
    with changing_panel(panel_id, actor=actor, what="add-member", version=version) as change:
        if capacity not in PanelMember.Capacity.values:
            raise NotPossible("Select as what", field="capacity")
        user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if user is None:
            raise NotPossible("Nobody signs in with this address", field="email")
        member = PanelMember.objects.filter(panel=change.panel, user=user).first()
        if member is not None and member.left_at is None:
            raise NotPossible("She or he is a member of this panel already", field="email")
        if member is None:
            member = PanelMember(**change.keys(), panel=change.panel, user=user)
        member.capacity, member.left_at, member.declared_at, member.declared = capacity, None, None, ""
        member.save()
        if change.panel.state == PanelState.OPEN:
            _bar(change, [member], [row for row in _rows(change) if row.pack is not None and row.pack.sent_at])
        return member


def member_left(*, actor: User, panel_id: UUID, member_id: UUID, version: int | None = None) -> PanelMember:
    """Take somebody off the panel: she or he reads nothing more of it. What was submitted stays. Raises as `add_member`."""
    with changing_panel(panel_id, actor=actor, what="member-left", version=version) as change:
        member = PanelMember.objects.filter(panel=change.panel, pk=member_id, left_at__isnull=True).first()
        if member is None:
            raise Http404
        member.left_at = change.now
        member.save(update_fields=["left_at"])
        return member


def send_packs(*, actor: User, panel_id: UUID, version: int | None = None) -> Panel:
    """Give the packs to the members: from now on they read them and find.

    Raises Http404, NotAllowed, Conflict, NotPossible (no member, somebody has not declared conflicts, a pack is not confirmed, a case
    is restricted by now, nobody is left to read one).
    """
    with changing_panel(panel_id, actor=actor, what="send", version=version) as change:
        members = list(PanelMember.objects.filter(panel=change.panel, left_at__isnull=True).select_related("user"))
        if not members:
            raise NotPossible("This panel has no members yet.")
        if not any(one.capacity == PanelMember.Capacity.CHAIR for one in members):
            raise NotPossible("This panel has no chair yet.")
        waiting = [one.user.name for one in members if one.declared_at is None]
        if waiting:
            raise NotPossible(f"Conflicts are declared before packs open. Not yet by: {', '.join(waiting)}.")
        rows = _rows(change)
        if any(row.pack is None or row.pack.confirmed_at is None for row in rows):
            raise NotPossible("The redaction of every pack has to be confirmed first.")
        if any(row.case.restricted for row in rows):
            raise NotPossible("A case of this panel is restricted by now: leave it out first.")
        _check_title(change, rows)
        _bar(change, members, rows)
        for row in rows:
            if row.pack is not None:
                row.pack.sent_at = change.now
                row.pack.save(update_fields=["sent_at"])
        change.step(PanelState.OPEN)
        change.panel.opened_at = change.now
        change.cases += [row.case_id for row in rows]
        return change.panel


def _check_title(change: ChangingPanel, rows: list[PanelCase]) -> None:
    """The title is read by the members too: it names nobody of any case, and no case."""
    for row in rows:
        if any(why in {Why.NAME, Why.REFERENCE} for _, why in says(change.panel.title, known_of(row.case))):
            raise NotPossible("The title of this panel names a case, or somebody in one: change it first.")


def _rows(change: ChangingPanel) -> list[PanelCase]:
    rows = PanelCase.objects.filter(panel=change.panel, left_out_at__isnull=True)
    return list(rows.select_related("case", "pack").order_by("created_at", "pk"))


def _bar(change: ChangingPanel, members: list[PanelMember], rows: list[PanelCase]) -> None:
    """Keep from each pack whoever took part in its case. Raises NotPossible where nobody would be left to read it."""
    for row in rows:
        never = barred(row.case)
        if row.pack is None:
            continue
        for member in members:
            if member.user_id in never and not PackConflict.objects.filter(pack=row.pack, member=member).exists():
                conflict = {"panel": change.panel, "pack": row.pack, "member": member, "user_id": member.user_id}
                PackConflict(**change.keys(), **conflict, because=TOOK_PART).save(force_insert=True)
        readers = PanelMember.objects.filter(panel=change.panel, left_at__isnull=True)
        if not readers.exclude(pk__in=PackConflict.objects.filter(pack=row.pack).values("member")).exists():
            raise NotPossible(f"Every member took part in the case of pack {row.pack.number}: nobody would be left to read it.")


def close_panel(*, actor: User, panel_id: UUID, version: int | None = None) -> Panel:
    """Close a panel whose cases are all concluded. Raises Http404, NotAllowed, Conflict, NotPossible."""
    with changing_panel(panel_id, actor=actor, what="close", version=version) as change:
        if PanelCase.objects.filter(panel=change.panel, left_out_at__isnull=True, conclusion="").exists():
            raise NotPossible("Not every case of this panel is concluded yet.")
        change.step(PanelState.CLOSED)
        change.panel.closed_at = change.now
        return change.panel


def call_off(*, actor: User, panel_id: UUID, version: int | None = None) -> Panel:
    """Call a panel off before its packs went out. Raises Http404, NotAllowed, Conflict, NotPossible."""
    with changing_panel(panel_id, actor=actor, what="call-off", version=version) as change:
        change.step(PanelState.CALLED_OFF)
        return change.panel
