"""What an administrator does about one person: one table of acts, each a form, a service and its words; one view serves all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts import services
from accounts.administration import forms, selectors
from accounts.models import Accreditation, User
from accounts.roles import AgencyKind, Grade, Role
from accounts.stamps import person_stamp


@dataclass(frozen=True, slots=True)
class Call:
    """What an act is done with: who acts, about whom, the answered form, and the address of the sign-in page."""

    actor: User
    person: User
    form: forms.SeenForm
    sign_in_url: str

    @property
    def said(self) -> dict[str, Any]:
        """What the form says."""
        return self.form.cleaned_data

    @property
    def base(self) -> dict[str, Any]:
        """What every service is told."""
        return {"actor": self.actor, "person": self.person, "seen": self.said["seen"]}


@dataclass(frozen=True, slots=True)
class PersonAct:
    """One act. `offered` says whether it makes sense for a person; `own` whether somebody may do it to herself or himself."""

    title: str
    button: str
    done: str
    form: type[forms.SeenForm]
    service: Callable[[Call], object]
    offered: Callable[[User], bool] = lambda person: person.is_active
    initial: Callable[[User], dict[str, Any]] = lambda person: {}
    own: bool = False
    warning: bool = False

    def make_form(self, data: Any, *, user: User, person: User) -> forms.SeenForm:
        """Return the form, bound when there is data."""
        initial = {"seen": person_stamp(person), **self.initial(person)}
        more = {"held": selectors.held_by(person)} if self.form is forms.LeaveForm else {}
        form = self.form(data, initial=initial, user=user, **more)
        if person.agency.kind != AgencyKind.POLICE and "collar_number" in form.fields:
            del form.fields["collar_number"]
        return form


def _details(call: Call) -> object:
    said = call.said
    return services.change_details(
        **call.base, name=said["name"], grade=Grade(said["grade"]), collar_number=said.get("collar_number", call.person.collar_number)
    )


def _accredit(call: Call) -> object:
    said = call.said
    return services.add_accreditation(
        actor=call.actor,
        person=call.person,
        kind=Accreditation.Kind(said["kind"]),
        awarded_on=None if said["in_training"] else said["awarded_on"],
        expires_on=said["expires_on"],
    )


def _unit(call: Call) -> object:
    return services.change_unit(**call.base, unit=call.form.chosen_unit())


def _leave(call: Call) -> object:
    return services.deactivate(**call.base, leave_unallocated=bool(call.said.get("leave_unallocated")))


def _invited(person: User) -> bool:
    return person.is_active and person.email is not None


ACTS: dict[str, PersonAct] = {
    "details": PersonAct(
        "Change name, rank or collar number",
        "Save",
        "The entry was changed.",
        forms.DetailsForm,
        _details,
        initial=lambda person: {"name": person.name, "grade": person.grade, "collar_number": person.collar_number},
    ),
    "role": PersonAct(
        "Change role",
        "Change the role",
        "The role was changed.",
        forms.RoleForm,
        lambda call: services.change_role(**call.base, role=Role(call.said["role"])),
        initial=lambda person: {"role": person.role},
    ),
    "unit": PersonAct(
        "Change unit",
        "Change the unit",
        "The unit was changed.",
        forms.UnitOfPersonForm,
        _unit,
        initial=lambda person: {"unit": str(person.unit_id or "")},
    ),
    "invite": PersonAct(
        "Invite to sign in",
        "Send the invitation",
        "The invitation was saved. The message is on its way.",
        forms.InviteForm,
        lambda call: services.invite(**call.base, email=call.said["email"], sign_in_url=call.sign_in_url),
        initial=lambda person: {"email": person.email or ""},
    ),
    "accredit": PersonAct("Record an accreditation", "Save", "The accreditation was recorded.", forms.AccreditationForm, _accredit),
    "end-sessions": PersonAct(
        "Sign the person out everywhere",
        "Sign out everywhere",
        "The person was signed out everywhere.",
        forms.NothingAsked,
        lambda call: services.end_sessions(actor=call.actor, person=call.person),
        offered=lambda person: True,
        own=True,
    ),
    "reset-second-factor": PersonAct(
        "Remove the second factor",
        "Remove the second factor",
        "The second factor was removed. The person sets up a new one at the next sign-in.",
        forms.NothingAsked,
        lambda call: services.reset_second_factor(**call.base),
        offered=_invited,
        warning=True,
    ),
    "leave": PersonAct(
        "Record that this person has left",
        "Record that this person has left",
        "The person has left and can no longer sign in.",
        forms.LeaveForm,
        _leave,
        warning=True,
    ),
    "return": PersonAct(
        "Record that this person is back",
        "Record that this person is back",
        "The person is back.",
        forms.NothingAsked,
        lambda call: services.reactivate(**call.base),
        offered=lambda person: not person.is_active,
    ),
}
"""Act → what it is. Each is an address under the person's."""

EXPLAINED: dict[str, tuple[str, ...]] = {
    "reset-second-factor": (
        "For somebody who has lost the phone or key. Make sure by other means, for example in person, that it is she or he who asks.",
        "The person is signed out everywhere, is told by e-mail, and cannot reach a case before a new second factor is set up.",
    ),
    "end-sessions": ("Every browser in which the person is signed in is signed out at once.",),
    "leave": ("The person can no longer sign in, and is signed out everywhere at once. What she or he did stays on record.",),
    "return": ("The person can sign in again with the address, password and second factor from before.",),
}
"""Act → what is said before somebody does it."""


def offered_to(user: User, person: User, *, has_factor: bool = True) -> list[tuple[str, PersonAct]]:
    """Return the acts that make sense for a person, in order. Nobody changes the own standing."""
    own = user.pk == person.pk
    without = set() if has_factor else {"reset-second-factor"}
    return [(slug, act) for slug, act in ACTS.items() if act.offered(person) and (act.own or not own) and slug not in without]
