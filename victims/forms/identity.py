"""Forms about who a victim is: asking to be shown it, and entering or correcting it."""

from typing import Any

from django import forms

from cases.forms import fields as f
from core.forms import GovForm, VersionedForm
from victims.forms.fields import TelephoneField
from victims.models import Victim
from victims.services.consulting import Reason


class ShowIdentityForm(GovForm):
    """Why somebody is to be shown who a victim is."""

    reason = forms.ChoiceField(
        label="Why do you need to see who she or he is?",
        choices=[("", "Choose one"), *Reason.choices],
        error_messages={"required": "Select why you need to see it", "invalid_choice": "Select why you need to see it"},
    )


class IdentityForm(VersionedForm):
    """Everything that is kept of who a victim is. What is emptied here stands no longer."""

    surname = forms.CharField(label="Surname", max_length=150, required=False)
    forenames = forms.CharField(label="Forenames", max_length=150, required=False)
    date_of_birth = f.past_day("Date of birth", required=False)
    address = forms.CharField(label="Address", max_length=500, required=False, widget=forms.Textarea)
    home_telephone = TelephoneField(label="Home telephone", required=False)
    mobile_telephone = TelephoneField(label="Mobile telephone", required=False)
    email = forms.EmailField(label="Email address", max_length=254, required=False)
    notes = forms.CharField(
        label="Notes about her or his identity",
        max_length=4_000,
        required=False,
        widget=forms.Textarea,
        help_text="For example a name she or he goes by. Nothing about the offence, and nothing about therapy.",
    )

    def service_arguments(self) -> dict[str, Any]:
        """Return what `keep_identity` is called with besides actor, case, complainant and version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def values_of(victim: Victim | None) -> dict[str, Any]:
    """Return what the form is filled with. Read inside `consulting`."""
    if victim is None:
        return {}
    return {name: getattr(victim, name) for name in IdentityForm.base_fields if name != "version"}
