"""`/administration/`, its units and its support services."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import services
from accounts.access import SignedInRequest, page
from accounts.administration import forms, panels, selectors
from accounts.roles import AgencyKind, Role
from accounts.services.agencies import works_with_several_areas
from accounts.stamps import unit_stamp
from accounts.step_up import confirm, stepped_up
from core.components import Link
from core.exceptions import NotPossible


@page(Role.ADMINISTRATOR)
def administration(request: SignedInRequest) -> HttpResponse:
    """What waits for an administrator: sign-ins, accreditations, units, settings, and whether the scheduler lives."""
    context = {"panels": panels.panels_for(request.user), "agency": request.user.agency}
    return render(request, "administration/index.html", context)


@page(Role.ADMINISTRATOR)
def units(request: SignedInRequest) -> HttpResponse:
    """The agency's units."""
    context = {
        "units": list(selectors.units(request.user)),
        "several": works_with_several_areas(request.user.agency),
        "crumbs": _crumbs(),
    }
    return render(request, "administration/units.html", context)


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def unit_new(request: SignedInRequest) -> HttpResponse:
    """Add a unit."""
    form = forms.UnitForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        said = form.cleaned_data
        services.add_unit(
            actor=request.user,
            agency=request.user.agency,
            name=said["name"],
            cps_area=form.area(),
            reviews=bool(said.get("reviews")),
        )
        messages.success(request, "The unit is in the list.")
        return redirect("units")
    return _form(request, form, title="Add a unit", button="Add the unit", back="units")


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def unit_change(request: SignedInRequest, unit_id: UUID) -> HttpResponse:
    """Rename a unit, give it another CPS Area, or say that it is the review unit."""
    unit = selectors.unit_or_404(request.user, unit_id)
    initial = {"seen": unit_stamp(unit), "name": unit.name, "cps_area": str(unit.cps_area_id or ""), "reviews": unit.reviews}
    form = forms.UnitForm(request.POST if request.method == "POST" else None, initial=initial, user=request.user)
    form.says = "Cases and people stay in the unit. It cannot be removed, because cases and the access log name it."
    if request.method == "POST" and form.is_valid():
        confirm(request)
        said = form.cleaned_data
        try:
            services.change_unit_details(
                actor=request.user,
                unit=unit,
                name=said["name"],
                cps_area=form.area() if "cps_area" in form.fields else unit.cps_area,
                reviews=said.get("reviews"),
                seen=said["seen"],
            )
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "The unit was changed.")
            return redirect("units")
    return _form(request, form, title="Change a unit", button="Save", back="units")


@page(Role.ADMINISTRATOR)
def agencies(request: SignedInRequest) -> HttpResponse:
    """Support services and oversight bodies."""
    found = list(selectors.services())
    context = {
        "kinds": [
            ("Support services", [one for one in found if one.kind == AgencyKind.SUPPORT]),
            ("Oversight bodies", [one for one in found if one.kind == AgencyKind.OVERSIGHT]),
        ],
        "crumbs": _crumbs(),
    }
    return render(request, "administration/services.html", context)


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def service_new(request: SignedInRequest) -> HttpResponse:
    """Add a support service or an oversight body."""
    form = forms.ServiceForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        services.add_agency(actor=request.user, kind=AgencyKind(form.cleaned_data["kind"]), name=form.cleaned_data["name"])
        messages.success(request, "It is in the list.")
        return redirect("services")
    return _form(request, form, title="Add a service", button="Add it", back="services")


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def service_administrator(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name the first administrator of a support service that has nobody yet."""
    agency = selectors.service_or_404(pk)
    form = forms.FirstAdministratorForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        said = form.cleaned_data
        address = request.build_absolute_uri(reverse("account_login"))
        try:
            services.add_first_administrator(actor=request.user, agency=agency, name=said["name"], email=said["email"], sign_in_url=address)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "The invitation is on its way.")
            return redirect("services")
    return _form(request, form, title="First administrator", button="Send the invitation", back="services", about=agency.name)


def _form(request: SignedInRequest, form: forms.SeenForm, *, title: str, button: str, back: str, about: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "back": reverse(back), "about": about, "crumbs": _crumbs()}
    return render(request, "administration/form.html", context, status=400 if form.is_bound else 200)


def _crumbs() -> list[Link]:
    return [Link(text="Administration", href=reverse("administration"))]
