"""`/prosecution/reviews/`: the review unit's list, and one request. For everybody who took part there is nothing there."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases.listing import is_cps
from cases.sight import see_or_404
from core.keyset import page_asked_for
from prosecution.pages import review_request as pages
from prosecution.permissions import REVIEW
from prosecution.selectors_part import in_review_unit

REVIEWS = tuple(sorted(REVIEW.roles))


@page(*REVIEWS)
def reviews(request: SignedInRequest) -> HttpResponse:
    """Show the requests that wait for the review unit, or those that were completed."""
    completed = request.GET.get("show") == "completed"
    shown = page_asked_for(request.GET, partial(pages.page_of_reviews, request.user, completed=completed))
    if shown.rows:
        owners = [request.user.agency_id]
        audit.services.record(act=Act.CONSULTATION, what="list of reviews", owners=owners, row_count=len(shown.rows))
    context = {"page": shown, "completed": completed, "in_unit": in_review_unit(request.user)}
    return render(request, "prosecution/review/list.html", context)


@page(*REVIEWS)
def review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Show one request with what she or he said. The look stands in the access log of the review unit's own side."""
    row = pages.review_or_404(request.user, review_id)
    case = see_or_404(request.user, row.case_id)
    context = {"case": case, **pages.page_of_review(case, request.user, row)}
    owner = case.cps_area_scope if is_cps(request.user) else case.force_id
    audit.services.record(
        act=Act.CONSULTATION, what="request for a review", case_ids=[case.pk], owners=[owner], row_count=1, purpose=pages.PURPOSE
    )
    return render(request, "prosecution/review/page.html", context)
