"""`/cases/<id>/`: the case on one page, and its whole timeline on another."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, page
from cases import permissions
from cases.looking import changes_since
from cases.pages import case_page
from cases.pages.timeline import timeline_page
from cases.services.looking import look
from cases.sight import record_consultation, see_or_404
from core.keyset import BadCursor


@page(*permissions.EVERYONE_ON_CASES)
def show(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Show the case. The log's row is written before the page is drawn: no row, no page."""
    case = see_or_404(request.user, case_id)
    shown = case_page(case, request.user)
    since = changes_since(case, request.user, look(actor=request.user, case=case))
    record_consultation(case, "case page")
    return render(request, "cases/page.html", {"page": shown, "case": case, "since": since})


@page(*permissions.EVERYONE_ON_CASES)
def timeline(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Show one page of the timeline."""
    case = see_or_404(request.user, case_id)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    try:
        shown = timeline_page(case, request.user, after=after, before=before)
    except BadCursor:
        return render(request, "400.html", status=400)
    record_consultation(case, "case timeline")
    return render(request, "cases/timeline.html", {"timeline": shown, "case": case})
