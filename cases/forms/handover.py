"""Forms of handing over: from whom; which cases, roles and people; and, before it is done, each case once more."""

from typing import Any

from django import forms

from cases.colleagues import Colleague
from cases.forms import fields as f
from cases.handover import Held, Holding
from cases.services.handover import NOTE
from core.forms import GovForm, VersionedForm

ALL, SOME = "all", "some"


class FromForm(GovForm):
    """Whose cases."""

    person = f.KeyField(label="From whom?")

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [*f.CHOOSE, *(one.choice for one in people)]  # type: ignore[attr-defined]


class ChooseForm(GovForm):
    """Which cases, which roles, to whom."""

    which = f.radios("Which cases?", [(ALL, "All of these"), (SOME, "Only those ticked")], initial=SOME)
    case_ids = f.KeysField(label="Cases", required=False)
    roles = forms.MultipleChoiceField(label="Which roles are handed over?", widget=forms.CheckboxSelectMultiple)
    to_ids = f.KeysField(label="To whom?")

    def __init__(self, *args: Any, holding: Holding, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holding = holding
        others = [one for one in people if one.key != holding.person.pk]
        self.fields["case_ids"].choices = [(held.key, held.case.crime_reference) for held in holding.cases]  # type: ignore[attr-defined]
        self.fields["roles"].choices = holding.roles  # type: ignore[attr-defined]
        self.fields["roles"].initial = [value for value, _ in holding.roles]
        self.fields["to_ids"].choices = [(str(one.key), one.user.name) for one in others]  # type: ignore[attr-defined]
        self.fields["to_ids"].widget.attrs["hints"] = {str(one.key): _first_capital(one.words) for one in others}
        self.fields["to_ids"].error_messages["required"] = "Select at least one person"

    def clean(self) -> dict[str, Any]:
        """Refuse a choice of nothing. Raises ValidationError."""
        if self.cleaned_data.get("which") == SOME and not self.cleaned_data.get("case_ids") and not self.errors.get("case_ids"):
            self.add_error("case_ids", "Select at least one case, or “All of these”")
        if "roles" in self.cleaned_data and not self.errors.get("case_ids") and not self.chosen():
            self.add_error("roles", "Select a role that the person has on one of these cases")
        return self.cleaned_data

    def chosen(self) -> list[Held]:
        """Return the cases chosen on which the person has one of the roles chosen."""
        data = self.cleaned_data
        keys = {str(key) for key in data.get("case_ids") or ()}
        roles = set(data.get("roles") or ())
        return [held for held in self.holding.cases if (data.get("which") == ALL or held.key in keys) and roles & set(held.roles)]


class CaseForm(VersionedForm):
    """One case before it is handed over: to whom, and what she or he should know."""

    to_id = f.KeyField(label="To")
    note = f.text("Note on this case", required=False, max_length=NOTE)

    def __init__(self, *args: Any, receivers: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_id"].choices = [(str(one.key), one.user.name) for one in receivers]  # type: ignore[attr-defined]


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
