"""`/reports/returns/`: what was sent to the CPS, what was returned and why, as a page and as a file. Counts only: no case and no name."""

from collections.abc import Iterator
from dataclasses import dataclass
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
from reports.permissions import COUNTS_RETURNS
from reports.returns import KINDS, returns_of
from reports.returns_figures import Number, Returns, Tally, share
from reports.turns import Figure
from reports.views import csv_file, query_of

COLUMNS: Final = ("marking", "table", "line", "of", "number", "per_cent", "median_days", "longest_days")
MEASURES: Final = (
    ("Sent", "sent", ""),
    ("Waiting for triage", "waiting", "sent"),
    ("Accepted", "accepted", "sent"),
    ("Accepted the first time, of those sent for the first time", "at_first", "firsts"),
    ("Returned", "returned", "sent"),
    ("Red rejections, of those returned", "red_rejected", "returned"),
    ("Returned a second time or later, of those returned", "again", "returned"),
    ("For a reason there the first time already, of second returns", "present_before", "again"),
    ("Returned later than the triage target, of those returned", "late", "returned"),
    ("Counts against the CPS, of those returned", "against", "returned"),
    ("Refused", "refused", "sent"),
    ("Withdrawn before triage", "withdrawn", "sent"),
)
"""A line of the first table, its number, and what it is a share of."""
BESIDE: Final = (
    ("Sent", "sent", ""),
    ("Returned", "returned", "sent"),
    ("Returned again", "again", ""),
    ("Against the CPS", "against", ""),
)
"""The columns of units, forces and months."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as it is shown, and its share in per cent where it has one."""

    of: str
    number: str
    share: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table."""

    words: str
    cells: list[Cell]


@page(*COUNTS_RETURNS)
def returns_report(request: SignedInRequest) -> HttpResponse:
    """Show what was sent in the time, what triage made of it and why, by unit or force and by month, and the ages."""
    form = TurnsFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/returns.html", {"form": form}, status=400)
    found = _read(request, form, Act.CONSULTATION, "report of returns")
    context = {
        "form": form,
        "report": found,
        "span": form.span(),
        "place": "Force" if is_cps(request.user) else "Unit",
        "kinds": KINDS,
        "triaged": _triaged(found),
        "why": [(one.title, one.of, _reasons(one.reasons, one.of)) for one in found.why],
        "place_title": "By force" if is_cps(request.user) else "By unit",
        "number": ("Number",),
        "beside_titles": [title for title, _, _ in BESIDE],
        "sides": ("Open now", "Settled in the time"),
        "places": _lines(found.by_place),
        "months": _lines(found.by_month),
        "ages": [(kind, found.open_ages[kind], found.settled_ages[kind]) for kind in KINDS],
        "nothing": not found.cases,
        "narrowed": bool(form.cleaned_data["first"] or form.cleaned_data["last"] or form.cleaned_data.get("unit")),
        "query": query_of(request),
    }
    return render(request, "reports/returns.html", context)


@page(*COUNTS_RETURNS)
def export_returns_report(request: SignedInRequest) -> HttpResponse:
    """Hand the figures out as a file, a record for each number. What is kept back is "not shown"."""
    form = TurnsFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "reports/returns.html", {"form": form}, status=400)
    found = _read(request, form, Act.DISCLOSURE, "report of returns, file")
    return csv_file(f"returns-{clock.today().isoformat()}", csv_text(COLUMNS, list(_records(found))))


def _triaged(found: Returns) -> list[Line]:
    return [Line(words, [_cell(kind, found.by_kind[kind], name, of) for kind in KINDS]) for words, name, of in MEASURES]


def _lines(rows: list[tuple[str, Tally]]) -> list[Line]:
    return [Line(words, [_cell(title, tally, name, of) for title, name, of in BESIDE]) for words, tally in rows]


def _reasons(reasons: list[tuple[str, Number]], of: Number) -> list[Line]:
    return [Line(words, [_number("", number, share(number, of))]) for words, number in reasons]


def _cell(title: str, tally: Tally, name: str, of: str) -> Cell:
    number: Number = getattr(tally, name)
    return _number(title, number, share(number, getattr(tally, of)) if of else None)


def _number(title: str, number: Number, part: Number) -> Cell:
    return Cell(title, "Not shown" if number is None else f"{number:,}", "" if part is None else f"{part}%")


def _records(found: Returns) -> Iterator[tuple[str, ...]]:
    tables = [("sent", _triaged(found))]
    tables += [(one.title, _reasons(one.reasons, one.of)) for one in found.why]
    tables += [("by unit or force", _lines(found.by_place)), ("by month", _lines(found.by_month))]
    for table, lines in tables:
        for line in lines:
            for cell in line.cells:
                number = cell.number.replace(",", "") if cell.number != "Not shown" else "not shown"
                yield MARKING, table, line.words, cell.of, number, cell.share.rstrip("%"), "", ""
    for words, ages in (("open now", found.open_ages), ("settled in the time", found.settled_ages)):
        for kind in KINDS:
            yield MARKING, "age since first sent", words, kind, *_age(ages[kind])


def _age(one: Figure) -> tuple[str, str, str, str]:
    number = "not shown" if one.number is None else str(one.number)
    return number, "", "" if one.median is None else str(one.median), "" if one.longest is None else str(one.longest)


def _read(request: SignedInRequest, form: TurnsFilter, act: Act, what: str) -> Returns:
    found = returns_of(request.user, form.span(), form.cleaned_data.get("unit"), clock.now())
    recipients = request.user.name if act == Act.DISCLOSURE else ""
    owners = set(found.owners) or {request.user.agency_id}
    audit.services.record(act=act, what=what, owners=owners, row_count=found.cases, recipients=recipients)
    return found
