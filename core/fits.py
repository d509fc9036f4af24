"""A text longer than its column is answered beside the field, whichever way it came in, before the database sees it."""

from typing import Any

from django.db import models

from core.exceptions import NotPossible


class Fits(models.Model):
    """Base of tables that people write to. Forms have the lengths too; this one holds for every caller of a service."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row. Raises NotPossible beside the field when a text is longer than its column."""
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.max_length is not None:
                value = self.__dict__.get(field.attname)  # a column that was not read is not written, and not fetched for this
                if isinstance(value, str) and len(value) > field.max_length:
                    raise NotPossible(f"Must be {field.max_length} characters or fewer", field=field.name)
        super().save(*args, **kwargs)
