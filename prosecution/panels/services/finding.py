"""What a member does, in the kind of panels: declares conflicts, steps back from a pack, finds, submits.

Nothing of it changes the panel, tells anybody, or can be read by another member before that member's own finding was submitted.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404

import audit.services
from accounts.models import User
from audit.acts import Act
from cases.models.base import TEXT
from core import clock
from core.exceptions import NotPossible
from prosecution.models import Conclusion, Finding, Heading, Pack, PackConflict, Panel, PanelMember, SharedFinding
from prosecution.panels import policies
from prosecution.panels.frame import as_organiser


def membership(actor: User, panel_id: UUID) -> PanelMember:
    """Return somebody's own membership of a panel. Raises Http404 where she or he is on none, or no longer."""
    rows = PanelMember.objects.filter(panel=panel_id, user=actor.pk, left_at__isnull=True)
    member = rows.select_related("panel__agency").first()
    if member is None:
        raise Http404
    return member


def pack_of(actor: User, pack_id: UUID) -> tuple[Pack, PanelMember]:
    """Return a pack that was sent to somebody who declared conflicts and has none with it. Raises Http404 otherwise."""
    stepped_back = PackConflict.objects.filter(user=actor.pk).values("pack")
    pack = Pack.objects.filter(pk=pack_id, sent_at__isnull=False).exclude(pk__in=stepped_back).first()
    if pack is None:
        raise Http404
    member = membership(actor, pack.panel_id)
    if member.declared_at is None:
        raise Http404
    return pack, member


def declare(*, actor: User, panel_id: UUID, declared: str = "") -> PanelMember:
    """Declare conflicts, or that there is none, before packs open. Raises Http404, NotPossible (closed, declared already)."""
    with transaction.atomic():
        member = membership(actor, panel_id)
        policies.check("declare", member.panel.state)
        if member.declared_at is not None:
            raise NotPossible("You declared this already. Step back from a single pack on its page.")
        member.declared_at, member.declared = clock.now(), declared.strip()
        member.save(update_fields=["declared_at", "declared"])
        _log(member.panel, "panel: declare")
    return member


def step_back(*, actor: User, pack_id: UUID, because: str) -> PackConflict:
    """Declare a conflict with one pack: from then on she or he neither reads it nor finds on it. Raises Http404, NotPossible."""
    with transaction.atomic():
        pack, member = pack_of(actor, pack_id)
        policies.check("conflict", member.panel.state)
        if not because.strip():
            raise NotPossible("Enter what the conflict is", field="because")
        if Finding.objects.filter(pack=pack, user=actor.pk, submitted_at__isnull=False).exists():
            raise NotPossible("You submitted a finding on this pack already. Tell the chair.")
        keys = {"agency_id": pack.agency_id, "created_by": actor, "panel_id": pack.panel_id, "user": actor}
        row = PackConflict(**keys, pack=pack, member=member, because=because.strip())
        row.save(force_insert=True)
        _log(member.panel, "panel: conflict")
    return row


def keep_finding(*, actor: User, pack_id: UUID, texts: Mapping[str, str], view: str = "") -> Finding:
    """Keep one's own finding as far as it has come. Nobody else reads it. Raises Http404, NotPossible (submitted already, closed)."""
    with transaction.atomic():
        return _keep(actor, pack_id, texts, view)[0]


def submit_finding(*, actor: User, pack_id: UUID, texts: Mapping[str, str], view: str) -> Finding:
    """Submit one's own finding, for good. From now on she or he reads those of the others who submitted, and they this one.

    Raises Http404, NotPossible (no view, no word under any heading, submitted already, the panel is closed).
    """
    with transaction.atomic():
        finding, member = _keep(actor, pack_id, texts, view)
        if not view:
            raise NotPossible("Select your view", field="view")
        if not finding.texts:
            raise NotPossible("Write under at least one heading", field=Heading.values[0])
        finding.submitted_at = clock.now()
        finding.save(update_fields=["submitted_at"])
        keys = {"agency_id": finding.agency_id, "created_by": actor, "panel_id": finding.panel_id, "pack_id": finding.pack_id}
        shared = SharedFinding(**keys, user=actor, capacity=member.capacity, texts=finding.texts, view=finding.view)
        shared.save(force_insert=True)
        _log(member.panel, "panel: finding")
    return finding


def _keep(actor: User, pack_id: UUID, texts: Mapping[str, str], view: str) -> tuple[Finding, PanelMember]:
    pack, member = pack_of(actor, pack_id)
    policies.check("find", _state_now(member))
    if view and view not in Conclusion.values:
        raise NotPossible("Select your view", field="view")
    said = {name: texts.get(name, "").strip() for name in Heading.values}
    for name, text in said.items():
        if len(text) > TEXT:
            raise NotPossible(f"Must be {TEXT} characters or fewer", field=name)
    finding = Finding.objects.filter(pack=pack, member=member).select_for_update().first()
    if finding is None:
        keys = {"agency_id": pack.agency_id, "created_by": actor, "panel_id": pack.panel_id}
        finding = Finding(**keys, pack=pack, member=member, user=actor)
    if finding.submitted_at is not None:
        raise NotPossible("You submitted your finding on this pack. It stays as it is.")
    finding.texts, finding.view = {name: text for name, text in said.items() if text}, view
    finding.save()
    return finding, member


def _state_now(member: PanelMember) -> str:
    """Return how the panel stands, held so until the finding is written: it is not closed between."""
    with as_organiser(member.panel.agency):
        return str(Panel.objects.select_for_update(of=("self",)).get(pk=member.panel_id).state)


def _log(panel: Panel, what: str) -> None:
    audit.services.record(act=Act.ALTERATION, what=what, owners=[panel.agency_id])
