"""Reading who took part in a case: as a condition on a list of cases, and as facts of one case.

Both are made from the one table below. Only the tables of one side are read: the review unit of a side is of that side, and the
database shows neither side what the other prepared.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Cast

from accounts.models import User
from cases import models as m
from cases.models.outcome import Side
from prosecution import models as p
from prosecution.part_taken import Part, may_review
from prosecution.permissions import REVIEW

BOTH: Final = (Side.POLICE.value, Side.CPS.value)


@dataclass(frozen=True, slots=True)
class Source:
    """A column that names somebody who did something in a case."""

    part: Part
    model: Any
    column: str
    sides: tuple[str, ...] = BOTH
    only: dict[str, Any] = field(default_factory=dict)


POLICE, CPS = (Side.POLICE.value,), (Side.CPS.value,)
SOURCES: Final[tuple[Source, ...]] = (
    Source(Part.ROLE, m.CasePerson, "user"),
    Source(Part.DECIDED, m.SuspectOutcome, "created_by"),
    Source(Part.DECIDED, m.TimelineEvent, "created_by", BOTH, {"kind__in": ("crime_outcome", "decision_published")}),
    Source(Part.PROPOSED, p.ProposedNfa, "by", POLICE),
    Source(Part.CHECKED, p.ProposedNfa, "checked_by", POLICE),
    Source(Part.PROPOSED, p.ProposedDecision, "by", CPS),
    Source(Part.CHECKED, p.ProposedDecision, "checked_by", CPS),
    Source(Part.DECIDED, p.ChargingDecision, "created_by", CPS),
    Source(Part.SUPERVISED, m.SupervisorReview, "created_by", POLICE),
    Source(Part.SUPERVISED, m.ArrestDecision, "answered_by", POLICE),
    Source(Part.SPOKE, m.WithdrawalTalk, "by", POLICE),
    Source(Part.ADVISED, m.TimelineEvent, "created_by", CPS, {"kind__in": ("advice_given", "referral_accepted", "plan_set")}),
)


def sources_of(side: str) -> list[Source]:
    """Return the sources of one side."""
    return [source for source in SOURCES if side in source.sides]


def took_part_in(user: User, side: str, *, case: str = "case") -> Q:
    """Return the condition that somebody took part in the case that a row names in the column `case`."""
    conditions = [
        Q(Exists(source.model._default_manager.filter(case=OuterRef(case), **{source.column: user.pk}, **source.only)))
        for source in sources_of(side)
    ]
    return reduce(or_, conditions)


def parts_in(case_id: UUID, side: str) -> dict[UUID, frozenset[Part]]:
    """Return what each person did in a case, on one side. One query."""
    return parts_in_cases([case_id], side).get(case_id, {})


def parts_in_cases(case_ids: Collection[UUID], side: str) -> dict[UUID, dict[UUID, frozenset[Part]]]:
    """Return what each person did in each of these cases, on one side. One query."""
    first, *others = [_rows(source, case_ids) for source in sources_of(side)]
    found: defaultdict[UUID, defaultdict[UUID, set[Part]]] = defaultdict(lambda: defaultdict(set))
    for case_id, user_id, part in first.union(*others, all=True):
        found[case_id][user_id].add(Part[part])
    return {case: {user: frozenset(parts) for user, parts in people.items()} for case, people in found.items()}


def _rows(source: Source, case_ids: Collection[UUID]) -> Any:
    rows = source.model._default_manager.filter(case__in=list(case_ids), **{f"{source.column}__isnull": False}, **source.only).order_by()
    who, part = Cast(f"{source.column}_id", UUIDField()), Value(source.part.name, CharField())
    return rows.annotate(x_who=who, x_part=part).values_list("case_id", "x_who", "x_part")


def may_review_it(user: User, row: p.ReviewRequest, parts: dict[UUID, frozenset[Part]]) -> bool:
    """Say whether somebody may work on a request: review unit of the side that decided, and no part taken in the case."""
    return REVIEW.holds(user) and may_review(in_review_unit(user), user.agency_id == agency_of(row), parts.get(user.pk, ()))


def sees_request(user: User, row: p.ReviewRequest) -> bool:
    """Say the same of somebody who sees the case, reading who took part. One query."""
    return may_review_it(user, row, parts_in(row.case_id, row.side) if in_review_unit(user) else {})


def in_review_unit(user: User) -> bool:
    """Say whether somebody is of a review unit."""
    return user.unit is not None and user.unit.reviews


def agency_of(row: p.ReviewRequest) -> int:
    """Return the agency whose review unit works on a request."""
    return int(row.force_id if row.side == Side.POLICE else row.cps_area_scope)


def reviewers_of(agency_id: int, barred: Iterable[UUID]) -> list[User]:
    """Return the people of an agency's review units who may review and took no part, by name. One query."""
    rows = User.objects.filter(agency_id=agency_id, is_active=True, unit__reviews=True, role__in=REVIEW.roles)
    return list(rows.exclude(pk__in=list(barred)).order_by("name", "pk"))
