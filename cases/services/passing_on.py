"""What goes with a role when somebody else takes it: work that apps above keep under a person's name.

An app registers in AppConfig.ready(). Called inside the change that gives the role by hand (named anew, handed over), never
when a service names somebody for one piece of work.
"""

from collections.abc import Callable
from uuid import UUID

from accounts.models import User
from cases.services.changing import Changing

Passing = Callable[[Changing, str, UUID, User], None]
"""The change, the role, who had it and who has it now."""
_passing: dict[str, Passing] = {}


def register(name: str, passing: Passing) -> None:
    """Add what passes on with a role. Called from AppConfig.ready(); the same name again replaces."""
    _passing[name] = passing


def pass_on(change: Changing, role: str, before_id: UUID | None, person: User) -> None:
    """Let each app pass its own on, where somebody else had the role."""
    if before_id is None or before_id == person.pk:
        return
    for passing in _passing.values():
        passing(change, role, before_id, person)
