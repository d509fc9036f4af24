"""The right to review: a victim asks that a decision not to charge is looked at again, by somebody who took no part in it.

NPCC scheme for the police (domain.md section 4), CPS Victims' Right to Review scheme for the CPS. Only her or his own request
opens one.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import Complainant, Offence, Side, Suspect, SuspectOutcome
from cases.models.base import LINE, SHORT, TEXT, CaseRow, with_history
from core.sealedfield import SealedTextField

GROUNDS = 20_000
"""The longest request that is kept whole, in characters."""


class AskedBy(models.TextChoices):
    """Through whom the request came. It is her or his own in every case."""

    HERSELF = "herself", "The victim herself or himself"
    PARENT = "parent", "A parent or guardian"
    ISVA = "isva", "Her or his ISVA"
    SOLICITOR = "solicitor", "A solicitor"
    OTHER = "other", "Somebody else whom she or he named"


class ReviewState(models.TextChoices):
    """Where a request stands. The pairs are in prosecution/states_review.py."""

    ASKED = "asked", "Received"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ALLOCATED = "allocated", "With a reviewer"
    OUT_PROPOSED = "out_proposed", "Out of scope proposed"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"
    UPHELD = "upheld", "Decision upheld"
    OVERTURNED = "overturned", "Decision overturned"
    WITHDRAWN = "withdrawn", "Withdrawn by the victim"


OPEN_REVIEWS = ("asked", "acknowledged", "allocated", "out_proposed")


@with_history
class ReviewRequest(CaseRow):
    """One request for a review of one decision, by one complainant. The review unit of the deciding agency works on it."""

    number = models.PositiveSmallIntegerField(help_text="1, 2, … within the case.")
    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    side = models.CharField(max_length=6, choices=Side, help_text="Whose decision it is: whose scheme, whose review unit.")
    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    outcome = models.ForeignKey(SuspectOutcome, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    offence = models.ForeignKey(Offence, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    received_on = models.DateField()
    asked_by = models.CharField(max_length=9, choices=AskedBy)
    own_words = models.BooleanField(help_text="The grounds are in her or his own words; else in those of whoever wrote for her or him.")
    grounds = SealedTextField(max_length=GROUNDS, blank=True, default="")
    scheme = models.CharField(max_length=12, help_text="Which scheme, by prosecution/eligibility.py.")
    eligible = models.BooleanField()
    eligibility_code = models.CharField(max_length=30, help_text="The row of the table that answered.")
    late = models.BooleanField(default=False, help_text="Asked after the window; taken all the same, with the reason.")
    late_because = models.CharField(max_length=LINE, blank=True)
    expedited = models.BooleanField(default=False, help_text="Before the prosecution offers no evidence: the Area’s pilot.")
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.ASKED)
    acknowledged_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    allocated_at = models.DateTimeField(null=True)
    longer_until = models.DateField(null=True, help_text="A complex case: the day she or he was told of.")
    longer_because = models.CharField(max_length=LINE, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    way_left = models.CharField(max_length=LINE, blank=True, help_text="Out of scope: the way that is left to her or him.")
    completed_at = models.DateTimeField(null=True)
    completed_by_name = models.CharField(max_length=SHORT, blank=True)
    result_note = models.CharField(max_length=TEXT, blank=True, help_text="The reviewer’s reasons.")
    reasons_for_victim = models.CharField(max_length=TEXT, blank=True, help_text="In plain words, for the letter.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "number"], name="requests_for_review_are_numbered_once"),
            models.UniqueConstraint(
                fields=["complainant", "outcome"],
                condition=Q(state__in=OPEN_REVIEWS),
                name="one_open_review_of_a_decision_for_a_complainant",
            ),
            models.UniqueConstraint(
                fields=["complainant", "offence"],
                condition=Q(state__in=OPEN_REVIEWS),
                name="one_open_review_of_a_crime_for_a_complainant",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True) ^ Q(offence__isnull=True), name="a_review_is_of_a_decision_on_a_suspect_or_a_crime"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "overturned", "out_of_scope", "withdrawn"]) | Q(completed_at__isnull=False),
                name="a_completed_review_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="out_of_scope") | (Q(second_by__isnull=False) & ~Q(second_by=F("proposed_by")) & ~Q(way_left="")),
                name="out_of_scope_needs_a_second_person_and_a_way_left",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "side", "state", "received_on"], name="reviews_of_a_force"),
            models.Index(fields=["cps_area_scope", "side", "state", "received_on"], name="reviews_of_an_area"),
        ]
