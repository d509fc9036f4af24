"""The acts on action plans and on administrative finalisation: rows of the one table in cases/acts/."""

from cases.acts import Act, On, add
from prosecution import permissions as p
from prosecution import policies_plan as policies
from prosecution.forms import item as item_forms
from prosecution.forms import plan as forms
from prosecution.pages.places import place
from prosecution.services import finalising, items, plans

PLAN = On.ACTION_PLAN
KEPT = "Kept as a draft. The police see it when you send it."

PLANS = (
    Act(
        "draft-plan",
        On.CHARGING_REFERRAL,
        "Draft an action plan",
        "Draft an action plan: its first item",
        item_forms.ItemForm,
        plans.draft_plan,
        p.PLAN,
        policies.plan_may_be_drafted,
        KEPT,
        made=lambda draft: place("action_plan", draft.pk),
    ),
    Act(
        "draft-advice-plan",
        On.EARLY_ADVICE,
        "Draft an action plan",
        "Draft an action plan with early advice: its first item",
        item_forms.ItemForm,
        plans.draft_advice_plan,
        p.PLAN,
        policies.advice_plan_may_be_drafted,
        KEPT,
        made=lambda draft: place("action_plan", draft.pk),
    ),
    Act(
        "add-item",
        PLAN,
        "Add an item",
        "Add an item to the action plan",
        item_forms.ItemForm,
        items.add_item,
        p.PLAN,
        policies.plan_is_draft,
        "Item added.",
    ),
    Act(
        "send-plan",
        PLAN,
        "Send to the police",
        "Send the action plan to the police",
        forms.SendPlanForm,
        plans.send_plan,
        p.PLAN,
        policies.plan_may_be_sent,
        "Sent. The police are told.",
    ),
    Act(
        "send-plan-to-dcp",
        PLAN,
        "Send to the District Crown Prosecutor",
        "Send the second action plan to the District Crown Prosecutor",
        forms.PlanConfirmForm,
        plans.send_plan_to_dcp,
        p.PLAN,
        policies.plan_may_go_to_dcp,
        "Sent to the District Crown Prosecutor. The police see it once it is approved.",
    ),
    Act(
        "approve-plan",
        PLAN,
        "Approve it",
        "Approve a second action plan",
        forms.ApprovePlanForm,
        plans.approve_plan,
        p.APPROVE_PLAN,
        policies.plan_waits_for_dcp,
        "Approved and sent. The police are told.",
    ),
    Act(
        "send-plan-back",
        PLAN,
        "Send it back",
        "Send a second action plan back to the prosecutor",
        forms.PlanBackForm,
        plans.send_plan_back,
        p.APPROVE_PLAN,
        policies.plan_waits_for_dcp,
        "Sent back. The prosecutor is told.",
    ),
    Act(
        "discard-plan",
        PLAN,
        "Discard the draft",
        "Discard the draft of an action plan",
        forms.DiscardPlanForm,
        plans.discard_plan,
        p.PLAN,
        policies.plan_is_draft,
        "Draft discarded.",
    ),
)

FINALISATION = (
    Act(
        "finalise",
        PLAN,
        "Finalise administratively",
        "Finalise the referral administratively",
        forms.FinaliseForm,
        finalising.finalise,
        p.FINALISE,
        policies.plan_may_be_finalised,
        "Finalised administratively. The officer named is told.",
    ),
    Act(
        "keep-plan-open",
        PLAN,
        "Keep it open",
        "Keep the action plan open",
        forms.KeepOpenForm,
        finalising.keep_plan_open,
        p.FINALISE,
        policies.plan_may_be_finalised,
        "Reason recorded. The plan stays with the police.",
    ),
    Act(
        "reopen-finalised",
        On.FINALISATION,
        "Reopen",
        "Reopen what was finalised administratively",
        forms.ReopenForm,
        finalising.reopen_finalised,
        p.REOPEN_FINALISED,
        policies.may_be_reopened,
        "Reopened. The CPS is told, and the action plan goes on.",
    ),
    Act(
        "confirm-finalised",
        On.FINALISATION,
        "Confirm",
        "Confirm what was finalised administratively",
        forms.ConfirmFinalisedForm,
        finalising.confirm_finalised,
        p.REOPEN_FINALISED,
        policies.may_be_confirmed,
        "Confirmed.",
    ),
)

add(*PLANS, *FINALISATION)
