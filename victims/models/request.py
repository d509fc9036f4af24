"""Requests to others for information about the victim, and for her or his device: the gates that the law sets.

Police, Crime, Sentencing and Courts Act 2022, ss.44A-44F (information, in force 12 January 2026) and ss.37-44 (devices).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import LineOfEnquiry
from cases.models.base import LINE, TEXT, with_history
from core.sealedfield import SealedTextField
from victims.models.base import VictimRow


class RecordsOf(models.TextChoices):
    """What kind of records is asked for. Counselling has a presumption against (s.44C)."""

    COUNSELLING = "counselling", "Counselling or therapy records"
    MEDICAL = "medical", "Medical records"
    EDUCATION = "education", "School, college or university records"
    SOCIAL_CARE = "social_care", "Social care records"
    EMPLOYMENT = "employment", "Employment records"
    OTHER = "other", "Other records"


class NoticeTo(models.TextChoices):
    """Who was given the written notice."""

    VICTIM = "victim", "The victim"
    GUARDIAN = "guardian", "A parent or guardian"
    WITHHELD = "withheld", "Nobody: withheld, with the reason"


@with_history
class InformationRequest(VictimRow):
    """A request to somebody else for information about the victim. It cannot be marked sent while a gate is open."""

    records = models.CharField(max_length=11, choices=RecordsOf)
    holder = SealedTextField(max_length=LINE)
    wanted = SealedTextField(max_length=TEXT)
    line_of_enquiry = models.ForeignKey(LineOfEnquiry, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    reasonable_because = SealedTextField(max_length=TEXT, blank=True, default="")
    holder_has_it_because = SealedTextField(max_length=LINE, blank=True, default="")
    necessary_because = SealedTextField(max_length=TEXT, blank=True, default="")
    proportionate_because = SealedTextField(max_length=TEXT, blank=True, default="")
    less_intrusive_means = SealedTextField(max_length=TEXT, blank=True, default="")
    how_handled = SealedTextField(max_length=LINE, blank=True, default="")
    notice_to = models.CharField(max_length=8, choices=NoticeTo, blank=True)
    notice_given_at = models.DateTimeField(null=True)
    notice_withheld_because = SealedTextField(max_length=LINE, blank=True, default="")
    substantial_probative_value = SealedTextField(max_length=TEXT, blank=True, default="", help_text="For counselling records alone.")
    worded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="Who changed it last."
    )
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True)
    approval_note = SealedTextField(max_length=LINE, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | (~Q(notice_to="") & (Q(notice_given_at__isnull=False) | Q(notice_to="withheld"))),
                name="a_request_goes_after_the_notice",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(records="counselling") | Q(approved_at__isnull=False),
                name="counselling_records_need_a_supervisors_approval",
            ),
        ]


@with_history
class DeviceRequest(VictimRow):
    """A request for the victim's device: notice, freely given agreement, scope, taken, due back, returned."""

    device = SealedTextField(max_length=LINE)
    scope = SealedTextField(max_length=TEXT)
    reason = SealedTextField(max_length=TEXT)
    line_of_enquiry = models.ForeignKey(LineOfEnquiry, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    necessary_because = SealedTextField(max_length=TEXT, blank=True, default="")
    less_intrusive_means = SealedTextField(max_length=TEXT, blank=True, default="")
    how_handled = SealedTextField(max_length=LINE, blank=True, default="")
    notice_given_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_freely_because = SealedTextField(max_length=LINE, blank=True, default="", help_text="How it was made sure that nobody pressed.")
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    due_back_on = models.DateField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(notice_given_at__isnull=False, agreed_at__isnull=False, due_back_on__isnull=False),
                name="a_device_is_taken_after_notice_and_agreement",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(taken_at__isnull=False), name="only_a_device_that_was_taken_is_returned"
            ),
        ]
