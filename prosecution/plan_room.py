"""What action plans add to the floors below: acts, the buttons of their clocks, the page to come back to, the ends by outcome, texts."""

from uuid import uuid4

from cases import back, settling
from cases.acts import On
from cases.derive.clocks import Kind
from cases.pages.about import ABOUT, IN_VIEW
from core import clock


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
    settling.on_subject(Kind.ACTION_ITEM, On.ACTION_ITEM, m.ActionItem(plan=with_police, state=m.ItemState.ACCEPTED))
    settling.settles(Kind.ACTION_CHALLENGE, "agree-challenge", "amend-item", "insist-item")
    settling.on_subject(Kind.ACTION_CHALLENGE, On.ACTION_ITEM, m.ActionItem(plan=with_police, state=m.ItemState.CHALLENGED))
    settling.settles(Kind.FINALISE_PROPOSED, "finalise", "keep-plan-open")
    settling.on_subject(Kind.FINALISE_PROPOSED, On.ACTION_PLAN, with_police)
    settling.settles(Kind.REOPENING_REVIEW, "reopen-finalised", "confirm-finalised")
    settling.on_subject(Kind.REOPENING_REVIEW, On.FINALISATION, m.Finalisation())
    back.allow_page("action_plan", "the action plan")
