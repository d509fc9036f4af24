"""`/help/`: what the service explains about itself."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import EVERYBODY, SignedInRequest, page
from accounts.roles import Role
from rasso.help import clocks_for, pages

READS_CLOCKS = tuple(role for role in Role if role is not Role.PANEL_MEMBER)
"""Panel members work with anonymised papers: no clock is theirs, and they read no setting."""


@page(*EVERYBODY)
def help_index(request: SignedInRequest) -> HttpResponse:
    """Show the help pages there are."""
    return render(request, "help/index.html", {"pages": pages(request.user)})


@page(*READS_CLOCKS)
def help_clocks(request: SignedInRequest) -> HttpResponse:
    """Show every clock, with the lengths in force today for the reader's agency."""
    return render(request, "help/clocks.html", {"clocks": clocks_for(request.user), "agency": request.user.agency})
