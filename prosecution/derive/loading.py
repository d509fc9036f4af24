"""Reading what the clocks of this app are derived from: three queries for a case that was never sent, at most nine.

Called in the system scope of the case's force, which alone sees both sides: what the police wrote and what the CPS prepared.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Min, OuterRef, Subquery

from prosecution.derive.facts import (
    AdviceFact,
    ChallengeFact,
    DecisionFact,
    FinalisationFact,
    ItemFact,
    PlanFact,
    ProposalFact,
    ProsecutionFacts,
    ReferralFact,
    ReviewAskedFact,
    SubmissionFact,
)
from prosecution.models import (
    ActionPlan,
    ChargingDecision,
    EarlyAdviceNotSought,
    Finalisation,
    ItemEvent,
    ItemState,
    PlanState,
    ProposedState,
    ReferralSuspect,
    ReviewRequest,
    Submission,
    ThresholdReview,
)
from prosecution.models.advice import AdviceState
from prosecution.models.referral import ReferralState

What: Final = ItemEvent.What
ANSWERS: Final = frozenset({What.AGREED, What.AMENDED, What.INSISTED, What.RESOLVED})
WERE_SET: Final = (PlanState.SET, PlanState.ANSWERED, PlanState.ENDED, PlanState.FINALISED)
ENDS: Final = frozenset({
    AdviceState.ADVISED, AdviceState.WITHDRAWN, ReferralState.DECIDED, ReferralState.WITHDRAWN, ReferralState.FINALISED,
})  # fmt: skip
CHECKED: Final = frozenset({ProposedState.CONFIRMED, ProposedState.SENT_BACK})


def load(case: Any) -> ProsecutionFacts:
    """Return the facts of one case."""
    not_sought = EarlyAdviceNotSought.objects.filter(case=case).aggregate(first=Min("at"))["first"]
    counts_from = settings.EARLY_ADVICE_COUNTS_FROM
    rows = list(Submission.objects.filter(case=case).select_related("advice", "referral").defer("as_sent").order_by("number"))
    if not rows and not case.brought:
        return ProsecutionFacts(not_sought, advice_counts_from=counts_from, reviews=_reviews(case))
    advice, referrals = _sent(rows, _suspects(case) if any(row.referral_id for row in rows) else {})
    return ProsecutionFacts(
        not_sought,
        advice,
        referrals,
        _plans(case),
        _decisions(case),
        _proposals(case),
        _finalisations(case),
        counts_from,
        _reviews(case),
    )


def _suspects(case: Any) -> dict[UUID, list[UUID]]:
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    rows = ReferralSuspect.objects.filter(case=case, removed_at__isnull=True).order_by("created_at", "id")
    for referral_id, suspect_id in rows.values_list("referral_id", "suspect_id"):
        found[referral_id].append(suspect_id)
    return found


def _sent(rows: Iterable[Submission], suspects: dict[UUID, list[UUID]]) -> tuple[tuple[AdviceFact, ...], tuple[ReferralFact, ...]]:
    """Return requests and referrals from their sendings, in order of the first."""
    sendings: defaultdict[Any, list[SubmissionFact]] = defaultdict(list)
    for row in rows:
        one = SubmissionFact(row.pk, row.at, row.red, row.triaged_at, row.triage, row.respond_by)
        sendings[row.advice or row.referral].append(one)
    advice, referrals = [], []
    for what, those in sorted(sendings.items(), key=lambda pair: (pair[1][0].at, str(pair[1][0].id))):
        ended = what.ended_at if what.state in ENDS else None
        if hasattr(what, "review_type"):
            people = tuple(suspects.get(what.pk, ()))
            referrals.append(ReferralFact(what.pk, what.state, what.review_type, people, ended, tuple(those)))
        else:
            advice.append(AdviceFact(what.pk, what.state, what.accepted_at, ended, tuple(those)))
    return tuple(advice), tuple(referrals)


PLAN: Final = ("id", "state", "set_at", "referral_id", "ended_at", "finalise_kept_open_at")
ITEM: Final = ("id", "state", "first_agreed_on", "suspect_id", "part_of_id", "reported_at", "settled_at")


def _plans(case: Any) -> tuple[PlanFact, ...]:
    """Return plans that were set, with their items: one query, and one of challenges where there is an item."""
    rows = ActionPlan.objects.filter(case=case, state__in=WERE_SET, set_at__isnull=False).order_by("set_at", "id", "items__number")
    read = list(rows.values_list(*PLAN, *(f"items__{name}" for name in ITEM)))
    plans: dict[UUID, tuple[Any, ...]] = {row[0]: row[: len(PLAN)] for row in read}
    set_items = [row for row in read if row[len(PLAN)] is not None and row[len(PLAN) + 1] != ItemState.DRAFT]
    challenges = _challenges(case) if set_items else {}
    items: defaultdict[UUID, list[ItemFact]] = defaultdict(list)
    for row in set_items:
        item = ItemFact(*row[len(PLAN) :])
        items[row[0]].append(replace(item, challenges=tuple(challenges.get(item.id, ()))))
    return tuple(replace(PlanFact(*values), items=tuple(items[key])) for key, values in plans.items())


def _challenges(case: Any) -> dict[UUID, list[ChallengeFact]]:
    """Return the challenges of items, each with the first answer after it."""
    found: defaultdict[UUID, list[ChallengeFact]] = defaultdict(list)
    rows = ItemEvent.objects.filter(case=case, what__in=[What.CHALLENGED, *ANSWERS]).order_by("at", "created_at")
    for item_id, what, at in rows.values_list("item_id", "what", "at"):
        if what == What.CHALLENGED:
            found[item_id].append(ChallengeFact(at))
        elif found[item_id] and found[item_id][-1].answered_at is None:
            found[item_id][-1] = ChallengeFact(found[item_id][-1].at, at)
    return found


def _decisions(case: Any) -> tuple[DecisionFact, ...]:
    reviewed = ThresholdReview.objects.filter(decision=OuterRef("pk")).values("at")[:1]
    rows = ChargingDecision.objects.filter(case=case).annotate(full_code_at=Subquery(reviewed)).order_by("decided_at", "id")
    columns = ("id", "suspect_id", "decided_at", "referral_id", "test", "decision", "review_on", "outcome_id", "full_code_at")
    return tuple(DecisionFact(*row) for row in rows.values_list(*columns))


def _proposals(case: Any) -> tuple[ProposalFact, ...]:
    """Return every time that a prepared decision waited for its second check, from its versions: it may wait more than once.

    It was checked at the time that the check gives; any other way out of waiting ended it, when that was written.
    """
    versions: Any = apps.get_model("prosecution", "ProposedDecisionVersion")._default_manager
    rows = versions.filter(case=case).order_by("pgh_created_at", "pgh_id")
    found: list[ProposalFact] = []
    waiting: dict[UUID, ProposalFact] = {}
    columns = ("pgh_obj_id", "suspect_id", "proposed_at", "checked_at", "state", "pgh_created_at")
    for key, suspect_id, proposed_at, checked_at, state, at in rows.values_list(*columns):
        if state == ProposedState.WAITS and proposed_at is not None:
            waiting[key] = ProposalFact(key, suspect_id, proposed_at)
        elif key in waiting:
            checked = checked_at if state in CHECKED else None
            found.append(replace(waiting.pop(key), checked_at=checked, ended_at=None if checked else at))
    return tuple(sorted([*found, *waiting.values()], key=lambda one: (one.proposed_at, str(one.decision_id))))


def _finalisations(case: Any) -> tuple[FinalisationFact, ...]:
    rows = Finalisation.objects.filter(case=case).order_by("at", "id")
    reopened = Finalisation.State.REOPENED
    return tuple(FinalisationFact(row.pk, row.referral_id, row.plan_id, row.at, row.reviewed_at, row.state == reopened) for row in rows)


REVIEW: Final = (
    "id", "side", "received_on", "complainant_id", "suspect_id", "acknowledged_at", "completed_at", "longer_until", "expedited",
)  # fmt: skip


def _reviews(case: Any) -> tuple[ReviewAskedFact, ...]:
    rows = ReviewRequest.objects.filter(case=case).order_by("number")
    return tuple(ReviewAskedFact(*row) for row in rows.values_list(*REVIEW))
