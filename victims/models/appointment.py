"""Appointments with the victim, and letters: a register, not the letters themselves."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Abstraction
from cases.models.base import LINE, SHORT, with_history
from core.sealedfield import SealedTextField
from victims.models.base import VictimRow


class AppointmentFor(models.TextChoices):
    """What an appointment is for."""

    INTERVIEW = "interview", "Video-recorded interview"
    STATEMENT = "statement", "Statement"
    PERSONAL_STATEMENT = "personal_statement", "Victim personal statement"
    MEDICAL = "medical", "Medical examination"
    IDENTIFICATION = "identification", "Identification procedure"
    UPDATE = "update", "Meeting about the case"
    COURT_VISIT = "court_visit", "Visit to the court"
    OTHER = "other", "Other"


class CancelledBy(models.TextChoices):
    """Who cancelled an appointment."""

    US = "us", "Cancelled by us"
    HER = "her", "Cancelled by the victim"


class CancelReason(models.TextChoices):
    """Why we cancelled. `[DESIGN]`: an abstraction names the event."""

    ABSTRACTION = "abstraction", "Officer sent to an event"
    SICKNESS = "sickness", "Officer sick"
    OTHER_DUTY = "other_duty", "Officer on another duty"
    ROOM = "room", "Room or equipment not to be had"
    INTERPRETER = "interpreter", "Interpreter or intermediary not to be had"
    OTHER = "other", "Another reason"


@with_history
class Appointment(VictimRow):
    """One appointment: kept, cancelled by us with the reason, or cancelled by her or him; rebooked as another."""

    purpose = models.CharField(max_length=18, choices=AppointmentFor)
    starts_at = models.DateTimeField()
    place = SealedTextField(max_length=LINE, blank=True, default="")
    with_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    interpreter_booked = models.BooleanField(default=False)
    kept_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=3, choices=CancelledBy, blank=True)
    reason = models.CharField(max_length=11, choices=CancelReason, blank=True)
    reason_note = models.CharField(max_length=LINE, blank=True)
    abstraction = models.ForeignKey(Abstraction, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    rebooked_as = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="rebooks", db_constraint=False)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(cancelled_at__isnull=True), name="an_appointment_is_kept_or_cancelled_not_both"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by="") | (Q(cancelled_at__isnull=False) & ~Q(cancelled_by="")),
                name="a_cancelled_appointment_says_by_whom",
            ),
            models.CheckConstraint(condition=~Q(cancelled_by="us") | ~Q(reason=""), name="what_we_cancel_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(reason="abstraction") | Q(abstraction__isnull=False), name="an_abstraction_names_its_event"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["complainant", "starts_at"], name="appointments_of_a_victim"),
            models.Index(fields=["force", "starts_at"], name="appointments_of_a_force"),
        ]


class LetterKind(models.TextChoices):
    """What a letter says."""

    CRIME_RECORDED = "crime_recorded", "Crime recorded"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    CHARGE = "charge", "Charge"
    RIGHT_TO_REVIEW = "right_to_review", "Right to review"
    UPDATE = "update", "Progress"
    COURT = "court", "Court"
    OTHER = "other", "Other"


@with_history
class Letter(VictimRow):
    """A letter in the register: written, read by a second person, safe route checked, sent. The letter itself is not here."""

    kind = models.CharField(max_length=17, choices=LetterKind)
    reference = models.CharField(max_length=SHORT, blank=True, help_text="Where the letter is kept in the force's own system.")
    written_at = models.DateTimeField()
    second_read_at = models.DateTimeField(null=True)
    second_read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    route = SealedTextField(max_length=LINE, blank=True, default="")
    route_checked_at = models.DateTimeField(null=True)
    route_checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sent_on = models.DateField(null=True)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(second_read_at__isnull=False, route_checked_at__isnull=False),
                name="a_letter_goes_after_a_second_reading_and_a_safe_route",
            ),
        ]
