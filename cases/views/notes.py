"""`/cases/<id>/notes/`: every note that its reader may read, filtered and paged; and the same for paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases import models as m
from cases import permissions
from cases.listing import is_cps
from cases.pages.notes import MOST_PRINTED, OWN, SHARED, BadKind, notes_page, notes_to_print
from cases.sight import record_consultation, see_or_404
from core import clock
from core.components import Link
from core.keyset import BadCursor


@page(*permissions.EVERYONE_ON_CASES)
def notes(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Show one page of the notes."""
    case = see_or_404(request.user, case_id)
    kind, after, before = (request.GET.get(name, "") for name in ("kind", "after", "before"))
    try:
        shown = notes_page(case, request.user, kind, after=after, before=before)
    except (BadKind, BadCursor):
        return render(request, "400.html", status=400)
    record_consultation(case, "case notes")
    context = {"case": case, "notes": shown, "kinds": _kinds(request, case, kind), "kind": kind}
    return render(request, "cases/notes.html", context)


@page(*permissions.EVERYONE_ON_CASES)
def notes_print(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Show the notes for paper: what leaves the service is a disclosure."""
    case = see_or_404(request.user, case_id)
    try:
        shown = notes_to_print(case, request.user, request.GET.get("kind", ""))
    except BadKind:
        return render(request, "400.html", status=400)
    audit.services.record(act=Act.DISCLOSURE, what="case notes printed", case_ids=[case.pk], owners=[case.force_id], row_count=len(shown))
    return render(request, "cases/notes_print.html", {"case": case, "notes": shown, "now": clock.now(), "cut": len(shown) == MOST_PRINTED})


def _kinds(request: SignedInRequest, case: m.Case, kind: str) -> list[Link]:
    """Return the kinds of notes as links into this page."""
    address = reverse("case_notes", args=[case.pk])
    own = "Only the CPS" if is_cps(request.user) else "Only the police"
    offered = (("All notes", ""), ("Police and CPS", SHARED), (own, OWN))
    return [Link(text=words, href=f"{address}?kind={value}" if value else address, active=kind == value) for words, value in offered]
