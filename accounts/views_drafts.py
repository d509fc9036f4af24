"""`/drafts/`: what was typed when a session ran out. Asked by static/js/drafts.js; a person sees a banner on the page itself."""

from django.http import HttpResponse, JsonResponse

from accounts.access import EVERYBODY, SignedInRequest, page
from accounts.services.drafts import MOST_BYTES, NO_DRAFT, discard_draft, draft_of, has_any, keep_draft
from core.components import london_text

ENVELOPE_BYTES = 3 * MOST_BYTES
"""A body may be longer than what it holds: letters are written as %-signs."""


@page(*EVERYBODY, methods=("GET", "POST"))
def drafts(request: SignedInRequest) -> HttpResponse:
    """Return what is kept of a page, as JSON (204: nothing), or keep what is sent. Raises NotPossible (400)."""
    if request.method == "POST":
        if len(request.body) > ENVELOPE_BYTES:
            return HttpResponse(status=400)
        keep_draft(actor=request.user, place=request.POST.get("place", ""), text=request.POST.get("forms", ""))
        request.session.pop(NO_DRAFT, None)
        return HttpResponse(status=204)
    kept = draft_of(request.user, request.GET.get("place", ""))
    if kept is None:
        if not has_any(request.user):
            request.session[NO_DRAFT] = True
        return HttpResponse(status=204)
    return JsonResponse({"forms": kept.forms, "saved": london_text(kept.saved_at)})


@page(*EVERYBODY, methods=("POST",))
def draft_discard(request: SignedInRequest) -> HttpResponse:
    """Delete what is kept of a page. Raises NotPossible (400)."""
    discard_draft(actor=request.user, place=request.POST.get("place", ""))
    return HttpResponse(status=204)
