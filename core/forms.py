"""The base of every form: clean text, limits that cannot be forgotten, and messages in GOV.UK style.

Text is brought to Unicode normal form C, its line ends to a single line feed, before it is measured or checked;
passwords are left as typed. Text that holds a character which should not be stored is refused, never silently altered.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import pretty_name
from django.http import QueryDict

from core.formfields import GovDateField, GovDateTimeField

BAD_CHARACTER = "contains a character that cannot be stored"

# C0 except tab and line feed, DEL and C1, lone surrogates, the marks that reorder text around them, and the mark that
# stands where bytes were not UTF-8 (Django puts it there unasked: kept, the text would have been altered unseen).
BAD_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffd]")
BAD_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffd]")
LINE_END = re.compile("\r\n|\r|\u2028|\u2029")


def normalise(text: str) -> str:
    """The text in normal form C with line feeds for line ends. Removes nothing."""
    return LINE_END.sub("\n", unicodedata.normalize("NFC", text))


def has_bad_character(text: str, *, many_lines: bool = False) -> bool:
    """Whether text holds a character that is not stored; tabs and line feeds are allowed in text of many lines only."""
    return (BAD_IN_TEXT if many_lines else BAD_IN_LINE).search(text) is not None


class RefuseBadCharacters:
    """A validator: raises ValidationError naming the field, code `bad_character`."""

    def __init__(self, label: str, *, many_lines: bool) -> None:
        self.label = label
        self.many_lines = many_lines

    def __call__(self, value: object) -> None:
        if isinstance(value, str) and has_bad_character(value, many_lines=self.many_lines):
            raise ValidationError(f"{self.label} {BAD_CHARACTER}", code="bad_character")


def sentence_start(label: str) -> str:
    """The label with a capital first letter, for the start of a message."""
    return label[:1].upper() + label[1:]


def inside_sentence(label: str) -> str:
    """The label as it stands in a sentence: a capital first letter lowered, unless the word is capitals (URN, CPS)."""
    first = label.split(" ", 1)[0]
    return label if len(first) > 1 and first[1:] != first[1:].lower() else label[:1].lower() + label[1:]


def asks(verb: str, label: str) -> str:
    """The message for an empty field: "Enter …" or "Select …"; a label that is a question is quoted."""
    if label.endswith("?"):
        article = "an answer to" if verb == "Enter" else "an option for"
        return f"{verb} {article} “{label}”"
    return f"{verb} {inside_sentence(label)}"


def text_messages(label: str) -> dict[str, str]:
    """Messages of a field of text; %(limit_value)d is filled in by Django."""
    start = sentence_start(label).replace("%", "%%")
    return {
        "required": asks("Enter", label),
        "max_length": f"{start} must be %(limit_value)d characters or fewer",
        "min_length": f"{start} must be %(limit_value)d characters or more",
        "invalid": f"{sentence_start(label)} is not in the right format",
    }


def number_messages(label: str, kind: str) -> dict[str, str]:
    """Messages of a field of numbers; kind is "a whole number" or "a number"."""
    start = sentence_start(label)
    escaped = start.replace("%", "%%")
    return {
        "required": asks("Enter", label),
        "invalid": f"{start} must be {kind}",
        "max_value": f"{escaped} must be %(limit_value)s or less",
        "min_value": f"{escaped} must be %(limit_value)s or more",
    }


def choice_messages(label: str) -> dict[str, str]:
    """Messages of a choice. What was sent is not repeated."""
    message = asks("Select", label)
    keys = ("required", "invalid_choice", "invalid_list", "invalid_pk_value")
    return dict.fromkeys(keys, message)


def date_messages(label: str) -> dict[str, str]:
    """Messages of a date or a date with a time."""
    # A question cannot go on as a sentence: the message stands beside it and speaks of the date.
    start = "The date" if label.endswith("?") else sentence_start(label)
    escaped = start.replace("%", "%%")
    return {
        "required": asks("Enter", label),
        "missing": f"{escaped} must include %(missing)s",
        "year": "The year must include 4 numbers" if label.endswith("?") else f"{escaped}: year must include 4 numbers",
        "invalid": f"{escaped} must be a real date",
        "missing_time": f"{escaped} must include a time",
        "earliest": f"{escaped} must be on or after %(limit)s",
        "latest": f"{escaped} must be on or before %(limit)s",
    }


def file_messages() -> dict[str, str]:
    """Messages of a file; its name is not repeated."""
    return {
        "required": "Select a file",
        "invalid": "The selected file could not be uploaded: try again",
        "missing": "Select a file",
        "empty": "The selected file is empty",
        "max_length": "The name of the selected file must be %(max)d characters or fewer",
    }


def house_messages(field: forms.Field, label: str) -> dict[str, str]:
    """The messages this project gives for a kind of field with this label."""
    if isinstance(field, GovDateField | GovDateTimeField):
        return date_messages(label)
    if isinstance(field, forms.FileField):
        return file_messages()
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return choice_messages(label)
    if isinstance(field, forms.BooleanField):
        return {"required": f"Select “{label}”"}
    if isinstance(field, forms.FloatField | forms.DecimalField):
        return number_messages(label, "a number")
    if isinstance(field, forms.IntegerField):
        return number_messages(label, "a whole number")
    if isinstance(field, forms.EmailField):
        invalid = "Enter an email address in the correct format, like name@example.com"
        return text_messages(label) | {"invalid": invalid}
    return text_messages(label)


def django_messages(field: forms.Field) -> dict[str, Any]:
    """The messages a field has when its author gave none."""
    messages: dict[str, Any] = {}
    for base in reversed(type(field).__mro__):
        messages.update(getattr(base, "default_error_messages", {}))
    return messages


def is_text(field: forms.Field) -> bool:
    """Whether the field takes free text (a UUID bounds itself)."""
    return isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField)


def is_password(field: forms.Field) -> bool:
    """Whether the field's text must stay exactly as typed."""
    return isinstance(field.widget, forms.PasswordInput)


class GovForm(forms.Form):
    """The base of every form in the project.

    A CharField without max_length raises ImproperlyConfigured when the form is made. Messages the author gives in
    `error_messages` win over the house's. Browsers are given neither `required` nor `maxlength`: the server explains,
    and nothing pasted is cut short unseen. Fields added after `super().__init__()` need `self.prepare(name)`.
    """

    use_required_attribute = False
    marks_optional: ClassVar[bool] = False
    """Whether labels of fields that may stay empty say "(optional)". Not in filters, where every field may."""
    asked_sometimes: ClassVar[frozenset[str]] = frozenset()
    """Fields that another answer makes necessary: they may stay empty here, and are not called optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.prepare(name)
        if self.is_bound:
            self.data = self.normalised(self.data)

    def prepare(self, name: str) -> None:
        """Give one field the house's checks and messages. Raises ImproperlyConfigured for text without a limit."""
        field = self.fields[name]
        label = str(field.label or pretty_name(name))
        if is_text(field):
            self.prepare_text(name, field, label)
        defaults = django_messages(field)
        for code, message in house_messages(field, label).items():
            if code not in field.error_messages or field.error_messages[code] is defaults.get(code):
                field.error_messages[code] = message

    def prepare_text(self, name: str, field: forms.Field, label: str) -> None:
        """Refuse a text field without max_length, and give the others the check of characters."""
        if getattr(field, "max_length", None) is None:
            raise ImproperlyConfigured(f"{type(self).__name__}.{name} has no max_length")
        many_lines = isinstance(field.widget, forms.Textarea)
        field.validators = [
            RefuseBadCharacters(sentence_start(label), many_lines=many_lines),
            *(
                validator
                for validator in field.validators
                if not isinstance(validator, ProhibitNullCharactersValidator | RefuseBadCharacters)
            ),
        ]
        for attribute in ("maxlength", "minlength"):
            field.widget.attrs.pop(attribute, None)

    def normalised(self, data: Mapping[str, Any]) -> Any:
        """A copy of the data sent with the text of every field but passwords normalised."""
        kept = {self.add_prefix(name) for name, field in self.fields.items() if is_password(field)}
        if isinstance(data, QueryDict):
            copy = data.copy()
            for key, values in data.lists():
                if key not in kept:
                    copy.setlist(key, [normalise(text) for text in values])
            return copy
        return {key: normalise(value) if isinstance(value, str) and key not in kept else value for key, value in data.items()}


class VersionedForm(GovForm):
    """A form about something that may have changed meanwhile.

    Labels of fields that may stay empty say so. Give the version shown as `initial={"version": …}`;
    services compare `cleaned_data["version"]` with the row's.
    """

    marks_optional = True
    version = forms.IntegerField(
        min_value=0,
        max_value=2_147_483_647,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "This page was not complete: open it again and start afresh",
        ),
    )
