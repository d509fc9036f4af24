"""What is open, by table: the rows behind each queue as querysets of key and sort moment, one UNION a queue."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases import models as m
from cases.derive.clocks import Kind
from cases.models import Side
from cases.querysets import standing_in_for
from prosecution import states
from prosecution.desk.look import Look, due_of_subject, due_of_suspects, first_of, in_custody, part
from prosecution.models import (
    ActionItem,
    ActionPlan,
    AdviceState,
    ChargingDecision,
    DecisionType,
    EarlyAdvice,
    ItemState,
    PlanState,
    ProposedDecision,
    ProposedState,
    Referral,
    ReferralState,
    ReferralSuspect,
    RefusalChallenge,
    ReviewType,
    Submission,
    Test,
    ThresholdReview,
)

Parts = list[QuerySet[Any]]
SOON_DAYS = 7
"""`[DESIGN]` What is due within so many days is about to be late."""
PLAN_DAYS = (28, 56, 90)
"""Ages of a plan at which somebody is told more of it (domain.md section 2; 90 days is general knowledge)."""
REVIEW_DUE = due_of_suspects(
    Kind.CHARGING_REVIEW,
    ReferralSuspect.objects.filter(referral=OuterRef(OuterRef("pk")), removed_at__isnull=True).values("suspect"),
)
RED = Q(review_type=ReviewType.RED)
SINCE_FIRST = first_of("advice__first_submitted_at", "referral__first_submitted_at", "at")


def _referrals(look: Look, *conditions: Q, states_in: tuple[str, ...] = (ReferralState.ACCEPTED,)) -> QuerySet[Any]:
    return part(look, Referral.objects.filter(*conditions, state__in=states_in), REVIEW_DUE)


def _advice(look: Look, *conditions: Q) -> QuerySet[Any]:
    return part(look, EarlyAdvice.objects.filter(*conditions, state=AdviceState.ACCEPTED), due_of_subject(Kind.EARLY_ADVICE_RESPONSE))


def _threshold(look: Look, *conditions: Q) -> QuerySet[Any]:
    """Return charges on the Threshold Test to which the Full Code Test has not been applied, while the charge stands."""
    rows = ChargingDecision.objects.filter(*conditions, test=Test.THRESHOLD, decision=DecisionType.CHARGE)
    rows = rows.filter(Q(outcome__isnull=True) | Q(outcome__reopened_at__isnull=True))
    rows = rows.exclude(pk__in=ThresholdReview.objects.values("decision"))
    return part(look, rows, due_of_subject(Kind.THRESHOLD_REVIEW))


def _waiting_items(look: Look, *conditions: Q) -> QuerySet[Any]:
    """Return items on which the police wait for the CPS: challenged, done, cannot be done, or a later date asked for."""
    waits = Q(state__in=states.WITH_CPS_ITEMS) | Q(asked_on__isnull=False, asked_side=Side.POLICE)
    rows = ActionItem.objects.filter(*conditions, waits, plan__state=PlanState.SET).exclude(state__in=states.ENDED_ITEMS)
    return part(look, rows, first_of("reported_at", "created_at"))


def custody(look: Look) -> Parts:
    """Red referrals, and those of somebody in custody, of the reader; for CPS Direct also what waits for triage there."""
    there = (ReferralState.SENT, ReferralState.ACCEPTED) if look.direct else (ReferralState.ACCEPTED,)
    return [_referrals(look, look.own(), RED | Q(in_custody()), states_in=there)]


def owed(look: Look) -> Parts:
    """Everything else the reader owes by a date: charging decisions, early advice, reviews of threshold charges."""
    named = look.own("referral__") if look.direct else look.own("referral__") | _prosecutes(look)
    return [
        _referrals(look, look.own(), ~(RED | Q(in_custody()))),
        _advice(look, look.own()),
        _threshold(look, named),
    ]


def _prosecutes(look: Look) -> Q:
    """Return the condition that the reader is prosecutor on the case: a decision without a referral names nobody else."""
    mine = m.CasePerson.objects.filter(
        case=OuterRef("case"), role=m.CaseRole.PROSECUTOR, until__isnull=True, user__in=standing_in_for(look.user)
    )
    return Q(Exists(mine), referral__isnull=True)


def items(look: Look) -> Parts:
    """Items of the reader's plans on which the police wait, longest first."""
    mine = look.own("plan__referral__") | look.own("plan__advice__")
    return [_waiting_items(look, mine)]


def checks(look: Look) -> Parts:
    """Decisions of colleagues that wait for a second prosecutor: never the reader's own."""
    rows = ProposedDecision.objects.filter(state=ProposedState.WAITS).exclude(by=look.user)
    return [part(look, rows, first_of("proposed_at", "created_at"))]


def unfinished(look: Look) -> Parts:
    """What the reader has begun and nobody else waits for: decisions to publish or to change, plans not sent."""
    mine = (ProposedState.DRAFT, ProposedState.CONFIRMED, ProposedState.SENT_BACK)
    decisions = ProposedDecision.objects.filter(by=look.user, state__in=mine)
    plans = ActionPlan.objects.filter(created_by=look.user, state=PlanState.DRAFT)
    return [
        part(look, decisions, first_of("checked_at", "created_at")),
        part(look, plans, first_of("dcp_answered_at", "created_at")),
    ]


def triage_custody(look: Look) -> Parts:
    """Submissions that wait for triage and are red, or of a case with somebody in custody; soonest due first."""
    rows = Submission.objects.filter(Q(red=True) | Q(in_custody()), triaged_at__isnull=True)
    return [part(look, rows, due_of_subject(Kind.TRIAGE))]


def triage_others(look: Look) -> Parts:
    """All other submissions that wait for triage, the oldest since the first submission first: that age never stops."""
    rows = Submission.objects.filter(~Q(in_custody()), red=False, triaged_at__isnull=True)
    return [part(look, rows, SINCE_FIRST)]


def refusals_challenged(look: Look) -> Parts:
    """Refusals of early advice that an inspector challenges."""
    return [part(look, RefusalChallenge.objects.filter(answered_at__isnull=True), F("at"))]


def late(look: Look) -> Parts:
    """What prosecutors owe and is late or due within a week, soonest due first; of one prosecutor everything."""
    parts = [
        _referrals(look, look.of_person()),
        _advice(look, look.of_person()),
        _threshold(look, look.of_person("referral__")),
    ]
    if look.person:
        return parts
    until = look.now + timedelta(days=SOON_DAYS)
    return [rows.filter(sort_at__lt=until) for rows in parts]


def all_checks(look: Look) -> Parts:
    """Every decision that waits for a second prosecutor."""
    return [part(look, ProposedDecision.objects.filter(state=ProposedState.WAITS), first_of("proposed_at", "created_at"))]


def second_plans(look: Look) -> Parts:
    """Second plans after a full file that wait for the District Crown Prosecutor."""
    return [part(look, ActionPlan.objects.filter(state=PlanState.WAITS_FOR_DCP), F("created_at"))]


def escalated(look: Look) -> Parts:
    """Items that an inspector took to the District Crown Prosecutor, and challenges of items nobody has answered."""
    rows = ActionItem.objects.filter(state__in=(ItemState.ESCALATED, ItemState.CHALLENGED), plan__state=PlanState.SET)
    return [part(look, rows, F("created_at")), *refusals_challenged(look)]


def old_plans(look: Look) -> Parts:
    """Plans that have been with the police for 28 days or longer, the oldest first."""
    before = look.now - timedelta(days=PLAN_DAYS[0])
    return [part(look, ActionPlan.objects.filter(state=PlanState.SET, set_at__lte=before), F("set_at"))]
