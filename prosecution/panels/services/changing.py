"""How an organiser changes a panel: seen, allowed, locked, not changed since, possible as it stands; then its version and the log.

What a member submits goes another way and changes nothing here: a version that moved would say that somebody had submitted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

import audit.services
from accounts.models import User
from accounts.roles import KIND_OF_ROLE
from audit.acts import Act
from cases import models as m
from cases.permissions import Permission
from core import clock
from core.exceptions import Change, Conflict
from core.scope import Kind
from prosecution import states_panel
from prosecution.models import Panel, PanelCase, PanelState
from prosecution.panels import policies
from prosecution.panels.part import took_part
from prosecution.panels.permissions import ORGANISE


@dataclass(slots=True)
class ChangingPanel:
    """A panel being changed, locked. `now` is one moment for the whole change."""

    panel: Panel
    actor: User
    now: datetime
    cases: list[UUID] = field(default_factory=list)
    """The cases that the change is about, for the access log."""

    def keys(self) -> dict[str, Any]:
        """Return the columns that every row of this panel carries, with who writes it."""
        return {"agency_id": self.panel.agency_id, "created_by": self.actor}

    def step(self, after: PanelState) -> None:
        """Bring the panel into another state. Raises NotPossible where none leads there."""
        states_panel.step(self.panel.state, after)
        self.panel.state = after

    def case_of(self, panel_case_id: UUID, *, apart: bool = True) -> PanelCase:
        """Return a case of this panel that the person may see. Raises Http404; NotPossible, `apart`, where she or he took part in it."""
        rows = PanelCase.objects.filter(panel=self.panel, pk=panel_case_id, left_out_at__isnull=True)
        row = rows.select_related("case", "outcome__suspect", "pack").first()
        if row is None or not m.Case.objects.visible_to(self.actor).filter(pk=row.case_id).exists():
            raise Http404
        if apart:
            policies.took_no_part(self.actor.pk, took_part(row.case))
        self.cases.append(row.case_id)
        return row


def see(panel_id: UUID, agency_id: int, *, locked: bool = False) -> Panel:
    """Return a panel that an agency organises. Raises Http404 otherwise, the same as for nothing."""
    rows = Panel.objects.filter(pk=panel_id, agency=agency_id)
    panel = (rows.select_for_update(of=("self",)) if locked else rows).select_related("agency").first()
    if panel is None:
        raise Http404
    return panel


@contextmanager
def changing_panel(
    panel_id: UUID, *, actor: User, what: str, version: int | None = None, permission: Permission = ORGANISE
) -> Iterator[ChangingPanel]:
    """Change one panel in one transaction. `what`: a name of `policies.POSSIBLE`; the log says it.

    Raises Http404 for a panel of another agency, NotAllowed, Conflict with who changed it and when, NotPossible.
    """
    if KIND_OF_ROLE[actor.role] not in {Kind.POLICE, Kind.CPS}:
        raise Http404
    see(panel_id, actor.agency_id)
    permission.check(actor)
    with locked_panel(panel_id, actor.agency_id, actor=actor, what=what, version=version) as change:
        yield change


@contextmanager
def locked_panel(panel_id: UUID, agency_id: int, *, actor: User, what: str, version: int | None = None) -> Iterator[ChangingPanel]:
    """Change a panel whose organiser, or whose chair, the person is proved to be. Raises Http404, Conflict, NotPossible."""
    with transaction.atomic():
        panel = see(panel_id, agency_id, locked=True)
        if version is not None and version != panel.version:
            raise Conflict(Change(who=panel.changed_by_name or "Somebody", what="changed this panel", at=panel.changed_at))
        policies.check(what, panel.state)
        change = ChangingPanel(panel=panel, actor=actor, now=clock.now())
        yield change
        panel.version += 1
        panel.changed_at, panel.changed_by_name = change.now, actor.name
        panel.save()
        audit.services.record(act=Act.ALTERATION, what=f"panel: {what}", case_ids=change.cases, owners=[panel.agency_id])
