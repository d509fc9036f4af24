"""Fields that the forms of acts share: a choice among rows by key, yes or no, a note, a past moment."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Unit, User
from accounts.roles import WORKS_CASES_POLICE
from cases.models.base import LINE, TEXT
from core import clock
from core.formfields import GovDateField, GovDateTimeField

NOBODY = [("", "Nobody")]
CHOOSE = [("", "Choose one")]


class KeyField(forms.TypedChoiceField):
    """One row among those offered; cleans to its key, or None for none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)


class KeysField(forms.TypedMultipleChoiceField):
    """Several rows among those offered; cleans to their keys."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=[], widget=forms.CheckboxSelectMultiple, **kwargs)


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered yes or no; cleans to a bool."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("yes", "Yes"), ("no", "No")], coerce=lambda text: text == "yes", widget=forms.RadioSelect, **kwargs)


def line(label: str, **options: Any) -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(label=label, **{"max_length": LINE, **options})


def text(label: str, **options: Any) -> forms.CharField:
    """Return a field of a paragraph or two."""
    return forms.CharField(label=label, widget=forms.Textarea, **{"max_length": TEXT, **options})


def reason(label: str = "Reason", **options: Any) -> forms.CharField:
    """Return a field for a reason: several lines to type in, as long as one line of the record."""
    return text(label, **{"max_length": LINE, **options})


def radios(label: str, choices: Iterable[tuple[Any, Any]], **options: Any) -> forms.ChoiceField:
    """Return a field of radios."""
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect, **options)


def past_moment(label: str, **options: Any) -> GovDateTimeField:
    """Return a field for a London date and time that is not after today."""
    return GovDateTimeField(label=label, latest=clock.today, **options)


def past_day(label: str, **options: Any) -> GovDateField:
    """Return a field for a London date that is not after today."""
    return GovDateField(label=label, latest=clock.today, **options)


def coming_day(label: str, **options: Any) -> GovDateField:
    """Return a field for a London date from today on."""
    return GovDateField(label=label, earliest=clock.today, **options)


def officers(user: User | None) -> list[tuple[str, str]]:
    """Return the people of the user's own force who work cases, as choices."""
    found = User.objects.visible_to(user).active().filter(role__in=WORKS_CASES_POLICE).order_by("name", "id")
    return [(str(key), name) for key, name in found.values_list("pk", "name")]


def colleagues(user: User | None, roles: Iterable[str]) -> list[tuple[str, str]]:
    """Return the people of the user's own agency in some roles, as choices."""
    found = User.objects.visible_to(user).active().filter(role__in=list(roles)).order_by("name", "id")
    return [(str(key), name) for key, name in found.values_list("pk", "name")]


def units(user: User | None) -> list[tuple[str, str]]:
    """Return the units of the user's own agency, as choices."""
    return [(str(key), name) for key, name in Unit.objects.visible_to(user).order_by("name", "id").values_list("pk", "name")]
