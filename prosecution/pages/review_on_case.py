"""What the case page says of the right to review, beside each complainant: until when she or he can ask, and that it was asked for.

To everybody who sees the case the same: nothing of a request but that there is one, and how it ended, as the timeline says it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, IntegerField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
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
from prosecution.selectors_review import Reviewable, since

TOLD = {"review_asked": "A review was asked for", "review_completed": "Review completed"}


@dataclass(frozen=True, slots=True)
class OnCase:
    """The right to review of one complainant, as the case page shows it."""

    decisions: list[str]
    said: list[str]
    address: str


class Row(NamedTuple):
    """What was said of a request, or a decision: on a suspect, or of a crime for which nobody was named. In the order of the columns."""

    who: UUID
    key: UUID
    number: int | None
    text: str
    code: int | None
    side: str
    on: date | None
    at: datetime | None


TYPES: Mapping[str, Any] = {
    "who": UUIDField(),
    "key": UUIDField(),
    "number": IntegerField(),
    "text": CharField(),
    "code": IntegerField(),
    "side": CharField(),
    "on": DateField(),
    "at": DateTimeField(),
}


def fragments_of(case: m.Case, user: User) -> Mapping[UUID, Fragment]:
    """Return the fragment of each complainant whom a decision concerns, or who asked for a review. One query, two with decisions."""
    first, *others = _said(case), _on_suspects(case), _of_crimes(case)
    rows = [Row(*row) for row in first.union(*others, all=True)]
    said, decisions = _in_words(rows), _with_time(case, [row for row in rows if row.code is not None])
    found = {}
    for key in {*said, *decisions}:
        lodge = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "lodge-review", "target_id": key})
        shown = OnCase(decisions.get(key, []), said.get(key, []), lodge if decisions.get(key) and LODGE_REVIEW.holds(user) else "")
        found[key] = Fragment("prosecution/review/on_case.html", {"review": shown})
    return found


def _cast(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """Put a table onto the common columns; a column not named is empty there."""
    empty = {"text": "", "side": ""}
    named = {f"x_{name}": Cast(columns.get(name, Value(empty.get(name))), kind) for name, kind in TYPES.items()}
    cast: QuerySet[Any] = rows.order_by().annotate(**named).values_list(*named)
    return cast


def _said(case: m.Case) -> QuerySet[Any]:
    """What the timeline says of requests: `side` is its verb."""
    rows = m.TimelineEvent.objects.filter(case=case, kind__in=list(TOLD), complainant__isnull=False)
    return _cast(rows, who=F("complainant_id"), key=F("id"), text=F("text"), side=F("kind"), at=F("happened_at"))


def _on_suspects(case: m.Case) -> QuerySet[Any]:
    """Decisions on suspects, once for every crime of hers that is alleged against them."""
    rows = m.Allegation.objects.filter(
        case=case,
        withdrawn_at__isnull=True,
        suspect__recorded_in_error_at__isnull=True,
        suspect__outcomes__isnull=False,
        suspect__outcomes__reopened_at__isnull=True,
        suspect__outcomes__code__gt=CHARGED,
    )
    outcome = {name: F(f"suspect__outcomes__{name}") for name in ("code", "side", "on")}
    return _cast(rows, who=F("offence__complainant_id"), key=F("suspect__outcomes__id"), number=F("suspect__number"), **outcome)


def _of_crimes(case: m.Case) -> QuerySet[Any]:
    """Crimes that ended without anybody named: `text` is the crime."""
    named = m.Allegation.objects.filter(case=case, withdrawn_at__isnull=True).values("offence")
    rows = m.Offence.objects.filter(case=case, outcome_code__isnull=False, outcome_on__isnull=False).exclude(pk__in=named)
    return _cast(
        rows,
        who=F("complainant_id"),
        key=F("id"),
        text=F("code"),
        code=F("outcome_code"),
        side=Value(Side.POLICE.value),
        on=F("outcome_on"),
    )


def _in_words(rows: Iterable[Row]) -> dict[UUID, list[str]]:
    """Return what was said of requests, by complainant, the latest first."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in sorted((row for row in rows if row.at is not None), key=lambda row: (row.at, str(row.key)), reverse=True):
        day = day_text(clock.london_day(row.at)) if row.at else ""
        found[row.who].append(f"{TOLD[row.side]}, {day}: {row.text[:1].lower()}{row.text[1:]}")
    return dict(found)


def _with_time(case: m.Case, rows: Iterable[Row]) -> dict[UUID, list[str]]:
    """Return the decisions that concern each complainant, with her or his time to ask."""
    ordered = sorted(set(rows), key=lambda row: (row.number or 0, str(row.key)))
    if not ordered:
        return {}
    reasons = m.WrittenReasons.objects.filter(case=case, withdrawn_at__isnull=True)
    reached = {(who, fact): on for who, fact, on in reasons.values_list("complainant_id", "fact_id", "reached_on")}
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in ordered:
        if row.code is not None and row.on is not None:
            began = since(reached.get((row.who, row.key)), row.on)
            one = Reviewable(row.key, row.side, row.code, row.on, window=window(row.side, began))
            about = f"Suspect {row.number}" if row.number else f"Crime {row.text}"
            found[row.who].append(choice_words(one, f"{about}. {one.plain}"))
    return dict(found)
