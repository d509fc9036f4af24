"""What the report of turns is narrowed to: months, and for the police a unit."""

from typing import Any

from accounts.models import User
from cases.listing import is_cps
from reports.forms_abstraction import AbstractionFilter


class TurnsFilter(AbstractionFilter):
    """From which month to which, and for the police which unit. Left alone: the last twelve months."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if is_cps(user):
            del self.fields["unit"]
        else:
            self.fields["unit"].label = "Unit of the case"
