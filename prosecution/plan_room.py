"""What action plans add to the floors below: acts, the buttons of their clocks, the page to come back to, the ends by outcome, texts."""

from collections.abc import Collection
from textwrap import shorten
from typing import Any, Final
from uuid import UUID, uuid4

from cases import back, settling
from cases.acts import On
from cases.derive.clocks import Kind
from cases.pages.about import ABOUT, IN_VIEW
from core import clock
from core.words import inside

FIRST_WORDS: Final = 70
"""How much of what an item asks for stands in a row (characters)."""


def register() -> None:
    """Called once from AppConfig.ready()."""
    from cases.services import projections
    from prosecution import models as m
    from prosecution.about import plan as about
    from prosecution.acts import item, plan  # noqa: F401 - the acts add themselves
    from prosecution.pages import plan as pages
    from prosecution.services import settling_plans

    about.register()
    projections.register("prosecution", settling_plans.project)
    ABOUT[On.ACTION_PLAN], IN_VIEW[On.ACTION_PLAN] = pages.about_plan, pages.plan_in_view
    ABOUT[On.ACTION_ITEM], IN_VIEW[On.ACTION_ITEM] = pages.about_item, pages.item_in_view
    IN_VIEW[On.FINALISATION] = pages.finalisation_in_view
    now = clock.now()
    with_police = m.ActionPlan(state=m.PlanState.SET, set_at=now, referral_id=uuid4())
    settling.settles(Kind.ACTION_ITEM, "item-done", "item-part-done", "item-cannot", "move-item")
    settling.settles(Kind.ACTION_CHALLENGE, "agree-challenge", "amend-item", "insist-item")
    settling.find_targets("items", targets, Kind.ACTION_ITEM, Kind.ACTION_CHALLENGE)
    settling.in_words(Kind.ACTION_ITEM, words)
    settling.in_words(Kind.ACTION_CHALLENGE, lambda row: f"Challenge of {inside(words(row))}")
    settling.settles(Kind.FINALISE_PROPOSED, "finalise", "keep-plan-open")
    settling.on_subject(Kind.FINALISE_PROPOSED, On.ACTION_PLAN, with_police)
    settling.settles(Kind.REOPENING_REVIEW, "reopen-finalised", "confirm-finalised")
    settling.on_subject(Kind.REOPENING_REVIEW, On.FINALISATION, m.Finalisation())
    back.allow_page("action_plan", "the action plan")


def targets(cases: Collection[UUID]) -> dict[UUID, tuple[str, Any]]:
    """Return item → itself, of plans that are with the police: what its clocks are about. One query."""
    from prosecution import models as m
    from prosecution.states import WITH_CPS_ITEMS, WITH_POLICE_ITEMS

    states = [*WITH_CPS_ITEMS, *WITH_POLICE_ITEMS, m.ItemState.ESCALATED]
    rows = m.ActionItem.objects.filter(case__in=list(cases), plan__state=m.PlanState.SET, state__in=states).select_related("plan")
    return {row.pk: (On.ACTION_ITEM, row) for row in rows}


def words(item: Any) -> str:
    """Return an item in a few words: its number, its plan, and how what it asks for begins."""
    return f"Item {item.number} of action plan {item.plan.number}: {shorten(item.action, FIRST_WORDS, placeholder=' …')}"
