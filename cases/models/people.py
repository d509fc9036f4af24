"""Complainants (a label, never a name), suspects as this case gives them, and the situations that hold an arrest up."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Agency
from cases.models.base import LINE, NOT_BROUGHT, SHORT, CaseRow, with_history


class AgeGroup(models.TextChoices):
    """How old the complainant was when the crime was recorded."""

    UNDER_13 = "under_13", "Under 13"
    THIRTEEN_TO_17 = "13_to_17", "13 to 17"
    ADULT = "adult", "18 or over"
    NOT_KNOWN = "not_known", "Not known"


class Entitlement(models.TextChoices):
    """The level of service under the Victims' Code. RASSO complainants qualify for enhanced rights."""

    ENHANCED = "enhanced", "Enhanced rights"
    STANDARD = "standard", "Standard rights"


@with_history
class Complainant(CaseRow):
    """Somebody who reported, known here by a label only. Who she or he is stands in `victims/`, which this cannot reach."""

    label = models.CharField(max_length=3, help_text="A, B, … in order of first appearance; never reused.")
    source_key = models.CharField(max_length=64, blank=True, help_text="Keyed hash of the extract's nominal.")
    entitlement = models.CharField(max_length=8, choices=Entitlement, default=Entitlement.ENHANCED)
    age_group = models.CharField(max_length=9, choices=AgeGroup, default=AgeGroup.NOT_KNOWN)
    needs_interpreter = models.BooleanField(default=False)
    needs_intermediary = models.BooleanField(default=False)
    needs_special_measures = models.BooleanField(default=False)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "label"], name="a_complainant_label_is_never_reused"),
            models.UniqueConstraint(
                fields=["case", "source_key"], condition=~Q(source_key=""), name="a_complainant_has_one_source_key_in_a_case"
            ),
            models.CheckConstraint(condition=Q(label__regex=r"^[A-Z]{1,3}$"), name="a_complainant_label_is_letters"),
        ]

    def __str__(self) -> str:
        return f"Complainant {self.label}"


class Person(models.Model):
    """A force's nominal: only the link between suspects of several cases, no name and no date of birth."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    nominal = models.CharField(max_length=30)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "nominal"], name="a_nominal_is_used_once_in_its_force")]


class Relationship(models.TextChoices):
    """How the suspect is said to be connected with the complainant."""

    STRANGER = "stranger", "Stranger"
    ACQUAINTANCE = "acquaintance", "Acquaintance"
    PARTNER = "partner", "Partner"
    EX_PARTNER = "ex_partner", "Former partner"
    FAMILY = "family", "Family"
    COLLEAGUE = "colleague", "Colleague"
    PROFESSIONAL = "professional", "Position of trust"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


@with_history
class Suspect(CaseRow):
    """A suspect with name, date of birth and PNC id as this case gives them; another case may give others."""

    number = models.PositiveSmallIntegerField(help_text="1, 2, … in order of first appearance; how the timeline calls her or him.")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    source_key = models.CharField(max_length=64, blank=True, help_text="Keyed hash of the extract's key of this suspect.")
    surname = models.CharField(max_length=SHORT)
    forenames = models.CharField(max_length=SHORT, blank=True)
    date_of_birth = models.DateField(null=True)
    pnc_id = models.CharField(max_length=20, blank=True)
    relationship = models.CharField(max_length=SHORT, blank=True, help_text="A Relationship, or words as an extract gives them.")
    identified_at = models.DateTimeField(help_text="When this person was identified as a suspect: the arrest clock runs from here.")
    recorded_in_error_at = models.DateTimeField(null=True)
    # projection
    status = models.CharField(max_length=40, default="identified")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "number"], name="suspects_of_a_case_are_numbered_once"),
            models.UniqueConstraint(
                fields=["case", "source_key"], condition=~Q(source_key=""), name="a_suspect_has_one_source_key_in_a_case"
            ),
            models.CheckConstraint(condition=~Q(surname=""), name="a_suspect_has_a_surname"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "person"], name="suspects_by_person"),
            models.Index(fields=["force", "pnc_id"], condition=~Q(pnc_id=""), name="suspects_by_pnc_id"),
        ]

    def __str__(self) -> str:
        return f"Suspect {self.number}"

    @property
    def full_name(self) -> str:
        """Forenames and surname as this case gives them."""
        return f"{self.forenames} {self.surname}".strip()


class SuspectNameKey(models.Model):
    """Search keys of a suspect's name: normalised, by sound, and with one letter left out. Equality only.

    Pattern matching is 25 to 150 ms under row-level security because its operators may not use an index there.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="name_keys", db_constraint=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    cps_area_scope = models.PositiveIntegerField(default=NOT_BROUGHT)
    key = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["suspect", "key"], name="a_suspect_has_a_name_key_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "key", "case"], name="name_keys_of_a_force"),
            models.Index(fields=["cps_area_scope", "key", "case"], name="name_keys_of_an_area"),
        ]


class SituationKind(models.TextChoices):
    """Why a suspect cannot be arrested here and now though everybody wants to."""

    WANTED = "wanted", "Wanted"
    ABROAD = "abroad", "Abroad"
    PRISON = "prison", "In prison elsewhere"


@with_history
class SuspectSituation(CaseRow):
    """Wanted, abroad or in prison elsewhere: from when, put on record by which supervisor, ended when."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="situations", db_constraint=False)
    kind = models.CharField(max_length=8, choices=SituationKind)
    since = models.DateTimeField()
    note = models.CharField(max_length=LINE)
    ended_at = models.DateTimeField(null=True)
    ended_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["suspect"], condition=Q(ended_at__isnull=True), name="a_suspect_is_in_one_situation_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since")), name="a_situation_ends_after_it_begins"
            ),
        ]
