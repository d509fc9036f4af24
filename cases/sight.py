"""Proving sight of one case, the same way for every screen: what is outside is the same 404 as what does not exist."""

from uuid import UUID

from django.http import Http404

import audit.services
from accounts.models import User
from audit.acts import Act
from cases import models as m


def see_or_404(user: User, case_id: UUID) -> m.Case:
    """Return the case with its force and unit, in one query. Raises Http404, after the same one query, for no case of this person's."""
    case = m.Case.objects.visible_to(user).select_related("force", "unit").filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case  # type: ignore[no-any-return]


def record_consultation(case: m.Case, what: str) -> None:
    """Write in the access log that somebody looked at one case."""
    audit.services.record(act=Act.CONSULTATION, what=what, case_ids=[case.pk], owners=[case.force_id], row_count=1)
