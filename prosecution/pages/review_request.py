"""The pages of the review unit: its list, and one request with everything that she or he said. Nobody who took part sees either."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import On
from cases.derive.clocks import Kind
from cases.listing import is_cps
from cases.models.outcome import Side
from cases.outcome_codes import words
from cases.pages.buttons import Button, Buttons
from core.components import SummaryRow, day_text, london_text
from core.keyset import Order, Page, page_of
from core.sealedfield import opening
from core.words import inside
from prosecution.eligibility import BY_CODE, SCHEMES
from prosecution.models import ChargingDecision, ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.models.review import OPEN_REVIEWS
from prosecution.pages.places import coming_back, place
from prosecution.selectors_part import in_review_unit, took_part_in

SIZE: Final = 25
PURPOSE: Final = "victim: review of a decision"
CLOCKS: Final = (Kind.VRR_ACKNOWLEDGE, Kind.VRR_COMPLETE)
COLOURS: Final[Mapping[str, str]] = {
    V.ASKED: "yellow",
    V.ACKNOWLEDGED: "blue",
    V.ALLOCATED: "blue",
    V.OUT_PROPOSED: "yellow",
    V.OUT_OF_SCOPE: "grey",
    V.UPHELD: "grey",
    V.OVERTURNED: "green",
    V.WITHDRAWN: "grey",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the list. Nothing that she or he said."""

    address: str
    reference: str
    decision: str
    state: str
    colour: str
    received_on: date
    acknowledge_by: date | None
    complete_by: date | None
    reviewer: str
    outside: bool


def seen_by(user: User) -> QuerySet[ReviewRequest]:
    """Return the requests that somebody may work on: of the review unit of the side that decided, sight of the case, no part taken."""
    rows: QuerySet[ReviewRequest] = ReviewRequest.objects.all()
    if not in_review_unit(user):
        return rows.none()
    side = Side.CPS if is_cps(user) else Side.POLICE
    own = {"cps_area_scope": user.agency_id} if side is Side.CPS else {"force": user.agency_id}
    return rows.filter(side=side, case__in=m.Case.objects.visible_to(user), **own).exclude(took_part_in(user, side))


def page_of_reviews(user: User, *, completed: bool = False, after: str = "", before: str = "") -> Page[Line]:
    """Return one page: those that wait, the longest first; or what was completed. Three queries. Raises BadCursor."""
    rows = seen_by(user).select_related("case", "suspect", "outcome", "offence", "reviewer").defer("grounds")
    rows = rows.exclude(state__in=OPEN_REVIEWS) if completed else rows.filter(state__in=OPEN_REVIEWS)
    order = Order("received_on", "completed reviews" if completed else "reviews", user.pk, descending=completed)
    return page_of(rows, order, SIZE, after=after, before=before).shown_as(_lines)


def _lines(rows: Iterable[ReviewRequest]) -> list[Line]:
    found = list(rows)
    due = _due([row.pk for row in found])
    return [
        Line(
            address=place("review_request", row.pk),
            reference=row.case.crime_reference,
            decision=decision_words(row),
            state=str(row.get_state_display()),
            colour=COLOURS[row.state],
            received_on=row.received_on,
            acknowledge_by=due.get((row.pk, Kind.VRR_ACKNOWLEDGE)),
            complete_by=due.get((row.pk, Kind.VRR_COMPLETE)),
            reviewer=row.reviewer.name if row.reviewer else "",
            outside=not row.eligible,
        )
        for row in found
    ]


def _due(keys: list[UUID]) -> dict[tuple[UUID, str], date]:
    """Return when running clocks of requests are due. One query."""
    rows = m.Deadline.objects.filter(kind__in=CLOCKS, subject_id__in=keys, met_at__isnull=True, ended_at__isnull=True, cancelled=False)
    return {(subject, kind): on for subject, kind, on in rows.values_list("subject_id", "kind", "due_on")}


def review_or_404(user: User, key: UUID) -> ReviewRequest:
    """Return a request that somebody may work on, in one query. Raises Http404 for any other, the same as for nothing."""
    row = (
        seen_by(user)
        .filter(pk=key)
        .select_related("case", "complainant", "suspect", "outcome", "offence", "reviewer", "proposed_by", "second_by")
        .first()
    )
    if row is None:
        raise Http404
    return row


def about_words(row: ReviewRequest) -> str:
    """Return what an act on a request is about."""
    return f"Request {row.number}, complainant {row.complainant.label}"


def in_view(row: ReviewRequest) -> list[tuple[str, str]]:
    """Return what stands above the form of an act on a request: what is asked, and what was proposed."""
    found = [("Decision", decision_words(row)), ("Received", day_text(row.received_on)), ("By the table", _table_says(row))]
    if row.state == V.OUT_PROPOSED:
        by = row.proposed_by.name if row.proposed_by else ""
        found += [("Proposed by", by), ("Why the scheme does not cover it", row.result_note), ("The way that is left", row.way_left)]
    return found


def decision_words(row: ReviewRequest) -> str:
    """Return the decision that is to be reviewed: on whom, what, of which day."""
    if row.offence is not None:
        code, on, about = row.offence.outcome_code, row.offence.outcome_on, f"Crime {row.offence.code}"
    elif row.outcome is not None and row.suspect is not None:
        code, on, about = row.outcome.code, row.outcome.on, f"Suspect {row.suspect.number}"
    else:
        return ""
    return f"{about}: {inside(words(code))}, {day_text(on)}" if code is not None and on is not None else f"{about}: opened again"


def _table_says(row: ReviewRequest) -> str:
    found = BY_CODE.get(row.eligibility_code)
    said = found.words if found else ""
    return f"{'Covered' if row.eligible else 'Not covered'}. {said}. {SCHEMES.get(row.scheme, '')}"


def page_of_review(case: m.Case, user: User, row: ReviewRequest) -> dict[str, Any]:
    """Return the page of one request, its grounds opened for this look. A fixed number of queries."""
    due = _due([row.pk])
    with opening(PURPOSE):
        grounds = str(row.grounds)
    return {
        "row": row,
        "state": str(row.get_state_display()),
        "colour": COLOURS[row.state],
        "asked": _asked(row),
        "grounds": grounds,
        "steps": _steps(row, due),
        "result": _result(row),
        "decision_address": _decision_address(row),
        "buttons": _buttons(case, user, row),
    }


def _rows(*pairs: tuple[str, str]) -> list[SummaryRow]:
    return [SummaryRow(words, value) for words, value in pairs if value]


def _asked(row: ReviewRequest) -> list[SummaryRow]:
    return _rows(
        ("Decision", decision_words(row)),
        ("Decided by", str(Side(row.side).label)),
        ("Received", day_text(row.received_on)),
        ("Asked by", str(row.get_asked_by_display())),
        ("In whose words", "Her or his own" if row.own_words else "Written for her or him"),
        ("By the table", _table_says(row)),
        ("Before the prosecution offers no evidence", "Yes: expedited" if row.expedited else ""),
        ("After the time to ask", row.late_because if row.late else ""),
    )


def _steps(row: ReviewRequest, due: Mapping[tuple[UUID, str], date]) -> list[SummaryRow]:
    acknowledge, complete = due.get((row.pk, Kind.VRR_ACKNOWLEDGE)), due.get((row.pk, Kind.VRR_COMPLETE))
    waits = f"Not yet. Due {day_text(acknowledge)}" if acknowledge else ""
    longer = f"{day_text(row.longer_until)}: {row.longer_because}" if row.longer_until else ""
    return _rows(
        ("Acknowledged", london_text(row.acknowledged_at) if row.acknowledged_at else waits),
        ("Reviewer", row.reviewer.name if row.reviewer else ""),
        ("Longer, as she or he was told", longer),
        ("To be completed by", day_text(complete) if complete else ""),
    )


def _result(row: ReviewRequest) -> list[SummaryRow]:
    ended = f"{row.completed_by_name}, {london_text(row.completed_at)}" if row.completed_at else ""
    return _rows(
        ("Completed by", ended),
        ("Out of scope proposed by", row.proposed_by.name if row.proposed_by else ""),
        ("Confirmed by", row.second_by.name if row.second_by else ""),
        ("Reasons of the review unit", row.result_note),
        ("The way that is left to her or him", row.way_left if not row.eligible or row.state == V.OUT_OF_SCOPE else ""),
    )


def _decision_address(row: ReviewRequest) -> str:
    """Return the page of the published decision of the CPS, where it is one. One query."""
    if row.side != Side.CPS or row.outcome_id is None:
        return ""
    key = ChargingDecision.objects.filter(outcome=row.outcome_id).values_list("pk", flat=True).first()
    return reverse("charging_decision", args=[key]) if key else ""


def _buttons(case: m.Case, user: User, row: ReviewRequest) -> list[Button]:
    """Return what this person may do: only the reviewer decides, and nobody answers what she or he proposed."""
    hidden = set()
    if row.reviewer_id != user.pk:
        hidden.add("decide-review")
    if row.proposed_by_id == user.pk:
        hidden.add("answer-out-of-scope")
    offered = Buttons(case, user).offered(On.REVIEW_REQUEST, row, row.pk)
    return coming_back([one for one in offered if one.slug not in hidden], place("review_request", row.pk))
