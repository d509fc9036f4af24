"""Forms of acts on who works a case and who sees it."""

from typing import Any

from django import forms

from accounts.models import Agency, User
from accounts.roles import WORKS_CASES_POLICE, AgencyKind, Role
from cases import models as m
from cases.colleagues import colleagues
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.services.roles import CPS_ROLE_OF
from cases.services.sharing import mapped_area_id

POLICE_ROLES = [(value, label) for value, label in m.CaseRole.choices if value not in {*m.CPS_CASE_ROLES, m.CaseRole.WITNESS_CARE}]

LOAD_HINT = "Beside each name: the live cases that you see, weighted by stage and risk, and what you should know before you choose."


class AssignPersonForm(ActForm):
    """Somebody of the force, and a role. Beside each name: load, absence, and what she or he lacks to investigate."""

    role = f.radios("Role", POLICE_ROLES, initial=m.CaseRole.OFFICER)
    user_id = f.KeyField(label="Who", help_text=LOAD_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = colleagues(self.user, WORKS_CASES_POLICE) if self.user else []
        self.fields["user_id"].choices = [*f.CHOOSE, *(one.choice for one in people)]  # type: ignore[attr-defined]


class AssignCpsPersonForm(ActForm):
    """Somebody of the Area, and a role."""

    role = f.radios("Role", [(value, label) for value, label in m.CaseRole.choices if value in m.CPS_CASE_ROLES])
    user_id = f.KeyField(label="Who", help_text=LOAD_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles: set[Role] = set().union(*CPS_ROLE_OF.values())
        people = colleagues(self.user, roles) if self.user else []
        self.fields["user_id"].choices = [*f.CHOOSE, *(one.choice for one in people)]  # type: ignore[attr-defined]


class TakeOverForm(ActForm):
    """A role for oneself."""

    role = f.radios("Your role on this case", POLICE_ROLES, initial=m.CaseRole.OFFICER)


class ConfirmForm(ActForm):
    """Nothing but a confirmation: the button says what happens."""


class MoveToUnitForm(ActForm):
    """Another unit, and whether the officer goes with the case."""

    unit_id = f.KeyField(label="Unit")
    keep_officer = f.YesNoField(label="Does the officer in the case keep it?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = str(self.case.unit_id) if self.case else ""
        self.fields["unit_id"].choices = [*f.CHOOSE, *(one for one in f.units(self.user) if one[0] != present)]  # type: ignore[attr-defined]


class GrantAccessForm(ActForm):
    """A person or a unit, why, until when."""

    asked_sometimes = frozenset({"user_id", "unit_id"})
    user_id = f.KeyField(label="Person", required=False)
    unit_id = f.KeyField(label="Or a whole unit", required=False)
    purpose = f.reason("Why they need to see this case")
    until = f.coming_day("Until the end of")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [*f.NOBODY, *f.officers(self.user)]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", "No unit"), *f.units(self.user)]  # type: ignore[attr-defined]


class ExcludeForm(ActForm):
    """A person who must never see the case, and why."""

    user_id = f.KeyField(label="Who must never see this case")
    reason = f.reason("Why", help_text="Only supervisors see this.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = str(self.user.pk) if self.user else ""
        people = [one for one in f.colleagues(self.user, Role.values) if one[0] != own]
        self.fields["user_id"].choices = [*f.CHOOSE, *people, *_of_the_area(self.case)]  # type: ignore[attr-defined]


def _of_the_area(case: m.Case | None) -> list[tuple[str, str]]:
    """Return the people of the Area that holds the case: they can be excluded too."""
    if case is None or not case.brought:
        return []
    found = User.objects.filter(agency_id=case.cps_area_scope, is_active=True).order_by("name", "id")
    return [(str(key), f"{name} (CPS)") for key, name in found.values_list("pk", "name")]


class RestrictForm(ActForm):
    """Why."""

    because = f.reason(
        "Why should only people with a role on the case see it?", help_text="For example: somebody involved works in policing."
    )


class ReasonForm(ActForm):
    """A reason and nothing else."""

    reason = f.reason()


class MergeForm(ActForm):
    """The case that stays, and why. Sent once, it shows both cases side by side; sent again for the same case, it merges."""

    says = "The case you are on becomes read-only and points to the one that stays. Nothing is copied: add there what it lacks first."
    button = "Compare the two cases"

    into_reference = forms.CharField(label="Crime reference of the case that stays", max_length=30)
    reason = f.reason("Why these are the same case")
    compared = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)
    other: m.Case | None = None
    """The case that stays, where both are to be shown."""

    def asks_again(self) -> bool:
        """Show both cases unless this very one was shown. A reference that leads nowhere is the service's to refuse."""
        assert self.user is not None  # noqa: S101  the view names who asks
        reference = self.cleaned_data["into_reference"].strip().upper()
        seen = m.Case.objects.visible_to(self.user).exclude(pk=self.case.pk if self.case else None)
        found = seen.select_related("force", "unit").filter(crime_reference=reference).first()
        if found is None or self.cleaned_data["compared"] == str(found.pk):
            return False
        self.other, self.button = found, "Merge the case you are on into the other"
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["compared"] = str(found.pk)  # type: ignore[index]
        return True

    def service_arguments(self) -> dict[str, Any]:
        """Leave out what was only compared."""
        given = super().service_arguments()
        given.pop("compared")
        return given


class BringForm(ActForm):
    """The Area, where the force works with several; otherwise it is known."""

    asked_sometimes = frozenset({"area_id"})
    says = "The people of the CPS Area see the case at once: everything but notes for the police alone."

    area_id = forms.TypedChoiceField(label="CPS Area", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case is None or mapped_area_id(self.case) is not None:
            del self.fields["area_id"]
            return
        areas = Agency.objects.filter(kind=AgencyKind.CPS_AREA).order_by("name").values_list("pk", "name")
        self.fields["area_id"].choices = [*f.CHOOSE, *areas]  # type: ignore[attr-defined]
