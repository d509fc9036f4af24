"""Who decided, checked or worked on a case: nobody of them sits on, or organises, what a panel finds of it.

Read in the system scope of the case's force: what the other side prepared is part of it, and none of it is shown.
"""

from uuid import UUID

from cases import identifying
from cases import models as m
from core.scope import scope, system
from prosecution import models as p


def took_part(case: m.Case) -> set[object]:
    """Return the keys of everybody who has or had a role on the case, did anything in it, or decided or checked on either side."""
    with scope(system(case.force_id)):
        people: set[object] = set(m.CasePerson.objects.filter(case=case).values_list("user", flat=True))
        people |= set(m.TimelineEvent.objects.filter(case=case).values_list("created_by", flat=True))
        for model in (m.SuspectOutcome, p.ChargingDecision, p.ReviewRequest):
            people |= set(model._default_manager.filter(case=case).values_list("created_by", flat=True))
        for prepared in (p.ProposedNfa, p.ProposedDecision):
            for pair in prepared._default_manager.filter(case=case).values_list("by", "checked_by"):
                people |= set(pair)
        for three in p.ReviewRequest.objects.filter(case=case).values_list("reviewer", "proposed_by", "second_by"):
            people |= set(three)
        people |= identifying.people_of(case)
    return people - {None}


def excluded(case: m.Case) -> set[object]:
    """Return who must never see the case."""
    with scope(system(case.force_id)):
        return set(m.Exclusion.objects.filter(case=case, lifted_at__isnull=True).values_list("user", flat=True))


def barred(case: m.Case) -> set[object]:
    """Return who neither reads a pack of this case nor finds on it."""
    return took_part(case) | excluded(case)


def is_barred(case: m.Case, user_id: UUID) -> bool:
    """Say whether somebody is among them."""
    return user_id in barred(case)
