"""The page of every act of a support service's people on a client, by one view over the one table of such acts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import SignedInRequest, page
from accounts.roles import WORKS_WITH_CLIENTS
from core.exceptions import NotPossible
from victims.client import page_of_client
from victims.client_acts import ACTS, ClientAct
from victims.models import SupportReferral
from victims.services.isva_changing import see_client_or_404


@page(*WORKS_WITH_CLIENTS, methods=("GET", "POST"))
def on_client(request: SignedInRequest, complainant_id: UUID, slug: str) -> HttpResponse:
    """Do an act on a client."""
    return _answer(request, complainant_id, slug, None)


@page(*WORKS_WITH_CLIENTS, methods=("GET", "POST"))
def on_row(request: SignedInRequest, complainant_id: UUID, slug: str, target_id: UUID) -> HttpResponse:
    """Do an act on something of a client: a request to tell, a message."""
    return _answer(request, complainant_id, slug, target_id)


def _answer(request: SignedInRequest, complainant_id: UUID, slug: str, target_id: UUID | None) -> HttpResponse:
    """Sight first, by the one query that everybody else's client costs too; then the act, who may, the form, the service."""
    client, act = see_client_or_404(request.user, complainant_id), ACTS.get(slug)
    if act is None or bool(act.on_row) != (target_id is not None) or not act.permission.holds(request.user):
        raise Http404
    first = {"subject": request.GET.get("subject", "")}  # a link may choose the subject of a question; what is none chooses nothing
    form = act.form(request.POST if request.method == "POST" else None, initial=first, user=request.user)
    if request.method == "POST" and form.is_valid():
        arguments: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
        if act.on_row:
            arguments[act.on_row] = target_id
        try:
            act.service(actor=request.user, complainant_id=complainant_id, **arguments)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, act.done)
            return redirect("client_list") if act.leaves else redirect("client", complainant_id)
    return _show(request, client, act, form, target_id)


def _show(request: SignedInRequest, client: SupportReferral, act: ClientAct, form: Any, target_id: UUID | None) -> HttpResponse:
    shown = page_of_client(client, what="form about a client")
    rows: dict[UUID, Any] = {one.id: one for one in shown.to_tell} | {one.id: one for one in shown.asked}
    if target_id is not None and target_id not in rows:
        raise Http404
    context = {"page": shown, "act": act, "form": form, "row": rows.get(target_id) if target_id else None}
    return render(request, "clients/act.html", context, status=400 if form.is_bound and form.errors else 200)
