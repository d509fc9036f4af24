"""The decision on one suspect: prepared by a prosecutor, looked at by a second where that is due, then published.

What is prepared is the CPS's alone until it is published: the police have no policy for that table. What is published is a row
of its own that nobody changes.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models import Suspect, SuspectOutcome
from cases.models.base import LINE, SHORT, TEXT, CaseRow, with_history
from prosecution.models.nfa import NfaFields
from prosecution.models.referral import Referral


class Test(models.TextChoices):
    """Which test the review applied (DG6)."""

    FULL_CODE = "full_code", "Full Code Test"
    THRESHOLD = "threshold", "Threshold Test"


class DecisionType(models.TextChoices):
    """What was decided (domain.md section 3)."""

    CHARGE = "charge", "Charge"
    NFA_EVIDENTIAL = "nfa_evidential", "No further action: evidential"
    NFA_PUBLIC_INTEREST = "nfa_public_interest", "No further action: public interest"
    FURTHER_EVIDENCE = "further_evidence", "Further evidence required"
    NON_CONVICTION = "non_conviction", "Non-conviction disposal"


class ReasonCode(models.TextChoices):
    """The code of a decision as the CPS records it (domain.md section 3; L is general knowledge, to be confirmed)."""

    A = "A", "A: charge and request evidential file"
    C = "C", "C: simple caution"
    H = "H", "H: request further evidence to complete evidential report"
    K = "K", "K: no prosecution, evidential"
    L = "L", "L: no prosecution, public interest"


class Undermining(models.TextChoices):
    """Whether undermining unused material was a key factor."""

    YES = "yes", "Yes"
    NO = "no", "No"


class DecisionFields(NfaFields):
    """What a decision says, prepared or published; not to charge, what NfaFields asks too."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    test = models.CharField(max_length=9, choices=Test)
    decision = models.CharField(max_length=19, choices=DecisionType)
    reason_code = models.CharField(max_length=2, choices=ReasonCode, blank=True)
    charges = ArrayField(models.CharField(max_length=12), default=list, blank=True, help_text="Offence codes of the charge.")
    principal_offence = models.CharField(max_length=12, blank=True)
    disposal = models.PositiveSmallIntegerField(null=True, help_text="Home Office outcome of a non-conviction disposal.")
    conditions_met = models.CharField(max_length=TEXT, blank=True, help_text="Threshold Test: why each of its five conditions is met.")
    review_on = models.DateField(null=True, help_text="Threshold Test: when the Full Code Test is applied.")
    undermining = models.CharField(max_length=3, choices=Undermining, blank=True)
    views_considered = models.CharField(max_length=LINE, blank=True, help_text="How the victim's views were considered.")
    return_bail_on = models.DateField(null=True)
    cps_reference = models.CharField(max_length=30, blank=True)
    reasons_for_victim = models.CharField(max_length=TEXT, blank=True, help_text="In plain words, for the letter.")
    analysis = models.CharField(max_length=TEXT, blank=True)
    analysis_in_cms = models.BooleanField(default=False)

    class Meta(NfaFields.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [*CaseRow.Meta.constraints]


class ProposedState(models.TextChoices):
    """Where a decision that is being prepared stands. The pairs are in prosecution/states.py."""

    DRAFT = "draft", "Draft"
    WAITS = "waits", "Waiting for a second prosecutor"
    CONFIRMED = "confirmed", "Confirmed by a second prosecutor"
    SENT_BACK = "sent_back", "Sent back by the second prosecutor"
    PUBLISHED = "published", "Published"
    OVERTAKEN = "overtaken", "Overtaken by another decision"
    DISCARDED = "discarded", "Discarded"


@with_history
class ProposedDecision(DecisionFields):
    """A decision as it is prepared. Only the CPS reads it."""

    state = models.CharField(max_length=9, choices=ProposedState, default=ProposedState.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField(null=True, help_text="Since when it waits for the second check.")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    check_note = models.CharField(max_length=LINE, blank=True)

    class Meta(DecisionFields.Meta):
        abstract = False
        constraints: ClassVar = [
            *DecisionFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["suspect", "by"],
                condition=Q(state__in=["draft", "waits", "confirmed", "sent_back"]),
                name="a_prosecutor_prepares_one_decision_on_a_suspect",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=models.F("by")), name="the_second_check_is_by_another_prosecutor"
            ),
        ]


class ChargingDecision(DecisionFields):
    """A decision that was published. Append-only. One stands for a suspect's outcome at a time."""

    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=SHORT)
    by_direct = models.BooleanField(default=False, help_text="Made by CPS Direct and entered afterwards, or by its prosecutor.")
    checked_by_name = models.CharField(max_length=SHORT, blank=True)
    outcome = models.ForeignKey(SuspectOutcome, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta(DecisionFields.Meta):
        abstract = False
        constraints: ClassVar = [
            *DecisionFields.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(test="threshold") | ~Q(decision="charge") | Q(review_on__isnull=False),
                name="a_threshold_charge_sets_its_review",
            ),
            models.CheckConstraint(condition=~Q(decision="charge") | Q(charges__len__gt=0), name="a_charge_names_offences"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "decided_at"], name="decisions_of_a_force")]


class ThresholdReview(CaseRow):
    """The Full Code Test applied after a charge on the Threshold Test. Append-only."""

    class Result(models.TextChoices):
        MET = "met", "The Full Code Test is met"
        DISCONTINUED = "discontinued", "Discontinued"

    decision = models.OneToOneField(ChargingDecision, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    result = models.CharField(max_length=12, choices=Result)
    note = models.CharField(max_length=LINE)


class CourtOutcome(CaseRow):
    """How a charge ended at court, in a line. Append-only."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    on = models.DateField()
    result = models.CharField(max_length=LINE)
