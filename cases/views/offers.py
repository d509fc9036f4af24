"""`/offers/`: cases that other forces offer, and what became of those offered to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from cases import models as m
from cases.forms.offers import AcceptForm, DeclineForm
from cases.offers import ANSWERED_SHOWN, offer_or_404, offers_of, sees_new_case
from cases.services.offers import decline_offer
from cases.services.taking_over import accept_offer
from core.exceptions import NotPossible
from core.forms import GovForm


@page(Role.SUPERVISOR)
def offer_list(request: SignedInRequest) -> HttpResponse:
    """Show what waits for this force, what it waits for, and what was answered."""
    found = offers_of(request.user)
    _consulted(request, rows=found.rows, cases=[row.case_id for row in (*found.sent, *found.answered_out)])
    return render(request, "cases/offers/list.html", {"offers": found, "shown": ANSWERED_SHOWN})


@page(Role.SUPERVISOR)
def offer(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Show one offer from another force, with the two answers while it waits."""
    return _show(request, offer_id)


@page(Role.SUPERVISOR, methods=("POST",))
def accept(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Take the case over and go to it."""
    form = AcceptForm(request.POST, user=request.user)
    if not form.is_valid():
        return _show(request, offer_id, accept_form=form)
    try:
        found = accept_offer(actor=request.user, offer_id=offer_id, **form.cleaned_data)
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return _show(request, offer_id, accept_form=form)
    messages.success(request, "Case taken over. Your force owes everything on it from now on.")
    if found.warning:
        messages.warning(request, found.warning)
    return redirect("case_page", case_id=found.case.pk)


@page(Role.SUPERVISOR, methods=("POST",))
def decline(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Decline the offer and go back to the list."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, offer_id, decline_form=form)
    try:
        decline_offer(actor=request.user, offer_id=offer_id, reason=form.cleaned_data["reason"])
    except NotPossible as refused:
        form.add_error(None, refused.reason)
        return _show(request, offer_id, decline_form=form)
    messages.success(request, "Offer declined. The force that made it has been told why.")
    return redirect("offer_list")


def _show(
    request: SignedInRequest, offer_id: UUID, *, accept_form: GovForm | None = None, decline_form: GovForm | None = None
) -> HttpResponse:
    """Draw one offer; with a form that was sent back the answer is 400. Raises Http404 for an offer to somebody else."""
    row = offer_or_404(request.user, offer_id)
    _consulted(request, rows=1)
    context = {
        "offer": row,
        "waits": row.state == m.OfferState.OFFERED,
        "sees_case": sees_new_case(request.user, row),
        "accept_form": accept_form or AcceptForm(user=request.user),
        "decline_form": decline_form or DeclineForm(),
        "sent_back": accept_form or decline_form,
    }
    return render(request, "cases/offers/offer.html", context, status=400 if context["sent_back"] else 200)


def _consulted(request: SignedInRequest, *, rows: int, cases: list[UUID] | None = None) -> None:
    """Write in the access log that offers were looked at; the other force's case has no key here before it is accepted."""
    own = {request.user.agency_id}
    audit.services.record(act=Act.CONSULTATION, what="offers between forces", case_ids=cases or [], owners=own, row_count=rows)
