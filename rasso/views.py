"""The first page, and the address that keeps a session alive."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.access import EVERYBODY, SignedInRequest, page
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, WORKS_WITH_CLIENTS, Role
from cases.views import worklist
from core.about import About
from core.navigation import links_for
from reports.auditing.home import waiting_for

WHAT_A_ROLE_REACHES: dict[str, str] = {
    Role.ANALYST: "You see counts of your force’s cases, and no case.",
    Role.AUDITOR: "You see who looked at and changed your agency’s cases, and what your agency’s people looked at. You see no case.",
}

ABOUT = About(("What your role sees in this service, the pages for it, and your account.",))
"""For those whose first page is no worklist, whose own text stands under this address."""


@page(*EVERYBODY)
def home(request: SignedInRequest) -> HttpResponse:
    """Show people who work cases what these need, send those with pages of their own there, tell everybody else what they reach."""
    role = request.user.role
    if role in WORKS_CASES_POLICE | WORKS_CASES_CPS:
        return worklist.show(request)
    if role == Role.ADMINISTRATOR:
        return redirect("administration")
    if role in WORKS_WITH_CLIENTS:
        return redirect("client_list")
    if role == Role.PANEL_MEMBER:
        return redirect("meeting_list")
    links = [link for link in links_for(role, request.path) if link.href != request.path]
    waiting = waiting_for(request.user) if role == Role.AUDITOR else []
    settled = {one.link.href for one in waiting}
    links = [link for link in links if link.href not in settled]
    context = {"reaches": WHAT_A_ROLE_REACHES.get(role, ""), "links": links, "waiting": waiting, "about_page": ABOUT}
    return render(request, "home.html", context)


@page(*EVERYBODY, methods=("POST",))
def keep_alive(request: SignedInRequest) -> HttpResponse:
    """Answer that the session lives: that the request came at all has been noted by SessionLimits."""
    return HttpResponse(status=204)
