"""`/reports/attrition/`: victims who do not support the prosecution, as a page and as a file. Counts only: no case and no name."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from core import clock
from reports.attrition import Attrition, attrition_of
from reports.attrition_chart import chart_of
from reports.exports import MARKING, csv_text
from reports.forms_attrition import AttritionFilter
from reports.permissions import COUNTS_ATTRITION
from reports.views import csv_file, query_of

COLUMNS: Final = ("marking", "table", "line", "do_not_support", "support_again")


@page(*COUNTS_ATTRITION)
def attrition_report(request: SignedInRequest) -> HttpResponse:
    """Show how many victims do not support the prosecution, by stage, reason, unit, time and talk; those who do again apart."""
    form = AttritionFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/attrition.html", {"form": form}, status=400)
    found = _read(request, form, Act.CONSULTATION, "report of attrition")
    context = {
        "form": form,
        "report": found,
        "chart": chart_of(found),
        "span": form.span(),
        "narrowed": bool(form.cleaned_data["first"] or form.cleaned_data["last"] or form.cleaned_data.get("unit")),
        "query": query_of(request),
    }
    return render(request, "reports/attrition.html", context)


@page(*COUNTS_ATTRITION)
def export_attrition_report(request: SignedInRequest) -> HttpResponse:
    """Hand the figures out as a file, a record for each line of every table. What is kept back is "not shown"."""
    form = AttritionFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/attrition.html", {"form": form}, status=400)
    found = _read(request, form, Act.DISCLOSURE, "report of attrition, file")
    lines = [("all", found.all), *((table.name, row) for table in found.tables for row in table.rows)]
    records = [(MARKING, name, row.words, _number(row.ended), _number(row.again)) for name, row in lines]
    records.append((MARKING, "opened again", "Investigations opened again", "", _number(found.opened)))
    return csv_file(f"attrition-{clock.today().isoformat()}", csv_text(COLUMNS, records))


def _number(one: int | None) -> str:
    return "not shown" if one is None else str(one)


def _read(request: SignedInRequest, form: AttritionFilter, act: Act, what: str) -> Attrition:
    found = attrition_of(request.user, form.span(), form.cleaned_data.get("unit"))
    recipients = request.user.name if act == Act.DISCLOSURE else ""
    owners = set(found.owners) or {request.user.agency_id}
    audit.services.record(act=act, what=what, owners=owners, row_count=found.people, recipients=recipients)
    return found
