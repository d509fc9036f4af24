"""The first page, and the address that keeps a session alive."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path

from accounts.access import EVERYBODY, SignedInRequest, page
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role
from core.navigation import links_for

CASES = "/cases/"
WHAT_A_ROLE_REACHES: dict[str, str] = {
    Role.ANALYST: "You see counts of your force's cases, and no case.",
    Role.AUDITOR: "You see who looked at and changed your agency's cases, and what your agency's people looked at. You see no case.",
    Role.ADMINISTRATOR: "You look after the people and units of your agency. You see no case.",
    Role.ISVA: "You see the clients who have agreed that you may, and what they have been told. You see no evidence.",
    Role.ISVA_MANAGER: "You see the clients of your service who have agreed to it, as their advisers see them.",
    Role.PANEL_MEMBER: "You see the anonymised papers of the meetings you are invited to.",
}


@page(*EVERYBODY)
def home(request: SignedInRequest) -> HttpResponse:
    """Send people who work cases to their cases; tell everybody else what their role reaches."""
    role = request.user.role
    if role in WORKS_CASES_POLICE | WORKS_CASES_CPS and is_valid_path(CASES):
        return redirect(CASES)
    links = [link for link in links_for(role, request.path) if link.href != request.path]
    return render(request, "home.html", {"reaches": WHAT_A_ROLE_REACHES.get(role, ""), "links": links})


@page(*EVERYBODY, methods=("POST",))
def keep_alive(request: SignedInRequest) -> HttpResponse:
    """Answer that the session lives: that the request came at all has been noted by SessionLimits."""
    return HttpResponse(status=204)
