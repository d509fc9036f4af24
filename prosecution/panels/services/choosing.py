"""Choosing the cases of a panel: by a sample that anybody can draw again, by rule, by hand with a reason; and leaving one out."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from cases import models as m
from cases.models import SuspectOutcome
from cases.services.reconcile import keys_of
from core import clock
from core.exceptions import NotPossible
from prosecution.models import Panel, PanelCase, PanelState
from prosecution.panels import policies, sampling
from prosecution.panels.frame import NFA_CODES, Rule, by_rule, frame
from prosecution.panels.part import took_part
from prosecution.panels.services.changing import ChangingPanel, changing_panel

MOST = 40
"""How many cases a panel looks at at most: more is no meeting."""


def draw_sample(
    *, actor: User, panel_id: UUID, decided_from: date, decided_to: date, size: int, seed: str = "", version: int | None = None
) -> Panel:
    """Draw a random sample of the agency's decisions in a period, once a panel, and record by which seed and from what.

    Without a `seed` one is made. Raises Http404, NotAllowed, Conflict, NotPossible (drawn already, a period that cannot be, nothing to
    draw from, too many).
    """
    with changing_panel(panel_id, actor=actor, what="draw", version=version) as change:
        panel = change.panel
        if panel.seed:
            raise NotPossible("A sample was drawn for this panel already. Drawing until it pleases is no sample.")
        rows = {str(row.pk): row for row in _frame(change, decided_from, decided_to)}
        if not rows:
            raise NotPossible("No decision to take no further action was made in this period", field="decided_from")
        panel.seed = seed.strip() or sampling.new_seed()
        panel.decided_from, panel.decided_to, panel.sample_size = decided_from, decided_to, size
        panel.frame_size, panel.frame_digest = len(rows), sampling.digest(rows)
        because = f"Drawn at random from {len(rows)} decisions"
        _take(change, [rows[key] for key in sampling.draw(panel.seed, rows, size)], PanelCase.ChosenBy.SAMPLE, because)
        return panel


def choose_by_rule(*, actor: User, panel_id: UUID, decided_from: date, decided_to: date, rule: Rule, version: int | None = None) -> Panel:
    """Choose every decision of a period that a rule names. Raises as `draw_sample`, and for a rule that asks for nothing."""
    with changing_panel(panel_id, actor=actor, what="by-rule", version=version) as change:
        if not rule.asks:
            raise NotPossible("Say at least one thing that the rule asks for", field="code")
        found = by_rule(_frame(change, decided_from, decided_to), rule)
        if not found:
            raise NotPossible("No decision of this period is as the rule says", field="decided_from")
        _take(change, found, PanelCase.ChosenBy.RULE, in_words(rule))
        return change.panel


def choose_by_hand(
    *, actor: User, panel_id: UUID, reference: str, because: str, suspect_number: int | None = None, version: int | None = None
) -> Panel:
    """Choose one decision by its crime reference, with the reason. Never one in whose case the person took part.

    Raises Http404, NotAllowed, Conflict, NotPossible (no such case seen, no such decision, more suspects than one, no reason).
    """
    with changing_panel(panel_id, actor=actor, what="by-hand", version=version) as change:
        if not because.strip():
            raise NotPossible("Enter why", field="because")
        case = m.Case.objects.visible_to(actor).filter(crime_reference=reference.strip(), restricted=False).first()
        if case is None:
            raise NotPossible("You see no case with this reference that a panel may look at", field="reference")
        policies.took_no_part(actor.pk, took_part(case))
        everything = frame(change.panel.agency, date.min.replace(year=1900), clock.today(change.now))
        rows = everything.filter(case=case, reopened_at__isnull=True).select_related("case", "suspect")
        if suspect_number:
            rows = rows.filter(suspect__number=suspect_number)
        found = list(rows[:2])
        if not found:
            raise NotPossible("This case has no decision of your agency to take no further action", field="reference")
        if len(found) > 1:
            raise NotPossible("This case has several such decisions: enter the number of the suspect", field="suspect_number")
        _take(change, found, PanelCase.ChosenBy.HAND, because.strip())
        return change.panel


def leave_out(*, actor: User, panel_id: UUID, panel_case_id: UUID, because: str, version: int | None = None) -> PanelCase:
    """Leave a chosen case out, with the reason; that it was chosen stays on record. Raises Http404, NotAllowed, Conflict, NotPossible."""
    with changing_panel(panel_id, actor=actor, what="leave-out", version=version) as change:
        row = change.case_of(panel_case_id)
        if not because.strip():
            raise NotPossible("Enter why", field="because")
        row.left_out_at, row.left_out_because = change.now, because.strip()
        row.save(update_fields=["left_out_at", "left_out_because"])
        if not PanelCase.objects.filter(panel=change.panel, left_out_at__isnull=True).exists():
            change.step(PanelState.PLANNED)
        return row


def _frame(change: ChangingPanel, start: date, end: date) -> QuerySet[SuspectOutcome]:
    if end < start:
        raise NotPossible("The last day must be on or after the first", field="decided_to")
    if end > clock.today(change.now):
        raise NotPossible("The last day must be today or in the past", field="decided_to")
    return frame(change.panel.agency, start, end).select_related("case", "suspect")


def _take(change: ChangingPanel, rows: list[SuspectOutcome], how: PanelCase.ChosenBy, because: str) -> None:
    """Put decisions on the panel, in the order given; what is on it already is not put there again."""
    present = set(PanelCase.objects.filter(panel=change.panel).values_list("outcome", flat=True))
    new = [row for row in rows if row.pk not in present]
    looked_at = PanelCase.objects.filter(panel=change.panel, left_out_at__isnull=True).count()
    if looked_at + len(new) > MOST:
        raise NotPossible(f"That would be {looked_at + len(new)} cases. A panel looks at {MOST} at most: ask for fewer")
    if not new:
        raise NotPossible("Everything that this names was chosen for this panel before")
    for row in new:
        keys = {**keys_of(row.case), "created_by": change.actor, "agency_id": change.panel.agency_id}
        PanelCase(**keys, panel=change.panel, outcome=row, chosen_by=how, because=because).save(force_insert=True)
        change.cases.append(row.case_id)
    if change.panel.state == PanelState.PLANNED:
        change.step(PanelState.CHOSEN)


def in_words(rule: Rule) -> str:
    """Return a rule as the record keeps it."""
    parts = []
    if rule.code in NFA_CODES:
        parts.append(f"outcome {rule.code}")
    if rule.unit_id:
        parts.append("one unit")
    if rule.sent_back:
        parts.append("sent back at the second check")
    if rule.longer_than is not None:
        parts.append(f"more than {rule.longer_than} days to the decision")
    return f"By rule: {', '.join(parts)}"
