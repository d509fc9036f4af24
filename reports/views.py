"""Pages of the reports: read the filter, read the report, write down who was shown what."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

import audit.services
from accounts import saved_filters
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases.models import SituationKind
from core.keyset import Page, page_asked_for
from reports.arrests import Filter, Reach, held_up, late
from reports.charts import chart_of
from reports.exports import overdue_csv
from reports.forms import OverdueArrestsFilter
from reports.history import overdue_by_day
from reports.overdue import OverdueArrest, all_of, list_of
from reports.permissions import COUNTS_ARRESTS, SEES_ARRESTS
from reports.seen import Seen
from reports.totals import totals_of

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets read accented letters of a CSV file wrongly."""


@page(*COUNTS_ARRESTS)
def overdue_arrests(request: SignedInRequest) -> HttpResponse:
    """Show totals, and to people who see cases the suspects, the longest overdue first."""
    sees = request.user.role in SEES_ARRESTS
    form = OverdueArrestsFilter(request.GET, by_officer=sees)
    if not form.is_valid():
        return refused(request, form)
    seen, chosen = Seen.on(form.day()), form.chosen()
    reach = Reach.counted_by(request.user)
    totals = totals_of(reach, seen, chosen)
    form.offer(units=totals.units, officers=totals.officers)
    shown = asked_page(request, seen, chosen) if sees else None
    record(Act.CONSULTATION, "overdue arrests" if sees else "overdue arrests, totals", shown.rows if shown else ())
    context = {
        "form": form,
        "narrowed": form.narrowed(),
        "seen": seen,
        "totals": totals,
        "chart": chart_of(overdue_by_day(reach, seen, chosen)),
        "page": shown,
        "sees": sees,
        "query": query_of(request),
        "shelf": saved_filters.shelf_for(request, "overdue_arrests"),
    }
    return render(request, "reports/overdue_arrests.html", context)


@page(*SEES_ARRESTS)
def export_overdue_arrests(request: SignedInRequest) -> HttpResponse:
    """Hand out every row of the filter as a CSV file whose name identifies nobody."""
    form = OverdueArrestsFilter(request.GET)
    if not form.is_valid():
        return refused(request, form)
    seen = Seen.on(form.day())
    rows = all_of(form.chosen().on(late(Reach.seen_by(request.user), seen)), seen)
    record(Act.DISCLOSURE, "overdue arrests, file", rows, recipients=request.user.name)
    return csv_file(f"overdue-arrests-{seen.today.isoformat()}", overdue_csv(rows))


@page(*SEES_ARRESTS)
def print_overdue_arrests(request: SignedInRequest) -> HttpResponse:
    """Show every row of the filter on one page made for paper, with initials for names."""
    form = OverdueArrestsFilter(request.GET)
    if not form.is_valid():
        return refused(request, form)
    seen, chosen = Seen.on(form.day()), form.chosen()
    reach = Reach.seen_by(request.user)
    totals = totals_of(reach, seen, chosen)
    form.offer(units=totals.units, officers=totals.officers)
    rows = all_of(chosen.on(late(reach, seen)), seen)
    record(Act.DISCLOSURE, "overdue arrests, print", rows, recipients=request.user.name)
    context = {"seen": seen, "totals": totals, "rows": rows, "narrowed": form.narrowed(), "query": query_of(request)}
    return render(request, "reports/overdue_arrests_print.html", context)


@page(*SEES_ARRESTS)
def held_up_arrests(request: SignedInRequest, kind: str) -> HttpResponse:
    """Show the suspects whom one situation holds up, the earliest first due date first. Raises Http404 for no such situation."""
    if kind not in SituationKind.values:
        raise Http404
    form = OverdueArrestsFilter(request.GET)
    if not form.is_valid():
        return refused(request, form)
    seen = Seen.on(form.day())
    clocks = form.chosen().on(held_up(Reach.seen_by(request.user), seen)).filter(situation=kind)
    shown = asked(request, clocks, seen)
    record(Act.CONSULTATION, "suspects who cannot be arrested at present", shown.rows)
    context = {"seen": seen, "page": shown, "situation": SituationKind(kind).label, "query": query_of(request)}
    return render(request, "reports/held_up_arrests.html", context)


def asked_page(request: SignedInRequest, seen: Seen, chosen: Filter) -> Page[OverdueArrest]:
    """Return the page of overdue arrests that the address asks for."""
    return asked(request, chosen.on(late(Reach.seen_by(request.user), seen)), seen)


def asked(request: SignedInRequest, clocks: Any, seen: Seen) -> Page[OverdueArrest]:
    """Return the page of these clocks that the address asks for. Raises Http404 for a place that is none."""
    return page_asked_for(request.GET, partial(list_of, request.user, clocks, seen))


def refused(request: SignedInRequest, form: OverdueArrestsFilter) -> HttpResponse:
    """Show what is wrong with the filter, and nothing of any case."""
    form.offer()
    return render(request, "reports/overdue_arrests.html", {"form": form}, status=400)


def csv_file(name: str, text: str) -> HttpResponse:
    """Return a CSV file to download under a name, which identifies nobody."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(BYTE_ORDER_MARK + text, content_type="text/csv; charset=utf-8", headers=headers)


class OfACase(Protocol):
    """A row of a report: of which case (None where the case is out of sight), and whose."""

    @property
    def case_id(self) -> UUID | None: ...

    @property
    def force_id(self) -> int: ...


def record(act: Act, what: str, rows: Iterable[OfACase], *, recipients: str = "") -> None:
    """Write down which cases were shown or handed out. Without it nothing is shown: it is part of the same transaction."""
    shown = list(rows)
    audit.services.record(
        act=act,
        what=what,
        case_ids=list(dict.fromkeys(row.case_id for row in shown if row.case_id is not None)),
        owners={row.force_id for row in shown},
        row_count=len(shown),
        recipients=recipients,
    )


def query_of(request: SignedInRequest) -> str:
    """Return the filter as the address has it, for links that keep it; the place in the list is left out."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    kept = query.urlencode()
    return f"?{kept}" if kept else ""
