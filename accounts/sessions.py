"""The session store: Django's database sessions, with the person in a column of its own."""

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Keep sessions in accounts_session, where a person's sessions can be found and ended."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the model the rows belong to."""
        from accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row for this session's data, with the person it belongs to."""
        row: Any = super().create_model_instance(data)
        row.user_id = UUID(str(data[SESSION_KEY])) if SESSION_KEY in data else None
        return row
