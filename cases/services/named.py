"""The answer to "Has anyone been named?"."""

from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.services.changing import changing
from core.exceptions import NotPossible


def answer_named(*, actor: User, case_id: UUID, named: str, version: int | None = None) -> m.Case:
    """Record whether anyone has been named. "Yes" without a suspect is listed daily until one is added.

    Only a supervisor takes a "yes" back: it would leave that list unseen. Raises NotAllowed, NotPossible ("no" beside a
    suspect on record, a "yes" taken back by anybody else, or the answer that stands), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        if named not in m.Named.values:
            raise NotPossible("Select whether anyone has been named", field="named")
        if named == change.case.named:
            raise NotPossible("This is the answer already", field="named")
        if named != m.Named.YES and change.facts().suspects:
            raise NotPossible("There is a suspect on this case, so somebody has been named", field="named")
        if change.case.named == m.Named.YES and not permissions.SUPERVISE.holds(actor):
            raise NotPossible("Somebody was named: only a supervisor can take that back. Add the suspect, or ask one", field="named")
        change.case.named = named
        change.case.save(update_fields=["named"])
        change.put_in_timeline("named_answered", text=m.Named(named).label)
        return change.case
