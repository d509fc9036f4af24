"""`/clients/`: the clients of a support service, one client, what a client takes home, linking a client. Views of ISVAs alone."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import WORKS_WITH_CLIENTS, Role
from audit.acts import Act
from core import clock
from core.exceptions import NotPossible
from core.keyset import page_asked_for
from victims import client_links
from victims import clients as read
from victims.client import coming, page_of_client
from victims.client_acts import ON_CLIENT
from victims.forms.clients import FindClientForm, LinkForm
from victims.messages import DISCLOSED
from victims.paper import TITLE, paper_of, paper_pdf
from victims.services.isva_changing import see_client_or_404
from victims.services.linking import ask_for_link
from victims.views.pdfs import as_file, made


@page(*WORKS_WITH_CLIENTS, methods=("GET", "POST"))
def client_list(request: SignedInRequest) -> HttpResponse:
    """Show own clients, next contact due first or by name. A name is looked for by a form that is posted: it is in no address."""
    user, form = request.user, FindClientForm(request.POST if request.method == "POST" else None)
    by_name = request.GET.get("sort") == "name"
    waiting = request.GET.get("show") == "waiting" and user.role == Role.ISVA_MANAGER
    context = {"form": form, "by_name": by_name, "waiting": waiting, "manages": user.role == Role.ISVA_MANAGER, "today": clock.today()}
    if form.is_valid() or by_name:
        lines, cut = read.clients_by_name(user, form.cleaned_data["name"] if form.is_valid() else "")
        context |= {"lines": lines, "cut": cut, "searched": form.is_bound}
    else:
        shown = page_asked_for(request.GET, partial(read.page_of_clients, user, waiting=waiting))
        first = not waiting and not shown.has_previous
        context |= {"lines": shown.rows, "page": shown, "waits": read.what_waits(user) if first else []}
    context["unallocated"] = read.waiting_to_be_allocated(user)
    return render(request, "clients/list.html", context, status=400 if form.is_bound and not form.is_valid() else 200)


@page(*WORKS_WITH_CLIENTS)
def client(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show one client."""
    shown = page_of_client(see_client_or_404(request.user, complainant_id))
    acts = [act for act in ON_CLIENT if act.permission.holds(request.user)]
    context = {"page": shown, "acts": acts, "coming": coming(shown.appointments), "links": client_links.of(shown.client)}
    return render(request, "clients/client.html", context)


@page(*WORKS_WITH_CLIENTS)
def where_things_stand(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show what a client can take home on paper: no crime, no suspect, nobody's name but the officer's."""
    shown = page_of_client(see_client_or_404(request.user, complainant_id), what="where things stand")
    return render(request, "clients/where_things_stand.html", {"page": shown, "paper": paper_of(shown), "title": TITLE})


@page(*WORKS_WITH_CLIENTS)
def print_where_things_stand(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """The same as a PDF, on which no browser prints an address. That it was handed out is logged before it leaves."""
    client, what = see_client_or_404(request.user, complainant_id), "where things stand, on paper"
    pdf = made(partial(paper_pdf, paper_of(page_of_client(client, what=what))))
    audit.services.record(
        act=Act.DISCLOSURE, what=what, case_ids=[client.case_id], owners=[client.force_id], row_count=1, recipients=request.user.name
    )
    return as_file(pdf, "where-things-stand")


@page(*WORKS_WITH_CLIENTS, methods=("GET", "POST"))
def link(request: SignedInRequest) -> HttpResponse:
    """Ask to be linked to a client who came another way. The answer is the same whatever exists."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_for_link(actor=request.user, **form.cleaned_data)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "Sent. If the officer confirms it with your client, you find her or him among your clients.")
            return redirect("client_link")
    manages = request.user.role == Role.ISVA_MANAGER
    context = {"form": form, "asked": read.links_asked(request.user), "manages": manages, "disclosed": DISCLOSED}
    return render(request, "clients/link.html", context, status=400 if form.is_bound else 200)
