"""The morning's pages: on screen, one part in full, on paper. Each writes down which cases were shown."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, page
from audit.acts import Act
from core.keyset import page_asked_for
from reports.morning.forms import MorningFilter, asks_unit
from reports.morning.look import Look
from reports.morning.page import list_of, morning_of
from reports.morning.paper import MOST_ROWS, fitted
from reports.morning.sections import SECTIONS
from reports.permissions import LEADS
from reports.views import query_of, record


@page(*LEADS)
def today(request: SignedInRequest) -> HttpResponse:
    """Show every part of the morning with its first rows."""
    form = asked_unit(request)
    if not form.is_valid():
        return render(request, "reports/today/today.html", {"form": form}, status=400)
    look = Look.of(request.user, form.cleaned_data["unit"])
    parts = morning_of(look, back=request.get_full_path())
    record(Act.CONSULTATION, "morning", [entry for part in parts for entry in part.entries])
    context = {"form": form if asks_unit(request.user) else None, "unit": form.words(), "parts": parts, "look": look}
    return render(request, "reports/today/today.html", {**context, "query": query_of(request)})


@page(*LEADS)
def today_section(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show all of one part. Raises Http404 for a part, or a place in its list, that is none."""
    section, form = SECTIONS.get(slug), asked_unit(request)
    if section is None:
        raise Http404
    if not form.is_valid():
        return render(request, "reports/today/today.html", {"form": form}, status=400)
    look = Look.of(request.user, form.cleaned_data["unit"])
    query = query_of(request)
    shown = page_asked_for(request.GET, partial(list_of, section, look, back=f"/today/{query}#{slug}"))
    record(Act.CONSULTATION, "morning, one part", shown.rows)
    context = {"section": section, "page": shown, "unit": form.words(), "look": look, "query": query}
    return render(request, "reports/today/section.html", context)


@page(*LEADS)
def print_today(request: SignedInRequest) -> HttpResponse:
    """Show the morning on one A4 page, with references and initials only."""
    form = asked_unit(request)
    if not form.is_valid():
        return render(request, "reports/today/today.html", {"form": form}, status=400)
    look = Look.of(request.user, form.cleaned_data["unit"])
    parts = morning_of(look, rows=MOST_ROWS)
    shown = fitted(parts)
    record(Act.DISCLOSURE, "morning, print", [entry for part in shown for entry in part.entries], recipients=request.user.name)
    empty = [part.section.title for part in parts if not part.count]
    context = {"parts": shown, "empty": empty, "unit": form.words(), "look": look, "query": query_of(request)}
    return render(request, "reports/today/print.html", context)


def asked_unit(request: SignedInRequest) -> MorningFilter:
    """Return the choice of unit; what somebody sends who has no choice is not read."""
    form = MorningFilter(request.GET if asks_unit(request.user) else {})
    form.offer(request.user)
    return form
