"""What a report can be narrowed to. The address carries it, so that a narrowed report can be kept as a bookmark."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from cases.derive.states import Risk
from cases.models import DelayReason
from core import clock
from core.formfields import GovDateField
from core.forms import GovForm
from reports.arrests import NO_REASON, Filter

AS_OF = "Seen from the start of this day. Leave empty for now."
NOTHING_NOW = "Nobody overdue at present"
REASONS = ((NO_REASON, "No reason given"), *DelayReason.choices)
RISKS = ((Risk.HIGH.value, Risk.HIGH.label), (Risk.MEDIUM.value, Risk.MEDIUM.label), (Risk.STANDARD.value, Risk.STANDARD.label))


class KeyField(forms.CharField):
    """The key of a unit or a person, chosen from a list that is known only once the report has been drawn."""

    widget: forms.Select
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": "Choose one from the list"}

    def clean(self, value: Any) -> str:
        """Return the key in its usual form, or an empty text. Raises ValidationError for what is no key."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(UUID(text))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class OverdueArrestsFilter(GovForm):
    """Unit, officer, risk, reason, and the day to look from."""

    unit = KeyField(label="Unit", required=False, max_length=36, widget=forms.Select)
    officer = KeyField(label="Officer in the case", required=False, max_length=36, widget=forms.Select)
    risk = forms.ChoiceField(label="Risk", required=False, choices=[("", "Any risk"), *RISKS])
    reason = forms.ChoiceField(label="Reason for delay", required=False, choices=[("", "Any reason, or none"), *REASONS])
    as_of = GovDateField(label="As-of date", required=False, latest=clock.today, help_text=AS_OF)

    def __init__(self, *args: Any, by_officer: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_officer:
            del self.fields["officer"]

    def chosen(self) -> Filter:
        """Return the filter. The form must be valid."""
        cleaned = self.cleaned_data
        return Filter(cleaned["unit"], cleaned.get("officer", ""), cleaned["risk"], cleaned["reason"])

    def day(self) -> date | None:
        """Return the day to look from, or None for now. The form must be valid."""
        day: date | None = self.cleaned_data["as_of"]
        return day

    def offer(self, *, units: Iterable[tuple[str, str]] = (), officers: Iterable[tuple[str, str]] = ()) -> None:
        """Say which units and officers can be chosen. One chosen earlier stays in the list when nothing of it is overdue now."""
        for name, first, choices in (("unit", "All units", tuple(units)), ("officer", "All officers", tuple(officers))):
            chosen = self.cleaned_data.get(name, "")
            gone = ((chosen, NOTHING_NOW),) if chosen and chosen not in dict(choices) else ()
            if isinstance(field := self.fields.get(name), KeyField):
                field.widget.choices = [("", first), *choices, *gone]

    def narrowed(self) -> list[tuple[str, str]]:
        """Return what was chosen, in words: label and choice. After `offer`."""
        found = []
        for name in ("unit", "officer", "risk", "reason"):
            field, value = self.fields.get(name), self.cleaned_data.get(name)
            if value and isinstance(field, KeyField | forms.ChoiceField):
                found.append((str(field.label), str(dict(field.widget.choices)[value])))
        return found
