"""How a form field is drawn: works out classes, ids and attributes for templates/components/field.html."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from core.widgets import GovDateInput

# First match wins: a class before the classes it derives from.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (GovDateInput, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.HiddenInput, "hidden"),
)
GROUPS = frozenset({"date", "checkboxes", "radios", "checkbox"})
CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
}
ERROR_CLASSES = {
    "input": "govuk-input--error",
    "password": "govuk-input--error",
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
    "file": "govuk-file-upload--error",
}
CHARACTERS = frozenset({2, 3, 4, 5, 10, 20, 30})


class SummaryError(NamedTuple):
    """One line of an error summary; href is empty when there is nothing to link to."""

    text: str
    href: str


def kind_of(bound: BoundField) -> str:
    """Which of the drawings in components/field.html a field gets."""
    for widget, kind in KINDS:
        if isinstance(bound.field.widget, widget):
            return kind
    return "input"


def is_called_optional(bound: BoundField) -> bool:
    """Say whether a label adds "(optional)": GOV.UK marks what may stay empty, unless the label already says when to fill it in."""
    form, label = bound.form, str(bound.label)
    if bound.field.required or not getattr(form, "marks_optional", False) or bound.name in getattr(form, "asked_sometimes", ()):
        return False
    return kind_of(bound) not in {"checkbox", "hidden"} and not re.search(r"\bif\b|\(optional\)", label, re.IGNORECASE)


def bad_parts(bound: BoundField) -> tuple[str, ...]:
    """The parts of a date in error: those its errors name, or all when an error names none."""
    widget = bound.field.widget
    if not isinstance(widget, GovDateInput):
        return ()
    found: set[str] = set()
    for error in bound.errors.as_data():
        params = error.params if isinstance(error.params, dict) else {}
        found.update(params.get("parts") or widget.parts)
    return tuple(part for part in widget.parts if part in found)


def target_id(bound: BoundField) -> str:
    """The id of the input that an error of this field links to."""
    kind = kind_of(bound)
    if kind == "date":
        return f"{bound.auto_id}_{(bad_parts(bound) or ('day',))[0]}"
    return f"{bound.auto_id}_0" if kind in {"radios", "checkboxes"} else bound.auto_id


def summary_errors(shown: "forms.BaseForm | forms.BaseFormSet[Any]") -> Iterator[SummaryError]:
    """Every error of a form or formset, those of the whole first."""
    if isinstance(shown, forms.BaseFormSet):
        yield from (SummaryError(str(text), "") for text in shown.non_form_errors())
        for one in shown.forms:
            yield from summary_errors(one)
        return
    yield from (SummaryError(str(text), "") for text in shown.non_field_errors())
    for bound in shown:
        href = "" if bound.is_hidden else f"#{target_id(bound)}"
        yield from (SummaryError(str(text), href) for text in bound.errors)


NUMBER_WIDTH = 5
"""How many characters wide the input of a number is where nothing else was asked for: as wide as what goes in."""


def width_class(width: object) -> str:
    """The class of a width: a number of characters the design system knows, or a fraction such as "two-thirds"."""
    if not width:
        return ""
    text = str(width)
    if text.isdigit():
        if int(text) not in CHARACTERS:
            raise ValueError(f"no input is {text} characters wide")
        return f"govuk-input--width-{text}"
    return f"govuk-!-width-{text}"


class Choice(NamedTuple):
    """One radio or checkbox."""

    id: str
    value: str
    label: str
    hint: str
    checked: bool
    disabled: bool


@dataclass(frozen=True)
class FieldView:
    """A field with everything its template shows. Options are those of the `field` tag."""

    bound: BoundField
    kind: str
    label: str
    hint: str = ""
    width: str = ""
    label_size: str = ""
    heading: bool = False
    rows: int = 5
    counter: bool = True
    inline: bool = False
    small: bool = False
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool = False
    prefix: str = ""
    suffix: str = ""
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, bound: BoundField, **options: Any) -> "FieldView":
        """The view of a bound field. Unknown options raise TypeError."""
        given = {
            "label": bound.label,
            "hint": bound.help_text,
            **options,
            "width": width_class(options.get("width") or (NUMBER_WIDTH if isinstance(bound.field, forms.IntegerField) else "")),
        }
        if is_called_optional(bound):
            given["label"] = f"{given['label']} (optional)"
        return cls(bound=bound, kind=kind_of(bound), errors=[str(text) for text in bound.errors], **given)

    @property
    def id(self) -> str:
        """The id of the input, or of the group."""
        return self.bound.auto_id or f"id_{self.bound.html_name}"

    @property
    def is_group(self) -> bool:
        """Whether the inputs need a fieldset and the label is its legend."""
        return self.kind in GROUPS and not (self.kind == "checkbox" and not self.heading)

    @property
    def limit(self) -> int | None:
        """How many characters a textarea's counter counts down from, if it has one."""
        found = getattr(self.bound.field, "max_length", None)
        return found if self.kind == "textarea" and self.counter else None

    @property
    def described_by(self) -> str:
        """The ids of counter, hint and error, for aria-describedby."""
        ids = [f"{self.id}-info"] if self.limit else []
        ids += [f"{self.id}-hint"] if self.hint else []
        ids += [f"{self.id}-error"] if self.errors else []
        return " ".join(ids)

    @property
    def filled_autocomplete(self) -> str:
        """What the browser may fill in: as asked, as the widget says, or nothing."""
        default = "current-password" if self.kind == "password" else "off"
        return self.autocomplete or str(self.bound.field.widget.attrs.get("autocomplete") or default)

    def attributes(self) -> dict[str, Any]:
        """The attributes of the input itself."""
        parts = [CLASSES[self.kind], self.width, ERROR_CLASSES[self.kind] if self.errors else ""]
        if self.limit:
            parts.append("govuk-js-character-count")
        found: dict[str, Any] = {"id": self.id, "class": " ".join(part for part in parts if part)}
        if self.described_by:
            found["aria-describedby"] = self.described_by
        if self.kind not in {"select", "file"}:
            found["autocomplete"] = self.filled_autocomplete
            found["spellcheck"] = "true" if self.spellcheck else "false"
        if self.kind == "password":
            found["autocapitalize"] = "none"
        if self.inputmode:
            found["inputmode"] = self.inputmode
        if self.kind == "textarea":
            found["rows"] = self.rows
        return found

    @property
    def control(self) -> SafeString:
        """The input, rendered by its widget."""
        if self.kind == "hidden":
            return self.bound.as_hidden()
        if self.kind == "date":
            marked: dict[str, Any] = {
                "id": self.id,
                "bad_parts": bad_parts(self.bound),
                "autocomplete": self.filled_autocomplete,
            }
            return self.bound.as_widget(attrs=marked)
        return self.bound.as_widget(attrs=self.attributes())

    @property
    def choices(self) -> list[Choice]:
        """The radios or checkboxes. A choice's hint comes from `hints` in the widget's attrs, by value."""
        hints: dict[str, str] = self.bound.field.widget.attrs.get("hints", {})
        found: list[Choice] = []
        for option in self.bound.subwidgets:
            data = option.data
            value = str(data["value"])
            found.append(
                Choice(
                    id=str(data["attrs"].get("id") or f"{self.id}_{data['index']}"),
                    value=value,
                    label=str(data["label"]),
                    hint=hints.get(value, ""),
                    checked=bool(data["selected"]),
                    disabled=bool(data["attrs"].get("disabled")),
                )
            )
        return found

    @property
    def checked(self) -> bool:
        """Whether a single checkbox is ticked."""
        widget = self.bound.field.widget
        return isinstance(widget, forms.CheckboxInput) and bool(widget.check_test(self.bound.value()))
