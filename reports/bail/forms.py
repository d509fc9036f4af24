"""What the bail diary can be narrowed to. The address carries it, so that a narrowed diary can be kept as a bookmark."""

from collections.abc import Iterable
from typing import Any

from django import forms

from core.components import day_text
from core.formfields import GovDateField
from core.forms import GovForm
from reports.bail.clocks import STATES, Filter
from reports.forms import KeyField

NO_DAY = "Bail that stands still has no day and is left out when days are given."
NOBODY_NOW = "Nobody on bail at present"


class BailFilter(GovForm):
    """Unit, officer, state, and the days between which bail answers."""

    unit = KeyField(label="Unit", required=False, max_length=36, widget=forms.Select)
    officer = KeyField(label="Officer in the case", required=False, max_length=36, widget=forms.Select)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All that has not ended"), *STATES.items()])
    first = GovDateField(label="Answers from", required=False)
    last = GovDateField(label="Answers until", required=False, help_text=NO_DAY)

    def __init__(self, *args: Any, by_officer: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_officer:
            for name in ("officer", "state", "first", "last"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "Answers until must be the same day as answers from, or after it")
        return data

    def chosen(self) -> Filter:
        """Return the filter. The form must be valid."""
        data = self.cleaned_data
        return Filter(data["unit"], data.get("officer", ""), data.get("first"), data.get("last"), data.get("state", ""))

    def offer(self, *, units: Iterable[tuple[str, str]] = (), officers: Iterable[tuple[str, str]] = ()) -> None:
        """Say which units and officers can be chosen. One chosen earlier stays in the list when nobody of it is on bail now."""
        for name, first, choices in (("unit", "All units", tuple(units)), ("officer", "All officers", tuple(officers))):
            chosen = self.cleaned_data.get(name, "") if hasattr(self, "cleaned_data") else ""
            gone = ((chosen, NOBODY_NOW),) if chosen and chosen not in dict(choices) else ()
            if isinstance(field := self.fields.get(name), KeyField):
                field.widget.choices = [("", first), *choices, *gone]

    def narrowed(self) -> list[tuple[str, str]]:
        """Return what was chosen, in words: label and choice. After `offer`."""
        found = []
        for name in ("unit", "officer", "state"):
            field, value = self.fields.get(name), self.cleaned_data.get(name)
            if value and isinstance(field, KeyField | forms.ChoiceField):
                found.append((str(field.label), str(dict(field.widget.choices)[value])))
        return found + self._days()

    def _days(self) -> list[tuple[str, str]]:
        return [(str(self.fields[name].label), day_text(day)) for name in ("first", "last") if (day := self.cleaned_data.get(name))]
