"""`/prosecution/advice/<request>/`: a request for early advice, for both sides."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, page
from cases import permissions
from cases.sight import record_consultation, see_or_404
from prosecution.pages.advice import advice_or_404, advice_page


@page(*permissions.EVERYONE_ON_CASES)
def early_advice(request: SignedInRequest, advice_id: UUID) -> HttpResponse:
    """Show one request with its answers, its sendings and its figures."""
    row = advice_or_404(request.user, advice_id)
    case = see_or_404(request.user, row.case_id)
    shown = advice_page(case, request.user, row)
    record_consultation(case, "request for early advice")
    return render(request, "prosecution/advice/page.html", {"case": case, "advice": shown})
