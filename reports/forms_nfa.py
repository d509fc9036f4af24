"""What the report of no further action is narrowed to: months, and for supervisors a unit."""

from typing import Any

from accounts.models import User
from accounts.roles import Role
from reports.forms_turns import TurnsFilter


class NfaFilter(TurnsFilter):
    """From which month to which, and for supervisors which unit of the case. Left alone: the last twelve months.

    Whoever counts and sees no case is not offered a unit: all less the other units would give away what is kept back of one.
    """

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if user.role == Role.ANALYST:
            del self.fields["unit"]
