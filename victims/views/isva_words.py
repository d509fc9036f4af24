"""`/victims/<complainant>/isva/`: what the ISVA wrote, with what was answered, for those who are shown who the victim is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, page
from victims import permissions
from victims.pages.support import words_of_isva
from victims.views.sealed_forms import shown_or_404


@page(*permissions.SEE_IDENTITY.roles)
def isva_words(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show every message and every answer to a request to tell, the latest first. The look is recorded."""
    seen = shown_or_404(request, complainant_id)
    context = {"case": seen.case, "complainant": seen.complainant, "written": words_of_isva(seen)}
    return render(request, "victims/isva_words.html", context)
