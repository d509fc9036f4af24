"""Who looked at a case when, so that "what changed since you looked" can be said; and sight taken in an emergency."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.base import LINE, TEXT, CaseRow
from core import clock


class CaseLook(CaseRow):
    """The version of a case that a person last looked at, and the one before this visit. One row a person and case.

    It belongs to the person: nobody else reads it. The access log is another thing, and no feature reads that.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(help_text="The version that the person last saw.")
    at = models.DateTimeField(default=clock.now)
    before_version = models.PositiveIntegerField(help_text="The version seen on the visit before this one.")
    before_at = models.DateTimeField(null=True, help_text="When that visit ended; empty for a first visit.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["user", "case"], name="a_person_has_one_last_look_at_a_case"),
            models.CheckConstraint(condition=Q(before_version__lte=F("version")), name="the_visit_before_saw_no_later_version"),
        ]


class EmergencyAccess(CaseRow):
    """Sight of a case taken without being given it ("break glass"): why, by whom, until when. Append-only.

    Police, own force, four hours. A supervisor is told at once and an auditor reviews it within two working days.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=TEXT)
    until = models.DateTimeField()

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_access_says_why"),
            models.CheckConstraint(condition=Q(until__gt=F("created_at")), name="emergency_access_ends_after_it_begins"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "case", "until"], name="emergency_access_of_a_person"),
            models.Index(fields=["force", "created_at"], name="emergency_access_of_a_force"),
        ]


class EmergencyReview(CaseRow):
    """An auditor's answer to one use of emergency access. Append-only; one an access."""

    class Answer(models.TextChoices):
        JUSTIFIED = "justified", "Justified"
        NOT_JUSTIFIED = "not_justified", "Not justified"
        FURTHER = "further", "Passed on for further enquiry"

    access = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="review", db_constraint=False)
    answer = models.CharField(max_length=13, choices=Answer)
    note = models.CharField(max_length=LINE)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(note=""), name="an_emergency_review_says_what_was_found"),
        ]
