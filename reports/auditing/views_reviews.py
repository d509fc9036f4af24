"""`/audit/emergency-access/` and `/audit/patterns/`: what waits for an auditor's look, and writing down what was found."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from cases.forms.emergency import ReviewForm
from cases.services.emergency import review_emergency_access
from core import clock
from core.exceptions import Change, Conflict, NotPossible
from core.keyset import page_asked_for
from reports.auditing.emergencies import one_use, page_of_uses
from reports.auditing.forms import PatternForm
from reports.auditing.patterns import one_pattern, page_of_patterns, review_pattern
from reports.auditing.references import references
from reports.auditing.thresholds import TABLE
from reports.auditing.views_log import log_address
from reports.models import PatternKind

REVIEWED = "reviewed"


@page(Role.AUDITOR)
def audit_emergencies(request: SignedInRequest) -> HttpResponse:
    """List the uses of emergency access: those to review, the one due first at the top, or those reviewed. Raises Http404 for no place."""
    reviewed = request.GET.get("show") == REVIEWED
    found = page_asked_for(request.GET, partial(page_of_uses, request.user, reviewed=reviewed))
    audit.services.record(
        act=Act.CONSULTATION, what="emergency access, list", case_ids=[use.case_id for use in found.rows], row_count=len(found.rows)
    )
    context = {"page": found, "reviewed": reviewed, "today": clock.today()}
    return render(request, "reports/audit/emergencies.html", context)


@page(Role.AUDITOR, methods=("GET", "POST"))
def audit_emergency(request: SignedInRequest, access_id: UUID) -> HttpResponse:
    """Show one use, with the way to what was looked at under it; take the review."""
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            review_emergency_access(actor=request.user, access_id=access_id, **form.cleaned_data)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        except Conflict as conflict:
            return _show_use(request, access_id, form, status=409, change=conflict.change)
        else:
            messages.success(request, "Review recorded.")
            return redirect("audit_emergencies")
    return _show_use(request, access_id, form, status=400 if form.is_bound else 200)


def _show_use(request: SignedInRequest, access_id: UUID, form: ReviewForm, *, status: int, change: Change | None = None) -> HttpResponse:
    use = one_use(request.user, access_id)
    audit.services.record(act=Act.CONSULTATION, what="emergency access, one use", case_ids=[use.case_id], row_count=1)
    since, until = use.days
    chosen = {"person": str(use.who_id), **day_parts("since", since), **day_parts("until", until)}
    looks = log_address(request.user, chosen, reference=use.reference, case_ids=[use.case_id])
    context = {"use": use, "form": form, "today": clock.today(), "looks": looks, "change": change, "waits": not use.answer}
    return render(request, "reports/audit/emergency.html", context, status=status)


def day_parts(name: str, day: Any) -> dict[str, str]:
    """Return a day as the three inputs of a date field send it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@page(Role.AUDITOR)
def audit_patterns(request: SignedInRequest) -> HttpResponse:
    """List patterns: those nobody has looked at, oldest first, or those reviewed. Raises Http404 for no such kind or place."""
    reviewed, kind = request.GET.get("show") == REVIEWED, request.GET.get("kind", "")
    if kind and kind not in PatternKind.values:
        raise Http404
    found = page_asked_for(request.GET, partial(page_of_patterns, request.user, reviewed=reviewed, kind=kind))
    audit.services.record(act=Act.CONSULTATION, what="patterns of looking, list", row_count=len(found.rows))
    context = {
        "page": found,
        "reviewed": reviewed,
        "kind": kind,
        "kinds": PatternKind.choices,
        "thresholds": TABLE,
    }
    return render(request, "reports/audit/patterns.html", context)


@page(Role.AUDITOR, methods=("GET", "POST"))
def audit_pattern(request: SignedInRequest, pattern_id: UUID) -> HttpResponse:
    """Show one pattern with the way to the rows it was found in; take the note that closes it."""
    form = PatternForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            review_pattern(actor=request.user, pattern_id=pattern_id, note=form.cleaned_data["note"])
        except Conflict as conflict:
            return _show_pattern(request, pattern_id, form, status=409, change=conflict.change)
        messages.success(request, "Review recorded.")
        return redirect("audit_patterns")
    return _show_pattern(request, pattern_id, form, status=400 if form.is_bound else 200)


def _show_pattern(
    request: SignedInRequest, pattern_id: UUID, form: PatternForm, *, status: int, change: Change | None = None
) -> HttpResponse:
    row = one_pattern(request.user, pattern_id)
    known = references(request.user, row.case_ids)
    audit.services.record(act=Act.CONSULTATION, what="pattern of looking", case_ids=row.case_ids, row_count=1)
    act = Act.DENIAL if row.kind == PatternKind.DENIALS else Act.CONSULTATION
    chosen = {"person": str(row.actor_id), "act": act, **day_parts("since", row.day), **day_parts("until", row.day)}
    looks = log_address(request.user, chosen)
    context = {
        "pattern": row,
        "counts": counted(row.counts),
        "cases": [known.get(key, "not of your agency") for key in row.case_ids],
        "form": form,
        "looks": looks,
        "change": change,
        "own": row.actor_id == request.user.pk,
        "waits": row.actor_id != request.user.pk and row.reviewed_at is None,
    }
    return render(request, "reports/audit/pattern.html", context, status=status)


WORDS = {
    "cases": "Cases",
    "searches": "Searches for the own name",
    "looks": "Looks out of hours",
    "days_before": "Days with looks out of hours in the 60 days before",
    "usual": "Cases on a usual day",
    "denials": "Refusals",
}


def counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return the numbers of a pattern in words."""
    return [(WORDS.get(name, name), number) for name, number in counts.items()]
