"""The filter of the report of contact with victims."""

from typing import Any

from django import forms

from accounts.models import Unit, User
from accounts.roles import KIND_OF_ROLE, WORKS_CASES_POLICE, Role
from core.forms import GovForm
from core.scope import Kind

ALL = [("", "All")]


class ContactReportFilter(GovForm):
    """A unit or an officer in the case, of the reader's own force; analysts count no officer, and the CPS reads its whole sight."""

    unit = forms.ChoiceField(label="Unit", required=False, choices=ALL)
    officer = forms.ChoiceField(label="Officer in the case", required=False, choices=ALL)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if KIND_OF_ROLE[user.role] is not Kind.POLICE:
            self.fields.clear()
            return
        units: Any = self.fields["unit"]
        units.choices = [
            *ALL,
            *((str(key), name) for key, name in Unit.objects.visible_to(user).order_by("name", "id").values_list("pk", "name")),
        ]
        if user.role == Role.ANALYST:
            self.fields.pop("officer")
            return
        people = User.objects.visible_to(user).active().filter(role__in=WORKS_CASES_POLICE).order_by("name", "id")
        officers: Any = self.fields["officer"]
        officers.choices = [*ALL, *((str(key), name) for key, name in people.values_list("pk", "name"))]
