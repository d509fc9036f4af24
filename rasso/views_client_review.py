"""`/client-reviews/…/`: an ISVA passes on that a client asks for a review. The one place that knows both a client and a decision.

Sight is proved as everywhere for a client; the decisions are read, and the request is written, in the system scope of the case's
force, because support services reach neither. Of a decision the page says whose it was and of which day, and nothing else.
"""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.access import SignedInRequest, page
from accounts.roles import WORKS_WITH_CLIENTS
from core.exceptions import NotPossible
from prosecution.models import AskedBy
from prosecution.selectors_review import of_a_client
from prosecution.services.review_requests import Asked, check_complainant, lodge_in
from rasso.forms_client_review import ClientReviewForm
from victims.clients import NO_NAME, names_of, record
from victims.services.isva_changing import isva_changing, see_client_or_404

LODGE: Final = "My client asks for a review of a decision"


@page(*WORKS_WITH_CLIENTS, methods=("GET", "POST"))
def lodge(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show the decisions that can be reviewed and until when, and take the client's request."""
    client = see_client_or_404(request.user, complainant_id)
    found, asked = of_a_client(client.force_id, client.case_id, complainant_id)
    form = ClientReviewForm(request.POST if request.method == "POST" else None, user=request.user, found=found)
    if found and form.is_valid():
        try:
            _lodge(request, complainant_id, form)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "Passed on to the review unit.")
            return redirect("client", complainant_id)
    record([client], "form for a review")
    name = names_of([client]).get(complainant_id, NO_NAME)
    context = {"client": client, "name": name, "form": form, "found": found, "asked": asked, "title": LODGE}
    return render(request, "clients/review.html", context, status=400 if form.is_bound and form.errors else 200)


def _lodge(request: SignedInRequest, complainant_id: UUID, form: ClientReviewForm) -> None:
    said = form.cleaned_data
    asked = Asked(said["decision_id"], said["received_on"], AskedBy.ISVA, said["own_words"], said["grounds"], said["late_because"])
    with isva_changing(complainant_id, actor=request.user) as change, change.as_system() as changing:
        lodge_in(changing, check_complainant(changing.case, complainant_id), asked)
