"""What is still asked of the CPS in a case: reasons why it cannot be taken back, handed to another force or put aside meanwhile."""

from cases import models as m
from core.words import inside
from prosecution.models import ActionPlan, AreaTransfer, EarlyAdvice, PlanState, Referral
from prosecution.states import OPEN_ADVICE, OPEN_REFERRAL


def still_asked(case: m.Case) -> list[str]:
    """Return what nobody could answer any longer, in words; a draft that was never sent is none. Four queries at most."""
    if not case.brought:
        return []
    sent = {"case": case, "first_submitted_at__isnull": False}
    found = [
        f"Request {row.number} for early advice is “{inside(row.get_state_display())}”. It has to end, or be withdrawn, first."
        for row in EarlyAdvice.objects.filter(**sent, state__in=OPEN_ADVICE)
    ]
    found += [
        f"Referral {row.number} is “{inside(row.get_state_display())}”. It has to end, or be withdrawn, first."
        for row in Referral.objects.filter(**sent, state__in=OPEN_REFERRAL)
    ]
    found += [
        f"Action plan {row.number} waits for its last answers. Settle it first."
        for row in ActionPlan.objects.filter(case=case, state=PlanState.SET)
    ]
    offers = AreaTransfer.objects.filter(case=case, state=m.OfferState.OFFERED).select_related("to_area")
    return found + [f"The case is offered to {row.to_area.name}. That offer has to be answered or withdrawn first." for row in offers]
