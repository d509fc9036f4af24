"""`/prosecution/plans/<plan>/`: an action plan, the one page both sides work on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases import permissions
from cases.sight import record_consultation, see_or_404
from prosecution.pages.plan import plan_or_404, plan_page


@page(*permissions.EVERYONE_ON_CASES)
def action_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Show one plan with its items and all that happened to them. Of a look at one not sent yet the force's auditor learns nothing."""
    row = plan_or_404(request.user, plan_id)
    case = see_or_404(request.user, row.case_id)
    shown = plan_page(case, request.user, row)
    if row.set_at is None:
        audit.services.record(act=Act.CONSULTATION, what="action plan", case_ids=[case.pk], owners=[case.cps_area_scope], row_count=1)
    else:
        record_consultation(case, "action plan")
    return render(request, "prosecution/plan/page.html", {"case": case, "plan": shown})
