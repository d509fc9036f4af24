"""A column that only the application's own login may read."""

from typing import Any

from django.db import models

from core.scope import current

UNUSABLE = "'!'"


class PasswordHashField(models.CharField):  # type: ignore[type-arg]
    """A password hash. Under any kind of user the column is not asked for at all, and the person reads as without a password.

    The kinds are granted every column of a person but this one, so that a page can join to people and show their names
    but no page, however wrong, can show a hash. Signing in runs as the application's login, which may read it.
    """

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Return what stands in a SELECT for this column: itself, or under a kind a constant."""
        if current().kind is not None:
            return UNUSABLE, []
        return sql, params
