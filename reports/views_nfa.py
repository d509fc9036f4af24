"""`/reports/nfa/`: decisions to take no further action, as a page and as a file. Counts only: no case and no name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from core import clock
from reports.exports import MARKING, csv_text
from reports.forms_nfa import NfaFilter
from reports.nfa import nfa_of
from reports.nfa_chart import Chart, chart_of
from reports.nfa_figures import Block, NfaReport, Row, Table
from reports.permissions import COUNTS_NFA
from reports.turns import Figure
from reports.views import csv_file, query_of
from reports.views_returns import Cell, Line

COLUMNS: Final = ("marking", "counted", "table", "line", "column", "number", "median_days", "longest_days")
DAYS: Final = ("Days, median", "Longest")
NONE: Final = "–"


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as the page shows it."""

    caption: str
    heading: str
    columns: tuple[str, ...]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """What is counted on one side, as the page shows it."""

    title: str
    total: str
    median: str
    longest: str
    chart: Chart
    tables: list[ShownTable]


@page(*COUNTS_NFA)
def nfa_report(request: SignedInRequest) -> HttpResponse:
    """Show what ended in no further action in the time, by reason, stage and unit, and what came of looking at it again."""
    form = NfaFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/nfa.html", {"form": form}, status=400)
    found = _read(request, form, Act.CONSULTATION, "report of no further action")
    context = {
        "form": form,
        "report": found,
        "blocks": [_block(one) for one in found.blocks],
        "span": form.span(),
        "narrowed": bool(form.cleaned_data["first"] or form.cleaned_data["last"] or form.cleaned_data.get("unit")),
        "query": query_of(request),
    }
    return render(request, "reports/nfa.html", context)


@page(*COUNTS_NFA)
def export_nfa_report(request: SignedInRequest) -> HttpResponse:
    """Hand the figures out as a file, a record for each number. What is kept back is "not shown"."""
    form = NfaFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/nfa.html", {"form": form}, status=400)
    found = _read(request, form, Act.DISCLOSURE, "report of no further action, file")
    return csv_file(f"no-further-action-{clock.today().isoformat()}", csv_text(COLUMNS, list(_records(found))))


def _block(block: Block) -> ShownBlock:
    total = block.total
    tables = [_table(one) for one in block.tables]
    return ShownBlock(block.title, _number(total.number), _days(total.median), _days(total.longest), chart_of(block), tables)


def _table(table: Table) -> ShownTable:
    columns = (*table.columns, *DAYS) if table.days else table.columns
    return ShownTable(table.caption, table.heading, columns, [_line(table, row) for row in _rows(table)])


def _rows(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total else [])]


def _line(table: Table, row: Row) -> Line:
    cells = [Cell(title, _number(one.number), "") for title, one in zip(table.columns, row.cells, strict=True)]
    if table.days:
        cells += [Cell(title, _days(days), "") for title, days in zip(DAYS, (row.cells[0].median, row.cells[0].longest), strict=True)]
    return Line(row.words, cells)


def _number(number: int | None) -> str:
    return "Not shown" if number is None else f"{number:,}"


def _days(number: int | None) -> str:
    return NONE if number is None else f"{number:,}"


def _records(found: NfaReport) -> Iterator[tuple[str, ...]]:
    for block in found.blocks:
        yield MARKING, block.title, "all", "All", block.noun, *_cells(block.total)
        for table in block.tables:
            for row in _rows(table):
                for title, one in zip(table.columns, row.cells, strict=True):
                    yield MARKING, block.title, table.name, row.words, title, *_cells(one)


def _cells(one: Figure) -> tuple[str, str, str]:
    number = "not shown" if one.number is None else str(one.number)
    return number, "" if one.median is None else str(one.median), "" if one.longest is None else str(one.longest)


def _read(request: SignedInRequest, form: NfaFilter, act: Act, what: str) -> NfaReport:
    found = nfa_of(request.user, form.span(), form.cleaned_data.get("unit"), clock.now())
    recipients = request.user.name if act == Act.DISCLOSURE else ""
    owners = set(found.owners) or {request.user.agency_id}
    audit.services.record(act=act, what=what, owners=owners, row_count=found.cases, recipients=recipients)
    return found
