"""What the importer keeps: hashes of the previous extract, runs with their files, and where the extract disagrees."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Agency
from cases.models.base import LINE, TEXT, CaseRow
from cases.models.people import Complainant, Suspect
from core import clock


class ExtractEntry(CaseRow):
    """What the previous extract said of the case, one suspect or one complainant: a keyed hash a column, never the value."""

    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    complainant = models.ForeignKey(Complainant, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    hashes = models.JSONField(default=dict)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "suspect", "complainant"], nulls_distinct=False, name="one_entry_of_the_extract_for_each_of_a_case"
            ),
            models.CheckConstraint(
                condition=Q(suspect__isnull=True) | Q(complainant__isnull=True), name="an_extract_entry_is_of_one_thing"
            ),
        ]


class Disagreement(CaseRow):
    """The extract says one thing, the case another entered on screen. Somebody keeps the one or takes the other."""

    class Answer(models.TextChoices):
        OPEN = "open", "Not answered"
        KEPT = "kept", "Kept what is here"
        TAKEN = "taken", "Took what the extract says"

    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    complainant = models.ForeignKey(Complainant, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    column = models.CharField(max_length=40)
    here = models.CharField(max_length=TEXT, blank=True)
    extract = models.CharField(max_length=TEXT, blank=True)
    answer = models.CharField(max_length=5, choices=Answer, default=Answer.OPEN)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "suspect", "complainant", "column"],
                condition=Q(answer="open"),
                nulls_distinct=False,
                name="a_disagreement_is_open_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "created_at", "id"], condition=Q(answer="open"), name="open_disagreements_of_a_force")
        ]


class ImportRun(models.Model):
    """One import of one file: where it came from, how far it is, what it counted. The file is encrypted and short-lived."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Checked, not imported"
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped before the end"
        REFUSED = "refused", "File refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=State)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(null=True)
    file_digest = models.CharField(max_length=64)
    file_sealed = models.BinaryField(null=True)
    refused_sealed = models.BinaryField(null=True)
    forget_at = models.DateTimeField(help_text="When file and refused records are wiped: 24 hours after the upload.")
    counts = models.JSONField(default=dict)
    cases_total = models.PositiveIntegerField(default=0)
    cases_done = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=LINE, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["force", "-created_at", "id"], name="imports_of_a_force")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force"], condition=Q(state__in=["waiting", "running"]), name="a_force_imports_one_file_at_a_time"
            ),
        ]
