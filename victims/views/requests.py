"""`/victims/<complainant>/requests/…`, `/devices/…` and `/appointments/`: what is sealed of them, and the notices on paper."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from victims.notices.printing import device_notice, information_notice
from victims.pages import appointments as appointment_pages
from victims.pages import requests as pages
from victims.permissions import SEE_IDENTITY
from victims.request_policies import ready_for_notice
from victims.services.consulting import Reason, consulting
from victims.sight import Seen
from victims.views.pdfs import as_file, made
from victims.views.sealed_forms import shown_or_404

SHOWN_TO = tuple(sorted(SEE_IDENTITY.roles))


@page(*SHOWN_TO)
def appointments(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Every appointment with its place."""
    seen = shown_or_404(request, complainant_id)
    return _render(request, seen, "victims/appointments.html", appointment_pages.listed(seen, request.user))


@page(*SHOWN_TO)
def information_request(request: SignedInRequest, complainant_id: UUID, request_id: UUID) -> HttpResponse:
    """One request for information, its gates and its texts."""
    seen = shown_or_404(request, complainant_id)
    found = pages.request_page(seen, request.user, pages.request_or_404(seen, request_id))
    return _render(request, seen, "victims/request.html", found)


@page(*SHOWN_TO)
def device_request(request: SignedInRequest, complainant_id: UUID, request_id: UUID) -> HttpResponse:
    """One request for a device and its texts."""
    seen = shown_or_404(request, complainant_id)
    found = pages.device_page(seen, request.user, pages.device_or_404(seen, request_id))
    return _render(request, seen, "victims/device.html", found)


@page(*SHOWN_TO)
def print_information_notice(request: SignedInRequest, complainant_id: UUID, request_id: UUID) -> HttpResponse:
    """The written notice of a request for information, as a PDF to print: to her or him, or with ?to=guardian to whoever is responsible."""
    seen = shown_or_404(request, complainant_id)
    row = pages.request_or_404(seen, request_id)
    ready_for_notice(row)
    guardian = request.GET.get("to") == "guardian"
    reference = seen.case.crime_reference
    return _pdf(
        request, seen, "notice of a request for information", lambda: information_notice(row, reference=reference, guardian=guardian)
    )


@page(*SHOWN_TO)
def print_device_notice(request: SignedInRequest, complainant_id: UUID, request_id: UUID) -> HttpResponse:
    """The written notice of a request for a device, as a PDF to print."""
    seen = shown_or_404(request, complainant_id)
    row = pages.device_or_404(seen, request_id)
    return _pdf(request, seen, "notice of a request for a device", lambda: device_notice(row, reference=seen.case.crime_reference))


def _pdf(request: SignedInRequest, seen: Seen, what: str, make: Callable[[], bytes]) -> HttpResponse:
    """Hand a notice out: the look and the disclosure are logged before anything leaves."""
    with consulting(seen.case, reason=Reason.REQUEST, what=what):
        pdf = made(make)
    audit.services.record(
        act=Act.DISCLOSURE, what=what, case_ids=[seen.case.pk], owners=[seen.case.force_id], row_count=1, recipients=request.user.name
    )
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in seen.case.crime_reference)
    return as_file(pdf, f"notice-{name}")


def _render(request: SignedInRequest, seen: Seen, name: str, found: dict[str, object]) -> HttpResponse:
    return render(request, name, {"seen": seen, "case": seen.case, "complainant": seen.complainant, **found})
