"""Forms of handing a case over to another force: the offer, the acceptance, the refusal."""

from typing import Any

from django import forms

from accounts.models import Agency, User
from accounts.roles import AgencyKind
from cases.forms import fields as f
from cases.forms.base import ActForm
from core.forms import GovForm


class OfferForm(ActForm):
    """The force that is to take the case over, and why."""

    says = (
        "Supervisors of that force see the crime reference, the risk, when the crime was recorded, when the first suspect was identified, "
        "your reason and your name, and nothing else of the case. Until one of them accepts, this force owes everything on it. "
        "Then the case goes on there with every clock as it runs; the record here ends that day and can only be read."
    )

    force_id = forms.TypedChoiceField(label="Which force should take the case over?", coerce=int, empty_value=None)
    reason = f.text("Why", max_length=1_000, help_text="The other force reads this. Name nobody.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.user.agency_id if self.user else 0
        forces = Agency.objects.filter(kind=AgencyKind.POLICE).exclude(pk=own).order_by("name").values_list("pk", "name")
        self.fields["force_id"].choices = [*f.CHOOSE, *forces]  # type: ignore[attr-defined]


class AcceptForm(GovForm):
    """Where the case goes on: the receiver's own reference, officer and unit."""

    crime_reference = forms.CharField(
        label="Your force’s crime reference",
        max_length=30,
        help_text="As in your force’s own records, for example 46/12345/26.",
        error_messages={"required": "Enter your force’s crime reference"},
    )
    officer_id = f.KeyField(label="Officer in the case", error_messages={"required": "Select the officer in the case"})
    unit_id = f.KeyField(label="Unit", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer_id"].choices = [*f.CHOOSE, *f.officers(user)]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", "The officer’s own unit"), *f.units(user)]  # type: ignore[attr-defined]


class DeclineForm(GovForm):
    """Why the force does not take the case over."""

    reason = f.reason("Why your force does not take it over", help_text="The force that offered it reads this.")
