"""The form by which a victim is found: whole values only, as they were entered."""

from typing import Any

from django import forms

from cases.forms import fields as f
from core.forms import GovForm
from victims.finding import Terms, is_enough
from victims.forms.fields import TelephoneField

NOT_ENOUGH = "Enter a surname with forenames or a date of birth, a telephone number, or an email address"


class FindForm(GovForm):
    """A name, a surname with a date of birth, a telephone number or an e-mail address."""

    surname = forms.CharField(label="Surname", max_length=150, required=False)
    forenames = forms.CharField(label="Forenames", max_length=150, required=False)
    date_of_birth = f.past_day("Date of birth", required=False)
    telephone = TelephoneField(label="Telephone", required=False)
    email = forms.EmailField(label="Email address", max_length=254, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for enough to look for: half a name finds nobody."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not is_enough(self.terms()):
            self.add_error("surname", NOT_ENOUGH)
        return cleaned

    def terms(self) -> Terms:
        """Return what is looked for."""
        texts = {name: self.cleaned_data.get(name) or "" for name in ("surname", "forenames", "telephone", "email")}
        return Terms(**texts, born=self.cleaned_data.get("date_of_birth"))
