"""Pages of the bail diary: read the filter, read the diary, write down who was shown what."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from accounts import saved_filters
from accounts.access import SignedInRequest, page
from audit.acts import Act
from core import clock
from core.keyset import Page, page_asked_for
from reports.arrests import Reach
from reports.bail.clocks import PASSED, Filter, chosen
from reports.bail.exports import bail_csv
from reports.bail.forms import BailFilter
from reports.bail.quick import quick_links
from reports.bail.rows import BailRow, all_of, by_day, list_of
from reports.bail.totals import totals_of
from reports.permissions import COUNTS_BAIL, SEES_BAIL
from reports.seen import Seen
from reports.views import csv_file, query_of, record


@page(*COUNTS_BAIL)
def bail_diary(request: SignedInRequest) -> HttpResponse:
    """Show figures, and to people who see cases the suspects on bail under the day on which they answer."""
    sees = request.user.role in SEES_BAIL
    form = BailFilter(request.GET, by_officer=sees)
    if not form.is_valid():
        return refused(request, form)
    asked = form.chosen()
    totals = totals_of(Reach.counted_by(request.user), asked)
    form.offer(units=totals.units, officers=totals.officers)
    shown = asked_page(request, asked) if sees else None
    record(Act.CONSULTATION, "bail diary" if sees else "bail diary, totals", shown.rows if shown else ())
    context = {
        "form": form,
        "narrowed": form.narrowed(),
        "totals": totals,
        "page": shown,
        "days": by_day(shown.rows, request.user, request.get_full_path()) if shown else (),
        "sees": sees,
        "passed_state": PASSED,
        "quick": quick_links(request.GET, asked),
        "query": query_of(request),
        "seen": Seen.now(),
        "shelf": saved_filters.shelf_for(request, "bail_diary"),
    }
    return render(request, "reports/bail/diary.html", context)


@page(*SEES_BAIL)
def export_bail(request: SignedInRequest) -> HttpResponse:
    """Hand out every row of the filter as a CSV file whose name identifies nobody."""
    form = BailFilter(request.GET)
    if not form.is_valid():
        return refused(request, form)
    rows = all_of(chosen(Reach.seen_by(request.user), form.chosen()))
    record(Act.DISCLOSURE, "bail diary, file", rows, recipients=request.user.name)
    return csv_file(f"bail-{clock.today().isoformat()}", bail_csv(rows))


@page(*SEES_BAIL)
def print_bail(request: SignedInRequest) -> HttpResponse:
    """Show every row of the filter on one page made for paper, with initials for names and no text of conditions."""
    form = BailFilter(request.GET)
    if not form.is_valid():
        return refused(request, form)
    asked, reach = form.chosen(), Reach.seen_by(request.user)
    totals = totals_of(reach, asked)
    form.offer(units=totals.units, officers=totals.officers)
    rows = all_of(chosen(reach, asked))
    record(Act.DISCLOSURE, "bail diary, print", rows, recipients=request.user.name)
    context = {"days": by_day(rows), "totals": totals, "narrowed": form.narrowed(), "query": query_of(request), "seen": Seen.now()}
    return render(request, "reports/bail/print.html", context)


def asked_page(request: SignedInRequest, asked: Filter) -> Page[BailRow]:
    """Return the page of the diary that the address asks for. Raises Http404 for a place that is none."""
    rows = chosen(Reach.seen_by(request.user), asked)
    return page_asked_for(request.GET, partial(list_of, request.user, rows))


def refused(request: SignedInRequest, form: BailFilter) -> HttpResponse:
    """Show what is wrong with the filter, and nothing of any case."""
    form.offer()
    return render(request, "reports/bail/diary.html", {"form": form}, status=400)
