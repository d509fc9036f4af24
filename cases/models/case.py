"""The case itself, who works on it, who may see it beyond the rule, and who must never see it."""

import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, Unit
from cases.derive.states import Risk, Stage
from cases.models.base import LINE, NOT_BROUGHT, SHORT, TEXT, CaseRow, with_history
from cases.querysets import CaseQuerySet
from core import clock
from core.fits import Fits

NOTHING_DUE = datetime(9999, 12, 31, tzinfo=UTC)
"""The value of next_due_* when nothing is owed: it sorts last."""


class Named(models.TextChoices):
    """The answer to "Has anyone been named?"."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known yet"


@with_history
class Case(Fits):
    """One report of rape or a serious sexual offence, worked by a force and, once brought, by a CPS Area.

    `stage`, `standing`, `turn_*` and `next_due_*` are projections: written only by the last step of a service, so that
    lists can sort and filter. The truth is in the facts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    cps_area_scope = models.PositiveIntegerField(default=NOT_BROUGHT)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    crime_reference = models.CharField(max_length=30)
    urn = models.CharField(max_length=11, blank=True)
    recorded_at = models.DateTimeField(help_text="When the crime was recorded by the force.")
    risk = models.CharField(max_length=8, choices=Risk)
    named = models.CharField(max_length=9, choices=Named, default=Named.NOT_KNOWN)
    restricted = models.BooleanField(default=False)
    restricted_because = models.CharField(max_length=LINE, blank=True)
    imported = models.BooleanField(default=False, help_text="First taken in from the force's extract.")
    recorded_in_error_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=0)
    # projections
    stage = models.CharField(max_length=30, choices=Stage, default=Stage.RECORDED)
    standing = models.CharField(max_length=LINE, blank=True)
    turn_police = models.PositiveSmallIntegerField(default=0)
    turn_cps = models.PositiveSmallIntegerField(default=0)
    next_due_police = models.DateTimeField(default=NOTHING_DUE)
    next_due_cps = models.DateTimeField(default=NOTHING_DUE)

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "crime_reference"], name="a_crime_reference_is_used_once_in_its_force"),
            models.UniqueConstraint(fields=["id", "force", "cps_area_scope"], name="a_case_is_in_one_force_and_one_area"),
            models.CheckConstraint(
                condition=Q(crime_reference__regex=r"^[A-Z0-9/-]{3,30}$"),
                name="a_crime_reference_is_3_to_30_letters_digits_slashes_or_hyphens",
            ),
            models.CheckConstraint(
                condition=Q(urn="") | Q(urn__regex=r"^[0-9]{2}[A-Z][A-Z0-9][0-9]{7}$"), name="a_urn_is_blank_or_well_formed"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="a_case_is_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=Q(restricted=True) | Q(restricted_because=""), name="only_a_restricted_case_says_why"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "crime_reference", "id"], name="cases_by_reference"),
            models.Index(fields=["force", "recorded_at", "id"], name="cases_by_recorded"),
            models.Index(fields=["force", "risk", "id"], name="cases_by_risk"),
            models.Index(fields=["force", "stage", "id"], name="cases_by_stage"),
            models.Index(fields=["force", "next_due_police", "id"], name="cases_by_next_due_police"),
            models.Index(fields=["force", "unit", "next_due_police", "id"], name="cases_of_a_unit"),
            models.Index(fields=["force", "turn_cps", "id"], name="cases_by_turn"),
            models.Index(fields=["cps_area_scope", "turn_cps", "id"], name="area_cases_by_turn"),
            models.Index(fields=["cps_area_scope", "crime_reference", "id"], name="area_cases_by_reference"),
            models.Index(fields=["cps_area_scope", "recorded_at", "id"], name="area_cases_by_recorded"),
            models.Index(fields=["cps_area_scope", "risk", "id"], name="area_cases_by_risk"),
            models.Index(fields=["cps_area_scope", "stage", "id"], name="area_cases_by_stage"),
            models.Index(fields=["cps_area_scope", "next_due_cps", "id"], name="area_cases_by_next_due_cps"),
            models.Index(fields=["force", "urn"], name="cases_by_urn", condition=~Q(urn="")),
            models.Index(fields=["cps_area_scope", "urn"], name="area_cases_by_urn", condition=~Q(urn="")),
        ]
        triggers: ClassVar = [pgtrigger.ReadOnly(name="a_force_never_changes", fields=["force"])]

    def __str__(self) -> str:
        return self.crime_reference

    @property
    def brought(self) -> bool:
        """Whether the police have brought the case to the CPS."""
        return self.cps_area_scope != NOT_BROUGHT

    @property
    def open(self) -> bool:
        """Whether the case is open (design section 5)."""
        return Stage(self.stage).is_open


class CaseRole(models.TextChoices):
    """What a person does on a case."""

    OFFICER = "officer", "Officer in the case"
    SECOND_OFFICER = "second_officer", "Second officer"
    LIAISON = "solo", "Sexual offences liaison officer"
    SERGEANT = "sergeant", "Sergeant"
    INSPECTOR = "inspector", "Inspector"
    GATEKEEPER = "gatekeeper", "Gatekeeper"
    DISCLOSURE = "disclosure", "Disclosure officer"
    PROSECUTOR = "prosecutor", "Prosecutor"
    VICTIM_LIAISON = "vlo", "Victim liaison officer"
    WITNESS_CARE = "witness_care", "Witness Care officer"


CPS_CASE_ROLES = frozenset({CaseRole.PROSECUTOR, CaseRole.VICTIM_LIAISON})


@with_history
class CasePerson(CaseRow):
    """A person's role on a case, from when, until when. One current person a role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=16, choices=CaseRole)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "role"], condition=Q(until__isnull=True), name="a_case_has_one_person_in_a_role"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_case_role_ends_after_it_begins"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "case"], condition=Q(until__isnull=True), name="cases_of_a_person")]


@with_history
class CaseAccess(CaseRow):
    """The only widening of who sees a case, inside the force or Area that holds it: for a person or a unit, until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=LINE)
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=Q(user__isnull=True) ^ Q(unit__isnull=True), name="access_is_for_a_person_or_a_unit"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "case"], condition=Q(revoked_at__isnull=True), name="access_of_a_person"),
            models.Index(fields=["unit", "case"], condition=Q(revoked_at__isnull=True), name="access_of_a_unit"),
        ]


@with_history
class Exclusion(CaseRow):
    """A named person who must never see this case, above every grant and rank, and never learns of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=LINE)
    lifted_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(lifted_at__isnull=True), name="a_person_is_excluded_once_from_a_case"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "case"], condition=Q(lifted_at__isnull=True), name="exclusions_of_a_person")]


class TimelineEvent(CaseRow):
    """What happened, in the order it happened, and who wrote it down. Append-only. `kind` is a verb of cases/timeline.py."""

    kind = models.CharField(max_length=40)
    suspect = models.ForeignKey("cases.Suspect", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    complainant = models.ForeignKey(
        "cases.Complainant", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    happened_at = models.DateTimeField()
    text = models.CharField(max_length=TEXT, blank=True)
    actor_name = models.CharField(max_length=SHORT)
    case_version = models.PositiveIntegerField(help_text="The version of the case that this made.")

    class Meta(CaseRow.Meta):
        indexes: ClassVar = [
            models.Index(fields=["case", "-created_at", "-id"], name="timeline_of_a_case"),
            models.Index(fields=["case", "case_version"], name="timeline_by_version"),
        ]


class StatusChange(CaseRow):
    """Every change of a case's stage or a suspect's status, numbered. Append-only, never later than the fact it follows."""

    suspect = models.ForeignKey("cases.Suspect", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    sequence = models.PositiveIntegerField()
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    reason = models.CharField(max_length=LINE)
    actor_name = models.CharField(max_length=SHORT)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "sequence"], name="status_changes_of_a_case_are_numbered_once"),
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="a_status_change_changes_the_status"),
        ]


class FactCorrection(CaseRow):
    """A fact that was wrong: old value, new value, why, by whom, and where the rules ask for it a supervisor's answer.

    Values are texts as `correct_fact` writes them (ISO dates and times). A correction waiting for a supervisor changes
    nothing yet.
    """

    class Answer(models.TextChoices):
        MADE = "made", "Made"
        WAITING = "waiting", "Waiting for a supervisor"
        REFUSED = "refused", "Refused"

    table = models.CharField(max_length=40)
    row_id = models.UUIDField()
    field = models.CharField(max_length=40)
    old = models.CharField(max_length=TEXT, blank=True)
    new = models.CharField(max_length=TEXT, blank=True)
    reason = models.CharField(max_length=LINE)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.MADE)
    made_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer="made", made_at__isnull=False) | (~Q(answer="made") & Q(made_at__isnull=True)),
                name="a_correction_is_made_when_it_says_so",
            ),
            models.UniqueConstraint(
                fields=["row_id", "field"], condition=Q(answer="waiting"), name="one_correction_of_a_fact_waits_at_a_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case"], condition=Q(answer="waiting"), name="corrections_waiting")]
