"""`/imports/`: upload, preview, start, progress, result, refused records, and the two lists that an import leaves to answer."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from cases.forms.imports import MOST_BYTES, TOO_LARGE, AnswerForm, UploadForm
from cases.importing import lists, runs
from cases.importing.answers import answer_disagreement
from cases.importing.run import tally_from
from cases.tasks import ring
from core import clock
from core.components import Link
from core.exceptions import NotPossible
from core.keyset import page_asked_for

EXTRA_OF_A_FORM = 20_000


@page(Role.SUPERVISOR)
def import_list(request: SignedInRequest) -> HttpResponse:
    """The force's imports, and what waits for an answer."""
    found = page_asked_for(request.GET, partial(lists.history, request.user))
    differences, bails = lists.to_answer(request.user)
    context = {"page": found, "differences": differences, "bails": bails, "running": runs.running(request.user.agency_id)}
    return render(request, "cases/imports/list.html", context)


@page(Role.SUPERVISOR, methods=("GET", "POST"))
def import_new(request: SignedInRequest) -> HttpResponse:
    """Upload an extract. It is read through and kept sealed; nothing is imported before it is started."""
    if request.method == "GET":
        return render(request, "cases/imports/new.html", {"form": UploadForm()})
    form = UploadForm(request.POST, request.FILES)
    if not request.FILES and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + EXTRA_OF_A_FORM:
        form.add_error("file", TOO_LARGE)
    if form.is_valid():
        try:
            run = runs.upload(actor=request.user, data=form.cleaned_data["file"].read())
        except NotPossible as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            return redirect("import_run", run_id=run.pk)
    return render(request, "cases/imports/new.html", {"form": form}, status=400)


@page(Role.SUPERVISOR)
def import_run(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """One import: its preview, its progress or its result."""
    run = runs.runs_of(request.user).filter(pk=run_id).select_related("uploaded_by").defer("file_sealed", "refused_sealed").first()
    if run is None:
        raise Http404
    kept = run.forget_at > clock.now()
    own = run.uploaded_by_id == request.user.pk
    context = {
        "run": run,
        "preview": run.counts.get("preview"),
        "lines": [line.partition(": ") for line in tally_from(run.counts["tally"]).lines()] if "tally" in run.counts else [],
        "going_on": run.state in runs.RUNNING_STATES,
        "may_start": own and kept and run.state in (runs.State.PREVIEWED, runs.State.FAILED),
        "refused_file": own and kept and bool(run.counts.get("preview", {}).get("refused")),
        "crumbs": _crumbs(),
    }
    return render(request, "cases/imports/run.html", context)


@page(Role.SUPERVISOR, methods=("POST",))
def import_start(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """Start a checked import."""
    try:
        runs.start(actor=request.user, run_id=run_id, ring=ring)
    except NotPossible as refusal:
        messages.error(request, refusal.reason)
    return redirect("import_run", run_id=run_id)


@page(Role.SUPERVISOR)
def import_refused(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """The refused records as a file, to whoever uploaded it."""
    response = HttpResponse(runs.refused_file(actor=request.user, run_id=run_id), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="OFFICIAL-SENSITIVE-refused-records.csv"'
    return response


@page(Role.SUPERVISOR)
def disagreement_list(request: SignedInRequest) -> HttpResponse:
    """Where the extract disagrees with what was entered on screen."""
    found = page_asked_for(request.GET, partial(lists.differences, request.user))
    _consulted("extract disagrees", request.user.agency_id, [one.row.case_id for one in found.rows])
    return render(request, "cases/imports/disagreements.html", {"page": found, "crumbs": _crumbs()})


@page(Role.SUPERVISOR, methods=("GET", "POST"))
def disagreement(request: SignedInRequest, disagreement_id: UUID) -> HttpResponse:
    """Keep or take, with the reason."""
    one = lists.difference(request.user, disagreement_id)
    if one is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            taken = form.cleaned_data["answer"] == "take"
            answer_disagreement(actor=request.user, disagreement_id=disagreement_id, take=taken, note=form.cleaned_data["note"])
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _answered(taken, one.later))
            return redirect("disagreement_list")
    _consulted("extract disagrees", request.user.agency_id, [one.row.case_id])
    crumbs = [*_crumbs(), Link(text="Extract disagrees", href=reverse("disagreement_list"))]
    return render(
        request, "cases/imports/disagreement.html", {"one": one, "form": form, "crumbs": crumbs}, status=400 if form.is_bound else 200
    )


def _answered(taken: bool, later: bool) -> str:
    """What to say of an answer."""
    if not taken:
        return "What stands on the case was kept."
    return "What the extract says will be written when it is imported next." if later else "What the extract says was taken."


@page(Role.SUPERVISOR)
def passed_bail_list(request: SignedInRequest) -> HttpResponse:
    """Imported bail whose date had passed: what happened?"""
    found = page_asked_for(request.GET, partial(lists.passed_bails, request.user))
    _consulted("bail date passed", request.user.agency_id, [bail.case_id for bail in found.rows])
    return render(request, "cases/imports/passed_bails.html", {"page": found, "crumbs": _crumbs()})


def _consulted(what: str, force_id: int, case_ids: list[UUID]) -> None:
    audit.services.record(
        act=Act.CONSULTATION, what=what, case_ids=list(dict.fromkeys(case_ids)), owners=[force_id], row_count=len(case_ids)
    )


def _crumbs() -> list[Link]:
    return [Link(text="Imports", href=reverse("import_list"))]
