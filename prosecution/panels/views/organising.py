"""`/prosecution/panels/…`: an organiser's pages, under her or his own kind."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from core import clock
from core.exceptions import Change, Conflict, NotPossible
from prosecution.models import Panel, PanelCase
from prosecution.panels import pages, policies, selectors
from prosecution.panels.acts import ACTS, PanelAct
from prosecution.panels.forms import DoneForm, MeetingForm, PanelForm
from prosecution.panels.knowing import known_of
from prosecution.panels.packing import texts_of
from prosecution.panels.part import took_part
from prosecution.panels.permissions import LEARN, ORGANISE
from prosecution.panels.services import concluding, organising
from prosecution.panels.services.changing import see

ORGANISERS = tuple(sorted(ORGANISE.roles))
LEARNERS = tuple(sorted(LEARN.roles))


@page(*ORGANISERS)
def panel_list(request: SignedInRequest) -> HttpResponse:
    """The agency's panels, the latest first."""
    rows = selectors.panels_of(request.user)
    years = sorted({row.held_on.year for row in rows}, reverse=True)
    return render(request, "panels/organising/list.html", {"panels": rows, "years": years})


@page(*ORGANISERS, methods=("GET", "POST"))
def panel_new(request: SignedInRequest) -> HttpResponse:
    """Plan a meeting."""
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            panel = organising.organise(actor=request.user, **form.cleaned_data)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "Planned. Now add its members and choose its cases.")
            return redirect("panel", panel.pk)
    return render(request, "panels/organising/new.html", {"form": form}, status=400 if form.is_bound else 200)


@page(*ORGANISERS)
def panel(request: SignedInRequest, panel_id: UUID) -> HttpResponse:
    """One panel: meeting, members, cases, what it learned."""
    shown = see(panel_id, request.user.agency_id)
    context = pages.panel_page(shown, request.user)
    _consulted(shown, [line.row for line in context["lines"]], "panel")
    return render(request, "panels/organising/panel.html", context | {"today": clock.today()})


@page(*ORGANISERS)
def panel_case(request: SignedInRequest, panel_id: UUID, panel_case_id: UUID) -> HttpResponse:
    """One case of a panel, with its pack as the members read it."""
    shown = see(panel_id, request.user.agency_id)
    row = selectors.case_or_404(shown, request.user, panel_case_id)
    context = pages.case_page(shown, row, request.user)
    _consulted(shown, [row], "case of a panel")
    return render(request, "panels/organising/case.html", context)


@page(*ORGANISERS, methods=("GET", "POST"))
def panel_act(request: SignedInRequest, panel_id: UUID, slug: str, target_id: UUID | None = None) -> HttpResponse:
    """Do an act on a panel, a member or a case of it: sight, act, who may, then the form."""
    shown, act = see(panel_id, request.user.agency_id), ACTS.get(slug)
    if act is None or bool(act.on) != (target_id is not None):
        raise Http404
    row = _target(shown, request, act, target_id)
    act.permission.check(request.user)
    context: dict[str, Any] = {"panel": shown, "act": act, "row": row}
    try:
        policies.check(act.state or act.slug, shown.state)
        if row is not None:
            policies.took_no_part(request.user.pk, took_part(row.case))
    except NotPossible as refused:
        return render(request, "panels/organising/act.html", context | {"refused": refused.reason}, status=400)
    form = _form(request, shown, act, row)
    if request.method == "POST" and form.is_valid():
        answer = _do(request, shown, act, form, target_id)
        if isinstance(answer, HttpResponse):
            return answer
        if answer is not None:
            context["change"] = answer
            form = _form(request, shown, act, row, again=True)
    if row is not None:
        _consulted(shown, [row], "form about a case of a panel")
    status = 409 if "change" in context else 400 if form.is_bound and form.errors else 200
    return render(request, "panels/organising/act.html", context | {"form": form}, status=status)


def _target(shown: Panel, request: SignedInRequest, act: PanelAct, target_id: UUID | None) -> PanelCase | None:
    """Return the case that an act is about, if it is about one. Raises Http404 for none, and for no member."""
    if act.on == "panel_case_id" and target_id is not None:
        return selectors.case_or_404(shown, request.user, target_id)
    if act.on == "member_id" and all(one.pk != target_id for one in selectors.members_of(shown)):
        raise Http404
    return None


def _form(request: SignedInRequest, shown: Panel, act: PanelAct, row: PanelCase | None, *, again: bool = False) -> PanelForm:
    data: Any = request.POST if request.method == "POST" else None
    if again:
        data = request.POST.copy()
        data["version"] = str(see(shown.pk, shown.agency_id).version)
    more: dict[str, Any] = {"texts": texts_of(row), "known": known_of(row.case)} if act.slug == "confirm-pack" and row is not None else {}
    return act.form(data, initial={"version": shown.version}, panel=shown, user=request.user, **more)


def _do(request: SignedInRequest, shown: Panel, act: PanelAct, form: PanelForm, target_id: UUID | None) -> HttpResponse | Change | None:
    """Call the service: its page, who was first, or None with the error in the form."""
    key = {act.on: target_id} if act.on else {}
    try:
        act.service(actor=request.user, panel_id=shown.pk, version=form.cleaned_data["version"], **key, **form.service_arguments())
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return None
    except Conflict as conflict:
        return conflict.change
    messages.success(request, act.done)
    if act.on == "panel_case_id" and act.slug != "leave-out":
        return redirect("panel_case", shown.pk, target_id)
    return redirect("panel", shown.pk)


@page(*LEARNERS)
def panel_learning(request: SignedInRequest) -> HttpResponse:
    """What panels learned: the agency's for organisers, one's own for anybody else, what is overdue first."""
    today = clock.today()
    rows = [(row, selectors.is_overdue(row, today)) for row in selectors.learning_for(request.user)]
    rows.sort(key=lambda one: (one[0].done_on is not None, one[0].due_on))
    context = {"rows": rows, "overdue": sum(1 for _, late in rows if late), "organises": ORGANISE.holds(request.user), "today": today}
    return render(request, "panels/organising/learning.html", context)


@page(*LEARNERS, methods=("GET", "POST"))
def panel_learning_done(request: SignedInRequest, learning_id: UUID) -> HttpResponse:
    """Record that something learned was done."""
    row = selectors.learning_for(request.user).filter(pk=learning_id).first()
    if row is None:
        raise Http404
    form = DoneForm(request.POST if request.method == "POST" else None, initial={"done_on": clock.today()})
    if form.is_valid():
        try:
            concluding.learning_done(actor=request.user, learning_id=row.pk, **form.cleaned_data)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "Recorded.")
            return redirect("panel_learning")
    return render(request, "panels/organising/done.html", {"form": form, "row": row}, status=400 if form.is_bound else 200)


@page(*ORGANISERS)
def panel_year(request: SignedInRequest, year: int) -> HttpResponse:
    """The summary of a year."""
    if not 2000 <= year <= 2100:
        raise Http404
    return render(request, "panels/organising/year.html", {"summary": selectors.year_of(request.user, year)})


def _consulted(shown: Panel, rows: list[PanelCase], what: str) -> None:
    cases = [row.case_id for row in rows]
    audit.services.record(
        act=Act.CONSULTATION, what=what, case_ids=cases, owners={shown.agency_id, *(row.force_id for row in rows)}, row_count=len(rows)
    )
