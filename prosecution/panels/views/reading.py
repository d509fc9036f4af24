"""`/panels/…`: what a member reads and finds, whoever she or he is, in the kind of panels: no case, nobody's name but the members'."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import EVERYBODY, SignedInRequest, page
from audit.acts import Act
from core.exceptions import NotPossible
from core.forms import GovForm
from core.scope import Kind
from prosecution.models import Heading, Pack, PanelMember, PanelState
from prosecution.panels import reading
from prosecution.panels.forms import ChairForm, DeclareForm, FindingForm, StepBackForm
from prosecution.panels.services import concluding, finding


@page(*EVERYBODY, kind=Kind.PANEL)
def meeting_list(request: SignedInRequest) -> HttpResponse:
    """One's own meetings."""
    return render(request, "panels/reading/list.html", {"meetings": reading.meetings_of(request.user)})


@page(*EVERYBODY, kind=Kind.PANEL)
def meeting(request: SignedInRequest, panel_id: UUID) -> HttpResponse:
    """One meeting with its packs."""
    found = reading.meetings_of(request.user, panel_id=panel_id)
    if not found:
        raise Http404
    return render(request, "panels/reading/meeting.html", {"meeting": found[0]})


@page(*EVERYBODY, methods=("GET", "POST"), kind=Kind.PANEL)
def meeting_declare(request: SignedInRequest, panel_id: UUID) -> HttpResponse:
    """Declare conflicts before packs open."""
    member = finding.membership(request.user, panel_id)
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            finding.declare(actor=request.user, panel_id=panel_id, declared=form.cleaned_data["declared"])
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "Declared.")
            return redirect("meeting", panel_id)
    context = {"form": form, "member": member, "title": "Declare conflicts", "button": "Declare"}
    return render(request, "panels/reading/form.html", context, status=400 if form.is_bound else 200)


@page(*EVERYBODY, kind=Kind.PANEL)
def pack(request: SignedInRequest, pack_id: UUID) -> HttpResponse:
    """One pack; the own finding; those of the others and the conclusion once the own one is submitted."""
    shown, member = finding.pack_of(request.user, pack_id)
    own = reading.own_finding(shown, request.user)
    submitted = own is not None and own.submitted_at is not None
    context = {
        "pack": shown,
        "member": member,
        "own": own,
        "own_texts": reading.by_heading(own.texts) if own is not None else [],
        "submitted": submitted,
        "open": member.panel.state == PanelState.OPEN,
        "others": reading.others_on(shown, member, own),
        "chairs": member.capacity == PanelMember.Capacity.CHAIR and submitted,
        "due_on": reading.due_on(shown),
    }
    _consulted(shown)
    return render(request, "panels/reading/pack.html", context)


@page(*EVERYBODY, methods=("GET", "POST"), kind=Kind.PANEL)
def pack_finding(request: SignedInRequest, pack_id: UUID) -> HttpResponse:
    """Write one's own finding: keep it, or submit it for good."""
    shown, member = finding.pack_of(request.user, pack_id)
    own = reading.own_finding(shown, request.user)
    if own is not None and own.submitted_at is not None:
        return redirect("pack", pack_id)
    first = {**own.texts, "view": own.view} if own is not None else {}
    form = FindingForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        said = {"texts": {name: form.cleaned_data[name] for name in Heading.values}, "view": form.cleaned_data["view"]}
        submits = "submit" in request.POST
        try:
            (finding.submit_finding if submits else finding.keep_finding)(actor=request.user, pack_id=pack_id, **said)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "Submitted." if submits else "Kept. Nobody else reads it before you submit it.")
            return redirect("pack", pack_id)
    _consulted(shown)
    context = {"form": form, "pack": shown, "member": member}
    return render(request, "panels/reading/finding.html", context, status=400 if form.is_bound else 200)


@page(*EVERYBODY, methods=("GET", "POST"), kind=Kind.PANEL)
def pack_step_back(request: SignedInRequest, pack_id: UUID) -> HttpResponse:
    """Declare a conflict with one pack."""
    shown, member = finding.pack_of(request.user, pack_id)
    form = StepBackForm(request.POST if request.method == "POST" else None)
    return _answer(request, shown, member, form, "Step back from this pack", "Step back")


@page(*EVERYBODY, methods=("GET", "POST"), kind=Kind.PANEL)
def pack_conclude(request: SignedInRequest, pack_id: UUID) -> HttpResponse:
    """Record the panel's conclusion, as its chair."""
    shown, member = finding.pack_of(request.user, pack_id)
    if member.capacity != PanelMember.Capacity.CHAIR:
        raise Http404
    form = ChairForm(request.POST if request.method == "POST" else None)
    return _answer(request, shown, member, form, "Record the panel’s conclusion", "Record")


def _answer(request: SignedInRequest, shown: Pack, member: PanelMember, form: GovForm, title: str, button: str) -> HttpResponse:
    """Do what a form about a pack asks, or show it."""
    if form.is_valid():
        steps_back = isinstance(form, StepBackForm)
        try:
            service = finding.step_back if steps_back else concluding.conclude_as_chair
            service(actor=request.user, pack_id=shown.pk, **form.cleaned_data)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "Recorded.")
            return redirect("meeting", member.panel_id) if steps_back else redirect("pack", shown.pk)
    context = {"form": form, "member": member, "pack": shown, "title": title, "button": button}
    return render(request, "panels/reading/form.html", context, status=400 if form.is_bound else 200)


def _consulted(shown: Pack) -> None:
    audit.services.record(act=Act.CONSULTATION, what="pack of a panel", owners=[shown.agency_id], row_count=1)
