"""A victim asks for a review: taken as she or he asked, whoever received it, and from then on the review unit's alone.

Written in the system scope of the case's force, once sight and permission are proved: a request about a decision of the CPS may
reach an officer, and one about a decision of the police a prosecutor, and neither keeps sight of it. Nobody is turned away: what
is late, or outside the scheme, is taken all the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.http import Http404

from accounts.models import Unit, User
from cases import models as m
from cases.models.outcome import Side
from cases.outcome_codes import CHARGED
from cases.services.changing import Changing, changing
from core import clock
from core.components import day_text
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution import eligibility, permissions, states_review
from prosecution.models import AskedBy, ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.models.review import GROUNDS, OPEN_REVIEWS
from prosecution.selectors_part import agency_of, parts_in, reviewers_of
from prosecution.selectors_review import Reviewable, asked_of, pilot, reviewable
from prosecution.services import whom

ACCESS_DAYS: Final = 365
PURPOSE: Final = "Review of a decision that a victim asked for"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was received. `decision_id`: the outcome, or the recorded crime for which nobody was named."""

    decision_id: UUID
    received_on: date
    asked_by: str
    own_words: bool
    grounds: str = ""
    late_because: str = ""
    expedited: bool = False


def lodge_review(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    decision_id: UUID,
    received_on: date,
    asked_by: str,
    own_words: bool,
    grounds: str = "",
    late_because: str = "",
    expedited: bool = False,
    version: int | None = None,
) -> ReviewRequest:
    """Take a victim's request for a review of a decision. Whoever receives it enters it, and sees it no more afterwards.

    Raises NotAllowed, Conflict, Http404 for a complainant of another case, NotPossible (no such decision, asked already and still
    open, a day that cannot be, late without the reason).
    """
    asked = Asked(decision_id, received_on, asked_by, own_words, grounds, late_because, expedited)
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.LODGE_REVIEW)
        complainant = change.get(m.Complainant, complainant_id)
        return lodge_in(change, complainant, asked)


def lodge_in(change: Changing, complainant: m.Complainant, asked: Asked) -> ReviewRequest:
    """Take a request inside a change. The caller has proved sight and permission. Raises as `lodge_review`."""
    with scope(system(change.case.force_id)):
        one = next((one for one in reviewable(change.case, complainant.pk) if one.key == asked.decision_id), None)
        if one is None:
            raise NotPossible("Select a decision that stands", field="decision_id")
        _check(change, one, asked)
        _check_first(complainant, one)
        row = _write(change, complainant, one, asked)
        _let_the_unit_see(change, row)
        told = reviewers_of(agency_of(row), parts_in(change.case.pk, row.side))
    change.put_in_timeline("review_asked", suspect=one.suspect, complainant=complainant, text=one.plain)
    whom.tell_all(change, told, "review_asked", row.pk)
    row.nobody = not told  # type: ignore[attr-defined]
    return row


def nobody_reviews(row: ReviewRequest) -> str:
    """Return the warning for whoever lodged a request that reaches nobody yet; "" where the review unit was told."""
    if not getattr(row, "nobody", False):
        return ""
    return "Nobody of a review unit was told: none is marked, or everybody in it took part. Tell your administrator."


def _check(change: Changing, one: Reviewable, asked: Asked) -> None:
    if asked.asked_by not in AskedBy.values:
        raise NotPossible("Select who asked for her or him", field="asked_by")
    if asked.received_on > clock.today(change.now):
        raise NotPossible("The day must be today or in the past", field="received_on")
    if asked.received_on < one.on:
        raise NotPossible(f"Enter a day on or after the decision, {day_text(one.on)}", field="received_on")
    if len(asked.grounds) > GROUNDS:
        raise NotPossible(f"Enter at most {GROUNDS:,} characters", field="grounds")
    if one.window is not None and one.window.late(asked.received_on) and not asked.late_because.strip():
        raise NotPossible(
            f"She or he could ask until {day_text(one.window.until)}. Enter why it came later: it is taken all the same",
            field="late_because",
        )
    before_no_evidence = one.side == Side.CPS and one.code == CHARGED
    if asked.expedited and not (before_no_evidence and pilot(change.case.cps_area_scope, asked.received_on)):
        raise NotPossible("Only a charge that an Area of the pilot means to end is reviewed before it does", field="expedited")
    if one.code == CHARGED and not asked.expedited:
        raise NotPossible("Only before the prosecution offers no evidence is a charge reviewed. Say so", field="expedited")


def _check_first(complainant: m.Complainant, one: Reviewable) -> None:
    """Refuse the second of two that are open: the first one stands, with everything it says."""
    rows = ReviewRequest.objects.filter(complainant=complainant, outcome=one.outcome, offence=one.offence, state__in=OPEN_REVIEWS)
    first = rows.only("received_on").first()
    if first is not None:
        raise NotPossible(
            f"A review of this decision was asked for already, received {day_text(first.received_on)}, and is not completed. "
            "What you typed is below: give it to the review unit.",
            field="decision_id",
        )


def _write(change: Changing, complainant: m.Complainant, one: Reviewable, asked: Asked) -> ReviewRequest:
    found = eligibility.answer(asked_of(change.case, one, complainant.pk, before_no_evidence=asked.expedited))
    late = one.window is not None and one.window.late(asked.received_on)
    last = ReviewRequest.objects.filter(case=change.case).aggregate(last=Max("number"))["last"] or 0
    states_review.step(None, V.ASKED)
    return change.add(
        ReviewRequest,
        number=last + 1,
        complainant=complainant,
        side=one.side,
        suspect=one.suspect,
        outcome=one.outcome,
        offence=one.offence,
        received_on=asked.received_on,
        asked_by=asked.asked_by,
        own_words=asked.own_words,
        grounds=asked.grounds.strip(),
        scheme=found.scheme,
        eligible=found.eligible,
        eligibility_code=found.row.code,
        late=late,
        late_because=asked.late_because.strip() if late else "",
        expedited=asked.expedited,
        way_left=found.row.way_left,
        state=V.ASKED,
    )


def _let_the_unit_see(change: Changing, row: ReviewRequest) -> None:
    """Give the police's review unit sight of a restricted case: nobody else could open it to them without knowing of the request."""
    if row.side != Side.POLICE or not change.case.restricted:
        return
    until = clock.today(change.now) + timedelta(days=ACCESS_DAYS)
    for unit in Unit.objects.filter(agency_id=change.case.force_id, reviews=True):
        if not m.CaseAccess.objects.filter(case=change.case, unit=unit, revoked_at__isnull=True, until__gte=until).exists():
            change.add(m.CaseAccess, unit=unit, purpose=PURPOSE, until=until)


def check_complainant(case: m.Case, complainant_id: UUID) -> m.Complainant:
    """Return a complainant of a case, in the system scope of its force. Raises Http404 for another case's."""
    with scope(system(case.force_id)):
        row = m.Complainant.objects.filter(case=case, pk=complainant_id).first()
    if row is None:
        raise Http404
    return row
