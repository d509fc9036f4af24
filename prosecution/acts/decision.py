"""The acts of the charging decision: rows of the one table in cases/acts/."""

from cases.acts import Act, On, add
from prosecution import policies_decision as policies
from prosecution.forms import decision as forms
from prosecution.forms.decision_direct import DirectDecisionForm
from prosecution.pages.places import place
from prosecution.permissions import CHECK, COURT, DECIDE, ENTER_DIRECT
from prosecution.services import court, decision_checks, decisions, direct_decisions, publishing, threshold

S, P, C = On.SUSPECT, On.PROPOSED_DECISION, On.CHARGING_DECISION

PREPARING = (
    Act(
        "prepare-decision",
        S,
        "Prepare a decision",
        "Prepare a decision on a suspect",
        forms.DecisionForm,
        decisions.prepare_decision,
        DECIDE,
        policies.may_be_decided,
        "Draft kept, as far as it has come.",
        made=lambda draft: place("proposed_decision", draft.pk),
        keeps_typed=True,
    ),
    Act(
        "change-decision",
        P,
        "Fill in or change",
        "Change a decision that is being prepared",
        forms.ChangeDecisionForm,
        decisions.change_decision,
        DECIDE,
        policies.may_be_changed,
        keeps_typed=True,
    ),
    Act(
        "propose-decision",
        P,
        "Propose for a second check",
        "Propose a decision for a second check",
        forms.ProposeForm,
        decision_checks.propose_decision,
        DECIDE,
        policies.may_be_proposed,
        "Proposed. Another prosecutor answers.",
    ),
    Act(
        "check-decision",
        P,
        "Confirm or send back",
        "Check a colleague’s decision",
        forms.CheckForm,
        decision_checks.check_decision,
        CHECK,
        policies.may_be_checked,
        "Answer recorded.",
        keeps_typed=True,
    ),
    Act(
        "publish-decision",
        P,
        "Publish",
        "Publish a decision",
        forms.PublishForm,
        publishing.publish_decision,
        DECIDE,
        policies.may_be_published,
        "Published. Both agencies see it.",
        keeps_typed=True,
        made=lambda decision: place("charging_decision", decision.pk),
    ),
    Act(
        "discard-decision",
        P,
        "Discard",
        "Discard a decision that is being prepared",
        forms.DiscardForm,
        decisions.discard_decision,
        DECIDE,
        policies.may_be_changed,
        "Discarded.",
    ),
)

AFTERWARDS = (
    Act(
        "enter-direct-decision",
        S,
        "CPS Direct decided",
        "Record a decision made by CPS Direct",
        DirectDecisionForm,
        direct_decisions.enter_direct_decision,
        ENTER_DIRECT,
        policies.direct_may_be_entered,
        "Recorded. Both agencies see it.",
        keeps_typed=True,
    ),
    Act(
        "review-threshold",
        C,
        "Apply the Full Code Test",
        "Record the Full Code Test after a charge on the Threshold Test",
        forms.ThresholdForm,
        threshold.review_threshold,
        DECIDE,
        policies.threshold_may_be_reviewed,
        "Recorded.",
    ),
    Act(
        "record-court-outcome",
        S,
        "How it ended at court",
        "Record how a charge ended at court",
        forms.CourtOutcomeForm,
        court.record_court_outcome,
        COURT,
        policies.is_charged,
        "Recorded.",
    ),
)

add(*PREPARING, *AFTERWARDS)
