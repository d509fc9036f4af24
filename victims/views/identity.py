"""`/victims/<complainant>/`: the victim's page, the look at who she or he is, and entering or correcting it."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SignedInRequest, page
from cases.permissions import EVERYONE_ON_CASES
from victims import permissions
from victims.forms.identity import IdentityForm, ShowIdentityForm, values_of
from victims.identity_page import VictimPage, masked, opened, victim_of
from victims.services.identity import keep_identity
from victims.sight import Seen, see_complainant_or_404
from victims.views.sealed_forms import SealedForm, answer, shown_or_404

HIDDEN_AFTER_SECONDS: Final = 300
"""How long who she or he is stays on the screen. A further look asks for its reason again."""


@page(*EVERYONE_ON_CASES)
def show(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show the page masked."""
    seen = see_complainant_or_404(request.user, complainant_id)
    return _render(request, seen, masked(seen, request.user), ShowIdentityForm())


@page(*permissions.SEE_IDENTITY.roles, methods=("GET", "POST"))
def shown(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show who she or he is for one look, once the reason is given. Asked for again by its address it is the masked page."""
    seen = shown_or_404(request, complainant_id)
    if request.method != "POST":
        return redirect("victim_page", complainant_id)
    form = ShowIdentityForm(request.POST)
    if not form.is_valid():
        return _render(request, seen, masked(seen, request.user), form, status=400)
    answered = _render(request, seen, opened(seen, request.user, form.cleaned_data["reason"]), form)
    answered.headers["Refresh"] = f"{HIDDEN_AFTER_SECONDS}; url={reverse('victim_page', args=[complainant_id])}"
    return answered


@page(*permissions.KEEP_IDENTITY.roles, methods=("GET", "POST"))
def identity(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Enter who she or he is, or correct it."""
    seen = shown_or_404(request, complainant_id)
    victim = victim_of(seen)
    asked = SealedForm(
        title="Correct who the victim is" if victim else "Enter who the victim is",
        make=IdentityForm,
        fill=lambda: values_of(victim),
        do=lambda form: keep_identity(
            actor=request.user,
            case_id=seen.case.pk,
            complainant_id=complainant_id,
            version=form.cleaned_data["version"],
            **form.service_arguments(),  # type: ignore[attr-defined]
        ),
        done="Identity saved.",
        what="form of a victim’s identity",
    )
    return answer(request, seen, asked)


def _render(request: SignedInRequest, seen: Seen, found: VictimPage, form: ShowIdentityForm, *, status: int = 200) -> HttpResponse:
    context = {
        "seen": seen,
        "case": seen.case,
        "complainant": seen.complainant,
        "page": found,
        "form": form,
        "minutes": HIDDEN_AFTER_SECONDS // 60,
    }
    return render(request, "victims/page.html", context, status=status)
