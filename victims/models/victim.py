"""Who the complainant is, who else may be told, and what she or he needs. Everything that identifies is sealed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.base import LINE, SHORT, with_history
from core import clock
from core.sealedfield import SealedDateField, SealedTextField
from victims.models.base import VictimRow


@with_history
class Victim(VictimRow):
    """The person behind a complainant's label, one to one. Found only by whole values, inside one force."""

    surname = SealedTextField(max_length=150, blank=True, default="")
    forenames = SealedTextField(max_length=150, blank=True, default="")
    date_of_birth = SealedDateField(null=True)
    address = SealedTextField(max_length=500, blank=True, default="")
    home_telephone = SealedTextField(max_length=50, blank=True, default="")
    mobile_telephone = SealedTextField(max_length=50, blank=True, default="")
    email = SealedTextField(max_length=254, blank=True, default="")
    notes = SealedTextField(max_length=4_000, blank=True, default="")
    # blind indexes: keyed hashes of the normalised value within the force, '' for none
    name_key = models.CharField(max_length=32, blank=True, help_text="Forenames and surname.")
    surname_key = models.CharField(max_length=32, blank=True)
    born_key = models.CharField(max_length=32, blank=True, help_text="Surname and date of birth.")
    home_key = models.CharField(max_length=32, blank=True)
    mobile_key = models.CharField(max_length=32, blank=True)
    email_key = models.CharField(max_length=32, blank=True)
    imported = models.BooleanField(default=False)
    # projections, written by the last step of services
    next_contact_due_at = models.DateTimeField(null=True, help_text="When the agreed contact is due; empty where none is owed.")
    last_reached_at = models.DateTimeField(null=True)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.UniqueConstraint(fields=["complainant"], name="a_complainant_is_one_victim"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", column], condition=~Q(**{column: ""}), name=f"victims_by_{column}")
            for column in ("name_key", "surname_key", "born_key", "home_key", "mobile_key", "email_key")
        ]

    def __str__(self) -> str:
        return "Victim"


class PersonKind(models.TextChoices):
    """Who a contact person is to the victim."""

    PARENT = "parent", "Parent"
    GUARDIAN = "guardian", "Guardian"
    CARER = "carer", "Carer"
    SOCIAL_WORKER = "social_worker", "Social worker"
    NOMINATED = "nominated", "Person she or he named"
    INTERPRETER = "interpreter", "Interpreter"
    BEREAVED = "bereaved", "Bereaved relative"


class MayBeTold(models.TextChoices):
    """How much a contact person may be told."""

    EVERYTHING = "everything", "Everything"
    ARRANGEMENTS = "arrangements", "Arrangements only"
    NOTHING = "nothing", "Nothing"


@with_history
class ContactPerson(VictimRow):
    """Somebody beside the victim: who it is, what she or he may be told. "Never tell" is shown before anything else."""

    kind = models.CharField(max_length=13, choices=PersonKind)
    name = SealedTextField(max_length=150)
    telephone = SealedTextField(max_length=50, blank=True, default="")
    email = SealedTextField(max_length=254, blank=True, default="")
    may_be_told = models.CharField(max_length=12, choices=MayBeTold, default=MayBeTold.NOTHING)
    never_tell = SealedTextField(max_length=LINE, blank=True, default="", help_text="What this person must never hear, in words.")
    parental_responsibility = models.BooleanField(default=False)
    may_answer_telephone = models.BooleanField(default=False)
    near_suspect = models.BooleanField(default=False, help_text="Is a suspect, or lives with one.")
    another_person = models.BooleanField(default=False, help_text="Bears a suspect’s name, and is somebody else.")
    near_suspect_decision = SealedTextField(max_length=LINE, blank=True, default="")
    near_suspect_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    near_suspect_decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=LINE, blank=True)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(near_suspect=False) | Q(near_suspect_decided_by__isnull=False),
                name="who_is_near_a_suspect_needs_an_inspectors_decision",
            ),
        ]


class Gender(models.TextChoices):
    """The gender of the interviewer that the victim asked for (Victims' Code 2020, Right 2)."""

    NO_CHOICE = "", "No preference"
    FEMALE = "female", "A woman"
    MALE = "male", "A man"


class NeedsAssessment(VictimRow):
    """What the victim needs, as assessed on a day. The latest stands; its flags go down to the complainant's label."""

    assessed_at = models.DateTimeField(default=clock.now)
    enhanced_because = models.CharField(max_length=LINE, blank=True, help_text="Why she or he is entitled to enhanced rights.")
    interpreter_language = models.CharField(max_length=SHORT, blank=True)
    intermediary = models.BooleanField(default=False)
    special_measures = models.JSONField(default=list, help_text="Keys of the measures asked for or agreed.")
    interviewer_gender = models.CharField(max_length=6, choices=Gender, blank=True, default=Gender.NO_CHOICE)
    communication = SealedTextField(max_length=LINE, blank=True, default="")
    told_therapy_need_not_wait = models.BooleanField(default=False, help_text="Only that she or he was told; nothing of any therapy.")
    offered_support = models.BooleanField(default=False)

    class Meta(VictimRow.Meta):
        indexes: ClassVar = [models.Index(fields=["complainant", "assessed_at"], name="needs_of_a_complainant")]
