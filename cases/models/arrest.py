"""Arrest, attempts, interviews, the decision not to arrest, why it is late, when it is planned, and the detention clock."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.base import LINE, SHORT, TEXT, CaseRow, with_history
from cases.models.people import Suspect


class ReleasedTo(models.TextChoices):
    """What a suspect was released to. An imported arrest may not say."""

    BAIL = "bail", "On bail"
    UNDER_INVESTIGATION = "under_investigation", "Under investigation"
    OUTCOME = "outcome", "With an outcome (charged, or no further action)"
    NOT_KNOWN = "not_known", "Not known (from the extract)"
    CHARGED = "charged", "Charged from custody, which may have gone on to court"
    """Detention without charge ended with a charge of the CPS. Nobody recorded that the suspect was let go."""


@with_history
class Arrest(CaseRow):
    """An arrest, and how and when it ended in release. In custody: no release yet."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="arrests", db_constraint=False)
    at = models.DateTimeField()
    imported = models.BooleanField(default=False)
    new_evidence = models.BooleanField(default=False, help_text="A further arrest on new evidence.")
    note = models.CharField(max_length=LINE, blank=True)
    released_at = models.DateTimeField(null=True)
    released_to = models.CharField(max_length=20, choices=ReleasedTo, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["suspect", "at"], name="a_suspect_is_arrested_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(released_at__gte=F("at")), name="a_release_comes_after_the_arrest"
            ),
            models.CheckConstraint(condition=Q(released_at__isnull=True) | ~Q(released_to=""), name="a_release_says_to_what"),
        ]


class ArrestAttempt(CaseRow):
    """Officers went to arrest and could not. Append-only; it stops no clock."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="attempts", db_constraint=False)
    at = models.DateTimeField()
    what_happened = models.CharField(max_length=LINE)


class InterviewManner(models.TextChoices):
    """Whether the interview followed an arrest or the suspect came by arrangement."""

    AFTER_ARREST = "after_arrest", "After arrest"
    VOLUNTARY = "voluntary", "Voluntary attendance"
    NOT_KNOWN = "not_known", "Not known (from the extract)"


@with_history
class Interview(CaseRow):
    """An interview under caution."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="interviews", db_constraint=False)
    at = models.DateTimeField()
    manner = models.CharField(max_length=12, choices=InterviewManner)
    protection = models.CharField(
        max_length=LINE, blank=True, help_text="Without arrest no bail conditions are possible: what else protects the complainant."
    )
    imported = models.BooleanField(default=False)
    note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["suspect", "at"], name="a_suspect_is_interviewed_once_at_a_time"),
        ]


@with_history
class ArrestDecision(CaseRow):
    """A decision not to arrest: it stops the arrest clock only when a second person has approved it."""

    class Answer(models.TextChoices):
        WAITING = "waiting", "Waiting for approval"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="decisions", db_constraint=False)
    proposed_at = models.DateTimeField()
    rationale = models.CharField(max_length=TEXT)
    protection = models.CharField(max_length=LINE, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="waiting") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="an_answered_arrest_decision_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("created_by")),
                name="nobody_approves_an_own_decision_not_to_arrest",
            ),
            models.UniqueConstraint(fields=["suspect"], condition=Q(answer="waiting"), name="one_decision_not_to_arrest_waits_at_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["case"], condition=Q(answer="waiting"), name="arrest_decisions_waiting")]


class DelayReason(models.TextChoices):
    """Why an arrest is late. None of them stops or moves the clock."""

    ABSTRACTION = "abstraction", "Officers taken for an event or other duty"
    NO_OFFICERS = "no_officers", "No officers available"
    INTELLIGENCE = "intelligence", "Whereabouts or address being checked"
    PLANNED_OPERATION = "planned_operation", "Part of a planned operation"
    ACCOUNT_NOT_TAKEN = "account_not_taken", "Victim's account not yet taken"
    VICTIM_ASKED = "victim_asked", "Victim asked us to wait"
    FORENSIC = "forensic", "Waiting for forensic or digital results"
    HEALTH = "health", "Suspect's health"
    OTHER = "other", "Other"


class ArrestDelay(CaseRow):
    """A reason for delay, with the abstraction where that is it. Append-only; the latest is the one shown."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="delays", db_constraint=False)
    at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=DelayReason)
    abstraction = models.ForeignKey("cases.Abstraction", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    event = models.CharField(
        max_length=SHORT, blank=True, help_text="The abstraction's event, for readers who see the case but not the force's duties."
    )
    note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(abstraction__isnull=True) | Q(reason="abstraction"), name="only_an_abstraction_delay_names_an_event"
            ),
            models.CheckConstraint(condition=~Q(reason="other") | ~Q(note=""), name="another_delay_reason_is_explained"),
        ]


@with_history
class PlannedArrest(CaseRow):
    """When an arrest is to be made and by whom. It stops nothing; an abstraction in those hours must answer for it."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        MADE = "made", "Arrest made"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="plans", db_constraint=False)
    planned_for = models.DateTimeField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    ended_because = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["suspect"], condition=Q(state="planned"), name="a_suspect_has_one_planned_arrest"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "officer", "planned_for"], condition=Q(state="planned"), name="planned_arrests_of_an_officer")
        ]


@with_history
class Detention(CaseRow):
    """The detention clock of an arrest: when it began and how many hours are authorised (PACE ss.41-44)."""

    arrest = models.OneToOneField(Arrest, on_delete=models.PROTECT, related_name="detention", db_constraint=False)
    began_at = models.DateTimeField(help_text="The relevant time.")
    hours = models.PositiveSmallIntegerField(
        choices=[(24, "24 hours"), (36, "36 hours (superintendent)"), (72, "72 hours (magistrates)"), (96, "96 hours (magistrates)")]
    )

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__in=[24, 36, 72, 96]), name="detention_is_24_36_72_or_96_hours"),
        ]
