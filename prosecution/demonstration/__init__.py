"""What the demonstration shows of the passage between police and CPS: invented, made by the services that the screens use.

Every step happens at its own time: a queue shows what is late, a report shows days, as they would after months of use.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.demonstration import FORCE
from audit import context as audit_context
from cases import models as m
from cases.demonstration import People, acting, references, set_live, tell
from cases.derive.clocks import Kind
from cases.derive.states import OPEN_STAGES
from cases.services.reconcile import reconcile
from core import clock
from core.scope import scope, system
from prosecution.models import NotSought
from prosecution.services.advice import advice_not_sought

FORGOTTEN = ("52/DEMO/08", "52/DEMO/17", "52/DEMO/36")
"""Where nobody thought of early advice: the officer owes it, or the reason."""


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
        for reference in _not_considered():
            with transaction.atomic():
                _not_sought(people, reference)


def _not_considered() -> list[str]:
    """Return the cases in which early advice should long have been considered, but for the few where nobody thought of it."""
    with scope(system(FORCE)):
        late = m.Deadline.objects.filter(kind=Kind.EARLY_ADVICE_CONSIDERED, due_at__lt=clock.now() - timedelta(days=2), met_at__isnull=True)
        cases = m.Case.objects.filter(force_id=FORCE, crime_reference__lt="52/DEMO/50", stage__in=OPEN_STAGES)
        cases = cases.filter(pk__in=late.filter(ended_at__isnull=True, cancelled=False).values("case")).exclude(
            crime_reference__in=FORGOTTEN
        )
        return list(cases.order_by("crime_reference").values_list("crime_reference", flat=True))


def _not_sought(people: People, reference: str) -> None:
    """Let the inspector have recorded, a few days ago, why early advice is not asked for."""
    inspector = people["supervisor"]
    with scope(system(FORCE)):
        case = m.Case.objects.get(force_id=FORCE, crime_reference=reference)
    with acting(inspector), clock.telling_of(clock.now() - timedelta(days=2)):
        text = "The first account and the telephone come first; looked at again then."
        advice_not_sought(actor=inspector, case_id=case.pk, reason=NotSought.TOO_EARLY, text=text)


def _bring_to_today(reference: str) -> None:
    """Let what time alone changed since the last thing that happened be seen: a bail that ran out, an item that took effect."""
    with scope(system(FORCE)):
        case = m.Case.objects.select_for_update().get(force_id=FORCE, crime_reference=reference)
        reconcile(case, reason="time passed", actor_name="System")
