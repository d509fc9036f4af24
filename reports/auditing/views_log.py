"""`/audit/`: the access log, one row of it, and the log as a file. An auditor's own looking is recorded like anybody's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

import audit.services
from accounts.access import SignedInRequest, page
from accounts.models import User
from accounts.roles import Role
from accounts.step_up import confirm, stepped_up
from audit.acts import Act
from core import clock
from core.keyset import BadCursor, Page
from core.vault import SealBroken, seal_word, unseal_word
from reports.auditing.exporting import log_csv
from reports.auditing.forms import CaseForm, ExportForm, LogFilter
from reports.auditing.log import MOST_EXPORTED, Chosen, Line, detail, exported, page_of_log
from reports.auditing.references import find
from reports.views import csv_file

NOT_YOURS = "This search belongs to somebody else or could not be read. Search again."
CONFIRMED = "confirmed"
"""The part of the address that carries, sealed, what the file is for while the person confirms who she or he is."""
TOO_MANY = f"These are more than {MOST_EXPORTED:,} rows. Choose fewer days, or a person or a case."


@dataclass(slots=True)
class Asked:
    """What the address asks for: the filter, and the case that was searched for, whose reference is sealed in the address."""

    form: LogFilter
    case_form: CaseForm = field(default_factory=CaseForm)
    reference: str = ""
    case_ids: list[UUID] = field(default_factory=list)
    problem: str = ""

    def chosen(self) -> Chosen | None:
        """Return the filter, or None when something in the address is wrong."""
        return None if self.problem or not self.form.is_valid() else self.form.chosen(self.case_ids)


def _purpose(user: User) -> str:
    return f"audited case {user.pk}"


def asked_by(request: SignedInRequest) -> Asked:
    """Read the address."""
    asked = Asked(LogFilter(request.GET, auditor=request.user))
    if letters := request.GET.get("case", ""):
        try:
            reference, keys = unseal_word(letters, purpose=_purpose(request.user))
            asked.reference, asked.case_ids = str(reference), [UUID(key) for key in keys]
        except (SealBroken, TypeError, ValueError):
            asked.problem = NOT_YOURS
    return asked


def log_address(user: User, chosen: Mapping[str, str], *, reference: str = "", case_ids: Sequence[UUID] = ()) -> str:
    """Return the address of the log with what is chosen in its filter, and narrowed to a case."""
    query = {name: value for name, value in chosen.items() if value}
    if case_ids:
        query["case"] = seal_word([reference, [str(key) for key in case_ids]], purpose=_purpose(user))
    return f"{reverse('access_log')}?{urlencode(query)}"


@page(Role.AUDITOR, methods=("GET", "POST"))
def access_log(request: SignedInRequest) -> HttpResponse:
    """Show one page of the log; a case is searched for by post and comes back sealed in the address."""
    asked = asked_by(request)
    if request.method == "POST":
        return _search(request, asked)
    chosen = asked.chosen()
    if chosen is None:
        return _show(request, asked, None, status=400)
    try:
        found = page_of_log(request.user, chosen, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    except BadCursor:
        asked.problem = "The place in the log could not be read. Start again from the first page."
        return _show(request, asked, None, status=400)
    audit.services.record(act=Act.CONSULTATION, what="access log", case_ids=asked.case_ids, row_count=len(found.rows))
    return _show(request, asked, found)


def _search(request: SignedInRequest, asked: Asked) -> HttpResponse:
    """Find the case by its reference and go to the log narrowed to it, keeping the filter of the address."""
    asked.case_form = form = CaseForm(request.POST)
    if form.is_valid():
        reference = form.cleaned_data["crime_reference"]
        if case_ids := find(request.user, reference):
            kept = {name: request.GET[name] for name in request.GET if name not in {"case", "after", "before"}}
            return redirect(log_address(request.user, kept, reference=reference.upper(), case_ids=case_ids))
        form.add_error("crime_reference", "Your agency has no case with this crime reference")
    return _show(request, asked, None, status=400)


def _show(request: SignedInRequest, asked: Asked, found: Page[Line] | None, *, status: int = 200) -> HttpResponse:
    valid = asked.form.is_valid()
    context: dict[str, Any] = {
        "asked": asked,
        "form": asked.form,
        "case_form": asked.case_form,
        "days": asked.form.days() if valid else None,
        "narrowed": asked.form.narrowed() if valid else [],
        "page": found,
        "query": _query(request),
        "without_case": _query(request, "case"),
        "denials": request.GET.get("act") == Act.DENIAL,
    }
    return render(request, "reports/audit/log.html", context, status=status)


def _query(request: SignedInRequest, *left_out: str) -> str:
    """Return the filter as the address has it, without the place in the list."""
    query = request.GET.copy()
    for name in ("after", "before", *left_out):
        query.pop(name, None)
    for empty in [name for name in query if not any(query.getlist(name))]:
        del query[empty]
    return f"?{query.urlencode()}"


@page(Role.AUDITOR)
def access_log_row(request: SignedInRequest, row: str) -> HttpResponse:
    """Show one row with the others of its request and its session. Raises Http404 for none of this agency's."""
    found = detail(request.user, row)
    shown = 1 + len(found.of_request) + len(found.of_session)
    audit.services.record(act=Act.COMBINATION, what="access log, one row", case_ids=found.case_ids, row_count=shown)
    return render(request, "reports/audit/row.html", {"found": found, "line": found.line})


@page(Role.AUDITOR, methods=("GET", "POST"))
@stepped_up
def access_log_export(request: SignedInRequest) -> HttpResponse:
    """Ask what the file is for and who asks; hand out the rows of the filter as a disclosure.

    Whoever had to confirm first comes back to this page, with what was typed, and presses the button again: the file then
    comes while this page stays open.
    """
    asked = asked_by(request)
    chosen = asked.chosen()
    purpose = _typed_before(request)
    form = ExportForm(request.POST) if request.method == "POST" else ExportForm(initial={"purpose": purpose})
    if chosen is None:
        return _show(request, asked, None, status=400)
    if not form.is_valid():
        return _ask_purpose(request, asked, form, confirmed=bool(purpose))
    confirm(request, back_to=_back_with(request, form.cleaned_data["purpose"]))
    rows = exported(request.user, chosen)
    if len(rows) > MOST_EXPORTED:
        form.add_error(None, TOO_MANY)
        return _ask_purpose(request, asked, form)
    audit.services.record(
        act=Act.DISCLOSURE,
        what="access log, file",
        case_ids=asked.case_ids,
        row_count=len(rows),
        purpose=f"{form.cleaned_data['purpose']} ({filter_in_words(asked.form)})",
        recipients=request.user.name,
    )
    return csv_file(f"access-log-{clock.today().isoformat()}", log_csv(rows))


def filter_in_words(form: LogFilter) -> str:
    """Return what a file of the log was narrowed to, for the record of handing it out; the case is recorded by its key."""
    since, until = form.days()
    return "; ".join([f"{since.isoformat()} to {until.isoformat()}", *(f"{label}: {words}" for label, words in form.narrowed())])


def _back_with(request: SignedInRequest, purpose: str) -> str:
    """Return the address of the page with its filter and what the file is for: sealed, so that nothing typed stands in it."""
    query = request.GET.copy()
    query[CONFIRMED] = seal_word(purpose, purpose=f"{CONFIRMED} {request.user.pk}")
    return f"{reverse('access_log_export')}?{query.urlencode()}"


def _typed_before(request: SignedInRequest) -> str:
    """Return what the person typed before she or he confirmed; empty where nothing can be read."""
    try:
        return str(unseal_word(request.GET.get(CONFIRMED, ""), purpose=f"{CONFIRMED} {request.user.pk}"))
    except SealBroken:
        return ""


def _ask_purpose(request: SignedInRequest, asked: Asked, form: ExportForm, *, confirmed: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "confirmed": confirmed and not form.is_bound,
        "asked": asked,
        "days": asked.form.days(),
        "narrowed": asked.form.narrowed(),
        "query": _query(request, CONFIRMED),
        "most": f"{MOST_EXPORTED:,}",
    }
    return render(request, "reports/audit/export.html", context, status=400 if form.is_bound else 200)
