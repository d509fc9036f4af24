"""`/prosecution/cases/<id>/disclosure/`: what the disclosure officer puts on the schedule, numbered, for paper."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases import disclosure
from cases.sight import purpose_of, see_or_404
from core import clock
from prosecution.permissions import PRINT_FOR_DISCLOSURE

ROWS_AT_ONCE = 500
"""How many rows are printed at once; the next ones follow with the numbers they have."""


@page(*sorted(PRINT_FOR_DISCLOSURE.roles))
def disclosure_print(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Show contact log, notes, meetings and timeline in order of time. What leaves the service is a disclosure.

    Raises Http404 for a case out of sight, or a number that no row has.
    """
    case = see_or_404(request.user, case_id)
    entries = disclosure.entries(case, request.user)
    first = _first(request.GET.get("from", "1"), len(entries))
    shown = list(enumerate(entries[first - 1 : first - 1 + ROWS_AT_ONCE], start=first))
    audit.services.record(
        act=Act.DISCLOSURE,
        what="disclosure officer’s print",
        case_ids=[case.pk],
        owners=[case.force_id],
        row_count=len(shown),
        recipients=request.user.name,
        purpose=purpose_of(case),
    )
    last = first + len(shown) - 1
    context = {"case": case, "rows": shown, "total": len(entries), "first": first, "last": last, "now": clock.now()}
    return render(request, "prosecution/disclosure.html", {**context, "next": last + 1 if last < len(entries) else None})


def _first(sent: str, total: int) -> int:
    """Return the number that the print begins at. Raises Http404 for one that no row has."""
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 8) or not 1 <= int(sent) <= max(total, 1):
        raise Http404
    return int(sent)
