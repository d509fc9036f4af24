"""The forms of the settings pages: another length of a clock, a bank holiday more or less. Each is previewed, then confirmed."""

from datetime import date
from typing import Any

from django import forms

from cases.derive.clocks import Length
from cases.models.base import LINE
from cases.setting_rules import MOST, UNIT_WORDS, Setting
from core.calendar import Unit
from core.clock import today
from core.formfields import GovDateField
from core.forms import GovForm

SAYS_PAST = "I have read what changes, and agree that clocks already running get other due dates"


class PreviewedForm(GovForm):
    """A form that is shown what it would do before it does it. `confirmed` is sent by the preview only."""

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    past_accepted = forms.BooleanField(label=SAYS_PAST, required=False)

    def agreed(self, day: date) -> bool:
        """Say whether a day, in London, may be saved: one that is past needs the tick, else the error stands beside it."""
        if day >= today() or self.cleaned_data["past_accepted"]:
            return True
        self.add_error("past_accepted", "Select that you have read what changes, or do not save")
        return False


class ClockSettingForm(PreviewedForm):
    """Another edition of one clock's length. `latest` is the version that the page showed as the latest."""

    latest = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    amount = forms.IntegerField(label="How many", min_value=1, max_value=max(MOST.values()))
    unit = forms.ChoiceField(label="Of what", widget=forms.RadioSelect)
    in_force_from = GovDateField(
        label="In force from",
        help_text="Clocks that start on this day or later have the new length. Those that run already keep theirs.",
    )
    source_note = forms.CharField(
        label="Where this comes from",
        max_length=LINE,
        help_text="For example the force’s policy with its date, or who decided it and when.",
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(unit.value, UNIT_WORDS[unit][1].capitalize()) for unit in setting.units]

    def length(self) -> Length:
        """Return the length as typed."""
        return Length(self.cleaned_data["amount"], Unit(self.cleaned_data["unit"]))


class BankHolidayForm(PreviewedForm):
    """A day that the list lacks, or lists and should not."""

    day = GovDateField(label="Date")
    closed = forms.ChoiceField(
        label="What is this day?",
        widget=forms.RadioSelect,
        choices=[("yes", "A bank holiday that is not in the list"), ("no", "In the list, but not a bank holiday here")],
    )
    name = forms.CharField(label="What it is called", max_length=LINE, help_text="For example “Coronation bank holiday”.")
    source_note = forms.CharField(
        label="Where this comes from", max_length=LINE, help_text="For example the proclamation or the force’s order, with its date."
    )

    @property
    def is_closed(self) -> bool:
        """Whether the day is to be a bank holiday."""
        return bool(self.cleaned_data["closed"] == "yes")
