"""What a daily run counts, seen from the start of its day: numbers and the ids of the overdue arrest clocks, no names.

Seen from the start of the day the figures are the same whenever the run is made: at six, or late after a failure, or a
second time. Three of them the database knows of today alone; a run made for a day gone by leaves those empty.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.querysets import away_on
from cases import models as m
from cases.derive.clocks import CLOCKS, Kind
from cases.derive.states import OPEN_STAGES, Risk
from core import clock
from reports.arrests import Reach, held_up, late, named_without_suspect
from reports.seen import Seen

BAIL_DAYS: Final = 14
"""How far ahead bail that is to be answered is counted (calendar days)."""
REVIEWS: Final = (Kind.SUPERVISOR_REVIEW, Kind.RUI_REVIEW, Kind.SITUATION_REVIEW)


@dataclass(frozen=True, slots=True)
class Figure:
    """One count: its key in a run, and its words."""

    key: str
    words: str


FIGURES: Final = (
    Figure("overdue", "Overdue arrests"),
    Figure("overdue_high", "of them high risk"),
    Figure("overdue_medium", "of them medium risk"),
    Figure("overdue_standard", "of them standard risk"),
    Figure("critical", "of them critically overdue"),
    Figure("held_up", "Suspects who are wanted, abroad or in prison elsewhere"),
    Figure("bail_lapsed", "Bail lapsed"),
    Figure("bail_answering", f"Bail to be answered or extended within {BAIL_DAYS} days"),
    Figure("reviews_overdue", "Reviews overdue"),
    Figure("approvals", "Decisions and corrections waiting for approval"),
    Figure("named", "Cases with somebody named and no suspect recorded"),
    Figure("unallocated", "Open cases without an officer"),
    Figure("away", "People away without cover who have open cases"),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of one force and day by key (None: not known for that day), and the clocks behind the first."""

    counts: dict[str, int | None]
    deadline_ids: list[UUID]


def count(force_id: int, seen: Seen) -> Counted:
    """Return the figures of a force, seen from the start of a day. Inside the force's system scope; ten queries."""
    reach = Reach.of_force(force_id)
    clocks = list(late(reach, seen).values_list("pk", "risk", "due_at"))
    risks = Counter(risk for _, risk, _ in clocks)
    critical = seen.at - timedelta(days=CLOCKS[Kind.ARREST].critical_after)
    counts: dict[str, int | None] = {
        "overdue": len(clocks),
        **{f"overdue_{risk.value}": risks[risk.value] for risk in Risk},
        "critical": sum(due_at <= critical for _, _, due_at in clocks),
        "held_up": held_up(reach, seen).count(),
        **_of_bail(reach, seen),
        "reviews_overdue": _running(reach, seen, REVIEWS).filter(due_at__lte=seen.at).count(),
        "approvals": _approvals(force_id, seen),
        **(_of_today(force_id, reach) if seen.today == clock.today() else dict.fromkeys(("named", "unallocated", "away"))),
    }
    return Counted(counts, [key for key, _, _ in clocks])


def _running(reach: Reach, seen: Seen, kinds: tuple[Kind, ...]) -> QuerySet[Any]:
    """Return the clocks of these kinds that ran and did not stand still by then."""
    running: QuerySet[Any] = m.Deadline.objects.filter(
        reach.owner, seen.not_yet("met_at"), seen.not_yet("ended_at"), seen.not_yet("paused_since"), kind__in=kinds, cancelled=False
    ).filter(started_at__lt=seen.at)
    return running


def _of_bail(reach: Reach, seen: Seen) -> dict[str, int]:
    """Return how much bail has lapsed, and how much ends within the days ahead."""
    bail = _running(reach, seen, (Kind.BAIL_EXPIRY,))
    soon = Q(due_at__gt=seen.at, due_on__lte=seen.today + timedelta(days=BAIL_DAYS))
    return {"bail_lapsed": bail.filter(due_at__lte=seen.at).count(), "bail_answering": bail.filter(soon).count()}


def _approvals(force_id: int, seen: Seen) -> int:
    """Return how many decisions not to arrest and corrections of facts were waiting for a second person."""
    waited = Q(answer="waiting") | Q(answered_at__gte=seen.at)
    decisions = m.ArrestDecision.objects.filter(waited, force_id=force_id, proposed_at__lt=seen.at)
    corrections = m.FactCorrection.objects.filter(waited, force_id=force_id, created_at__lt=seen.at)
    return decisions.count() + corrections.count()


def _of_today(force_id: int, reach: Reach) -> dict[str, int]:
    """Return what is known of today alone: named and no suspect, cases without an officer, people away without cover."""
    open_cases = m.Case.objects.filter(force_id=force_id, stage__in=OPEN_STAGES)
    holding = m.CasePerson.objects.filter(force_id=force_id, until__isnull=True)
    officer = holding.filter(case=OuterRef("pk"), role=m.CaseRole.OFFICER)
    theirs = holding.filter(user=OuterRef("pk"), case__stage__in=OPEN_STAGES)
    away = User.objects.filter(away_on(clock.today()), Exists(theirs), agency_id=force_id, is_active=True, covered_by__isnull=True)
    return {
        "named": named_without_suspect(reach).count(),
        "unallocated": open_cases.filter(~Exists(officer)).count(),
        "away": away.count(),
    }
