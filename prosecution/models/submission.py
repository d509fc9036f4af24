"""One sending of a request for early advice or of a referral, and what triage made of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.base import LINE, SHORT, CaseRow, with_history
from prosecution.models.advice import EarlyAdvice
from prosecution.models.referral import Referral


class Triage(models.TextChoices):
    """What triage made of a submission."""

    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned"
    RED_REJECTED = "red_rejected", "Red rejection"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn before triage"


@with_history
class Submission(CaseRow):
    """A sending, numbered: when, and when and how it was triaged. Times asked and returned are counted from here."""

    advice = models.ForeignKey(EarlyAdvice, null=True, on_delete=models.PROTECT, related_name="submissions", db_constraint=False)
    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="submissions", db_constraint=False)
    number = models.PositiveSmallIntegerField()
    red = models.BooleanField(default=False, help_text="Custody or priority: triaged within minutes.")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=SHORT)
    triaged_at = models.DateTimeField(null=True)
    triaged_by_name = models.CharField(max_length=SHORT, blank=True)
    triage = models.CharField(max_length=12, choices=Triage, blank=True)
    respond_by = models.DateField(null=True, help_text="The day by which the police answer a return.")
    note = models.CharField(max_length=LINE, blank=True)
    late = models.BooleanField(default=False, help_text="Triaged after the target: a return then counts against the sender.")
    as_sent = models.JSONField(null=True, editable=False, help_text="What was sent, part by part, with keys instead of names.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(advice__isnull=True) ^ Q(referral__isnull=True), name="a_submission_is_of_advice_or_of_a_referral"
            ),
            models.UniqueConstraint(fields=["advice", "number"], name="submissions_of_a_request_are_numbered_once"),
            models.UniqueConstraint(fields=["referral", "number"], name="submissions_of_a_referral_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(triaged_at__isnull=True, triage="") | (Q(triaged_at__isnull=False) & ~Q(triage="")),
                name="a_triaged_submission_says_how",
            ),
            models.CheckConstraint(condition=Q(triaged_at__isnull=True) | Q(triaged_at__gte=F("at")), name="triage_comes_after_sending"),
            models.CheckConstraint(
                condition=~Q(triage__in=["returned", "red_rejected"]) | Q(respond_by__isnull=False), name="a_return_sets_a_day"
            ),
        ]


class ReturnReason(CaseRow):
    """One coded reason of a return, with detail. `again`: it was there the first time and nobody named it. Append-only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reasons", db_constraint=False)
    code = models.CharField(max_length=30)
    detail = models.CharField(max_length=LINE, blank=True)
    present_before = models.BooleanField(default=False, help_text="Present at the first submission already: it counts against the sender.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["submission", "code"], name="a_return_gives_a_reason_once"),
        ]
