"""What waits between police and CPS without a clock of its own, as rows of the worklist: signatures, answers, escalations."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q, QuerySet

from cases.acts import On
from cases.derive.due import span
from cases.models import Side
from cases.pages.needs import Finder, Need
from cases.worklist import sources
from cases.worklist.reach import Reach
from cases.worklist.sources import ANSWER, Source
from core.components import day_text, london_text
from core.words import inside
from prosecution.models import (
    ActionItem,
    ActionPlan,
    AdviceState,
    EarlyAdvice,
    ItemState,
    PlanState,
    Referral,
    ReferralState,
    RefusalChallenge,
)

SERGEANT, MANAGER, BOTH = "A sergeant or supervisor", "A legal manager", "Inspector and District Crown Prosecutor"


def register() -> None:
    """Add the sources. Called once from AppConfig.ready()."""
    for source in (
        Source("advice-ready", ANSWER, "Early advice to sign", _ready(EarlyAdvice, AdviceState.READY), _advice, SERGEANT),
        Source("referral-ready", ANSWER, "Referrals to sign", _ready(Referral, ReferralState.READY), _referral, SERGEANT),
        Source("item-answer", ANSWER, "Action plan items to answer", _items(_FOR_CPS), _item, cps=True, police=False),
        Source("item-escalated", ANSWER, "Action plan items escalated", _items(Q(state=ItemState.ESCALATED)), _item, BOTH, cps=True),
        Source("refusal", ANSWER, "Refusals challenged", _refusals, _refusal, MANAGER, cps=True, police=False),
        Source("plan-dcp", ANSWER, "Second action plans", _second_plans, _second_plan, MANAGER, cps=True, police=False),
    ):
        sources.register(source)


_FOR_CPS = Q(state__in=(ItemState.DONE, ItemState.CANNOT)) | Q(asked_on__isnull=False, asked_side=Side.POLICE)


def _ready(model: Any, state: str) -> Callable[[Reach], QuerySet[Any]]:
    def find(reach: Reach) -> QuerySet[Any]:
        rows: QuerySet[Any] = model.objects.filter(case__in=reach.cases(), state=state)
        return rows.order_by("ready_at", "id")

    return find


def _items(which: Q) -> Callable[[Reach], QuerySet[Any]]:
    def find(reach: Reach) -> QuerySet[Any]:
        rows = ActionItem.objects.filter(which, case__in=reach.cases(), plan__state=PlanState.SET)
        return rows.select_related("plan").order_by("reported_at", "created_at", "id")

    return find


def _refusals(reach: Reach) -> QuerySet[Any]:
    rows = RefusalChallenge.objects.filter(case__in=reach.cases(), answered_at__isnull=True)
    return rows.select_related("advice").order_by("at", "id")


def _second_plans(reach: Reach) -> QuerySet[Any]:
    return ActionPlan.objects.filter(case__in=reach.cases(), state=PlanState.WAITS_FOR_DCP).order_by("created_at", "id")


def _need(finder: Finder, text: str, beside: Collection[str], on: On, row: Any, about: str) -> Need:
    return Need(text, beside=[words for words in beside if words], buttons=finder.buttons.offered(on, row, row.pk, about))


def _since(finder: Finder, at: Any) -> str:
    return f"Ready since {london_text(at)} ({span(int((finder.now - at).total_seconds()) // 60)})" if at else ""


def _advice(finder: Finder, row: EarlyAdvice) -> Need:
    text = f"Request {row.number} for early advice: sign it and send it, or send it back"
    return _need(finder, text, [_since(finder, row.ready_at)], On.EARLY_ADVICE, row, f"request {row.number}")


def _referral(finder: Finder, row: Referral) -> Need:
    text = f"Referral {row.number}: sign it and send it, or send it back"
    beside = [str(row.get_review_type_display()), _since(finder, row.ready_at)]
    return _need(finder, text, beside, On.CHARGING_REFERRAL, row, f"referral {row.number}")


def _item(finder: Finder, row: ActionItem) -> Need:
    asked = f"The police ask for {day_text(row.asked_on)}: {row.asked_because}" if row.asked_on else ""
    text = f"Item {row.number} of action plan {row.plan.number}: {inside(str(row.get_state_display()))}"
    return _need(finder, text, [row.action, asked], On.ACTION_ITEM, row, f"item {row.number}")


def _refusal(finder: Finder, row: RefusalChallenge) -> Need:
    advice = row.advice
    text = f"The refusal of request {advice.number} for early advice is challenged"
    return _need(finder, text, [row.because], On.EARLY_ADVICE, advice, f"request {advice.number}")


def _second_plan(finder: Finder, row: ActionPlan) -> Need:
    text = f"Action plan {row.number}: a second plan after a full file waits for the District Crown Prosecutor"
    return _need(finder, text, [], On.ACTION_PLAN, row, f"action plan {row.number}")
