"""A referral for a charging decision: suspects, offences, review type, the file that was sent, the victim's views."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Agency, User
from accounts.roles import Role
from cases.models import Offence, Suspect
from cases.models.base import LINE, TEXT, CaseRow, with_history
from core.fits import Fits
from prosecution.models.sent import SentRow


class ReviewType(models.TextChoices):
    """How soon the CPS reviews (domain.md section 3: red 3 hours, green priority 5, green 28 calendar days)."""

    RED = "red", "Red: within 3 hours"
    FIVE_DAYS = "five_days", "Within 5 calendar days"
    TWENTY_EIGHT_DAYS = "28_days", "Within 28 calendar days"


class ReferralState(models.TextChoices):
    """Where a referral stands. The pairs are in prosecution/states.py."""

    DRAFT = "draft", "Draft"
    READY = "ready", "Ready for the supervisor"
    SENT = "sent", "Waiting for triage"
    RETURNED = "returned", "Returned to the police"
    ACCEPTED = "accepted", "With a prosecutor"
    ON_PLAN = "on_plan", "On an action plan"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"
    FINALISED = "finalised", "Administratively finalised"


class FileItemCode(models.TextChoices):
    """The 13 items of the National File Standard that triage checks (domain.md section 3)."""

    MATERIAL = "material", "Case material correctly sent"
    DISCLOSURE_SCHEDULE = "disclosure_schedule", "Disclosure schedule (MG6C, D, E)"
    MG3 = "mg3", "MG3"
    SUPERVISOR = "supervisor", "Supervisor’s comments"
    DV_CHECKLIST = "dv_checklist", "Domestic violence checklist"
    MG11 = "mg11", "Statements (MG11)"
    EXHIBITS = "exhibits", "Exhibits"
    INTERVIEW = "interview", "Summary of interview (MG15)"
    SUSPECT_PRE_CONS = "suspect_pre_cons", "Suspect’s previous convictions"
    WITNESS_PRE_CONS = "witness_pre_cons", "Victim’s and witnesses’ previous convictions"
    HARD_MEDIA = "hard_media", "Hard media"
    THIRD_PARTY = "third_party", "Third-party material"
    OFFICER_DETAILS = "officer_details", "Contact details of the officer in the case"


class FileItemState(models.TextChoices):
    """Whether an item was sent."""

    SENT = "sent", "Sent"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    TO_FOLLOW = "to_follow", "To follow"


@with_history
class Referral(CaseRow):
    """A referral of one or more suspects for a charging decision. It holds no evidence: dates, references, ticks and texts."""

    number = models.PositiveSmallIntegerField(help_text="1, 2, … within the case.")
    state = models.CharField(max_length=9, choices=ReferralState, default=ReferralState.DRAFT)
    review_type = models.CharField(max_length=9, choices=ReviewType, default=ReviewType.TWENTY_EIGHT_DAYS)
    reference = models.CharField(max_length=30, blank=True, help_text="The reference under which the file was sent.")
    file_sent_on = models.DateField(null=True, help_text="The day on which the file was sent.")
    summary = models.CharField(max_length=TEXT, blank=True)
    victim_views = models.CharField(max_length=TEXT, blank=True, help_text="The victim's views: no name, no address.")
    victim_needs = models.CharField(max_length=TEXT, blank=True)
    supervisor_comments = models.CharField(max_length=TEXT, blank=True)
    ready_at = models.DateTimeField(null=True)
    ready_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sent_back_because = models.CharField(max_length=LINE, blank=True)
    first_submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    prosecutor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    direct_since = models.DateTimeField(null=True, help_text="Since when a red referral is with CPS Direct; blank for the Area.")
    home_area_id = models.PositiveIntegerField(null=True, help_text="The Area it returns to from CPS Direct.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "number"], name="referrals_of_a_case_are_numbered_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "on_plan"]) | Q(prosecutor__isnull=False), name="an_accepted_referral_has_a_prosecutor"
            ),
            models.CheckConstraint(
                condition=Q(direct_since__isnull=True) | Q(home_area_id__isnull=False), name="cps_direct_knows_the_area_it_returns_to"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cps_area_scope", "state", "first_submitted_at", "id"], name="referrals_of_an_area"),
        ]


class ReferralSuspect(SentRow):
    """A suspect of a referral. Taken out of a draft by `removed_at`."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="suspects", db_constraint=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    removed_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["referral", "suspect"], name="a_suspect_is_in_a_referral_once"),
        ]


class ReferralOffence(SentRow):
    """A recorded crime that a referral asks a decision on."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="offences", db_constraint=False)
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    removed_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["referral", "offence"], name="a_crime_is_in_a_referral_once"),
        ]


@with_history
class FileItem(SentRow):
    """One item of the file standard in one referral: sent, not applicable, or to follow on a day because."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="items", db_constraint=False)
    code = models.CharField(max_length=20, choices=FileItemCode)
    state = models.CharField(max_length=14, choices=FileItemState)
    follows_on = models.DateField(null=True)
    because = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["referral", "code"], name="an_item_is_in_a_referral_once"),
            models.CheckConstraint(
                condition=~Q(state="to_follow") | (Q(follows_on__isnull=False) & ~Q(because="")), name="an_item_to_follow_says_when_and_why"
            ),
            models.CheckConstraint(condition=~Q(state="not_applicable") | ~Q(because=""), name="an_item_not_applicable_says_why"),
        ]


class AreaNoticeQuerySet(models.QuerySet[Any]):
    """Notices of cases that are with CPS Direct, narrowed to who may read them."""

    def visible_to(self, user: User) -> Self:
        """Return the notices of this person's Area: for its legal managers who are not excluded from the case, and for nobody else."""
        if not user.is_active or user.role != Role.CPS_MANAGER:
            return self.none()
        return self.filter(area_id=user.agency_id).exclude(not_for__contains=[user.pk])


class AreaNotice(Fits):
    """What an Area keeps of a case that is with CPS Direct meanwhile: its reference and since when. Not a row of the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    crime_reference = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    referral_key = models.UUIDField(help_text="A plain id: the referral is outside the Area's scope meanwhile.")
    not_for = ArrayField(models.UUIDField(), default=list, blank=True, help_text="Who of this Area is excluded from the case.")

    objects: ClassVar[Any] = AreaNoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral_key"], condition=Q(until__isnull=True), name="one_notice_of_a_referral_stands"),
        ]
