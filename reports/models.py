"""What reports save: the daily run of a force, and patterns of looking that an auditor should see. Ids and counts, no names."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Agency
from core import clock


class DailyRun(models.Model):
    """What stood on the morning of one day in one force: counts, and the ids behind them. One a force and day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(help_text="The London day it was made for.")
    made_at = models.DateTimeField(default=clock.now)
    counts = models.JSONField()
    deadline_ids = ArrayField(models.UUIDField(), help_text="The deadlines counted as overdue arrests.")
    told_at = models.DateTimeField(null=True, help_text="When every supervisor had been told; empty while that is not finished.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "day"], name="a_force_has_one_daily_run_a_day")]

    def __str__(self) -> str:
        return f"{self.force_id:02d} {self.day.isoformat()}"


class PatternKind(models.TextChoices):
    """What is worth a look, and is no proof of anything."""

    OWN_NAME = "own_name", "Looked at a case with a person of the same surname"
    OUT_OF_HOURS = "out_of_hours", "Looked at cases at night or over a weekend, unlike other days"
    VOLUME = "volume", "Looked at many more cases than usual"
    DENIALS = "denials", "Was refused again and again"


class Pattern(models.Model):
    """One pattern found in one day's log of one agency, for its auditors. Found once; reviewed once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=PatternKind)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=150)
    case_ids = ArrayField(models.UUIDField())
    counts = models.JSONField(default=dict)
    found_at = models.DateTimeField(default=clock.now)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    review_note = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "day", "kind", "actor_id"], name="a_pattern_is_found_once"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, review_note="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review_note="")),
                name="a_reviewed_pattern_says_by_whom_when_and_what",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "reviewed_at", "-day"], name="patterns_of_an_agency")]

    def __str__(self) -> str:
        return self.kind
