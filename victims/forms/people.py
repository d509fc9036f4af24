"""Forms about contact persons."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models import Case
from cases.models.base import LINE
from core.forms import VersionedForm
from victims.forms.fields import TelephoneField
from victims.models import ContactPerson
from victims.models.victim import MayBeTold, PersonKind
from victims.near_suspect import SuspectNames
from victims.services.people import ENDED_BECAUSE, SAME_NAME


class ContactPersonForm(VersionedForm):
    """A contact person: what nobody may ever let slip comes first."""

    asked_sometimes = frozenset({"decision", "another_person"})

    never_tell = forms.CharField(
        label="Is there anything this person must never be told?",
        max_length=LINE,
        required=False,
        widget=forms.Textarea,
        help_text="In words that whoever telephones reads first. Leave empty if there is nothing.",
    )
    kind = f.radios(
        "Who is it to the victim?",
        PersonKind.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select who it is to the victim"),
    )
    name = forms.CharField(label="Name", max_length=150)
    another_person = forms.BooleanField(label="It is somebody else who has the same name as a suspect", required=False)
    telephone = TelephoneField(label="Telephone", required=False)
    email = forms.EmailField(label="Email address", max_length=254, required=False)
    may_be_told = f.radios(
        "What may this person be told?",
        MayBeTold.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what this person may be told"),
    )
    parental_responsibility = forms.BooleanField(label="Has parental responsibility for the victim", required=False)
    may_answer_telephone = forms.BooleanField(label="May pick up when the victim is telephoned", required=False)
    near_suspect = f.YesNoField(
        label="Is this person a suspect, or does she or he live with one?",
        help_text="If yes, only an inspector can save this, with the reason for deciding so.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select yes if this person is a suspect or lives with one"),
    )
    decision = forms.CharField(
        label="If yes, inspector: why is it safe that this person is told?", max_length=LINE, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)
        name = str(self.initial.get("name", ""))
        self.asks_about_name = "another_person" in self.data if self.is_bound else bool(name) and SuspectNames.of(case).has(name)

    @property
    def shown(self) -> list[BoundField]:
        """The fields of the page: whether it is somebody else is asked only of who bears a suspect's name."""
        return [bound for bound in self if bound.name != "another_person" or self.asks_about_name]

    def clean(self) -> dict[str, Any]:
        """Ask whether somebody with a suspect's name is that suspect, before anything is saved."""
        cleaned = super().clean() or self.cleaned_data
        settled = cleaned.get("another_person") or cleaned.get("near_suspect", True)
        if not settled and cleaned.get("name") and SuspectNames.of(self.case).has(cleaned["name"]):
            self.add_error("name", SAME_NAME)
            self.asks_about_name = True
        return cleaned

    def service_arguments(self) -> dict[str, Any]:
        """Return what the services are called with besides actor, case, target and version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class EndContactPersonForm(ActForm):
    """Why somebody stops being a contact person."""

    says = "The record of what this person was told stays."
    because = f.radios("Why", ENDED_BECAUSE.items(), error_messages={"required": "Select why"})


KEPT = (
    "never_tell", "kind", "name", "another_person", "telephone", "email", "may_be_told", "parental_responsibility",
    "may_answer_telephone",
)  # fmt: skip


def values_of(person: ContactPerson) -> dict[str, Any]:
    """Return what the form is filled with. Read inside `consulting`."""
    return {
        **{name: getattr(person, name) for name in KEPT},
        "near_suspect": "yes" if person.near_suspect else "no",
        "decision": person.near_suspect_decision,
    }
