"""`/reports/`: the list of reports."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, page
from reports.registry import READERS, reports_for


@page(*READERS)
def reports(request: SignedInRequest) -> HttpResponse:
    """Show the reports that the reader's role opens, each with a sentence."""
    return render(request, "reports/index.html", {"reports": reports_for(request.user.role)})
