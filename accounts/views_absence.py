"""`/away/`: who is away now and soon, who covers, and the days of one person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts import absence as read
from accounts.access import EVERYBODY, SignedInRequest, page
from accounts.forms_absence import AwayForm, FindForm, initial_of
from accounts.models import User
from accounts.permissions import LEADS_PEOPLE, may_arrange_absence
from accounts.services.absence import set_away
from core import clock
from core.exceptions import NotPossible


@page(*EVERYBODY, methods=("GET", "POST"))
def away_list(request: SignedInRequest) -> HttpResponse:
    """One's own absence; to those who lead people also who else is away, and a search. Names are sent, not put in the address."""
    user, today = request.user, clock.today()
    leads = user.role in LEADS_PEOPLE
    form = FindForm(request.POST if request.method == "POST" else None)
    found = read.found_by_name(user, form.cleaned_data["name"]) if leads and form.is_valid() else None
    own = request.GET.get("unit") == "own" and user.unit_id is not None
    absences = read.absences(user, today, unit=user.unit_id if own else None) if leads else []
    context = {
        "leads": leads,
        "form": form,
        "found": found,
        "own": own,
        "now": [one for one in absences if one.now],
        "soon": [one for one in absences if not one.now],
        "me": read.away_words(user, today),
        "covering": read.covering(user, today),
        "my_warning": read.warning_of(user),
    }
    return render(request, "accounts/away/list.html", context, status=400 if form.is_bound and not form.is_valid() else 200)


@page(*EVERYBODY, methods=("GET", "POST"))
def away(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The days of one person and who covers; or, with the second button, that she or he is back."""
    person = read.person_or_404(request.user, person_id)
    if not may_arrange_absence(request.user, person):
        raise Http404
    if "back" in request.POST:
        set_away(actor=request.user, person=person, away_from=None, away_to=None)
        messages.success(request, "No absence is recorded any longer, and nobody covers.")
        return redirect("away_list")
    form = AwayForm(request.POST, person=person) if request.method == "POST" else AwayForm(person=person, initial=initial_of(person))
    if form.is_valid():
        try:
            saved = set_away(actor=request.user, person=person, **form.service_arguments())
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            return _saved(request, saved)
    context = {"person": person, "form": form, "me": person.pk == request.user.pk, "away": read.away_words(person, clock.today())}
    return render(request, "accounts/away/form.html", context, status=400 if form.is_bound else 200)


def _saved(request: SignedInRequest, person: User) -> HttpResponse:
    """Say that it is saved, and what is still to be settled."""
    messages.success(request, "Absence saved.")
    if warning := read.warning_of(person):
        messages.warning(request, f"{warning}. What falls due in these days has no owner unless somebody covers.")
    return redirect("away_list")
