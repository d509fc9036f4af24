"""`/emergency-access/`: sight of a case of the own force for 4 hours, with a reason, for police."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.access import SignedInRequest, page
from accounts.roles import WORKS_CASES_POLICE
from cases.forms.emergency import EmergencyForm
from cases.services.emergency import SeesItAlready, take_emergency_access
from core.exceptions import NotPossible


@page(*WORKS_CASES_POLICE, methods=("GET", "POST"))
def take(request: SignedInRequest) -> HttpResponse:
    """Show the form with what follows from it; take the access and go to the case."""
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, form)
    try:
        access = take_emergency_access(actor=request.user, crime_reference=form.cleaned_data["crime_reference"], reason=form.reason())
    except SeesItAlready as seen:
        messages.info(request, "You see this case already, so no emergency access was taken.")
        return redirect("case_page", seen.case_id)
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return _show(request, form)
    return redirect("case_page", access.case_id)


def _show(request: SignedInRequest, form: EmergencyForm) -> HttpResponse:
    return render(request, "cases/emergency.html", {"form": form}, status=400 if form.is_bound else 200)
