"""The access log: one row a request and agency entitled to audit it. Append-only, partitioned by month, read by auditors."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from audit.acts import Act


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    """Rows of the log. Row-level security narrows them to the auditor's agency as well."""

    def of_agency(self, agency_id: int) -> "AccessLogQuerySet":
        """Return the rows that an agency is entitled to audit, newest first."""
        return self.filter(agency_id=agency_id).order_by("-at", "-id")


class AccessLog(models.Model):
    """Who did what with which cases, when, from where. Plain ids and names as they were: nothing here follows a foreign key."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    agency_id = models.PositiveIntegerField(help_text="The agency entitled to audit this row.")
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=150)
    actor_agency_id = models.PositiveIntegerField(null=True)
    actor_role = models.CharField(max_length=20)
    act = models.CharField(max_length=12, choices=Act)
    what = models.CharField(max_length=100)
    case_ids = ArrayField(models.UUIDField())
    row_count = models.PositiveIntegerField(null=True)
    route = models.CharField(max_length=200)
    request_id = models.UUIDField()
    session_hash = models.CharField(max_length=64)
    purpose = models.TextField()
    recipients = models.TextField()
    search_hash = models.CharField(max_length=100)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "access log"
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "at", "id"], name="access_log_of_an_agency"),
            models.Index(fields=["agency_id", "actor_id", "at"], name="access_log_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.what}"
