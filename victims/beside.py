"""What the case page shows beside each complainant's label: whether it is recorded who she or he is, and the way there."""

from collections.abc import Mapping
from uuid import UUID

from accounts.models import User
from cases import models as cases
from cases.fragments import Fragment
from victims.identity_page import NOT_RECORDED, RECORDED, is_recorded
from victims.models import Victim


def identity_beside(case: cases.Case, user: User) -> Mapping[UUID, Fragment]:
    """Return the fragment of every complainant of a case. Two queries; nothing is opened."""
    recorded = {row.complainant_id for row in Victim.objects.filter(case=case) if is_recorded(row)}
    labels = cases.Complainant.objects.filter(case=case).values_list("pk", "label")
    return {
        key: Fragment("victims/on_case.html", {"key": key, "label": label, "identity": RECORDED if key in recorded else NOT_RECORDED})
        for key, label in labels
    }
