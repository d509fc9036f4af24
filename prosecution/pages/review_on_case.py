"""What the case page says of the right to review, beside each complainant: until when she or he can ask, and that it was asked for.

To everybody who sees the case the same: nothing of a request but that there is one, and how it ended, as the timeline says it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.fragments import Fragment
from cases.models.outcome import Side
from cases.outcome_codes import CHARGED
from core import clock
from core.components import day_text
from prosecution.forms.review_request import choice_words
from prosecution.permissions import LODGE_REVIEW
from prosecution.review_window import window
from prosecution.selectors_review import Reviewable

TOLD = {"review_asked": "A review was asked for", "review_completed": "Review completed"}


@dataclass(frozen=True, slots=True)
class OnCase:
    """The right to review of one complainant, as the case page shows it."""

    decisions: list[str]
    said: list[str]
    address: str


def fragments_of(case: m.Case, user: User) -> Mapping[UUID, Fragment]:
    """Return the fragment of each complainant whom a decision concerns, or who asked for a review. Three queries, or four."""
    said = _said(case)
    decisions = _decisions(case)
    found = {}
    for key in {*said, *decisions}:
        lodge = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "lodge-review", "target_id": key})
        shown = OnCase(decisions.get(key, []), said.get(key, []), lodge if decisions.get(key) and LODGE_REVIEW.holds(user) else "")
        found[key] = Fragment("prosecution/review/on_case.html", {"review": shown})
    return found


def _said(case: m.Case) -> dict[UUID, list[str]]:
    """Return what the timeline says of requests, by complainant, the latest first."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = m.TimelineEvent.objects.filter(case=case, kind__in=list(TOLD), complainant__isnull=False).order_by("-happened_at", "-id")
    for key, kind, text, at in rows.values_list("complainant_id", "kind", "text", "happened_at"):
        found[key].append(f"{TOLD[kind]}, {day_text(clock.london_day(at))}: {text[:1].lower()}{text[1:]}")
    return dict(found)


def _decisions(case: m.Case) -> dict[UUID, list[str]]:
    """Return the decisions that concern each complainant, with her or his time to ask."""
    rows = m.Allegation.objects.filter(
        case=case,
        withdrawn_at__isnull=True,
        suspect__recorded_in_error_at__isnull=True,
        suspect__outcomes__isnull=False,
        suspect__outcomes__reopened_at__isnull=True,
    ).exclude(suspect__outcomes__code=CHARGED)
    columns = ("id", "code", "side", "on")
    outcomes = set(rows.values_list("offence__complainant_id", "suspect__number", *(f"suspect__outcomes__{name}" for name in columns)))
    named = m.Allegation.objects.filter(case=case, withdrawn_at__isnull=True).values("offence")
    crimes = m.Offence.objects.filter(case=case, outcome_code__isnull=False).exclude(pk__in=named)
    unnamed = list(crimes.values_list("complainant_id", "code", "pk", "outcome_code", "outcome_on"))
    if not outcomes and not unnamed:
        return {}
    reasons = m.WrittenReasons.objects.filter(case=case, withdrawn_at__isnull=True)
    reached = {(who, fact): on for who, fact, on in reasons.values_list("complainant_id", "fact_id", "reached_on")}
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for who, number, key, code, side, on in sorted(outcomes, key=lambda row: (row[1], str(row[2]))):
        one = Reviewable(key, side, code, on, window=window(side, reached.get((who, key))))
        found[who].append(choice_words(one, f"Suspect {number}. {one.plain}"))
    for who, crime, key, code, on in unnamed:
        if code is None or on is None:
            continue
        one = Reviewable(key, Side.POLICE.value, code, on, window=window(Side.POLICE, reached.get((who, key))))
        found[who].append(choice_words(one, f"Crime {crime}. {one.plain}"))
    return dict(found)
