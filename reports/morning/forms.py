"""Which unit of the force a supervisor's morning is narrowed to."""

from django import forms

from accounts.models import Unit, User
from accounts.roles import Role
from core.forms import GovForm
from reports.forms import KeyField


class MorningFilter(GovForm):
    """The unit; asked of supervisors alone, since a sergeant looks over what she or he sees."""

    unit = KeyField(label="Unit", required=False, max_length=36, widget=forms.Select)

    def offer(self, user: User) -> None:
        """Fill in the units of the force. One query."""
        names = Unit.objects.visible_to(user).order_by("name", "id").values_list("pk", "name")
        field = self.fields["unit"]
        if isinstance(field, KeyField):
            field.widget.choices = [("", "The whole force"), *((str(key), name) for key, name in names)]

    def words(self) -> str:
        """Return the unit chosen, in words. The form must be valid and offered."""
        field = self.fields["unit"]
        chosen = self.cleaned_data["unit"]
        return str(dict(field.widget.choices).get(chosen, "")) if chosen and isinstance(field, KeyField) else ""


def asks_unit(user: User) -> bool:
    """Say whether this person chooses among units."""
    return user.role == Role.SUPERVISOR
