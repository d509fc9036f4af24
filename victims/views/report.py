"""`/reports/victim-contact/`: how contact with victims is kept, as a page and as a file. Counts only: no case and no name of hers."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role
from audit.acts import Act
from cases.exports import MARKING, csv_text
from core import clock
from victims.forms.report import ContactReportFilter
from victims.report_chart import chart_of
from victims.report_figures import BESIDE, At, Figures, figures_of
from victims.report_small import WORDS, for_who_counts
from victims.report_turns import Kept, Number
from victims.reports import Reach

READERS = WORKS_CASES_POLICE | WORKS_CASES_CPS | {Role.ANALYST}
COLUMNS = (
    "marking", "figure", "of", "in_time", "late", "median_days_late", "90th_percentile_days_late",
    "overdue_now", "agreed", "no_agreement", "attempts_without_reaching", "appointments_cancelled_by_us", "number",
)  # fmt: skip


@page(*READERS)
def report(request: SignedInRequest) -> HttpResponse:
    """Show the figures of the cases that the reader sees, an analyst those of the force."""
    form = ContactReportFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "victims/report.html", {"form": form}, status=400)
    figures = _read(request, form, Act.CONSULTATION, "victim contact report")
    narrowed = any(form.cleaned_data.values())
    query = f"?{request.GET.urlencode()}" if narrowed else ""
    empty = figures.nothing and not narrowed
    context = {"form": form, "figures": figures, "chart": chart_of(figures), "narrowed": narrowed, "empty": empty, "query": query}
    return render(request, "victims/report.html", context)


@page(*READERS)
def export(request: SignedInRequest) -> HttpResponse:
    """Hand the figures out as a file."""
    form = ContactReportFilter(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "victims/report.html", {"form": form}, status=400)
    figures = _read(request, form, Act.DISCLOSURE, "victim contact report, file")
    answer = HttpResponse(csv_text(COLUMNS, records(figures)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="victim-contact-{clock.today().isoformat()}.csv"'
    return answer


def records(figures: Figures) -> Iterator[tuple[str, ...]]:
    """Yield the records of the file, one a figure. A number that is kept back says so."""
    groups = (
        ("contact", [figures.contact]), ("contact by force", figures.by_force), ("contact by unit", figures.by_unit),
        ("contact by officer", figures.by_officer or []), ("contact by month", figures.by_month), ("told", figures.told),
    )  # fmt: skip
    for figure, rows in groups:
        for one in rows:
            yield _kept(figure, one)
    for figure, number in (
        ("overdue now", figures.overdue), ("agreed", figures.agreed), ("opted out", figures.opted_out),
        ("no agreement", figures.not_agreed), ("no safe channel", figures.unsafe), ("attempts without reaching", figures.attempts),
        ("contacts left out: before this system", figures.left_out), ("cases recorded before this system", figures.left_out_cases),
    ):  # fmt: skip
        yield _single(figure, "", number)
    for event, number in figures.cancelled:
        yield _single("appointments cancelled by us", event, number)


def _kept(figure: str, one: Kept) -> tuple[str, ...]:
    days = ["" if value is None else str(value) for value in (one.median, one.ninetieth)]
    beside = [_number(getattr(one, name)) for name in BESIDE] if isinstance(one, At) else [""] * len(BESIDE)
    return (MARKING, figure, one.name, _number(one.in_time), _number(one.late), *days, *beside, "")


def _single(figure: str, of: str, number: Number) -> tuple[str, ...]:
    return (MARKING, figure, of, *[""] * (len(COLUMNS) - 4), _number(number))


def _number(number: Number) -> str:
    return WORDS.lower() if number is None else str(number)


def _read(request: SignedInRequest, form: ContactReportFilter, act: Act, what: str) -> Figures:
    reach = Reach.counted_by(request.user).narrowed(unit=form.cleaned_data.get("unit", ""), officer=form.cleaned_data.get("officer", ""))
    figures = figures_of(reach, clock.now())
    recipients = request.user.name if act == Act.DISCLOSURE else ""
    counted = figures.contact.total + (figures.agreed or 0)
    audit.services.record(act=act, what=what, owners={request.user.agency_id}, row_count=counted, recipients=recipients)
    return for_who_counts(figures) if request.user.role == Role.ANALYST else figures
