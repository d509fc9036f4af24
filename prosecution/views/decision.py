"""`/prosecution/decisions/…` and `/prosecution/decided/…`: a decision as it is prepared, and as it was published."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases.permissions import EVERYONE_ON_CASES
from cases.sight import record_consultation, see_or_404
from prosecution.pages import decision as pages
from prosecution.permissions import DECIDE

PREPARES = tuple(sorted(DECIDE.roles))
EVERYBODY = tuple(sorted(EVERYONE_ON_CASES))


@page(*PREPARES)
def proposed(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """A decision as it is prepared. The look stands in the Area's part of the access log: the force learns of none."""
    row = pages.prepared_or_404(request.user, decision_id)
    case = see_or_404(request.user, row.case_id)
    context = {"case": case, **pages.prepared_page(case, request.user, row)}
    audit.services.record(act=Act.CONSULTATION, what="prepared decision", case_ids=[case.pk], owners=[case.cps_area_scope], row_count=1)
    return render(request, "prosecution/decision/proposed.html", context)


@page(*EVERYBODY)
def published(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """A published decision, the same for both sides."""
    row = pages.published_or_404(request.user, decision_id)
    case = see_or_404(request.user, row.case_id)
    context = {"case": case, **pages.published_page(case, request.user, row)}
    record_consultation(case, "charging decision")
    return render(request, "prosecution/decision/published.html", context)
