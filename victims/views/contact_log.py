"""`/victims/<complainant>/contacts/`: every contact with a victim, paged, with its corrections and a text to copy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, page
from cases.permissions import EVERYONE_ON_CASES
from core.keyset import BadCursor
from victims.contact_log import log_of
from victims.sight import see_complainant_or_404


@page(*EVERYONE_ON_CASES)
def contacts(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show one page of the log. What was said is opened for those who are shown identity alone."""
    seen = see_complainant_or_404(request.user, complainant_id)
    try:
        found = log_of(seen, request.user, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    except BadCursor:
        return render(request, "400.html", status=400)
    context = {"seen": seen, "case": seen.case, "complainant": seen.complainant, "log": found}
    return render(request, "victims/contacts.html", context)
