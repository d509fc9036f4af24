"""What holds of everything between police and CPS after every act, whatever was done and by whom."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.apps import apps

from cases import models as m
from cases.selectors_telling import everything_of
from cases.steps import Table
from core.scope import scope, system
from prosecution import models as p
from prosecution import states, states_nfa, states_review
from prosecution.selectors_plan import concerned, items_of, suspects_of

TABLES: dict[Any, Table] = {
    p.EarlyAdvice: states.ADVICE,
    p.Referral: states.REFERRAL,
    p.ActionPlan: states.PLAN,
    p.ActionItem: states.ITEM,
    p.ProposedDecision: states.DECISION,
    p.AreaTransfer: states.TRANSFER,
    p.Finalisation: states.FINALISATION,
    p.ProposedNfa: states_nfa.NFA,
    p.ReviewRequest: states_review.REVIEW,
}
WITH_THE_CPS = (p.ReferralState.SENT, p.ReferralState.ACCEPTED, p.ReferralState.ON_PLAN)
States = dict[tuple[str, UUID], str]


def states_of(case_id: UUID, force_id: int) -> States:
    """Return in which state everything is that has one."""
    with scope(system(force_id)):
        return {
            (model.__name__, row.pk): str(row.state)
            for model in TABLES
            for row in model._default_manager.filter(case=case_id).only("state")
        }


def counts_of(case_id: UUID, force_id: int) -> dict[str, int]:
    """Return how many rows of a case stand in each table of this floor."""
    with scope(system(force_id)):
        models = [model for model in apps.get_app_config("prosecution").get_models() if issubclass(model, m.CaseRow)]
        found = {model.__name__: model._default_manager.filter(case=case_id).count() for model in models}
        return {**found, "timeline": m.TimelineEvent.objects.filter(case=case_id).count()}


def went_by_the_table(before: States, after: States) -> None:
    """Assert that whatever changed its state went along a pair of its table, and that what is new began as something begins."""
    tables = {model.__name__: table for model, table in TABLES.items()}
    for (name, key), state in after.items():
        was = before.get((name, key))
        assert was == state or states.leads(tables[name], was, state), f"{name} went from {was} to {state}"
    assert set(before) <= set(after), "a row is gone"


def holds(case_id: UUID, force_id: int) -> None:
    """Assert everything that holds of one case, seen by the system."""
    with scope(system(force_id)):
        case = m.Case.objects.get(pk=case_id)
        facts = {one.id: one for one in everything_of(case).suspects}
        settled = {key for key, one in facts.items() if one.standing_outcome() is not None}
        open_positions = dict(m.CpsPosition.objects.filter(case=case, until__isnull=True).values_list("suspect_id", "position"))
        with_cps = {key for key, position in open_positions.items() if position != m.Position.FINALISED}
        assert not settled & with_cps, "a settled suspect stands with the CPS"
        positions_follow(case, set(facts) - settled, open_positions)
        nothing_open_about_nobody(case, settled, set(facts))
        plans_follow(case)
        decisions_follow(case, settled)


def positions_follow(case: m.Case, undecided: set[UUID], standing: dict[UUID, str]) -> None:
    """An undecided suspect stands where her or his one open referral says: with the CPS, on its plan, finalised, or nowhere."""
    wanted: dict[UUID, str] = {}
    rows = p.ReferralSuspect.objects.filter(case=case, removed_at__isnull=True).select_related("referral")
    with_cps = defaultdict(list)
    for row in rows:
        if row.referral.state in WITH_THE_CPS:
            with_cps[row.suspect_id].append(row.referral)
            on_plan = row.referral.state == p.ReferralState.ON_PLAN and row.suspect_id in on_the_plan_of(row.referral)
            wanted[row.suspect_id] = m.Position.ACTION_PLAN if on_plan else m.Position.WITH_CPS
        elif row.referral.state == p.ReferralState.FINALISED:
            wanted.setdefault(row.suspect_id, m.Position.FINALISED)
    assert all(len(found) == 1 for found in with_cps.values()), "a suspect is with the CPS under two referrals"
    assert {key: standing.get(key, "") for key in undecided} == {key: wanted.get(key, "") for key in undecided}


def on_the_plan_of(referral: p.Referral) -> set[UUID]:
    """Return the suspects that the plan in hand of a referral is about."""
    plan = p.ActionPlan.objects.filter(referral=referral, state=p.PlanState.SET).select_related("referral").get()
    return {one.pk for one in concerned(items_of(plan), suspects_of(plan))}


def nothing_open_about_nobody(case: m.Case, settled: set[UUID], there: set[UUID]) -> None:
    """A referral that was sent is open only while somebody in it has no outcome; what is being prepared is about the undecided."""
    for referral in p.Referral.objects.filter(case=case, state__in=(*WITH_THE_CPS, p.ReferralState.RETURNED)):
        rows = p.ReferralSuspect.objects.filter(referral=referral, removed_at__isnull=True).values_list("suspect_id", flat=True)
        people = set(rows) & there
        assert not people or people - settled, f"referral {referral.number} is {referral.state} and everybody in it is settled"
    live = p.ProposedDecision.objects.filter(case=case, state__in=("draft", "waits", "confirmed", "sent_back"))
    assert not settled & set(live.values_list("suspect_id", flat=True)), "a decision is being prepared on a settled suspect"


def plans_follow(case: m.Case) -> None:
    """A plan that was sent has items that were; a referral is on a plan while one of its is with the police, and only then."""
    for plan in p.ActionPlan.objects.filter(case=case).select_related("referral"):
        found = {item.state for item in p.ActionItem.objects.filter(plan=plan)}
        if plan.state == p.PlanState.SET:
            assert found - states.ENDED_ITEMS, f"plan {plan.number} is with the police with nothing to do"
            assert "draft" not in found - {"dropped"}
            assert plan.referral is None or plan.referral.state == p.ReferralState.ON_PLAN
        if plan.state == p.PlanState.ANSWERED:
            assert found <= states.ENDED_ITEMS
    on_plan = p.Referral.objects.filter(case=case, state=p.ReferralState.ON_PLAN).count()
    assert on_plan == p.ActionPlan.objects.filter(case=case, state=p.PlanState.SET, referral__isnull=False).count()


def decisions_follow(case: m.Case, settled: set[UUID]) -> None:
    """A suspect has an outcome of each decision that gives one, and nobody was decided on twice without being reopened between."""
    for row in p.ChargingDecision.objects.filter(case=case).select_related("outcome"):
        assert (row.outcome is None) == (row.decision == p.DecisionType.FURTHER_EVIDENCE)
        if row.outcome is not None:
            assert row.outcome.suspect_id == row.suspect_id
    outcomes = list(p.ChargingDecision.objects.filter(case=case, outcome__isnull=False).values_list("outcome_id", flat=True))
    assert len(outcomes) == len(set(outcomes))
