"""The pages of a decision: as it is prepared (CPS alone), as it was published (both sides), and a suspect's decisions in a line each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.acts import On
from cases.derive.told_rules import about_of_outcome
from cases.forms.leading import plan_leads
from cases.listing import is_cps
from cases.outcome_codes import CHARGED
from cases.pages.buttons import Button, Buttons
from cases.services.telling_gate import who_hears
from core import clock
from core.components import SummaryRow, london_text
from prosecution.decision_said import EVIDENTIAL, NFA_DECISIONS, code_of, missing, said_by
from prosecution.models import ChargingDecision, DecisionType, ProposedDecision, ProposedState, ThresholdReview
from prosecution.pages.decision_words import COLOURS, Line, for_mg3, lines_of, made_by, steps_of
from prosecution.pages.nfa_others import others_of
from prosecution.pages.places import coming_back, place
from prosecution.policies_decision import LIVE, second_check_is_due, was_decided

OWN_ACTS: Final = ("change-decision", "propose-decision", "publish-decision", "discard-decision")
"""What only whoever prepares a decision does with it."""


@dataclass(frozen=True, slots=True)
class Told:
    """How one complainant hears of a decision: the plan, what it lacks, and that she or he was told."""

    label: str
    plan: str
    lacks: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision on a suspect in a line, with its page."""

    words: str
    state: str
    colour: str
    address: str
    said: str


def about_words(row: ProposedDecision | ChargingDecision) -> str:
    """Return what an act on a decision is about: the suspect."""
    return f"Suspect {row.suspect.number}: {row.suspect.full_name}"


def in_view(row: ProposedDecision | ChargingDecision) -> list[Line]:
    """Return what stands above the form of an act on a decision: all that it says, to whoever answers for it."""
    return lines_of(row)


def prepared_or_404(user: User, key: UUID) -> ProposedDecision:
    """Return a decision that is being prepared on a case this person sees, in one query. The CPS's alone; raises Http404 for none."""
    rows = ProposedDecision.objects.filter(pk=key, case__in=m.Case.objects.visible_to(user))
    row: ProposedDecision | None = rows.select_related("suspect", "by", "checked_by", "referral").first()
    if row is None:
        raise Http404
    return row


def published_or_404(user: User, key: UUID) -> ChargingDecision:
    """Return a published decision of a case this person sees, in one query. Raises Http404 for none."""
    rows = ChargingDecision.objects.filter(pk=key, case__in=m.Case.objects.visible_to(user))
    row: ChargingDecision | None = rows.select_related("suspect", "referral", "outcome").first()
    if row is None:
        raise Http404
    return row


def prepared_page(case: m.Case, user: User, row: ProposedDecision) -> dict[str, Any]:
    """Return the page of a decision as it is prepared. A fixed number of queries."""
    said = said_by(row)
    evidential = EVIDENTIAL[0] if row.decision == DecisionType.NFA_EVIDENTIAL else None
    code, live, own = code_of(said, evidential), row.state in LIVE, row.by_id == user.pk
    decided = _decided_instead(row)
    return {
        "row": row,
        "state": str(ProposedState(row.state).label),
        "colour": COLOURS[row.state],
        "steps": steps_of(row),
        "texts": [SummaryRow(words, value) for words, value in lines_of(row)],
        "copies": for_mg3(row),
        "missing": [reason for _, reason in missing(said, clock.today())] if live else [],
        "second_check": live and row.state != ProposedState.CONFIRMED and _due(row),
        "hears": _hears(case, row, code) if live and code is not None else [],
        "leads": _leads(case, row, code) if live and own and code is not None else [],
        "own": own,
        "others": others_of(case, row.suspect, user) if row.decision in NFA_DECISIONS else None,
        "buttons": _buttons(case, user, row, own),
        "instead": was_decided(decided) if decided else "",
        "instead_address": reverse("charging_decision", args=[decided.pk]) if decided else "",
    }


def _due(row: ProposedDecision) -> bool:
    return second_check_is_due(row.decision, by_direct=row.by.role == Role.CPS_DIRECT)


def _decided_instead(row: ProposedDecision) -> ChargingDecision | None:
    """Return the decision that came before an overtaken one, or that this one became."""
    if row.state not in {ProposedState.OVERTAKEN, ProposedState.PUBLISHED}:
        return None
    return ChargingDecision.objects.filter(case=row.case_id, suspect=row.suspect_id).order_by("-created_at").first()


def _leads(case: m.Case, row: ProposedDecision, code: int) -> list[tuple[str, str]]:
    words = "a charge" if code == CHARGED else "no further action"
    return plan_leads(case, [row.suspect_id], "publish-decision", row.pk, {words: code})


def _buttons(case: m.Case, user: User, row: ProposedDecision, own: bool) -> list[Button]:
    """Return what this person may do: one's own is changed and published, a colleague's is checked."""
    among = OWN_ACTS if own else ("check-decision",)
    offered = Buttons(case, user).offered(On.PROPOSED_DECISION, row, row.pk, among=among)
    propose = any(button.slug == "propose-decision" for button in offered) and _due(row)
    allowed = [button for button in offered if button.slug != "propose-decision" or propose]
    return coming_back(allowed, place("proposed_decision", row.pk))


def _hears(case: m.Case, row: ProposedDecision | ChargingDecision, code: int) -> list[Told]:
    """Return who hears of an outcome that is still to be published, each with the latest plan."""
    plans = _plans(case, row.suspect_id, code)
    return [
        Told(one.label, _planned(plans[one.complainant_id]) if one.complainant_id in plans else "", one.lacks)
        for one in who_hears(case, row.suspect_id, code)
    ]


def _plans(case: m.Case, suspect_id: UUID, code: int) -> dict[UUID, m.TellingPlan]:
    """Return the latest plan for each complainant. One query."""
    rows = m.TellingPlan.objects.filter(case=case, suspect=suspect_id, about=str(about_of_outcome(code)))
    return {row.complainant_id: row for row in rows.select_related("teller", "complainant").order_by("at", "created_at")}


def _planned(plan: m.TellingPlan) -> str:
    return f"{plan.teller.name}, {plan.get_how_display()}, {london_text(plan.planned_at)}"


def published_page(case: m.Case, user: User, row: ChargingDecision) -> dict[str, Any]:
    """Return the page of a published decision: what it says, who hears of it, what followed. A fixed number of queries."""
    review = ThresholdReview.objects.filter(decision=row.pk).first()
    row.was_reviewed = review is not None  # type: ignore[attr-defined]
    return {
        "row": row,
        "made": made_by(row),
        "texts": [SummaryRow(words, value) for words, value in lines_of(row)],
        "copies": for_mg3(row),
        "hears": _heard(case, row),
        "review": f"{review.get_result_display()}, {london_text(review.at)}: {review.note}" if review else "",
        "reopened": bool(row.outcome and row.outcome.reopened_at),
        "buttons": coming_back(Buttons(case, user).offered(On.CHARGING_DECISION, row, row.pk), place("charging_decision", row.pk)),
        "no_outcome": row.outcome_id is None,
    }


def _heard(case: m.Case, row: ChargingDecision) -> list[Told]:
    """Return how each complainant hears of a published outcome: the plan, and since when she or he was told. Two queries."""
    if row.outcome is None:
        return []
    plans = _plans(case, row.suspect_id, row.outcome.code)
    told = m.Told.objects.filter(case=case, fact_id=row.outcome.pk, withdrawn_at__isnull=True).select_related("complainant")
    said = {one.complainant_id: one for one in told.order_by("at")}
    people = {key: plan.complainant.label for key, plan in plans.items()} | {key: one.complainant.label for key, one in said.items()}
    return [
        Told(label, _planned(plans[key]) if key in plans else "", "", _told(said[key]) if key in said else "")
        for key, label in sorted(people.items(), key=lambda one: one[1])
    ]


def _told(row: m.Told) -> str:
    return f"Told {london_text(row.told_at)}" if row.told_at else f"Not told: {row.get_not_told_because_display()}"


def decisions_of(case: m.Case, user: User, suspects: Collection[UUID] | None = None) -> Mapping[UUID, list[DecisionLine]]:
    """Return the decisions on each suspect, the newest first: published ones to both sides, prepared ones to the CPS alone.

    For a template: {% include "prosecution/decision/lines.html" with lines=… %}. One query, two for the CPS.
    """
    found: dict[UUID, list[DecisionLine]] = {}
    for row in _of(ChargingDecision.objects.filter(case=case), suspects).order_by("-created_at"):
        words = f"{row.get_decision_display()}, {row.get_test_display()}"
        address = reverse("charging_decision", args=[row.pk])
        found.setdefault(row.suspect_id, []).append(DecisionLine(words, "Published", "green", address, made_by(row)[0]))
    if is_cps(user):
        prepared = _of(ProposedDecision.objects.filter(case=case, state__in=[*LIVE, ProposedState.OVERTAKEN]), suspects)
        for one in prepared.select_related("by").order_by("-created_at"):
            address = reverse("proposed_decision", args=[one.pk])
            line = DecisionLine(
                str(one.get_decision_display()), str(one.get_state_display()), COLOURS[one.state], address, f"Prepared by {one.by.name}"
            )
            found.setdefault(one.suspect_id, []).append(line)
    return found


def _of(rows: QuerySet[Any], suspects: Collection[UUID] | None) -> QuerySet[Any]:
    return rows if suspects is None else rows.filter(suspect__in=suspects)
