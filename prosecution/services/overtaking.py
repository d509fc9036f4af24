"""What was being prepared on a suspect who is settled meanwhile: overtaken, whoever settled her or him. The text is kept."""

from collections.abc import Collection
from uuid import UUID

from cases import models as m
from core.scope import scope, system
from notifications.services import tell
from prosecution import states
from prosecution.models import ProposedDecision
from prosecution.models import ProposedState as D
from prosecution.policies_decision import LIVE


def overtake(case: m.Case, suspects: Collection[UUID]) -> list[ProposedDecision]:
    """Let every decision that is prepared on these suspects be overtaken, and return them. Tells nobody. One query where none is."""
    with scope(system(case.force_id)):
        rows = list(ProposedDecision.objects.filter(case=case, suspect__in=suspects, state__in=LIVE).select_related("by"))
        for row in rows:
            states.step(states.DECISION, row.state, D.OVERTAKEN)
            row.state = D.OVERTAKEN
            row.save(update_fields=["state"])
    return rows


def end_prepared(case: m.Case, suspects: Collection[UUID]) -> bool:
    """Overtake what is prepared on suspects who have an outcome, and tell whoever prepared it. Says whether anything was.

    An outcome that the police record, or an extract brings, asks no prosecutor: without this a second check would wait for ever.
    """
    rows = overtake(case, suspects)
    for row in rows:
        tell(user=row.by, subject="decision_overtaken", key=f"{row.pk}:{case.version}", case_id=case.pk)
    return bool(rows)
