"""What the report of abstractions is narrowed to: months and a unit."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Unit, User
from core import clock
from core.forms import GovForm
from reports.abstraction import Span, month_after, month_of, month_words

MONTHS_BACK = 35
"""How many months before this one are offered."""
MONTHS_SHOWN = 12


def months() -> list[date]:
    """Return the months offered, the latest first: the next two, this one, and those before."""
    day = month_after(month_after(month_of(clock.today())))
    found = [day]
    for _ in range(MONTHS_BACK + 2):
        day = date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
        found.append(day)
    return found


class AbstractionFilter(GovForm):
    """From which month to which, and for which unit. Left alone: the last twelve months."""

    first = forms.ChoiceField(label="From", required=False)
    last = forms.ChoiceField(label="To", required=False)
    unit = forms.TypedChoiceField(label="Unit of the officers", required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = {day.isoformat()[:7]: day for day in months()}
        words = [(key, month_words(day)) for key, day in self.months.items()]
        units = Unit.objects.visible_to(user).order_by("name", "id").values_list("pk", "name")
        self._offer("first", [("", "Twelve months ago"), *words])
        self._offer("last", [("", "This month"), *words])
        self._offer("unit", [("", "All units"), *((str(key), name) for key, name in units)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse months the wrong way round. Raises ValidationError."""
        if not self.errors and self.span().first > self.span().last:
            self.add_error("last", "“To” must be the same month as “From” or a later one")
        return self.cleaned_data

    def span(self) -> Span:
        """Return the months. The form must be valid."""
        this = month_of(clock.today())
        ago = date(this.year - 1, this.month, 1)
        last = self.months.get(self.cleaned_data.get("last", ""), this)
        return Span(self.months.get(self.cleaned_data.get("first", ""), min(month_after(ago), last)), last)
