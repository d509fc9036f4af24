"""Widgets for a date typed in three parts, and for a date with a time of day.

Values on the way in are `DateParts` or `DateTimeParts`: the text that was typed, trimmed, nothing more. What they mean
is decided by the fields in `core.formfields`. Times are London local times.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.clock import LONDON, as_utc


class DateParts(NamedTuple):
    """A date as typed."""

    day: str = ""
    month: str = ""
    year: str = ""


class DateTimeParts(NamedTuple):
    """A date and a London time of day as typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""


LABELS = {"day": "Day", "month": "Month", "year": "Year", "time": "Time"}
WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


class GovDateInput(forms.Widget):
    """Day, month and year as three text inputs named NAME_day, NAME_month and NAME_year.

    The attribute `bad_parts`, a collection of part names, marks inputs that are in error and is not rendered.
    """

    template = "components/date_parts.html"
    parts: tuple[str, ...] = DateParts._fields

    def id_for_label(self, id_: str) -> str:
        """The id of the first input, which an error links to."""
        return f"{id_}_{self.parts[0]}" if id_ else ""

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: a part left out is explained by the server."""
        return False

    def typed(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Turn the text of each part into this widget's value."""
        return DateParts(texts["day"], texts["month"], texts["year"])

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        """What was typed, trimmed, each part cut at 20 characters; a part not sent is empty."""
        return self.typed({part: str(data.get(f"{name}_{part}") or "").strip()[:20] for part in self.parts})

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether none of the parts was sent."""
        return all(f"{name}_{part}" not in data for part in self.parts)

    def decompress(self, value: Any) -> tuple[str, ...]:
        """The parts to show for a value: typed parts, a date, or nothing."""
        if isinstance(value, tuple):
            return value
        if isinstance(value, date):
            return DateParts(str(value.day), str(value.month), str(value.year))
        return DateParts()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context: `parts` lists each input with its id, name, label, value, width and error."""
        attrs = {**self.attrs, **(attrs or {})}
        bad = attrs.pop("bad_parts", ())
        base = str(attrs.get("id") or f"id_{name}")
        texts = self.decompress(value)
        rows = [
            {
                "id": f"{base}_{part}",
                "name": f"{name}_{part}",
                "label": LABELS[part],
                "value": text,
                "width": WIDTHS[part],
                "bad": part in bad,
                "numeric": part != "time",
            }
            for part, text in zip(self.parts, texts, strict=True)
        ]
        return {
            "id": base,
            "parts": rows,
            "autocomplete": attrs.get("autocomplete", "off"),
            "disabled": bool(attrs.get("disabled")),
        }

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The inputs, from the project's own templates whatever form renderer is set."""
        return render_to_string(self.template, self.get_context(name, value, attrs))


class GovDateTimeInput(GovDateInput):
    """As GovDateInput, and a fourth input NAME_time for the London time of day."""

    parts = DateTimeParts._fields

    def typed(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Turn the text of each part into this widget's value."""
        return DateTimeParts(texts["day"], texts["month"], texts["year"], texts["time"])

    def decompress(self, value: Any) -> tuple[str, ...]:
        """The parts to show: typed parts, an aware moment as London local time to the minute, or nothing.

        A moment without a zone is a mistake in the caller and raises ValueError.
        """
        if isinstance(value, tuple):
            return value
        if isinstance(value, datetime):
            local = as_utc(value).astimezone(LONDON)
            return DateTimeParts(str(local.day), str(local.month), str(local.year), f"{local:%H:%M}")
        return DateTimeParts()
