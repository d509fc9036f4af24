"""`/reports/abstraction/`: what events that take officers cost, as a page and as a file. Counts only: no case and no name."""

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases.planned import SORTS
from core import clock
from reports.abstraction import Answers, Report, report_of
from reports.exports import MARKING, csv_text
from reports.forms_abstraction import AbstractionFilter
from reports.permissions import COUNTS_ABSTRACTION
from reports.views import csv_file, query_of

COLUMNS = ("marking", "month", "unit", "event", "officer_hours")
ANSWERS = ("moved", "cancelled", "kept", "not_answered")
"""The columns of each sort of planned thing, after its name: arrests_moved, …"""


@page(*COUNTS_ABSTRACTION)
def abstraction_report(request: SignedInRequest) -> HttpResponse:
    """Show officer-hours and arrests by month, unit and event."""
    form = AbstractionFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/abstraction.html", {"form": form}, status=400)
    report = _read(request, form, Act.CONSULTATION, "abstraction report")
    narrowed = bool(form.cleaned_data["first"] or form.cleaned_data["last"] or form.cleaned_data["unit"])
    tables = (
        ("By month", "Month", report.by_month),
        ("By unit", "Unit of the officers", report.by_unit),
        ("By event", "Event", report.by_event),
    )
    context = {"form": form, "report": report, "span": form.span(), "narrowed": narrowed, "query": query_of(request), "tables": tables}
    return render(request, "reports/abstraction.html", context)


@page(*COUNTS_ABSTRACTION)
def export_abstraction_report(request: SignedInRequest) -> HttpResponse:
    """Hand the figures out as a file, a record for each month, unit and event."""
    form = AbstractionFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/abstraction.html", {"form": form}, status=400)
    report = _read(request, form, Act.DISCLOSURE, "abstraction report, file")
    columns = (*COLUMNS, *(f"{sort.plural}_{answer}" for sort in SORTS.values() for answer in ANSWERS))
    records = [
        (MARKING, month, unit, event, cost.plain_hours, *(str(number) for _, one in cost.sorts for number in _numbers(one)))
        for month, unit, event, cost in report.rows
    ]
    return csv_file(f"abstraction-{clock.today().isoformat()}", csv_text(columns, records))


def _numbers(answers: Answers) -> tuple[int, int, int, int]:
    """Return the numbers in the order of ANSWERS."""
    return answers.moved, answers.cancelled, answers.kept, answers.open


def _read(request: SignedInRequest, form: AbstractionFilter, act: Act, what: str) -> Report:
    report = report_of(request.user, form.span(), form.cleaned_data["unit"])
    recipients = request.user.name if act == Act.DISCLOSURE else ""
    audit.services.record(act=act, what=what, owners={request.user.agency_id}, row_count=len(report.cells), recipients=recipients)
    return report
