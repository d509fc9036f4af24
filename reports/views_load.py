"""`/reports/load/`: live cases of each person, weighted by stage and risk."""

from django.http import HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from cases.derive.states import Risk, Stage
from cases.handover import people_of
from cases.load import LIVE, OWN_ROLES, RISK_POINTS, STAGE_POINTS, side_of
from cases.models import CaseRole
from core.words import inside
from reports.permissions import SEES_LOAD


@page(*SEES_LOAD)
def load(request: SignedInRequest) -> HttpResponse:
    """Show everybody of the agency (to a sergeant, of the unit) with live cases, points, absence and accreditation."""
    user = request.user
    people = people_of(user)
    if user.role == Role.SERGEANT:
        people = [one for one in people if one.user.unit_id == user.unit_id]
    by_name = request.GET.get("sort") == "name"
    people.sort(key=lambda one: (0 if by_name else -one.load.points, one.user.name, str(one.key)))
    side = side_of(user)
    stages = [str(Stage(stage).label) for stage in LIVE]
    audit.services.record(act=Act.CONSULTATION, what="load", owners={user.agency_id}, row_count=len(people))
    context = {
        "people": people,
        "stages": stages,
        "by_name": by_name,
        "weights": [(label, STAGE_POINTS[side][stage]) for stage, label in zip(LIVE, stages, strict=True)],
        "risks": [(str(Risk(risk).label), points) for risk, points in RISK_POINTS.items()],
        "roles": " or ".join(sorted(inside(str(CaseRole(role).label)) for role in OWN_ROLES[side])),
        "own_unit": user.role == Role.SERGEANT,
    }
    return render(request, "reports/load.html", context)
