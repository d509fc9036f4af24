"""`/abstractions/`: events that take officers, and what each runs into."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases import abstractions as read
from cases import models as m
from cases import permissions
from cases.abstractions import Waiting
from cases.forms.abstraction import AbstractionForm, AnswerForm, CallOffForm, ChangeAbstractionForm, as_typed
from cases.services import abstraction as write
from core.components import Link
from core.exceptions import Conflict, NotPossible
from core.fieldviews import SummaryError, summary_errors
from core.forms import GovForm
from core.keyset import page_asked_for

Rows = list[tuple[Waiting, AnswerForm]]
OTHERS = "Somebody else has settled {} of these meanwhile, so nothing was saved. What still waits is below, as you filled it in"


@page(*permissions.SUPERVISORS)
def abstraction_list(request: SignedInRequest) -> HttpResponse:
    """The force's events, those to come or those past, with how many arrests still wait for an answer. Raises Http404 for no place."""
    when = read.PAST if request.GET.get("when") == read.PAST else read.COMING
    shown = page_asked_for(request.GET, partial(read.list_of, request.user, when))
    audit.services.record(act=Act.CONSULTATION, what="abstractions", owners=[request.user.agency_id], row_count=len(shown.rows))
    address = reverse("abstraction_list")
    views = [Link("Now and to come", address, active=when == read.COMING), Link("Past", f"{address}?when=past", active=when == read.PAST)]
    return render(request, "cases/abstractions/list.html", {"page": shown, "views": views, "past": when == read.PAST})


@page(*permissions.SUPERVISORS, methods=("GET", "POST"))
def abstraction_new(request: SignedInRequest) -> HttpResponse:
    """Enter an event and whom it takes."""
    people = read.can_be_taken(request.user)
    if request.method == "GET":
        return _form(request, AbstractionForm(people=people))
    if "find_now" in request.POST:
        return _form(request, as_typed(AbstractionForm, request.POST, people=people))
    form = AbstractionForm(request.POST, people=people)
    if form.is_valid():
        try:
            row = write.enter_abstraction(actor=request.user, **form.service_arguments())
        except NotPossible as refused:
            _beside(form, refused)
        else:
            messages.success(request, "Event entered. Say below what becomes of what is planned in its hours.")
            return redirect("abstraction", entry_id=row.entry_id)
    return _form(request, form, status=400)


@page(*permissions.SUPERVISORS, methods=("GET", "POST"))
def abstraction_change(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    """Correct an event, add an officer or take one off. What stood before is kept."""
    row = read.latest_or_404(request.user, entry_id)
    people = read.can_be_taken(request.user, row)
    if request.method == "GET":
        facts = {name: getattr(row, name) for name in ("event", "starts_at", "ends_at", "edition")}
        ticked = list(row.officers.values_list("user_id", flat=True))
        return _form(request, ChangeAbstractionForm(people=people, initial={**facts, "officer_ids": ticked}), row)
    if "find_now" in request.POST:
        return _form(request, as_typed(ChangeAbstractionForm, request.POST, people=people), row)
    form = ChangeAbstractionForm(request.POST, people=people)
    if form.is_valid():
        try:
            write.change_abstraction(actor=request.user, entry_id=entry_id, unit_id=row.unit_id, **form.service_arguments())
        except NotPossible as refused:
            _beside(form, refused)
        except Conflict as conflict:
            again = ChangeAbstractionForm(_with_edition(request, row), people=people)
            return _form(request, again, row, status=409, change=conflict.change)
        else:
            messages.success(request, "Event changed.")
            return redirect("abstraction", entry_id=entry_id)
    return _form(request, form, row, status=400)


@page(*permissions.SUPERVISORS, methods=("GET", "POST"))
def abstraction_call_off(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    """Say that an event takes nobody after all."""
    row = read.latest_or_404(request.user, entry_id)
    form = CallOffForm(request.POST) if request.method == "POST" else CallOffForm(initial={"edition": row.edition})
    if form.is_valid():
        try:
            write.call_off(actor=request.user, entry_id=entry_id, **form.cleaned_data)
        except NotPossible as refused:
            _beside(form, refused)
        except Conflict as conflict:
            again = CallOffForm(_with_edition(request, row))
            return render(request, "cases/abstractions/call_off.html", {"form": again, "row": row, "change": conflict.change}, status=409)
        else:
            messages.success(request, "Event called off.")
            return redirect("abstraction", entry_id=entry_id)
    return render(request, "cases/abstractions/call_off.html", {"form": form, "row": row}, status=400 if form.is_bound else 200)


@page(*permissions.SUPERVISORS, methods=("GET", "POST"))
def abstraction(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    """One event: what it runs into with the answer in the row, what was answered, and what was changed."""
    row = read.latest_or_404(request.user, entry_id)
    found = read.waiting_of(request.user, row)
    if request.method == "GET":
        return _event(request, row, [(one, AnswerForm(prefix=one.prefix)) for one in found])
    rows = [(one, AnswerForm(request.POST, prefix=one.prefix)) for one in found]
    problem = _settled_meanwhile(request, rows)
    if _any_invalid(form for _, form in rows) or problem:
        return _event(request, row, rows, problem=problem, status=400)
    given = [(one, form) for one, form in rows if form.given]
    if not given:
        return _event(request, row, rows, problem="Select an answer for at least one of these", status=400)
    if not _answer(request, row, given):
        return _event(request, row, rows, status=400)
    messages.success(request, f"{len(given)} {'answer' if len(given) == 1 else 'answers'} saved.")
    return redirect("abstraction", entry_id=entry_id)


def _any_invalid(forms: Iterable[GovForm]) -> bool:
    """Judge every form, so that all errors are shown at once."""
    return sum(not form.is_valid() for form in forms) > 0


def _answer(request: SignedInRequest, row: m.Abstraction, given: Rows) -> bool:
    """Write the answers, all or none, cases always in the same order so that two people never wait for each other."""
    saved = True
    for one, form in sorted(given, key=lambda pair: str(pair[0].planned.case_id)):
        try:
            one.sort.answer(request.user, row, one.planned, form.cleaned_data["answer"], form.cleaned_data["moved_to"])
        except NotPossible as refused:
            _beside(form, refused)
            saved = False
    return saved


def _settled_meanwhile(request: SignedInRequest, rows: Rows) -> str:
    """Say how many of the answers sent are about something that waits no longer, or "" for none."""
    here = {f"{one.prefix}-answer" for one, _ in rows}
    gone = sum(1 for name, value in request.POST.items() if name.endswith("-answer") and value and name not in here)
    return OTHERS.format(gone) if gone else ""


def _beside(form: GovForm, refused: NotPossible) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)


def _with_edition(request: SignedInRequest, row: m.Abstraction) -> QueryDict:
    """Return what was typed, with the edition that stands now: sending it again is a choice."""
    sent = request.POST.copy()
    sent["edition"] = str(row.edition)
    return sent


def _form(request: SignedInRequest, form: GovForm, row: m.Abstraction | None = None, *, status: int = 200, **more: Any) -> HttpResponse:
    audit.services.record(act=Act.CONSULTATION, what="abstraction form", owners=[request.user.agency_id])
    return render(request, "cases/abstractions/form.html", {"form": form, "row": row, **more}, status=status)


def _event(request: SignedInRequest, row: m.Abstraction, rows: Rows, *, problem: str = "", status: int = 200) -> HttpResponse:
    answered = read.answered_of(request.user, row)
    cases = {one.planned.case_id for one, _ in rows} | {one.planned.case_id for _, one in answered}
    audit.services.record(
        act=Act.CONSULTATION, what="abstraction", case_ids=sorted(cases), owners=[row.force_id], row_count=len(rows) + len(answered)
    )
    errors = [SummaryError(problem, "#waiting")] if problem else []
    for one, form in rows:
        errors += [SummaryError(f"{one.planned.reference}: {error.text}", error.href) for error in summary_errors(form)]
    context: dict[str, Any] = {"row": row, "rows": rows, "answered": answered, "errors": errors}
    context |= {"groups": read.officers_of(row), "editions": read.editions(row)}
    return render(request, "cases/abstractions/event.html", context, status=status)
