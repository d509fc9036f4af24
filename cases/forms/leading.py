"""Where the form of an act leads first: the plan that must stand before a decision is recorded, and back to the form."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from cases import models as m
from cases.derive.planning import NO_PLAN, Hears
from cases.derive.told_rules import about_of_outcome
from cases.outcome_codes import CHARGED
from cases.selectors_to_plan import NO_FURTHER_ACTION, key_of
from cases.services.telling_gate import who_hears

THEN, ON = "then", "on"
"""The parameters that name the act to go on with, and the key of what it is done to."""
ABOUT = "decision"
"""The field of the plan that the way there fills in: what is told, of which suspect."""
Lead = tuple[str, str]
"""Words and address."""
DECISIONS = {"a charge": CHARGED, "no further action": NO_FURTHER_ACTION}


def plan_leads(
    case: m.Case | None, suspects: Iterable[UUID | None], then: str, target: UUID | None, decisions: Mapping[str, int] = DECISIONS
) -> list[Lead]:
    """Return the way to each plan of telling that is lacking, for each decision (its words and a code of it); none where all is planned.

    `suspects`: whose decision it would be; None for a crime that names nobody. `then` and `target` are the act that waits.
    """
    if case is None or target is None:
        return []
    after = urlencode({THEN: then, ON: target})
    return [
        (_words(what, one), f"{_address(case, one)}?{after}&{urlencode({ABOUT: key_of(str(about_of_outcome(code)), suspect_id)})}")
        for suspect_id in suspects
        for what, code in decisions.items()
        if suspect_id is not None or code != CHARGED
        for one in who_hears(case, suspect_id, code)
        if one.lacks
    ]


def _address(case: m.Case, one: Hears) -> str:
    return reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "plan-telling", "target_id": one.complainant_id})


def _words(what: str, one: Hears) -> str:
    if one.lacks == NO_PLAN:
        return f"To record {what}: plan how Victim {one.label} is told"
    return f"To record {what}: plan again how Victim {one.label} is told. In the plan that stands, {one.lacks}"
