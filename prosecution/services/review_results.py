"""How a request for a review ends: upheld, overturned, out of scope by two people, or withdrawn by her or him.

That it ended is known to both sides; the reasons are the review unit's. What is overturned is opened again in the same
transaction, by the lawful way: the suspect is back with the police, or with the CPS, and a new decision is planned and told anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.models.outcome import Side
from cases.outcome_codes import CHARGED
from cases.services.changing import Changing, changing
from cases.services.reopening import open_crime_on_review, open_on_review
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution import permissions
from prosecution import policies_review as policies
from prosecution.models import ReferralSuspect, ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.selectors_part import agency_of, parts_in, reviewers_of
from prosecution.services import downward, whom
from prosecution.services.reopened import WITH_CPS
from prosecution.services.review_work import reviewing, seen
from prosecution.states_review import step

RESULTS = (V.UPHELD, V.OVERTURNED)


@contextmanager
def completing(case_id: UUID, key: UUID, *, actor: User, version: int | None) -> Iterator[tuple[Changing, ReviewRequest]]:
    """Change a case and a request on it that the actor may work on. Raises Http404, NotAllowed, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.REVIEW)
        row, _ = seen(change, key)
        yield change, row


def decide_review(
    *,
    actor: User,
    case_id: UUID,
    review_request_id: UUID,
    result: str,
    result_note: str,
    reasons_for_victim: str,
    version: int | None = None,
) -> ReviewRequest:
    """Uphold or overturn the decision. Overturned, the investigation is open again when this returns.

    Raises NotAllowed, Conflict, NotPossible (not the reviewer, nobody has it, completed by somebody first, no reasons).
    """
    with completing(case_id, review_request_id, actor=actor, version=version) as (change, row):
        policies.may_be_decided(row)
        policies.is_reviewer(row, actor.pk)
        if result not in RESULTS:
            raise NotPossible("Select what the review came to", field="result")
        if not result_note.strip():
            raise NotPossible("Enter your reasons", field="result_note")
        if not reasons_for_victim.strip():
            raise NotPossible("Enter the reasons for the victim, in plain words", field="reasons_for_victim")
        row.result_note, row.reasons_for_victim = result_note.strip(), reasons_for_victim.strip()
        _complete(change, row, V(result))
        if result == V.OVERTURNED:
            _open_again(change, row)
        return row


def propose_out_of_scope(
    *, actor: User, case_id: UUID, review_request_id: UUID, result_note: str, way_left: str, version: int | None = None
) -> ReviewRequest:
    """Propose that the scheme does not cover the decision: why, and which way is left to her or him. A second person answers.

    Raises NotAllowed, NotPossible (completed, proposed already, no reason, no way named).
    """
    with reviewing(case_id, review_request_id, actor=actor, what="review: out of scope proposed") as (change, row):
        policies.may_be_put_out(row)
        if not result_note.strip():
            raise NotPossible("Enter why the scheme does not cover it", field="result_note")
        if not way_left.strip():
            raise NotPossible("Enter which way is left to her or him", field="way_left")
        step(row.state, V.OUT_PROPOSED)
        row.state, row.proposed_by = V.OUT_PROPOSED, actor
        row.result_note, row.way_left = result_note.strip(), way_left.strip()
        row.save(update_fields=["state", "proposed_by", "result_note", "way_left"])
        others = reviewers_of(agency_of(row), parts_in(change.case.pk, row.side))
        whom.tell_all(change, others, "review_out_proposed", f"{row.pk}:{change.now.timestamp():.0f}")
        return row


def answer_out_of_scope(
    *,
    actor: User,
    case_id: UUID,
    review_request_id: UUID,
    confirm: bool,
    note: str = "",
    reasons_for_victim: str = "",
    version: int | None = None,
) -> ReviewRequest:
    """Confirm as a second person that a request is out of scope, or send it back to where it stood.

    Raises NotAllowed, Conflict, NotPossible (one's own proposal, nothing waits, no reasons for the victim, sent back without why).
    """
    if confirm:
        with completing(case_id, review_request_id, actor=actor, version=version) as (change, row):
            policies.may_be_answered(row)
            policies.is_second(row, actor.pk)
            if not reasons_for_victim.strip():
                raise NotPossible("Enter the reasons for the victim, in plain words", field="reasons_for_victim")
            row.second_by, row.reasons_for_victim = actor, reasons_for_victim.strip()
            _complete(change, row, V.OUT_OF_SCOPE)
            return row
    with reviewing(case_id, review_request_id, actor=actor, what="review: sent back") as (change, row):
        policies.may_be_answered(row)
        policies.is_second(row, actor.pk)
        if not note.strip():
            raise NotPossible("Enter why you send it back", field="note")
        after, proposer = policies.back_to(row), row.proposed_by
        step(row.state, after)
        row.state, row.proposed_by, row.result_note = after, None, f"Not out of scope, {actor.name}: {note.strip()}"
        row.save(update_fields=["state", "proposed_by", "result_note"])
        whom.tell_all(change, [proposer], "review_sent_back", f"{row.pk}:{change.now.timestamp():.0f}")
        return row


def withdraw_review(*, actor: User, case_id: UUID, review_request_id: UUID, result_note: str, version: int | None = None) -> ReviewRequest:
    """Record that she or he takes the request back, in her or his own words. Raises NotAllowed, Conflict, NotPossible (completed)."""
    with completing(case_id, review_request_id, actor=actor, version=version) as (change, row):
        policies.is_open(row)
        if not result_note.strip():
            raise NotPossible("Enter what she or he said, when and to whom", field="result_note")
        row.result_note = result_note.strip()
        _complete(change, row, V.WITHDRAWN)
        return row


def _complete(change: Changing, row: ReviewRequest, after: V) -> None:
    step(row.state, after)
    row.state, row.completed_at, row.completed_by_name = after, change.now, change.actor.name
    row.save(
        update_fields=[
            "state", "completed_at", "completed_by_name", "result_note", "reasons_for_victim", "second_by",
        ]
    )  # fmt: skip
    change.put_in_timeline("review_completed", suspect=row.suspect, complainant=row.complainant, text=str(after.label))
    told = whom.officer(change) + (whom.prosecutor(change) if row.side == Side.CPS else [])
    whom.tell_all(change, told, "review_completed", row.pk)


def _open_again(change: Changing, row: ReviewRequest) -> None:
    """Open what was overturned. A charge that was to be ended simply goes on; what was opened meanwhile stays open."""
    reason = "Overturned on review"
    if row.offence is not None:
        if row.offence.outcome_code is not None:
            open_crime_on_review(change, row.offence, reason)
        return
    outcome = row.outcome
    if outcome is None or outcome.code == CHARGED or outcome.reopened_at is not None:
        return
    with scope(system(change.case.force_id)):
        outcome = m.SuspectOutcome.objects.select_related("suspect").get(pk=outcome.pk)
        open_on_review(change, outcome, reason)
        still_asked = ReferralSuspect.objects.filter(
            case=change.case, suspect=outcome.suspect, removed_at__isnull=True, referral__state__in=WITH_CPS
        ).exists()
    if row.side == Side.CPS and not still_asked:
        downward.place(change, [outcome.suspect], m.Position.WITH_CPS, at=change.now)
