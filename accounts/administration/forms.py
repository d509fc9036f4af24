"""The administrators' forms about people, units and services. `seen` is the stamp of what the page showed."""

from typing import Any
from uuid import UUID

from django import forms

from accounts.administration import selectors
from accounts.models import Accreditation, Agency, Unit, User
from accounts.roles import AGENCIES_OF_ROLE, AgencyKind, Grade, Role
from accounts.services.agencies import works_with_several_areas
from core.clock import today
from core.formfields import GovDateField
from core.forms import GovForm

LONGEST_NAME, LONGEST_EMAIL, LONGEST_COLLAR, LONGEST_UNIT, LONGEST_AGENCY = 100, 254, 20, 80, 100
POLICE_GRADES = (
    Grade.POLICE_STAFF, Grade.CONSTABLE, Grade.SERGEANT, Grade.INSPECTOR, Grade.CHIEF_INSPECTOR, Grade.SUPERINTENDENT,
    Grade.ASSISTANT_CHIEF_CONSTABLE,
)  # fmt: skip
CPS_GRADES = (
    Grade.CROWN_PROSECUTOR, Grade.SENIOR_CROWN_PROSECUTOR, Grade.DISTRICT_CROWN_PROSECUTOR, Grade.SENIOR_DISTRICT_CROWN_PROSECUTOR,
    Grade.CPS_STAFF,
)  # fmt: skip
GRADES_OF: dict[str, tuple[Grade, ...]] = {
    AgencyKind.POLICE: POLICE_GRADES,
    AgencyKind.CPS_AREA: CPS_GRADES,
    AgencyKind.CPS_DIRECT: CPS_GRADES,
}
Choices = list[tuple[str, str]]


def roles_of(agency: Agency) -> Choices:
    """Return the roles an agency of this kind has."""
    return [(role.value, str(role.label)) for role in Role if agency.kind in AGENCIES_OF_ROLE[role]]


def grades_of(agency: Agency) -> Choices:
    """Return the ranks or grades of an agency, "not recorded" first."""
    return [(grade.value, str(grade.label)) for grade in (Grade.NONE, *GRADES_OF.get(agency.kind, ()))]


def units_of(user: User, none: str = "No unit") -> Choices:
    """Return the units of the administrator's agency."""
    return [("", none), *((str(unit.pk), unit.name) for unit in Unit.objects.visible_to(user).order_by("name"))]


def name_field() -> forms.CharField:
    """A person's name."""
    return forms.CharField(label="Name", max_length=LONGEST_NAME, help_text="As it is shown to others, with the rank if you use it.")


def email_field(*, required: bool = True) -> forms.EmailField:
    """An address to sign in with."""
    return forms.EmailField(
        label="Work email address",
        max_length=LONGEST_EMAIL,
        required=required,
        help_text="The person signs in with it. Only administrators see it.",
    )


def collar_field() -> forms.CharField:
    """A collar or warrant number."""
    return forms.CharField(label="Collar number", max_length=LONGEST_COLLAR, required=False, help_text="Leave it empty if there is none.")


class SeenForm(GovForm):
    """A form about something that two administrators may change at once. `user` is who fills it in."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    says = ""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def choose(self, name: str, choices: Choices) -> None:
        """Give a choice its options."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def chosen_unit(self) -> Unit | None:
        """Return the unit chosen, or None. The choices hold own units only."""
        key = self.cleaned_data.get("unit")
        return Unit.objects.visible_to(self.user).get(pk=key) if key else None


class NothingAsked(SeenForm):
    """A confirmation."""


class PeopleFilterForm(GovForm):
    """The filter of the list of people."""

    show = forms.ChoiceField(label="Show", required=False, choices=list(selectors.SHOWN.items()))
    role = forms.ChoiceField(label="Role", required=False)
    unit = forms.ChoiceField(label="Unit", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("role", [("", "Every role"), *roles_of(user.agency)]), ("unit", units_of(user, "Every unit"))):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def filters(self, terms: str) -> selectors.PeopleFilter:
        """Return the filter, with what was searched for."""
        unit = self.cleaned_data["unit"]
        return selectors.PeopleFilter(self.cleaned_data["show"], self.cleaned_data["role"], UUID(unit) if unit else None, terms)


class PeopleSearchForm(GovForm):
    """The search box of the list of people."""

    terms = forms.CharField(label="Name or collar number", max_length=100, required=False)


class NewPersonForm(SeenForm):
    """A person who is not here yet. With an address she or he is invited at once."""

    name = name_field()
    role = forms.ChoiceField(label="Role")
    grade = forms.ChoiceField(label="Rank or grade", required=False)
    unit = forms.ChoiceField(label="Unit", required=False)
    collar_number = collar_field()
    email = email_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("role", [("", "Choose a role"), *roles_of(self.user.agency)])
        self.choose("grade", grades_of(self.user.agency))
        self.choose("unit", units_of(self.user))
        if self.user.agency.kind != AgencyKind.POLICE:
            del self.fields["collar_number"]
        self.fields["email"].help_text = "An invitation is sent to it. Leave it empty to add the person without access for now."


class DetailsForm(SeenForm):
    """Name, rank or grade, collar number."""

    name = name_field()
    grade = forms.ChoiceField(label="Rank or grade", required=False)
    collar_number = collar_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("grade", grades_of(self.user.agency))


class RoleForm(SeenForm):
    """Another role."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    says = "The person is signed out everywhere. The new role holds from the next sign-in."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("role", roles_of(self.user.agency))


class UnitOfPersonForm(SeenForm):
    """Another unit."""

    unit = forms.ChoiceField(label="Unit", required=False)
    says = "The person is signed out everywhere. Somebody who holds open cases hands them over first."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", units_of(self.user))


class InviteForm(SeenForm):
    """An address to sign in with."""

    email = email_field()
    says = "A message is sent that says how to choose a password. It holds no name and no secret. An address given before stops working."


class AccreditationForm(SeenForm):
    """An accreditation awarded, or training begun."""

    kind = forms.ChoiceField(label="Accreditation", choices=[("", "Choose one"), *Accreditation.Kind.choices])
    in_training = forms.BooleanField(label="Still in training: not awarded yet", required=False)
    awarded_on = GovDateField(label="Day it was awarded", required=False, latest=today)
    expires_on = GovDateField(label="Day it expires", required=False, help_text="Leave it empty if it does not expire.")
    says = "One of the same kind recorded before is replaced."

    def clean(self) -> dict[str, Any]:
        """An award has its day, training has none."""
        cleaned = super().clean() or {}
        if cleaned.get("in_training"):
            if cleaned.get("awarded_on"):
                self.add_error("awarded_on", "Leave this empty while the person is in training")
        elif not cleaned.get("awarded_on") and "awarded_on" not in self.errors:
            self.add_error("awarded_on", "Enter the day it was awarded, or tick that the person is still in training")
        return cleaned


class EndAccreditationForm(SeenForm):
    """From which day an accreditation no longer counts."""

    expires_on = GovDateField(label="Day it expires", help_text="From this day it no longer counts when a case is allocated.")


class LeaveForm(SeenForm):
    """Somebody leaves. What she or he holds needs an answer."""

    leave_unallocated = forms.BooleanField(label="Leave this work unallocated", required=False)

    def __init__(self, *args: Any, held: list[str], **kwargs: Any) -> None:
        self.held = held
        super().__init__(*args, **kwargs)
        if not held:
            del self.fields["leave_unallocated"]

    def clean(self) -> dict[str, Any]:
        """Work that is held needs an owner or the tick."""
        cleaned = super().clean() or {}
        if self.held and not cleaned.get("leave_unallocated") and "leave_unallocated" not in self.errors:
            self.add_error("leave_unallocated", "Have the work handed over first, or select “Leave this work unallocated”")
        return cleaned


class UnitForm(SeenForm):
    """A unit: its name, and its CPS Area where the force works with several."""

    name = forms.CharField(label="Name of the unit", max_length=LONGEST_UNIT)
    cps_area = forms.ChoiceField(label="CPS Area", required=False, help_text="Cases of this unit go to this Area.")
    reviews = forms.BooleanField(
        label="Review unit: victims’ requests for a review go to it",
        required=False,
        help_text="Its people see such requests, but never one about a case in which they took part.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user.agency.kind not in {AgencyKind.POLICE, AgencyKind.CPS_AREA}:
            del self.fields["reviews"]
        if works_with_several_areas(self.user.agency):
            self.choose("cps_area", [("", "Not chosen"), *((str(area.pk), area.name) for area in selectors.cps_areas())])
        else:
            del self.fields["cps_area"]

    def area(self) -> Agency | None:
        """Return the Area chosen, or None."""
        key = self.cleaned_data.get("cps_area")
        return selectors.cps_areas().get(pk=int(key)) if key else None


class ServiceForm(SeenForm):
    """A support service or an oversight body that is not here yet."""

    kind = forms.ChoiceField(
        label="What it is",
        widget=forms.RadioSelect,
        choices=[(AgencyKind.SUPPORT.value, "Support service"), (AgencyKind.OVERSIGHT.value, "Oversight body")],
    )
    name = forms.CharField(label="Name", max_length=LONGEST_AGENCY, help_text="As it is known to other agencies.")


class FirstAdministratorForm(SeenForm):
    """The first administrator of a support service."""

    name = forms.CharField(label="Name of the person", max_length=LONGEST_NAME)
    email = email_field()
    says = "This person looks after the service’s people from then on. You will not see or change them."
