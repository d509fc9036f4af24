"""A supervisor's review: of the case, of a suspect who cannot be arrested, of a release under investigation."""

from datetime import date
from uuid import UUID

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from cases import models as m
from cases import permissions
from cases.derive.clocks import CLOCKS, Kind, due_of
from cases.derive.facts import CaseFacts, SuspectFacts
from cases.selectors import editions_of
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotPossible


def review_case(
    *,
    actor: User,
    case_id: UUID,
    direction: str,
    direction_to: UUID | None = None,
    direction_by: date | None = None,
    next_review_on: date | None = None,
    version: int | None = None,
) -> m.SupervisorReview:
    """Review the case: direct what is to be done, by whom, by when; ask for the next review sooner than the rule does.

    Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        variants = tuple(CLOCKS[Kind.SUPERVISOR_REVIEW].lengths)
        done = sum(review.of == m.ReviewOf.CASE for review in change.facts().reviews)
        latest = _latest(change, Kind.SUPERVISOR_REVIEW, variants[min(done + 1, len(variants) - 1)])
        return _write(change, m.ReviewOf.CASE, None, direction, direction_to, direction_by, next_review_on, latest)


def review_suspect(
    *,
    actor: User,
    case_id: UUID,
    suspect_id: UUID,
    direction: str,
    direction_to: UUID | None = None,
    direction_by: date | None = None,
    next_review_on: date | None = None,
    version: int | None = None,
) -> m.SupervisorReview:
    """Review a suspect who is wanted, abroad or in prison elsewhere, or one released under investigation.

    Raises NotAllowed, NotPossible when neither is so, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        suspect, facts = change.suspect(suspect_id)
        of = reviewed(facts)
        situation = facts.live_situation()
        kind, variant = (Kind.SITUATION_REVIEW, situation.kind) if situation else (Kind.RUI_REVIEW, "")
        latest = _latest(change, kind, variant)
        return _write(change, of, suspect, direction, direction_to, direction_by, next_review_on, latest)


def reviewed(facts: SuspectFacts) -> m.ReviewOf:
    """Return what a review of this suspect looks at. Raises NotPossible when there is nothing to review."""
    if facts.standing_outcome() is not None:
        raise NotPossible("This suspect has an outcome.")
    if facts.live_situation() is not None:
        return m.ReviewOf.SITUATION
    if facts.under_investigation_since() is not None:
        return m.ReviewOf.UNDER_INVESTIGATION
    raise NotPossible("This suspect is neither wanted, abroad or in prison elsewhere, nor released under investigation.")


def suspect_can_be_reviewed(facts: SuspectFacts) -> None:
    """A policy for the table of acts: raises NotPossible when there is nothing to review."""
    reviewed(facts)


def case_is_open(facts: CaseFacts) -> None:
    """A policy for the table of acts: a case recorded in error or merged is not reviewed."""
    if facts.recorded_in_error or facts.merged:
        raise NotPossible("This case takes no further changes.")


def _latest(change: Changing, kind: Kind, variant: str) -> date:
    """Return the last day on which the rule wants the next review, counted from this one."""
    due, _ = due_of(kind, variant, change.now, editions_of(change.case.force_id))
    return due.due_on


def _write(
    change: Changing,
    of: m.ReviewOf,
    suspect: m.Suspect | None,
    direction: str,
    direction_to: UUID | None,
    direction_by: date | None,
    next_review_on: date | None,
    latest: date,
) -> m.SupervisorReview:
    today = clock.today(change.now)
    _between(next_review_on, today, latest, field="next_review_on")
    if direction_by is not None and direction_by < today:
        raise NotPossible("Enter today or a later day", field="direction_by")
    person = _directed(change.case, direction_to)
    review = change.add(
        m.SupervisorReview,
        of=of,
        suspect=suspect,
        at=change.now,
        direction=direction,
        direction_to=person,
        direction_by=direction_by,
        next_review_on=next_review_on,
    )
    to = f" (to {person.name}{f', by {direction_by.isoformat()}' if direction_by else ''})" if person else ""
    change.put_in_timeline("reviewed", suspect=suspect, text=f"{of.label}: {direction}{to}"[:4_000])
    return review


def _between(day: date | None, today: date, latest: date, *, field: str) -> None:
    if day is None:
        return
    if day <= today:
        raise NotPossible("Enter a day after today", field=field)
    if day > latest:
        raise NotPossible(f"Enter a day on or before {latest.day} {latest:%B %Y}: the rule asks for a review by then", field=field)


def _directed(case: m.Case, user_id: UUID | None) -> User | None:
    if user_id is None:
        return None
    person = User.objects.filter(pk=user_id, agency_id=case.force_id, is_active=True, role__in=WORKS_CASES_POLICE).first()
    if person is None:
        raise NotPossible("Choose somebody of this force who works cases", field="direction_to")
    return person
