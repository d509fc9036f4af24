"""`/reports/turns/`: how long police and CPS hold cases, as a page and as a file. Counts only: no case and no name."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases.listing import is_cps
from core import clock
from reports.exports import MARKING, csv_text
from reports.forms_turns import TurnsFilter
from reports.permissions import COUNTS_TURNS
from reports.turns import Figure, Row, Turns, turns_of
from reports.views import csv_file, query_of

COLUMNS: Final = (
    "marking", "table", "line", "police", "police_median_days", "police_longest_days", "cps", "cps_median_days", "cps_longest_days",
    "finalised", "finalised_median_days", "finalised_longest_days",
)  # fmt: skip
NOW: Final = ("With the police", "With the CPS")
MONTHS: Final = ("Sent to the CPS", "Came back from the CPS")


@page(*COUNTS_TURNS)
def turns_report(request: SignedInRequest) -> HttpResponse:
    """Show how many cases are with each side, for how long, and what changed hands by month."""
    form = TurnsFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/turns.html", {"form": form}, status=400)
    found = _read(request, form, Act.CONSULTATION, "report of turns")
    place = "Force" if is_cps(request.user) else "Unit"
    context = {
        "form": form,
        "report": found,
        "span": form.span(),
        "tables": (
            ("Cases that are open now", place, NOW, "held", [*found.by_place, found.now]),
            ("What changed hands, by month", "Month", MONTHS, "held before", found.by_month),
        ),
        "apart": [*found.by_place, found.now],
        "place": place,
        "narrowed": bool(form.cleaned_data["first"] or form.cleaned_data["last"] or form.cleaned_data.get("unit")),
        "query": query_of(request),
    }
    return render(request, "reports/turns.html", context)


@page(*COUNTS_TURNS)
def export_turns_report(request: SignedInRequest) -> HttpResponse:
    """Hand the figures out as a file, a record for each line of both tables. What is kept back is "not shown"."""
    form = TurnsFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/turns.html", {"form": form}, status=400)
    found = _read(request, form, Act.DISCLOSURE, "report of turns, file")
    records = [(*_record("open now", row), *_numbers(row.finalised)) for row in (*found.by_place, found.now)]
    records += [(*_record("by month", row), "", "", "") for row in found.by_month]
    return csv_file(f"turns-{clock.today().isoformat()}", csv_text(COLUMNS, records))


def _record(table: str, row: Row) -> tuple[str, ...]:
    return (MARKING, table, row.words, *_numbers(row.police), *_numbers(row.cps))


def _numbers(one: Figure) -> tuple[str, str, str]:
    if one.number is None:
        return "not shown", "", ""
    return str(one.number), "" if one.median is None else str(one.median), "" if one.longest is None else str(one.longest)


def _read(request: SignedInRequest, form: TurnsFilter, act: Act, what: str) -> Turns:
    found = turns_of(request.user, form.span(), form.cleaned_data.get("unit"), clock.now())
    recipients = request.user.name if act == Act.DISCLOSURE else ""
    owners = set(found.owners) or {request.user.agency_id}
    audit.services.record(act=act, what=what, owners=owners, row_count=found.cases, recipients=recipients)
    return found
