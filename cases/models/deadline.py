"""Deadlines, derived: written by `reconcile` and by nothing else. Human acts on them are override rows."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Agency
from cases.derive.clocks import Kind, Owes
from cases.models.base import LINE, CaseRow
from cases.querysets import DeadlineQuerySet
from core import clock


class Deadline(CaseRow):
    """One clock that runs or ran: from which fact, due when, met or ended when.

    Times are those of the facts, so "seen from the start of day D" is a query. Whether it is soon, today or overdue is
    derived, never stored. `due_at` is exclusive: overdue when now >= due_at.
    """

    kind = models.CharField(max_length=32, choices=Kind)
    subject_id = models.UUIDField(help_text="The suspect, bail, arrest or case the clock is about.")
    suspect = models.ForeignKey("cases.Suspect", null=True, on_delete=models.PROTECT, related_name="deadlines", db_constraint=False)
    complainant = models.ForeignKey(
        "cases.Complainant", null=True, on_delete=models.PROTECT, related_name="deadlines", db_constraint=False, db_index=False
    )
    sequence = models.PositiveSmallIntegerField(default=0)
    owes = models.CharField(max_length=6, choices=Owes)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_on = models.DateField()
    first_due_at = models.DateTimeField(help_text="The earliest due moment any version of the facts gave.")
    first_due_on = models.DateField()
    eased_at = models.DateTimeField(null=True, help_text="When a change of facts last made it due later while it ran.")
    paused_since = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Ended without being met: by an outcome, or because what it was about ended.")
    cancelled = models.BooleanField(default=False, help_text="No fact asks for it any longer; kept because reminders may name it.")
    setting_version = models.PositiveIntegerField()

    objects: ClassVar[Any] = DeadlineQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "kind", "subject_id", "sequence"], name="a_clock_runs_once_for_its_subject_and_turn"),
            models.CheckConstraint(condition=Q(met_at__isnull=True) | Q(ended_at__isnull=True), name="a_deadline_is_met_or_ended_not_both"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "kind", "due_at", "id"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, cancelled=False),
                name="open_deadlines_of_a_force",
            ),
            models.Index(
                fields=["cps_area_scope", "kind", "due_at", "id"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, cancelled=False),
                name="open_deadlines_of_an_area",
            ),
            models.Index(fields=["force", "kind", "first_due_at"], condition=Q(cancelled=False), name="deadlines_by_first_due"),
            models.Index(
                fields=["force", "kind", "met_at"], condition=Q(met_at__isnull=False, cancelled=False), name="met_deadlines_of_a_force"
            ),
            models.Index(
                fields=["cps_area_scope", "kind", "met_at"],
                condition=Q(met_at__isnull=False, cancelled=False),
                name="met_deadlines_of_an_area",
            ),
        ]


class DeadlineOverride(CaseRow):
    """A human act on a clock: a later date with its reason, or why it cannot be met. Reconcile respects it.

    The first due date stays beside it, and lateness counts from that.
    """

    kind = models.CharField(max_length=32, choices=Kind)
    subject_id = models.UUIDField()
    sequence = models.PositiveSmallIntegerField(default=0)
    moved_to = models.DateField(null=True)
    cannot_be_met_because = models.CharField(max_length=LINE, blank=True)
    reason = models.CharField(max_length=LINE, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(moved_to__isnull=False, cannot_be_met_because="") | (Q(moved_to__isnull=True) & ~Q(cannot_be_met_because="")),
                name="an_override_moves_a_date_or_says_why_it_cannot_be_met",
            ),
            models.CheckConstraint(condition=Q(moved_to__isnull=True) | ~Q(reason=""), name="a_moved_date_has_a_reason"),
        ]


class ClockSetting(models.Model):
    """A later edition of a clock's length, for everybody or one agency. The first edition stands in cases/derive/clocks.py."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=32, choices=Kind)
    variant = models.CharField(max_length=20, blank=True, help_text="For example a risk; blank where a clock has one length.")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(help_text="2 or more: 1 is the first edition.")
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=12)
    in_force_from = models.DateField()
    source_note = models.CharField(max_length=LINE)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "variant", "agency", "version"], nulls_distinct=False, name="an_edition_of_a_clock_is_numbered_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=2), name="editions_after_the_first_are_numbered_from_2"),
            models.CheckConstraint(condition=~Q(source_note=""), name="an_edition_names_its_source"),
        ]


class BankHoliday(models.Model):
    """A day that the list in the program lacks, or lists and should not: for everybody, or one agency's own.

    `closed` says whether the day is a bank holiday. Later rows win over earlier ones; none is ever changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    closed = models.BooleanField(default=True)
    name = models.CharField(max_length=LINE)
    source_note = models.CharField(max_length=LINE)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(source_note=""), name="a_bank_holiday_names_its_source")]
        indexes: ClassVar = [models.Index(fields=["agency", "day"], name="bank_holidays_of_an_agency")]

    def __str__(self) -> str:
        return self.name
