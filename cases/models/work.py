"""The investigation's own work: lines of enquiry, supervisors' reviews, abstraction, notes."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, Unit
from cases.models.arrest import PlannedArrest
from cases.models.base import LINE, SHORT, TEXT, CaseRow, with_history
from cases.models.people import Suspect
from cases.querysets import AbstractionQuerySet
from core import clock
from core.fits import Fits


class Focus(models.TextChoices):
    """What a line of enquiry looks at. The balance is shown: the suspect comes first (domain.md section 1, pillar 1)."""

    SUSPECT = "suspect", "The suspect"
    CIRCUMSTANCES = "circumstances", "The circumstances"
    VICTIM = "victim", "The victim"


class Gate(models.TextChoices):
    """Whether the statutory conditions for looking at the victim are met (PCSC Act 2022 ss.37-44F)."""

    NOT_NEEDED = "not_needed", "Not needed"
    OPEN = "open", "Not yet met"
    MET = "met", "Met"


@with_history
class LineOfEnquiry(CaseRow):
    """A reasonable line of enquiry: what it looks at, why it is needed, how it ended."""

    class State(models.TextChoices):
        CONTEMPLATED = "contemplated", "Contemplated"
        GOING_ON = "going_on", "Going on"
        DONE = "done", "Done"
        NOT_PURSUED = "not_pursued", "Not pursued"

    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    focus = models.CharField(max_length=13, choices=Focus)
    what = models.CharField(max_length=LINE)
    necessity = models.CharField(
        max_length=LINE, blank=True, help_text="Why it is reasonable, and for the victim: necessary and proportionate."
    )
    gate = models.CharField(max_length=10, choices=Gate, default=Gate.NOT_NEEDED)
    state = models.CharField(max_length=12, choices=State, default=State.GOING_ON)
    expected_on = models.DateField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(focus="victim") | ~Q(necessity=""), name="looking_at_the_victim_says_why_it_is_necessary"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "not_pursued"]) | (Q(ended_at__isnull=False) & ~Q(result="")),
                name="an_ended_enquiry_says_when_and_how",
            ),
        ]


class ReviewOf(models.TextChoices):
    """What a supervisor's review looked at."""

    CASE = "case", "The case"
    SITUATION = "situation", "A suspect who is wanted, abroad or in prison elsewhere"
    UNDER_INVESTIGATION = "under_investigation", "A suspect released under investigation"


class SupervisorReview(CaseRow):
    """A supervisor's review: direction, to whom, by when, and the next review. Append-only."""

    of = models.CharField(max_length=20, choices=ReviewOf)
    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="reviews", db_constraint=False)
    at = models.DateTimeField()
    direction = models.CharField(max_length=TEXT)
    direction_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    direction_by = models.DateField(null=True)
    next_review_on = models.DateField(null=True, help_text="Sooner than the rule asks, never later.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(of="case", suspect__isnull=True) | (~Q(of="case") & Q(suspect__isnull=False)),
                name="a_review_is_of_the_case_or_of_a_suspect",
            ),
        ]


class Abstraction(Fits):
    """Officers taken from their cases for an event, entered once by a supervisor. It belongs to a force, not to a case.

    No row is changed. A correction, other officers, or calling the event off is a further edition of the entry, with why;
    the latest edition is the one that counts, and the ones before are the record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    event = models.CharField(max_length=SHORT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later", help_text="Blank in the first edition.")
    edition = models.PositiveSmallIntegerField(default=1)
    why = models.CharField(max_length=LINE, blank=True, help_text="Why this edition differs from the one before.")
    called_off = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = AbstractionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_abstraction_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(first__isnull=True, edition=1) | (Q(first__isnull=False, edition__gt=1) & ~Q(why="")),
                name="a_later_edition_of_an_abstraction_says_of_what_and_why",
            ),
            models.UniqueConstraint(fields=["first", "edition"], name="editions_of_an_abstraction_are_numbered_once"),
            models.UniqueConstraint(fields=["id", "force"], name="an_abstraction_is_in_one_force"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "starts_at", "id"], name="abstractions_of_a_force")]

    def __str__(self) -> str:
        return self.event

    @property
    def entry_id(self) -> uuid.UUID:
        """The key of the first edition: what addresses name, whatever was corrected since."""
        return self.first_id or self.id


class AbstractionOfficer(models.Model):
    """One officer taken by an abstraction."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    abstraction = models.ForeignKey(Abstraction, on_delete=models.PROTECT, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["abstraction", "user"], name="an_officer_is_taken_once_by_an_abstraction")]


class AbstractionAnswer(CaseRow):
    """What became of an arrest planned in an abstraction's hours: kept, moved or cancelled. Append-only."""

    class Answer(models.TextChoices):
        KEPT = "kept", "Kept"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"

    abstraction = models.ForeignKey(Abstraction, on_delete=models.PROTECT, related_name="answers", db_constraint=False)
    plan = models.ForeignKey(PlannedArrest, on_delete=models.PROTECT, related_name="answers", db_constraint=False)
    answer = models.CharField(max_length=9, choices=Answer)
    moved_to = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["abstraction", "plan"], name="a_planned_arrest_is_answered_once_for_an_abstraction"),
            models.CheckConstraint(
                condition=Q(answer="moved", moved_to__isnull=False) | (~Q(answer="moved") & Q(moved_to__isnull=True)),
                name="a_moved_arrest_says_to_when",
            ),
        ]


class BaseNote(CaseRow):
    """A note. Append-only. Relevant material must still be revealed, whoever may read the note."""

    text = models.CharField(max_length=TEXT)
    author_name = models.CharField(max_length=SHORT)

    class Meta(CaseRow.Meta):
        abstract = True


class Note(BaseNote):
    """A note both agencies read."""

    class Meta(CaseRow.Meta):
        indexes: ClassVar = [models.Index(fields=["case", "created_at"], name="notes_of_a_case")]


class PoliceNote(BaseNote):
    """A note only the police read. The CPS has no policy for this table, so it cannot learn that one exists."""

    class Meta(CaseRow.Meta):
        indexes: ClassVar = [models.Index(fields=["case", "created_at"], name="police_notes_of_a_case")]


class CpsNote(BaseNote):
    """A note only the CPS reads. The police have no policy for this table."""

    class Meta(CaseRow.Meta):
        indexes: ClassVar = [models.Index(fields=["case", "created_at"], name="cps_notes_of_a_case")]
