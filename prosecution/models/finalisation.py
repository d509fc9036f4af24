"""Closing administratively: a referral whose action plan nobody answered. It is not a decision, and it may be reopened."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.base import LINE, CaseRow, with_history
from prosecution.models.plan import ActionPlan
from prosecution.models.referral import Referral


@with_history
class Finalisation(CaseRow):
    """That a referral was finalised administratively: who owns it at the police from then on, and what became of the review."""

    class State(models.TextChoices):
        STANDS = "stands", "Administratively finalised"
        CONFIRMED = "confirmed", "Confirmed at its review"
        REOPENED = "reopened", "Reopened"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="finalisations", db_constraint=False)
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    state = models.CharField(max_length=9, choices=State, default=State.STANDS)
    at = models.DateTimeField()
    because = models.CharField(max_length=LINE)
    bail_reviewed = models.CharField(max_length=LINE, help_text="What the review of bail came to.")
    police_owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    reviewed_at = models.DateTimeField(null=True, help_text="Reopened, or confirmed at its review.")
    review_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["referral"], condition=~Q(state="reopened"), name="a_referral_is_finalised_once_at_a_time"),
        ]
