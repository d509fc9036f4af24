"""`/prosecution/no-further-action/…`: a proposal of no further action, for the police of the force."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases.sight import see_or_404
from prosecution.pages import nfa as pages
from prosecution.permissions import PROPOSE_NFA

POLICE = tuple(sorted(PROPOSE_NFA.roles))


@page(*POLICE)
def proposal(request: SignedInRequest, proposal_id: UUID) -> HttpResponse:
    """A proposal as it stands. The look stands in the force's part of the access log: the Area learns of none."""
    row = pages.proposal_or_404(request.user, proposal_id)
    case = see_or_404(request.user, row.case_id)
    context = {"case": case, **pages.proposal_page(case, request.user, row)}
    audit.services.record(act=Act.CONSULTATION, what="proposed outcome", case_ids=[case.pk], owners=[case.force_id], row_count=1)
    return render(request, "prosecution/nfa/proposal.html", context)
