"""Whom the clocks of a request for a review remind: the reviewer, else the review unit; never anybody who took part in the case."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from accounts.models import User
from cases.models import Deadline
from cases.models.outcome import Side
from cases.reminding.recipients import Running
from prosecution.models import ReviewRequest
from prosecution.permissions import REVIEW
from prosecution.selectors_part import agency_of, parts_in_cases


def people(rows: Sequence[Running], escalated: bool) -> Mapping[UUID, list[UUID]]:
    """Return whom each deadline reminds, in at most five queries: the reviewer; escalated, or where there is none, the unit."""
    subjects = dict(Deadline.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "subject_id"))
    requests = {row.pk: row for row in ReviewRequest.objects.filter(pk__in=subjects.values()).defer("grounds")}
    barred = {
        side: parts_in_cases({row.case_id for row in requests.values() if row.side == side}, side)
        for side in {row.side for row in requests.values()}
        if side in Side.values
    }
    agencies = {agency_of(row) for row in requests.values()}
    staff = User.objects.filter(agency_id__in=agencies, is_active=True, unit__reviews=True, role__in=REVIEW.roles)
    unit: dict[int, list[UUID]] = {}
    for key, agency_id in staff.order_by("pk").values_list("pk", "agency_id"):
        unit.setdefault(agency_id, []).append(key)
    answer = {}
    for deadline, subject in subjects.items():
        row = requests.get(subject)
        if row is not None:
            may = [one for one in unit.get(agency_of(row), []) if one not in barred[row.side].get(row.case_id, {})]
            answer[deadline] = [row.reviewer_id] if row.reviewer_id in may and not escalated else may
    return answer
