"""Forms of the audit screens: the filter of the log, the search for a case, why a file is taken, what a review found."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from accounts.access import access_of
from accounts.models import User
from audit.acts import Act
from core import clock
from core.formfields import GovDateField
from core.forms import GovForm
from reports.auditing.log import Chosen, people_of, route_words
from reports.forms import KeyField

USUAL_DAYS = 7
MOST_DAYS = 366
SOMEBODY_ELSE = "Somebody not in this list"


def pages() -> list[tuple[str, str]]:
    """Return every page of the service that records anything, by the name of its address, as choices."""
    found = {
        pattern.name: route_words(pattern.name)
        for pattern in _patterns(get_resolver().url_patterns)
        if pattern.name and access_of(pattern.callback) is not None
    }
    return sorted(found.items(), key=lambda item: item[1])


def _patterns(found: list[Any]) -> list[Any]:
    """Return the addresses under these, those of included modules among them."""
    return [one for pattern in found for one in (_patterns(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern])]


class LogFilter(GovForm):
    """Person, act, page, and London days. Without days: the last seven."""

    person = KeyField(label="Person", required=False, max_length=36, widget=forms.Select)
    act = forms.ChoiceField(label="What was done", required=False, choices=[("", "Anything"), *Act.choices])
    route = forms.ChoiceField(label="On which page", required=False)
    since = GovDateField(label="From", required=False, latest=clock.today)
    until = GovDateField(label="To", required=False, latest=clock.today, help_text="Without days: the last 7")

    def __init__(self, *args: Any, auditor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("route", [("", "Any page"), *pages()])
        people = people_of(auditor)
        person = str(self.data.get("person", "")) if self.is_bound else ""
        others = [] if not person or person in dict(people) else [(person, SOMEBODY_ELSE)]
        self.offer("person", [("", "Anybody"), *people, *others])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Fill the choices of a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        elif isinstance(field, KeyField):
            field.widget.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and more than a year. Raises ValidationError."""
        data = self.cleaned_data
        if "since" in data and "until" in data:
            since, until = self.days()
            if since > until:
                raise ValidationError({"since": "The first day must not be after the last"})
            if (until - since).days >= MOST_DAYS:
                raise ValidationError({"since": f"Choose at most {MOST_DAYS} days"})
        return data

    def days(self) -> tuple[date, date]:
        """Return the first and the last day asked for; a side left empty is seven days from the other, or today."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        last = until or clock.today()
        return since or last - timedelta(days=USUAL_DAYS - 1), last

    def chosen(self, case_ids: list[UUID]) -> Chosen:
        """Return the filter. The form must be valid."""
        data = self.cleaned_data
        since, until = self.days()
        person = UUID(data["person"]) if data["person"] else None
        return Chosen(since, until, person, case_ids, data["act"], data["route"])

    def narrowed(self) -> list[tuple[str, str]]:
        """Return what was chosen, days left out, in words: label and choice. The form must be valid."""
        found = []
        for name in ("person", "act", "route"):
            field, value = self.fields[name], self.cleaned_data[name]
            if value:
                found.append((str(field.label), str(dict(getattr(field.widget, "choices", ())).get(value, SOMEBODY_ELSE))))
        return found


class CaseForm(GovForm):
    """Which case: its crime reference, which never stands in an address."""

    crime_reference = forms.CharField(label="Crime reference", max_length=30, help_text="In full, of a case of your agency")


class ExportForm(GovForm):
    """Why the log is handed out."""

    purpose = forms.CharField(
        label="What is the file for?",
        help_text="Recorded in the access log with your name. Do not name a victim.",
        max_length=250,
        widget=forms.Textarea,
    )


class PatternForm(GovForm):
    """What a look at a pattern found."""

    note = forms.CharField(
        label="What did you find?", help_text="Do not name a victim or a suspect.", max_length=250, widget=forms.Textarea
    )
