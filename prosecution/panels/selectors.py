"""What an organiser reads: the agency's panels, one panel, its cases, and findings once she or he may read them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from cases import models as m
from core import clock
from core.exceptions import NotPossible
from prosecution.models import Conclusion, Heading, Learning, Pack, PackConflict, Panel, PanelCase, PanelMember, SharedFinding
from prosecution.panels import policies, sampling
from prosecution.panels.frame import frame
from prosecution.panels.part import took_part
from prosecution.panels.permissions import ORGANISE
from prosecution.panels.reading import by_heading
from prosecution.panels.services.concluding import own_is_due, waits_for_findings

MOST = 200


def panels_of(user: User) -> list[Panel]:
    """Return the panels of the user's agency, the latest meeting first."""
    return list(Panel.objects.filter(agency=user.agency_id).order_by("-held_on", "-created_at")[:MOST])


def members_of(panel: Panel) -> list[PanelMember]:
    """Return the members that a panel has now, the chairs first."""
    order = {value: place for place, value in enumerate(PanelMember.Capacity.values)}
    rows = PanelMember.objects.filter(panel=panel, left_at__isnull=True).select_related("user__agency")
    return sorted(rows, key=lambda row: (order[row.capacity], row.user.name))


def cases_of(panel: Panel, user: User) -> tuple[list[PanelCase], int]:
    """Return the cases of a panel that the person may see, and how many more there are."""
    rows = list(
        PanelCase.objects.filter(panel=panel).select_related("case", "outcome__suspect", "pack", "referred_to").order_by("created_at", "pk")
    )
    seen = set(m.Case.objects.visible_to(user).filter(pk__in=[row.case_id for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.case_id in seen], sum(1 for row in rows if row.case_id not in seen)


def case_or_404(panel: Panel, user: User, panel_case_id: UUID) -> PanelCase:
    """Return a case of a panel that the person may see. Raises Http404."""
    rows, _ = cases_of(panel, user)
    row = next((one for one in rows if one.pk == panel_case_id and one.left_out_at is None), None)
    if row is None:
        raise Http404
    return row


def may_organise(row: PanelCase, user: User) -> bool:
    """Say whether the person took no part in the case."""
    try:
        policies.took_no_part(user.pk, took_part(row.case))
    except NotPossible:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings on a pack as the person may read them: shown or, with the reason, not."""

    rows: list[Any] = field(default_factory=list)
    hidden: str = ""


def findings_of(pack: Pack, panel: Panel, user: User) -> Findings:
    """Return the findings on a pack for an organiser. How many were submitted is said to nobody before they are shown.

    A member among the organisers reads them after her or his own; others once everybody has submitted, from the day of the meeting
    on, or when it is concluded. Whoever has a conflict with the pack reads none.
    """
    if PackConflict.objects.filter(pack=pack, user=user.pk).exists():
        return Findings(hidden="You have a conflict with this pack.")
    if own_is_due(pack, user):
        return Findings(hidden="Findings are shown after you submit your own.")
    rows = SharedFinding.objects.filter(pack=pack).select_related("user").order_by("capacity", "pk")
    member = PanelMember.objects.filter(panel=panel, user=user.pk, left_at__isnull=True).exists()
    if not member and panel.held_on > clock.today() and waits_for_findings(pack):
        return Findings(hidden="Findings are shown once every member has submitted, or from the day of the meeting on.")
    shown = list(rows)
    for row in shown:
        row.by_heading = by_heading(row.texts)  # type: ignore[attr-defined]
    return Findings(shown)


def drawn_again(panel: Panel) -> bool | None:
    """Draw the sample of a panel again, and say whether it is the same; None where what it was drawn from has changed since."""
    if not panel.seed or panel.decided_from is None or panel.decided_to is None or panel.sample_size is None:
        return None
    keys = [str(key) for key in frame(panel.agency, panel.decided_from, panel.decided_to).values_list("pk", flat=True)]
    if sampling.digest(keys) != panel.frame_digest:
        return None
    chosen = PanelCase.objects.filter(panel=panel, chosen_by=PanelCase.ChosenBy.SAMPLE).values_list("outcome", flat=True)
    return set(sampling.draw(panel.seed, keys, panel.sample_size)) >= {str(key) for key in chosen}


def learning_for(user: User, *, panel: Panel | None = None) -> QuerySet[Learning]:
    """Return what was learned: an organiser the agency's, anybody else what she or he sees to. Not done first, the longest due first."""
    rows = Learning.objects.filter(agency=user.agency_id).select_related("panel", "owner", "pack")
    if panel is not None:
        rows = rows.filter(panel=panel)
    if not ORGANISE.holds(user):
        rows = rows.filter(owner=user.pk)
    return rows.order_by("done_on", "due_on", "pk")


def is_overdue(row: Learning, today: date) -> bool:
    """Say whether something learned should be done by now: the day itself is still in time."""
    return row.done_on is None and row.due_on < today


@dataclass(frozen=True, slots=True)
class Year:
    """A year of panels in counts. Only what was concluded is counted: before that a count would tell of findings."""

    year: int
    panels: int
    cases: int
    conclusions: list[tuple[str, int]]
    headings: list[tuple[str, int, int]]
    """Heading, how many findings say something under it, how much learning stands under it."""
    learning: int
    done: int
    overdue: int
    reconsidered: int
    reopened: int


def year_of(user: User, year: int) -> Year:
    """Return the summary of the agency's panels held in a year. A fixed number of queries."""
    mine: dict[str, Any] = {"panel__agency": user.agency_id, "panel__held_on__year": year}
    rows = list(PanelCase.objects.filter(**mine).exclude(conclusion="").values_list("conclusion", "pack", "reconsidered_at", "reopened"))
    texts = SharedFinding.objects.filter(pack__in=[pack for _, pack, _, _ in rows]).values_list("texts", flat=True)
    said = Counter(name for one in texts for name in one)
    learned = list(Learning.objects.filter(**mine))
    under = Counter(name for one in learned for name in one.headings)
    held = Panel.objects.filter(agency=user.agency_id, held_on__year=year, opened_at__isnull=False).count()
    concluded = Counter(conclusion for conclusion, *_ in rows)
    today = clock.today()
    return Year(
        year=year,
        panels=held,
        cases=len(rows),
        conclusions=[(label, concluded[value]) for value, label in Conclusion.choices],
        headings=[(label, said[value], under[value]) for value, label in Heading.choices],
        learning=len(learned),
        done=sum(1 for one in learned if one.done_on),
        overdue=sum(1 for one in learned if is_overdue(one, today)),
        reconsidered=sum(1 for _, _, at, _ in rows if at),
        reopened=sum(1 for *_, opened in rows if opened),
    )
