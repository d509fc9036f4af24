"""Where the form of an act leads first: the plan that must stand before a decision about a suspect is recorded, and back."""

from urllib.parse import urlencode

from django.urls import reverse

from cases import models as m
from cases.outcome_codes import CHARGED
from cases.policies import telling_plan_needed
from cases.selectors_telling import telling_facts

NO_FURTHER_ACTION = 15
"""Any code of no further action: the plan is asked for all of them alike."""
THEN = "then"
"""The parameter that names the act to go on with on the same target."""
Lead = tuple[str, str]
"""Words and address."""


def plan_leads(case: m.Case | None, suspect: m.Suspect | None, then: str) -> list[Lead]:
    """Return the way to the plan of telling, for each decision that is not planned for some complainant; none where all is."""
    if case is None or suspect is None:
        return []
    facts = telling_facts(case)
    own = next((one for one in facts.suspects if one.id == suspect.pk), None)
    if own is None:
        return []
    address = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "plan-telling", "target_id": suspect.pk})
    missing = {
        "a charge": telling_plan_needed(facts, own, CHARGED),
        "no further action": telling_plan_needed(facts, own, NO_FURTHER_ACTION),
    }
    return [(_words(labels, what), _to(address, then)) for what, labels in missing.items() if labels]


def _words(labels: tuple[str, ...], what: str) -> str:
    who = " and ".join(f"Victim {label}" for label in labels)
    return f"Plan how {who} {'are' if len(labels) > 1 else 'is'} told of {what}"


def _to(address: str, then: str) -> str:
    return f"{address}?{urlencode({THEN: then})}" if then else address
