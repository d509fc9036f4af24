"""How one side keeps what it has not given yet: proved, locked and logged as any change, and unseen by the other.

No timeline, no new version of the case, no row in the other side's part of the access log: a version that moved would say that
something was kept. What is given later goes through `changing` as everything else does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pghistory
from django.db import transaction

import audit.context
import audit.services
from accounts.models import User
from audit.acts import Act
from cases.listing import is_cps
from cases.permissions import Permission
from cases.services.changing import Changing, see
from core import clock


@contextmanager
def quietly(case_id: UUID, *, actor: User, permission: Permission, what: str) -> Iterator[Changing]:
    """Lock a case this person may see and write what is her or his side's alone. `what` stands in the access log of that side.

    Raises Http404, NotAllowed, NotPossible for a case that takes no changes, and whatever the body raises.
    """
    who = {"actor_id": str(actor.pk), "actor_name": actor.name, "request_id": str(audit.context.required().request_id)}
    with transaction.atomic(), pghistory.context(**who):
        change = Changing(case=see(case_id, actor), actor=actor, now=clock.now())
        change.allow(permission)
        yield change
        owner = change.case.cps_area_scope if is_cps(actor) else change.case.force_id
        audit.services.record(act=Act.ALTERATION, what=what, case_ids=[change.case.pk], owners=[owner])
