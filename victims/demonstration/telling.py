"""Who is with the victims of the demonstration when a decision is told, and where the letters go: beside every plan there is."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, OuterRef

from accounts.demonstration import FORCE, OTHER_FORCE
from audit import context as audit_context
from cases import models as m
from cases.services.reconcile import keys_of
from core.scope import scope, system
from victims.models import TellingArrangement

COMPANION, ROUTE = "Her sister, who stays the evening", "By hand, in a plain envelope"


def make_arrangements() -> None:
    """Make them, once the cases are there. Safe to run again. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("What stands beside the demonstration's plans is made only where RASSO_DEMO is on.")
    with audit_context.acting_as_system(reason="demonstration"):
        for force_id in (FORCE, OTHER_FORCE):
            with scope(system(force_id)):
                _arrange(force_id)


def _arrange(force_id: int) -> None:
    there = TellingArrangement.objects.filter(plan=OuterRef("pk"))
    plans = m.TellingPlan.objects.filter(~Exists(there), force_id=force_id, arranged=True).select_related("case")
    for plan in plans.order_by("created_at"):
        row = TellingArrangement(**keys_of(plan.case), complainant_id=plan.complainant_id, plan=plan, created_by=plan.created_by)
        row.companion, row.letter_route = COMPANION, ROUTE
        row.save(force_insert=True)
