"""What the demonstration shows of the passage between police and CPS: invented, made by the services that the screens use.

Every step happens at its own time: a queue shows what is late, a report shows days, as they would after months of use.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.demonstration import FORCE
from audit import context as audit_context
from cases import models as m
from cases.demonstration import People, references, set_live, tell
from cases.services.reconcile import reconcile
from core.scope import scope, system


def make_passage() -> None:
    """Make the cases of the passage that are not there yet. Safe to run again.

    Raises ImproperlyConfigured unless settings.DEMO is on.
    """
    from prosecution.demonstration.stories import STORIES

    if not settings.DEMO:
        raise ImproperlyConfigured("The demonstration's passage is made only where RASSO_DEMO is on.")
    with audit_context.acting_as_system(reason="demonstration"):
        people, there = People(), references()
        set_live(FORCE)
        for story in STORIES:
            if story.reference not in there:
                with transaction.atomic():
                    tell(story, people)
                    _bring_to_today(story.reference)


def _bring_to_today(reference: str) -> None:
    """Let what time alone changed since the last thing that happened be seen: a bail that ran out, an item that took effect."""
    with scope(system(FORCE)):
        case = m.Case.objects.select_for_update().get(force_id=FORCE, crime_reference=reference)
        reconcile(case, reason="time passed", actor_name="System")
