"""`/prosecution/referrals/<referral>/`, its print, and what of an Area's is with CPS Direct."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from cases import permissions
from cases.sight import record_consultation, see_or_404
from core.exceptions import NotPossible
from core.pdf import CannotPrint
from prosecution.pages.referral import referral_or_404, referral_page
from prosecution.pages.transfers import with_direct_of
from prosecution.referral_paper import referral_pdf

NOT_IN_FONTS = "This holds a character that cannot be printed, such as a picture sign. Change the text and print it again."


@page(*permissions.EVERYONE_ON_CASES)
def referral(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral: what it holds, every submission, and whose move it is."""
    row = referral_or_404(request.user, referral_id)
    case = see_or_404(request.user, row.case_id)
    shown = referral_page(case, request.user, row)
    record_consultation(case, "referral")
    return render(request, "prosecution/referral/page.html", {"case": case, "referral": shown})


@page(*permissions.EVERYONE_ON_CASES)
def print_referral(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    """Hand one referral out as a PDF: the disclosure is logged before anything leaves. Raises NotPossible for what cannot be printed."""
    row = referral_or_404(request.user, referral_id)
    case = see_or_404(request.user, row.case_id)
    try:
        pdf = referral_pdf(case, referral_page(case, request.user, row))
    except CannotPrint:
        raise NotPossible(NOT_IN_FONTS) from None
    audit.services.record(
        act=Act.DISCLOSURE, what="referral, printed", case_ids=[case.pk], owners=[case.force_id], row_count=1, recipients=request.user.name
    )
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in case.crime_reference)
    headers = {"Content-Disposition": f'attachment; filename="referral-{name}-{row.number}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@page(Role.CPS_MANAGER)
def with_direct(request: SignedInRequest) -> HttpResponse:
    """Show what of this Area is with CPS Direct: the reference and since when, and nothing else."""
    rows = with_direct_of(request.user)
    audit.services.record(
        act=Act.CONSULTATION, what="cases with CPS Direct", case_ids=[], owners={request.user.agency_id}, row_count=len(rows)
    )
    return render(request, "prosecution/referral/with_direct.html", {"rows": rows})
