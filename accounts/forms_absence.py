"""Forms of being away: the days and who covers, and looking somebody up."""

from typing import Any

from django import forms

from accounts.absence import away_words, may_cover
from accounts.models import User
from core import clock
from core.formfields import GovDateField
from core.forms import GovForm


class AwayForm(GovForm):
    """First and last day away, and who covers. Without a last day the absence lasts until it is ended here."""

    away_from = GovDateField(label="First day away")
    away_to = GovDateField(label="Last day away", required=False, help_text="Leave this empty if it is not known.")
    covered_by = forms.ChoiceField(
        label="Who covers?",
        required=False,
        help_text="Whoever covers sees what the person sees through her or his roles, and gets the deadlines and notices, on these days.",
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        today = clock.today()
        self.people = {str(one.pk): one for one in may_cover(person)}
        choices = [(key, self._words(one, today)) for key, one in self.people.items()]
        field = self.fields["covered_by"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Nobody yet"), *choices]

    @staticmethod
    def _words(person: User, today: Any) -> str:
        away = away_words(person, today)
        return f"{person.name} ({away[:1].lower()}{away[1:]})" if away else person.name

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service is called with. The form must be valid."""
        data = self.cleaned_data
        return {"away_from": data["away_from"], "away_to": data["away_to"], "covered_by": self.people.get(data["covered_by"])}


class FindForm(GovForm):
    """Part of a name."""

    name = forms.CharField(label="Find somebody by name", max_length=100, error_messages={"required": "Enter part of a name"})


def initial_of(person: User) -> dict[str, Any]:
    """Return what the form begins with: an absence that is not over, else nothing."""
    if not away_words(person, clock.today()):
        return {}
    return {"away_from": person.away_from, "away_to": person.away_to, "covered_by": str(person.covered_by_id or "")}
