"""From a person to what the access log says about her or him."""

from accounts.models import User
from audit.context import Context


def context_of(user: User, *, route: str = "", session_hash: str = "") -> Context:
    """Return the log's words for a person acting."""
    return Context(
        actor_id=user.id,
        actor_name=user.name,
        actor_agency_id=user.agency_id,
        actor_role=user.role,
        route=route[:200],
        session_hash=session_hash,
    )
