"""Forms of events that take officers: entering and changing one, calling it off, and the answers for what it runs into."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import User
from cases import models as m
from cases.abstractions import Group, groups_of
from cases.forms import fields as f
from cases.models.base import SHORT
from core.formfields import GovDateTimeField
from core.forms import GovForm

EVENT_HINT = "For example: football match, carnival weekend, major incident. No names."


class AbstractionForm(GovForm):
    """An event, its hours, and whom it takes: officers one by one, and everybody of a unit."""

    event = f.line("Event", max_length=SHORT, help_text=EVENT_HINT, error_messages={"required": "Enter what the event is"})
    starts_at = GovDateTimeField(label="From", error_messages={"required": "Enter when it begins"})
    ends_at = GovDateTimeField(label="Until", error_messages={"required": "Enter when it ends"})
    find = f.line("Find an officer by name", max_length=SHORT, required=False)
    officer_ids = f.KeysField(label="Officers", required=False)
    unit_ids = f.KeysField(label="Everyone of a unit", required=False)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        units = {str(one.unit_id): one.unit.name for one in people if one.unit}
        self.fields["officer_ids"].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]
        self.fields["unit_ids"].choices = list(units.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add everybody of the units ticked. Raises ValidationError beside the officers when nobody is."""
        data = self.cleaned_data
        units = set(data.get("unit_ids") or ())
        wanted = {*(data.get("officer_ids") or ()), *(one.pk for one in self.people if one.unit_id in units and one.is_active)}
        if not wanted and not self.errors.get("officer_ids"):
            self.add_error("officer_ids", "Select at least one officer, or everyone of a unit")
        data["officer_ids"] = sorted(wanted, key=str)
        return data

    def groups(self) -> list[Group]:
        """Return the officers by unit as they are to be shown, what was typed in the search box applied."""
        ticked, units = (frozenset(str(one) for one in self[name].value() or ()) for name in ("officer_ids", "unit_ids"))
        return groups_of(self.people, ticked=ticked, units=units, find=str(self["find"].value() or "")[:SHORT])

    def service_arguments(self) -> dict[str, Any]:
        """Return what the services are called with."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"find", "unit_ids"}}


class ChangeAbstractionForm(AbstractionForm):
    """The same, of an event that stands, and why."""

    why = f.reason("Why is it changed?")
    edition = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)


class CallOffForm(GovForm):
    """Why an event takes nobody after all."""

    why = f.reason("Why is it called off?")
    edition = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)


class AnswerForm(GovForm):
    """What becomes of one planned thing. Left alone, it stays unanswered."""

    answer = f.radios("What becomes of it?", m.AbstractionAnswer.Answer.choices, required=False)
    moved_to = GovDateTimeField(label="If it is moved: to when?", required=False)

    def clean(self) -> dict[str, Any]:
        """A time alone is no answer. Raises ValidationError."""
        if self.cleaned_data.get("moved_to") and not self.cleaned_data.get("answer"):
            self.add_error("answer", "Select “Moved” if it is moved")
        return self.cleaned_data

    @property
    def given(self) -> bool:
        """Whether there is an answer. The form must be valid."""
        return bool(self.cleaned_data.get("answer"))


def as_typed(form: type[GovForm], data: Mapping[str, Any], **kwargs: Any) -> GovForm:
    """Return the form with what was typed so far and without judging it: for a button that only shows more."""
    initial = {name: field.widget.value_from_datadict(data, {}, name) for name, field in form.base_fields.items()}
    return form(initial=initial, **kwargs)
