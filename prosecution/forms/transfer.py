"""Forms of a case offered to another CPS Area: the offer, the acceptance, the refusal."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Agency, User
from accounts.roles import AgencyKind, Role
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.services.roles import CPS_ROLE_OF
from core.forms import GovForm
from prosecution.choosing import beside_names


class OfferToAreaForm(ActForm):
    """The Area that is to take the case over, and why."""

    says = (
        "Legal managers of that Area see the crime reference, the risk, the force, when the CPS next owes something, your reason and your "
        "name, and nothing else of the case. Until one of them accepts, this Area owes everything on it. Then it is theirs with every "
        "clock as it runs, and this Area sees it no longer."
    )

    area_id = forms.TypedChoiceField(label="Which CPS Area should take the case over?", coerce=int, empty_value=None)
    reason = f.text("Why", max_length=1_000, help_text="The other Area reads this. Name nobody.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.user.agency_id if self.user else 0
        areas = Agency.objects.filter(kind=AgencyKind.CPS_AREA).exclude(pk=own).order_by("name").values_list("pk", "name")
        self.fields["area_id"].choices = [*f.CHOOSE, *areas]  # type: ignore[attr-defined]


class WithdrawAreaOfferForm(ActForm):
    """Why the offer is taken back."""

    reason = f.reason("Why", help_text="The other Area reads this.")


class AcceptTransferForm(GovForm):
    """Who has the case in the receiving Area."""

    prosecutor_id = f.KeyField(
        label="Prosecutor",
        help_text="Beside each name: requests and referrals held now, leave, specialism. What the other Area had open goes to her or him.",
        error_messages={"required": "Select the prosecutor"},
    )

    def __init__(self, *args: Any, user: User, barred: Collection[UUID] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = CPS_ROLE_OF["prosecutor"] - {Role.CPS_DIRECT}
        self.fields["prosecutor_id"].choices = [*f.CHOOSE, *beside_names(user, roles, barred)]  # type: ignore[attr-defined]


class DeclineTransferForm(GovForm):
    """Why the Area does not take the case over."""

    reason = f.reason("Why your Area does not take it over", help_text="The Area that offered it reads this.")
