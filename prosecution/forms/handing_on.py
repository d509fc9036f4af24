"""The form of handing one's own work on a case to a colleague."""

from typing import Any

from cases.forms import fields as f
from cases.forms.base import ActForm
from prosecution.choosing import prosecutors


class HandOnForm(ActForm):
    """Who has it from now on, and where it stands."""

    button = "Hand over"
    says = "Your requests, referrals and action plans on this case go with it, every date as it runs. The legal manager is told."

    prosecutor_id = f.KeyField(
        label="Prosecutor from now on",
        help_text="Beside each name: requests and referrals held now, leave, specialism.",
        error_messages={"required": "Select the prosecutor"},
    )
    note = f.line(
        "Where it stands, and what comes next",
        max_length=1_000,
        help_text="It stands on the timeline, which both agencies read. Name nobody.",
        error_messages={"required": "Enter where it stands and what comes next"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.user.pk if self.user else None
        self.fields["prosecutor_id"].choices = [*f.CHOOSE, *prosecutors(self.case, self.user, without=own)]  # type: ignore[attr-defined]
