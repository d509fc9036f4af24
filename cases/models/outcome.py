"""How a suspect's part ended, and where she or he stands with the CPS meanwhile."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.base import LINE, CaseRow, with_history
from cases.models.people import Suspect


class Side(models.TextChoices):
    """Which side of the record: whose act it was, or whose move it is."""

    POLICE = "police", "Police"
    CPS = "cps", "CPS"


class ReopenBasis(models.TextChoices):
    """The only ways an outcome ends (design section 5)."""

    REVIEW = "review", "Decision overturned on review"
    SUPPORTS_AGAIN = "supports_again", "The complainant supports the prosecution again"
    NEW_EVIDENCE = "new_evidence", "New evidence"


@with_history
class SuspectOutcome(CaseRow):
    """A suspect's outcome: a Home Office code (1 charged … 22), its day, whose act. Ended only by a reopening act."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="outcomes", db_constraint=False)
    code = models.PositiveSmallIntegerField()
    on = models.DateField()
    side = models.CharField(max_length=6, choices=Side)
    reasons = models.CharField(max_length=LINE, blank=True)
    imported = models.BooleanField(default=False)
    reopened_at = models.DateTimeField(null=True)
    reopened_basis = models.CharField(max_length=14, choices=ReopenBasis, blank=True)
    reopened_reason = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=Q(code__range=(1, 22)), name="a_suspect_outcome_is_1_to_22"),
            models.UniqueConstraint(fields=["suspect"], condition=Q(reopened_at__isnull=True), name="a_suspect_has_one_outcome_at_a_time"),
            models.CheckConstraint(condition=Q(reopened_at__isnull=True) | ~Q(reopened_basis=""), name="a_reopening_says_on_what_basis"),
        ]


class Position(models.TextChoices):
    """Where a suspect stands with the CPS."""

    WITH_CPS = "with_cps", "With the CPS"
    ACTION_PLAN = "action_plan", "Action plan with the police"
    FINALISED = "finalised", "Administratively finalised"


@with_history
class CpsPosition(CaseRow):
    """A stay with the CPS or with the police on an action plan: since when, until when. None open: none."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="positions", db_constraint=False)
    position = models.CharField(max_length=12, choices=Position)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["suspect"], condition=Q(until__isnull=True), name="a_suspect_is_in_one_position_with_the_cps"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_position_ends_after_it_begins"),
        ]
