"""The rows of the morning that wait between police and CPS: what is to be signed, and what went to inspector and DCP."""

from typing import Any

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from prosecution.models import ActionItem, AdviceState, EarlyAdvice, ItemEvent, ItemState, PlanState, Referral, ReferralState
from reports.describing import with_case
from reports.morning.look import Look

OWN = ("id", "number", "case_id", "force_id")
"""What is read of a row itself: referrals and items have a `reference` of their own, which would hide the case's."""


def advice_to_sign(look: Look) -> QuerySet[Any]:
    """Return requests for early advice that are ready and wait for whoever signs, the longest ready first."""
    return _ready(look, EarlyAdvice.objects.filter(state=AdviceState.READY))


def referrals_to_sign(look: Look) -> QuerySet[Any]:
    """Return referrals that are ready and wait for whoever signs, the longest ready first."""
    return _ready(look, Referral.objects.filter(state=ReferralState.READY))


def _ready(look: Look, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Describe what was asked about some suspects of a case, and so names none."""
    rows = rows.filter(look.reach.owner, case__in=look.reach.cases)
    described: QuerySet[Any] = with_case(rows.values(*OWN)).annotate(
        sort_at=Coalesce(F("ready_at"), F("created_at"), output_field=DateTimeField()), asked_by=F("ready_by__name")
    )
    return described


def escalated(look: Look) -> QuerySet[Any]:
    """Return items of plans with the police that inspector and District Crown Prosecutor resolve, the longest with them first."""
    taken = ItemEvent.objects.filter(item=OuterRef("pk"), what=ItemEvent.What.ESCALATED).order_by("-at").values("at")[:1]
    rows = ActionItem.objects.filter(look.reach.owner, state=ItemState.ESCALATED, plan__state=PlanState.SET, case__in=look.reach.cases)
    described: QuerySet[Any] = with_case(rows.values(*OWN)).annotate(
        sort_at=Coalesce(Subquery(taken), F("created_at"), output_field=DateTimeField()),
        about=F("suspect__number"),
        of_plan=F("plan__number"),
    )
    return described
