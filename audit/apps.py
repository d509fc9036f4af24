"""Django's registration of the app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate  # noqa: TID251 - Django's own call at the end of `migrate`, not of a model


class AuditConfig(AppConfig):
    """The record of looking: an append-only access log with plain ids."""

    name = "audit"

    def ready(self) -> None:
        """Make the coming months' partitions at every `migrate`, whether or not it had anything to apply."""
        post_migrate.connect(make_partitions_after_migrate, sender=self, dispatch_uid="audit.make_partitions")


def make_partitions_after_migrate(*, using: str, **_: Any) -> None:
    """Call make_partitions() once the table is there (a partial migrate may stop before it)."""
    with connections[using].cursor() as cursor:
        cursor.execute("select to_regprocedure('make_partitions()') is not null")
        row = cursor.fetchone()
        if row and row[0]:
            cursor.execute("select make_partitions()")
