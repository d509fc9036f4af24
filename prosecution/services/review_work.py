"""What the review unit does with a request before it is decided: acknowledge, allocate, take longer. Seen by nobody else.

Each proves sight of the request itself, which is more than sight of the case: of the review unit, and no part taken. For
everybody else there is no such request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from accounts.models import User
from cases.services.changing import Changing
from core import clock
from core.exceptions import NotPossible
from prosecution import permissions
from prosecution import policies_review as policies
from prosecution.models import ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.part_taken import Part
from prosecution.selectors_part import agency_of, may_review_it, parts_in, reviewers_of
from prosecution.services import whom
from prosecution.services.decisions import derive_clocks
from prosecution.services.quietly import quietly
from prosecution.states_review import step


def seen(change: Changing, key: UUID) -> tuple[ReviewRequest, dict[UUID, frozenset[Part]]]:
    """Return a request that the actor may work on, and who took part. Raises Http404 for any other, the same as for nothing."""
    row = change.get(ReviewRequest, key)
    parts = parts_in(change.case.pk, row.side)
    if change.user is None or not may_review_it(change.user, row, parts):
        raise Http404
    return row, parts


@contextmanager
def reviewing(case_id: UUID, key: UUID, *, actor: User, what: str) -> Iterator[tuple[Changing, ReviewRequest]]:
    """Lock a case and change a request on it that the actor may work on; its clocks follow. Raises Http404, NotAllowed."""
    with quietly(case_id, actor=actor, permission=permissions.REVIEW, what=what) as change:
        row, _ = seen(change, key)
        yield change, row
        derive_clocks(change)


def acknowledge_review(
    *, actor: User, case_id: UUID, review_request_id: UUID, at: datetime | None = None, version: int | None = None
) -> ReviewRequest:
    """Record that the request was acknowledged to her or him. Raises NotAllowed, NotPossible (done already, a time that cannot be)."""
    with reviewing(case_id, review_request_id, actor=actor, what="review acknowledged") as (change, row):
        policies.may_be_acknowledged(row)
        moment = at or change.now
        change.not_in_future(moment)
        if clock.london_day(moment) < row.received_on:
            raise NotPossible("Enter a time on or after the day it was received", field="at")
        step(row.state, V.ACKNOWLEDGED)
        row.state, row.acknowledged_at = V.ACKNOWLEDGED, moment
        row.save(update_fields=["state", "acknowledged_at"])
        return row


def allocate_review(*, actor: User, case_id: UUID, review_request_id: UUID, reviewer_id: UUID, version: int | None = None) -> ReviewRequest:
    """Give the request to a reviewer who took no part. Raises NotAllowed, NotPossible (not acknowledged, completed, took part)."""
    with reviewing(case_id, review_request_id, actor=actor, what="review allocated") as (change, row):
        policies.may_be_allocated(row)
        barred = parts_in(change.case.pk, row.side)
        person = next((one for one in reviewers_of(agency_of(row), barred) if one.pk == reviewer_id), None)
        if person is None:
            raise NotPossible("Select somebody of the review unit who took no part in the case", field="reviewer_id")
        if row.reviewer_id == person.pk:
            raise NotPossible(f"{person.name} has it already", field="reviewer_id")
        step(row.state, V.ALLOCATED)
        row.state, row.reviewer, row.allocated_at = V.ALLOCATED, person, change.now
        row.save(update_fields=["state", "reviewer", "allocated_at"])
        whom.tell_all(change, [person], "review_allocated", f"{row.pk}:{change.now.timestamp():.0f}")
        return row


def lengthen_review(
    *, actor: User, case_id: UUID, review_request_id: UUID, longer_until: date, longer_because: str, version: int | None = None
) -> ReviewRequest:
    """Record that a complex case takes longer, and until which day she or he was told. Lateness still counts from the first day.

    Raises NotAllowed, NotPossible (nobody has it, completed, no reason, no later day).
    """
    with reviewing(case_id, review_request_id, actor=actor, what="review takes longer") as (change, row):
        policies.may_take_longer(row)
        if not longer_because.strip():
            raise NotPossible("Enter why it takes longer, as she or he was told", field="longer_because")
        if longer_until <= max(clock.today(change.now), row.longer_until or row.received_on):
            raise NotPossible("Enter a later day than the one she or he was told before", field="longer_until")
        row.longer_until, row.longer_because = longer_until, longer_because.strip()
        row.save(update_fields=["longer_until", "longer_because"])
        return row
