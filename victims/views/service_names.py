"""`/administration/service-names/`: which support service each name in the force's extract means. Names and counts, no case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SignedInRequest, page
from accounts.roles import Role
from accounts.step_up import confirm, stepped_up
from core.components import Link
from core.exceptions import NotPossible
from victims import service_names as read
from victims.forms.service_names import ServiceNameForm
from victims.services.service_names import match_name


@page(Role.ADMINISTRATOR)
def service_names(request: SignedInRequest) -> HttpResponse:
    """The names that are matched to no service, those of most victims first, and those that were matched."""
    may = read.may_match(request.user)
    waiting, matched = read.names_of(request.user) if may else ([], [])
    context = {"may": may, "why_not": read.ONLY_FORCES, "waiting": waiting, "matched": matched, "most": read.MOST, "crumbs": _crumbs()}
    return render(request, "victims/service_names.html", context)


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def service_name(request: SignedInRequest, key: str) -> HttpResponse:
    """Say which service one name means."""
    line = read.name_or_404(request.user, key)
    initial = {"seen": line.seen, "service_id": str(line.service.pk) if line.service else ""}
    form = ServiceNameForm(request.POST if request.method == "POST" else None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        said = form.cleaned_data
        try:
            match_name(actor=request.user, name=line.name, service_id=said["service_id"], seen=said["seen"])
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "Matched. Cases that name it get the service within a minute or two.")
            return redirect("service_names")
    context = {
        "form": form,
        "title": "Match a support service",
        "button": "Save",
        "back": reverse("service_names"),
        "about": line.name,
        "crumbs": [*_crumbs(), Link(text="Support services in the extract", href=reverse("service_names"))],
    }
    return render(request, "administration/form.html", context, status=400 if form.is_bound else 200)


def _crumbs() -> list[Link]:
    return [Link(text="Administration", href=reverse("administration"))]
