"""Pages of the daily runs: the list, and one day's."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, page
from audit.acts import Act
from core.keyset import page_asked_for
from reports.daily import selectors
from reports.permissions import READS_DAILY_RUNS, SEES_ARRESTS
from reports.seen import Seen
from reports.views import record


@page(*READS_DAILY_RUNS)
def daily_runs(request: SignedInRequest) -> HttpResponse:
    """Show the runs of the force with their main counts, the newest first. Raises Http404 for no place among them."""
    shown = page_asked_for(request.GET, partial(selectors.runs_of, request.user))
    record(Act.CONSULTATION, "daily runs, totals", ())
    return render(request, "reports/daily_runs.html", {"page": shown})


@page(*READS_DAILY_RUNS)
def daily_run(request: SignedInRequest, day: str) -> HttpResponse:
    """Show one day's run: its counts, and to people who see cases the suspects behind them. Raises Http404 for none."""
    run = selectors.run_of(request.user, selectors.day_of(day))
    sees = request.user.role in SEES_ARRESTS
    shown = page_asked_for(request.GET, partial(selectors.suspects_of, request.user, run)) if sees else None
    record(Act.CONSULTATION, "daily run" if sees else "daily run, totals", shown.rows if shown else ())
    earlier, later = selectors.neighbours(request.user, run.day)
    context = {
        "run": run,
        "counts": selectors.counts_of(run),
        "page": shown,
        "seen": Seen.on(run.day),
        "earlier": earlier,
        "later": later,
    }
    return render(request, "reports/daily_run.html", context)
