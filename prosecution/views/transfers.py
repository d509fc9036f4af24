"""`/prosecution/transfers/`: cases that other CPS Areas offer, and what became of those offered to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from cases.derive.states import Risk
from cases.models import OfferState
from core.exceptions import NotPossible
from core.forms import GovForm
from prosecution.forms.transfer import AcceptTransferForm, DeclineTransferForm
from prosecution.pages.transfers import ANSWERED_SHOWN, case_address, owed_next, transfer_or_404, transfers_of
from prosecution.services.transfers import accept_area_offer, decline_area_offer


@page(Role.CPS_MANAGER)
def transfer_list(request: SignedInRequest) -> HttpResponse:
    """Show what waits for this Area, what it waits for, and what was answered."""
    found = transfers_of(request.user)
    seen = [row.case_id for row in (*(one.row for one in found.sent), *found.answered_out)]
    _consulted(request, rows=found.rows, cases=seen, forces=found.forces)
    return render(request, "prosecution/referral/transfers.html", {"transfers": found, "shown": ANSWERED_SHOWN})


@page(Role.CPS_MANAGER)
def transfer(request: SignedInRequest, transfer_id: UUID) -> HttpResponse:
    """Show one offer from another Area, with the two answers while it waits."""
    return _show(request, transfer_id)


@page(Role.CPS_MANAGER, methods=("POST",))
def accept(request: SignedInRequest, transfer_id: UUID) -> HttpResponse:
    """Take the case over and go to it."""
    row = transfer_or_404(request.user, transfer_id)
    form = AcceptTransferForm(request.POST, user=request.user, barred=row.not_for)
    if not form.is_valid():
        return _show(request, transfer_id, accept_form=form)
    try:
        case = accept_area_offer(actor=request.user, transfer_id=transfer_id, **form.cleaned_data)
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return _show(request, transfer_id, accept_form=form)
    messages.success(request, "Case taken over. Your Area owes everything on it from now on.")
    return redirect("case_page", case_id=case.pk)


@page(Role.CPS_MANAGER, methods=("POST",))
def decline(request: SignedInRequest, transfer_id: UUID) -> HttpResponse:
    """Decline the offer and go back to the list."""
    transfer_or_404(request.user, transfer_id)
    form = DeclineTransferForm(request.POST)
    if not form.is_valid():
        return _show(request, transfer_id, decline_form=form)
    try:
        decline_area_offer(actor=request.user, transfer_id=transfer_id, reason=form.cleaned_data["reason"])
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return _show(request, transfer_id, decline_form=form)
    messages.success(request, "Offer declined. The Area that made it has been told why.")
    return redirect("transfer_list")


def _show(
    request: SignedInRequest, transfer_id: UUID, *, accept_form: GovForm | None = None, decline_form: GovForm | None = None
) -> HttpResponse:
    """Draw one offer; with a form that was sent back the answer is 400. Raises Http404 for an offer to somebody else."""
    row = transfer_or_404(request.user, transfer_id)
    _consulted(request, rows=1, forces={row.force_id})
    sent_back = accept_form or decline_form
    context = {
        "offer": row,
        "owed_next": owed_next(row),
        "risk": Risk(row.risk).label,
        "waits": row.state == OfferState.OFFERED,
        "case_address": case_address(request.user, row),
        "accept_form": accept_form or AcceptTransferForm(user=request.user, barred=row.not_for),
        "decline_form": decline_form or DeclineTransferForm(),
        "sent_back": sent_back,
    }
    return render(request, "prosecution/referral/transfer.html", context, status=400 if sent_back else 200)


def _consulted(request: SignedInRequest, *, rows: int, forces: set[int], cases: list[UUID] | None = None) -> None:
    """Write in the access log that offers were looked at, for the Area and for each force whose cases they are.

    The other Area's case has no key here before it is accepted.
    """
    owners = {request.user.agency_id, *forces}
    audit.services.record(act=Act.CONSULTATION, what="cases between CPS Areas", case_ids=cases or [], owners=owners, row_count=rows)
