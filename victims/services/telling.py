"""Planning how a victim hears of a decision: the plan that both agencies may know, and beside it what only these pages may show."""

from datetime import datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.services.changing import changing
from cases.services.telling_plans import plan_in
from core.exceptions import NotAllowed, NotPossible
from victims import permissions
from victims.models import TellingArrangement
from victims.sight import identity_shown

NOT_SHOWN: Final = "Only people with a role on the case, and supervisors, plan who is with a victim and where a letter goes."


def plan_telling(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    decision: tuple[str, UUID | None],
    teller_id: UUID,
    how: str,
    planned_at: datetime,
    companion: str,
    isva_warned: bool,
    letter_after: bool = True,
    letter_route: str = "",
    her_choice: bool = False,
    version: int | None = None,
) -> m.TellingPlan:
    """Plan who tells a victim a charge or no further action, how and when, who is with her or him, and where the letter goes.

    `decision` is what is told, and of which suspect (None: nobody was identified). A later plan takes the place of one
    before. Raises NotAllowed (not shown who she or he is), Conflict, Http404, NotPossible (nobody with her or him named, a
    letter without its route, and what `plan_in` refuses).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.PLAN_TELLING)
        complainant = change.get(m.Complainant, complainant_id)
        if not identity_shown(actor, change.case):
            raise NotAllowed(NOT_SHOWN)
        if not companion.strip():
            raise NotPossible("Enter who is with her or him, or that she or he wants nobody", field="companion")
        if letter_after and not letter_route.strip():
            raise NotPossible("Enter the safe route of the letter", field="letter_route")
        plan = plan_in(
            change,
            complainant=complainant,
            decision=decision,
            teller_id=teller_id,
            how=how,
            planned_at=planned_at,
            her_choice=her_choice,
            isva_warned=isva_warned,
            letter_after=letter_after,
            arranged=True,
        )
        route = letter_route.strip() if letter_after else ""
        change.add(TellingArrangement, complainant=complainant, plan=plan, companion=companion.strip(), letter_route=route)
        return plan
