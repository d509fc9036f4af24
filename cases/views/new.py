"""`/cases/new/`: log a case, on one page, in under two minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.access import SignedInRequest, page
from accounts.roles import WORKS_CASES_POLICE
from cases.forms.case import NewCase
from cases.services.logging import log_case
from core.exceptions import NotPossible


@page(*WORKS_CASES_POLICE, methods=("GET", "POST"))
def case_new(request: SignedInRequest) -> HttpResponse:
    """Show the form, or log the case and go to it. "Add another" brings the page back with one part more."""
    if request.method != "POST":
        return render(request, "cases/new.html", {"form": NewCase(user=request.user)})
    form = NewCase(request.POST, user=request.user)
    if not form.is_valid():
        # "Add another" only makes the page grow: nothing was refused.
        return render(request, "cases/new.html", {"form": form}, status=200 if form.adding else 400)
    try:
        case = log_case(actor=request.user, **form.service_arguments())
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return render(request, "cases/new.html", {"form": form}, status=400)
    messages.success(request, "Case logged.")
    return redirect("case_page", case_id=case.pk)
