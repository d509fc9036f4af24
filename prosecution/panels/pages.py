"""What the pages of an organiser are drawn from: one panel with its buttons, one case of it."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from prosecution.models import Panel, PanelCase
from prosecution.panels import selectors
from prosecution.panels.acts import ACTS, PanelAct
from prosecution.panels.services.concluding import own_is_due

OF_PANEL = ("draw", "by-rule", "by-hand", "add-member", "send", "close", "add-learning", "change", "call-off")
OF_CASE = ("confirm-pack", "conclude", "refer", "reconsider", "leave-out")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of a panel as its organiser reads it in the list. A conclusion is not shown to a member whose own finding is due."""

    row: PanelCase
    standing: str
    left_out: bool


def acts_of(panel: Panel, user: User) -> list[PanelAct]:
    """Return what the person may do to the panel now."""
    return [act for slug in OF_PANEL if (act := ACTS[slug]).possible(panel.state) and act.permission.holds(user) and _due(panel, slug)]


def _due(panel: Panel, slug: str) -> bool:
    return not (slug == "draw" and panel.seed)


def acts_on(panel: Panel, row: PanelCase, user: User) -> list[PanelAct]:
    """Return what the person may do about a case of the panel now: nothing where she or he took part in it."""
    if row.left_out_at is not None or not selectors.may_organise(row, user):
        return []
    wanted = [
        "leave-out" if not row.conclusion else "",
        "confirm-pack",
        "conclude" if not row.conclusion else "",
        "refer" if row.referred_at and not row.reconsidered_at else "",
        "reconsider" if row.referred_to_id == user.pk and not row.reconsidered_at else "",
    ]
    return [act for slug in OF_CASE if slug in wanted and (act := ACTS[slug]).possible(panel.state) and act.permission.holds(user)]


def line_of(row: PanelCase, user: User) -> CaseLine:
    """Return how a case of a panel stands, in words."""
    return CaseLine(row, _standing(row, user), row.left_out_at is not None)


def _standing(row: PanelCase, user: User) -> str:
    if row.left_out_at is not None:
        return f"Left out: {row.left_out_because}"
    if row.pack is None or row.pack.confirmed_at is None:
        return "To be redacted"
    if row.pack.sent_at is None:
        return "Redaction confirmed"
    if not row.conclusion or own_is_due(row.pack, user):
        return "With the members"
    said = str(row.get_conclusion_display())
    if row.reconsidered_at is not None:
        return f"{said}. Reconsidered by {row.reconsidered_by_name}"
    return f"{said}. To be reconsidered" if row.referred_at is not None else said


def panel_page(panel: Panel, user: User) -> dict[str, Any]:
    """Return what the page of a panel shows."""
    rows, more = selectors.cases_of(panel, user)
    return {
        "panel": panel,
        "members": selectors.members_of(panel),
        "lines": [line_of(row, user) for row in rows],
        "unseen": more,
        "acts": acts_of(panel, user),
        "member_left": ACTS["member-left"].possible(panel.state),
        "learning": selectors.learning_for(user, panel=panel),
        "drawn_again": selectors.drawn_again(panel),
    }


def case_page(panel: Panel, row: PanelCase, user: User) -> dict[str, Any]:
    """Return what the page of a case of a panel shows: its pack as the members read it, findings once they may be read."""
    sent = row.pack is not None and row.pack.sent_at is not None
    return {
        "panel": panel,
        "line": line_of(row, user),
        "row": row,
        "pack": row.pack if row.pack is not None and row.pack.confirmed_at is not None else None,
        "findings": selectors.findings_of(row.pack, panel, user) if row.pack is not None and sent else None,
        "concluded": bool(row.conclusion) and row.pack is not None and not own_is_due(row.pack, user),
        "acts": acts_on(panel, row, user),
        "apart": selectors.may_organise(row, user),
    }
